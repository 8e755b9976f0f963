"""The reviewing body's part: registration, hearing, silence, the signed decision (R14.2, L73, L100)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.appeal import Outcome, require_decision
from service.domain.appeal_effects import require_term_to_come
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import Hearing
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.hearing_hours import hearing_start
from service.domain.messages import OfficerNote
from service.domain.minutes import ORAL
from service.domain.ports import UnitOfWork
from service.domain.refusals import wants_to_be_heard
from service.domain.terms import refusal_from
from service.operations import Work, operation
from service.operations.appeals.contested import complaint_of, contested_case, decide, keep
from service.operations.appeals.holder import against_holder, holder_of, latest_hearing
from service.operations.decisions import issue
from service.operations.hearings import draw_minutes, earlier_day, require_true_result
from service.operations.notices import heeded, tell
from service.operations.posting import learned_on

INVITATION = "review_invitation"
"""The notice that invites who complained."""


@operation(returns=("review_registered_on", "holder_concerned"))
def register_review(work: Work, case: Case) -> Mapping[str, Any]:
    """Record the registration of the complaint by the reviewing body: its 15 working days count from this day (R14.2).

    The day is today, or an earlier one that the reviewer names; never before the complaint was forwarded. Where it
    contests the permit of somebody else, the holder is concerned: no decision against the holder without a hearing.
    """
    complaint, answers = complaint_of(work, case), work.answers("task_register_review")
    day = date.fromisoformat(str(answers.get("review_registered_on") or work.today.isoformat()))
    earliest = complaint.forwarded_at and local(complaint.forwarded_at).date()
    if day > work.today or (earliest and day < earliest):
        raise InvalidAnswers(errors={"review_registered_on": Problem("not_an_option")})
    complaint.review_registered_on = day
    complaint.review_number = str(answers.get("review_number") or "")
    heeded(work, case, "forwarded")
    work.note(case, "review_registered", registered_on=day.isoformat(), number=complaint.review_number)
    tell(work, case, "review_registered", registered_on=day.isoformat())
    holder = holder_of(work.uow, complaint, case)
    return {"review_registered_on": day.isoformat(), "holder_concerned": holder is not None}


@operation()
def mark_silence(work: Work, case: Case) -> None:
    """Mark that no decision was taken in term: it counts as refusal, and the court is open (L100.5).

    The mark stays whatever follows; the person is told of the court route, the head of the reviewing body's delay.
    """
    complaint = complaint_of(work, case)
    if complaint.silent_since is not None:
        return
    # From the day on which the term ended, however late that is noticed.
    due = max(row.due_at for row in work.uow.cases.deadlines(case.id) if row.element == work.origin)
    complaint.silent_since = local(due).date()
    since = complaint.silent_since.isoformat()
    work.note_own(case, "silence_marked", since=since)
    work.uow.add(OfficerNote(case.id, "silence", work.now, work.origin or work.element, role="reviewer"))
    tell(work, case, "complaint_silence", since=since)


@operation(returns=("notified_on",))
def send_review_invitation(work: Work, case: Case) -> Mapping[str, Any]:
    """Invite to be heard before an unfavourable decision on the complaint (L73.1, L73.3).

    It is the person who complained before the complaint is left unsatisfied. Before the permit of somebody else is
    cancelled or sent back it is the holder, in whose cabinet the preliminary decision stands.
    """
    answers, complaint = work.answers("task_invite_review_hearing"), complaint_of(work, case)
    starts = hearing_start(work.calendar, answers, work.now)
    outcome = str(work.answers("task_consider_complaint")["outcome"])
    holder = contested_case(work, complaint) if against_holder(work.uow, complaint, case, outcome) else None
    document = issue(work, holder or case, delivered_at=work.now)
    case.notified_on = work.today
    before = earlier_day(work, case)
    work.uow.add(
        Hearing(
            case_id=case.id,
            notified_at=work.now,
            held_on=starts.date(),
            held_at=str(answers["hearing_time"]),
            way=str(answers.get("hearing_way") or ""),
            place=str(answers.get("hearing_place") or ""),
            outcome=outcome,
        )
    )
    told = {"before": before, "hearing_on": answers["hearing_on"]}
    said: dict[str, Any] = {"number": document.number, "hearing_on": answers["hearing_on"]}
    if holder is not None:
        work.note(case, "holder_invited", document=document.number, **told)
        work.note(holder, "holder_invited", document=document.number, complaint=case.number, **told)
        tell(work, holder, "holder_invitation", document.id, **said)
    else:
        work.note(case, "review_invitation_sent", document=document.number, **told)
        tell(work, case, INVITATION, document.id, **said)
    return {"notified_on": work.today.isoformat()}


@operation(returns=("review_heard", "holder_heard"))
def record_review_hearing(work: Work, case: Case) -> Mapping[str, Any]:
    """Record how the hearing before the unfavourable decision went (L73.4, L74.1).

    Silence can be recorded only when the 2 working days for an objection are over; of who complained on paper they
    count from the day on which the letter was handed over or came back, and without that nobody is silent. Of a
    hearing by word of mouth there are minutes, signed by two people of the reviewing body.
    """
    answers, hearing = work.answers("task_hold_review_hearing"), work.uow.cases.hearing(case.id)
    if hearing is None or case.notified_on is None:
        raise NotLawful("hearing_without_notice", "R8.1")
    hearing.result = str(answers.get("hearing_result") or "")
    require_true_result(work, hearing, known_on(work.uow, case, case.notified_on, of_holder=hearing.of_holder))
    hearing.answers, hearing.settled_at = dict(answers), work.now
    work.note(case, "hearing_recorded", result=hearing.result)
    if hearing.result == ORAL:
        draw_minutes(work, case, hearing)
    return {"holder_heard" if hearing.of_holder else "review_heard": True}


@operation()
def keep_new_act(work: Work, case: Case) -> None:
    """Keep the permit that the reviewing body adopts; it is issued with the signed decision (L100.1)."""
    keep(work, case, complaint_of(work, case))


@operation()
def issue_review(work: Work, case: Case) -> None:
    """Issue the signed decision of the reviewing body: written, reasoned, binding, a copy for the provider (L100.1).

    A complaint is not left unsatisfied before the person was heard, nor before the days that must pass after the
    invitation; nor is the permit of somebody else cancelled or sent back before its holder was (L73.1).
    """
    complaint, answers = complaint_of(work, case), work.answers("task_consider_complaint")
    outcome = require_decision(answers)
    require_term_to_come(answers, work.calendar, work.now)
    if outcome is Outcome.UNSATISFIED:
        _require_heard(work, case, of_holder=False)
    elif against_holder(work.uow, complaint, case, outcome.value) is not None:
        _require_heard(work, case, of_holder=True)
    complaint.violations = str(answers.get("violations") or "")
    document = decide(work, case, complaint, outcome.value)
    document.delivered_at = work.now


def _require_heard(work: Work, case: Case, *, of_holder: bool) -> None:
    hearing = latest_hearing(work.uow, case, of_holder=of_holder)
    if hearing is None or hearing.settled_at is None or hearing.notified_at is None:
        raise NotLawful("holder_without_hearing" if of_holder else "complaint_without_hearing", "L73.1")
    said = [each for each in work.uow.cases.positions(case.id) if each.of_holder == of_holder]
    if wants_to_be_heard(hearing, said):
        raise NotLawful("oral_hearing_owed", "L73.3")
    notified_on = local(hearing.notified_at).date()
    known = known_on(work.uow, case, notified_on, of_holder=of_holder)
    earliest = refusal_from(work.calendar, known or notified_on, work.periods)
    if work.today < earliest:
        raise NotLawful("refusal_too_early", "L73.1", earliest=earliest.isoformat())


def known_on(uow: UnitOfWork, case: Case, notified_on: date, *, of_holder: bool) -> date | None:
    """The day on which who is heard came to know the invitation: at once in a cabinet, by post later (L66.1, L73.3)."""
    if of_holder or not case.came_on_paper:
        return notified_on
    return learned_on(uow, case, INVITATION)
