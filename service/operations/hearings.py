"""The hearing: invitation, the applicant's position, outcome, or the basis on which none is held (point 8, L73)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.case import OF_TASK, Case
from service.domain.deadlines import local
from service.domain.decisions import Hearing
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.hearing_hours import hearing_start
from service.domain.minutes import LANE, ORAL, Part, minutes_from
from service.domain.refusals import COURT_GROUNDS
from service.domain.rounds import of_this_round
from service.domain.terms import objection_until
from service.operations import Work, operation
from service.operations.decisions import issue
from service.operations.duties import open_duty
from service.operations.notices import heeded, tell

NOT_BEFORE_A_REFUSAL = {"favourable_act": "not_favourable", "simplified_procedure": "not_simplified"}
"""Bases of the list that cannot hold here, and why: what follows is a refusal, and the service is partly automated,
with decisions of people (A1.5). They are listed because the law lists them (L73.2)."""


@operation(returns=("notified_on", "applicant_spoke"))
def send_invitation(work: Work, case: Case) -> Mapping[str, Any]:
    """Send the signed preliminary decision with time, place and way of the hearing (R8.1).

    The hearing, the objection and the earliest refusal count from this day. A notice later than 3 working days before
    the end of the service term carries its basis, or a breach that cannot be removed (R8.2).
    """
    answers = work.answers("task_invite_hearing")
    starts = hearing_start(work.calendar, answers, work.now)
    document = issue(work, case, delivered_at=work.now)
    before = earlier_day(work, case)
    hearing = Hearing(
        case_id=case.id,
        notified_at=work.now,
        held_on=starts.date(),
        held_at=str(answers["hearing_time"]),
        way=str(answers.get("hearing_way") or ""),
        place=str(answers.get("hearing_place") or ""),
        late_basis=str(answers.get("late_basis") or ""),
        grounds=list(work.answers("task_examine").get("grounds") or ()),
    )
    case.notified_on = work.today
    explain_breach(work, case, hearing.late_basis)
    work.uow.add(hearing)
    told = {"before": before, "hearing_on": answers["hearing_on"], "way": hearing.way}
    work.note(case, "invitation_sent", document=document.number, **told)
    tell(work, case, "preliminary_decision", document.id, number=document.number, hearing_on=answers["hearing_on"])
    return {"notified_on": work.today.isoformat(), "applicant_spoke": False}


@operation(returns=("hearing_settled",))
def record_exemption(work: Work, case: Case) -> Mapping[str, Any]:
    """Record on which basis of the law no hearing is held, with its reason (L73.2).

    A court act in force is a basis only where all grounds are court acts (A1.10.3, A1.10.4). A favourable act and a
    simplified procedure are no basis for a refusal of this service. The basis's document must be attached, anew in a
    case that was taken up again, and its reasons stand in the act: they are printed in the refusal.
    """
    answers = work.answers("task_invite_hearing")
    grounds = tuple(work.answers("task_examine").get("grounds") or ())
    exemption = str(answers.get("exemption") or "")
    errors: dict[str, Problem] = {}
    if not exemption:
        errors["exemption"] = Problem("required")
    elif exemption in NOT_BEFORE_A_REFUSAL:
        errors["exemption"] = Problem(NOT_BEFORE_A_REFUSAL[exemption])
    elif exemption == "court_act" and not frozenset(grounds) <= COURT_GROUNDS:
        errors["exemption"] = Problem("no_court_ground")
    if not str(answers.get("exemption_reason") or "").strip():
        errors["exemption_reason"] = Problem("required")
    if not errors and not has_basis_paper(work, case):
        errors["exemption_document"] = Problem("required")
    if errors:
        raise InvalidAnswers(errors=errors)
    hearing = Hearing(
        case_id=case.id,
        exemption=str(answers["exemption"]),
        exemption_reason=str(answers.get("exemption_reason") or ""),
        grounds=list(grounds),
        answers=dict(answers),
        settled_at=work.now,
    )
    work.uow.add(hearing)
    explain_breach(work, case, hearing.exemption_reason)
    work.note(case, "hearing_exempted", basis=hearing.exemption, reason=hearing.exemption_reason)
    return {"hearing_settled": True}


def earlier_day(work: Work, case: Case) -> str:
    """The day of the hearing to which an earlier invitation of the case led; empty before the first."""
    earlier = work.uow.cases.hearing(case.id)
    return earlier.held_on.isoformat() if earlier is not None and earlier.held_on is not None else ""


def has_basis_paper(work: Work, case: Case) -> bool:
    """Whether an officer has attached the paper on which an exemption rests, in this round of the case (L73.2).

    The paper behind an earlier refusal says nothing of a case that was taken up again (L100.1).
    """
    files, journal = work.uow.cases.attachments(case.id), work.uow.cases.journal(case.id)
    papers = (file for file in files if file.purpose == OF_TASK and file.kind == "exemption_document")
    return any(of_this_round(file, journal) for file in papers)


def explain_breach(work: Work, case: Case, basis: str) -> None:
    """Write the legal basis of a late notice beside the breach: the mark itself cannot be removed (R8.2)."""
    if basis:
        work.uow.flush()
        task = next(task for task in reversed(work.tasks) if task.element == "task_invite_hearing")
        for breach in work.uow.cases.breaches(case.id):
            if breach.task_id == task.id:
                breach.reason = basis


@operation(returns=("applicant_spoke",))
def record_position(work: Work, case: Case) -> Mapping[str, Any]:
    """Write down that an objection, or the wish for an oral hearing, is before who considers the case (L73.3)."""
    position = work.uow.cases.positions(case.id)[-1]
    work.note(case, "position_received", oral=position.wants_oral, late=position.late, holder=position.of_holder)
    return {"applicant_spoke": True}


@operation(returns=("hearing_settled",))
def record_outcome(work: Work, case: Case) -> Mapping[str, Any]:
    """Record how the hearing went and what follows from it (R8.3, R8.4, L74.1).

    That the applicant kept silent can be said only when the 2 working days for an objection are over (L73.4); that the
    applicant answered in writing, only when there is an answer.
    """
    answers = work.answers("task_hold_hearing")
    hearing = work.uow.cases.hearing(case.id)
    if hearing is None or case.notified_on is None:
        raise NotLawful("hearing_without_notice", "R8.1")
    hearing.result = str(answers.get("hearing_result") or "")
    require_true_result(work, hearing, case.notified_on)
    hearing.outcome = str(answers.get("outcome") or "")
    hearing.answers = dict(answers)
    hearing.settled_at = work.now
    heeded(work, case, "position")
    work.note(case, "hearing_recorded", result=hearing.result, outcome=hearing.outcome)
    if hearing.result == ORAL:
        draw_minutes(work, case, hearing)
    return {"hearing_settled": True}


def draw_minutes(work: Work, case: Case, hearing: Hearing) -> None:
    """Write down the minutes of an oral hearing and lay on its chair and its secretary the duty to sign (L74.1)."""
    minutes = minutes_from(hearing, work.now)
    work.uow.add(minutes)
    work.uow.flush()
    for part in Part:
        open_duty(
            work.uow, work.calendar, "sign_minutes", counted_from=local(minutes.starts_at).date(),
            periods=work.periods, case=case, role=LANE[case.procedure], minutes=minutes.id, part=part.value,
        )  # fmt: skip


def require_true_result(work: Work, hearing: Hearing, notified_on: date | None) -> None:
    """Refuse a result that the record of the case contradicts.

    `notified_on` is the day on which the person came to know of the hearing; None while a letter is on its way.
    """
    positions = hearing.said(work.uow.cases.positions(hearing.case_id))
    until = objection_until(work.calendar, notified_on, work.periods) if notified_on else None
    appointed = hearing.appointed_at
    problem = ""
    if hearing.result == ORAL and appointed is not None and work.now < appointed:
        problem = "hearing_to_come"
    elif hearing.result == "silent" and positions:
        problem = "applicant_has_spoken"
    elif hearing.result == "silent" and until is None:
        problem = "letter_on_its_way"
    elif hearing.result == "silent" and until is not None and work.now <= until:
        problem = "silence_not_over"
    elif hearing.result == "written" and not positions:
        problem = "no_position"
    elif hearing.result == "written" and hearing.asked_for_orally(positions):
        problem = "oral_asked_for"
    if problem:
        told = {"holder": hearing.of_holder, "appointed": appointed.isoformat() if appointed else ""}
        raise InvalidAnswers(errors={"hearing_result": Problem(problem, told)})
