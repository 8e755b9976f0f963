"""The provider's part: filing, registration, the three days, the answer (R13.2-R13.4, R14.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.appeal import UNDECIDED, Remedy
from service.domain.appeal_effects import require_done
from service.domain.case import Case
from service.domain.channels import REVIEW
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.messages import OfficerNote, OutboxMessage
from service.operations import Work, operation
from service.operations.appeals.contested import (
    complaint_of,
    decide,
    decided,
    grant,
    keep,
    lift,
    suspend,
    take_up_again,
    undo,
)
from service.operations.notices import tell


@operation()
def suspend_act(work: Work, case: Case) -> None:
    """Suspend the execution of the contested act from the filing of the complaint; the register shows it (R13.2).

    A late complaint, or one of a person whom the act does not concern, is accepted but suspends nothing.
    """
    suspend(work, case, complaint_of(work, case))


@operation()
def send_complaint_status(work: Work, case: Case) -> None:
    """Tell the person at once, at any hour, that the complaint is accepted, with its number (L64.1, R4.2)."""
    complaint = complaint_of(work, case)
    work.note_own(case, "complaint_status_sent", late=complaint.late, way=complaint.channel)
    tell(work, case, "complaint_accepted", received_at=case.received_at.isoformat(), late=complaint.late)


@operation()
def register_complaint(work: Work, case: Case) -> None:
    """Register the complaint on its working day; acceptance is never refused (L64.1, D24)."""
    case.registered_at = work.now
    work.note_own(case, "complaint_registered", registered_on=case.registered_on.isoformat(), number=case.number)
    tell(work, case, "complaint_registered", registered_on=case.registered_on.isoformat())


@operation()
def keep_new_permit(work: Work, case: Case) -> None:
    """Keep the permit that the head has signed to satisfy the complaint; it is issued with that decision (R13.4)."""
    keep(work, case, complaint_of(work, case))


@operation()
def satisfy(work: Work, case: Case) -> None:
    """Satisfy the complaint fully within 3 working days, so that it is not forwarded (R13.4).

    The remedy of the review decides what happens at once: "permit" cancels the refusal and issues the permit, "cancel"
    cancels the contested act, "reconsider" cancels it and takes the application up again, "action" says what was done.
    """
    complaint = complaint_of(work, case)
    document = decide(work, case, complaint, "satisfied")
    remedy = str(work.answers("task_review_complaint").get("remedy") or "")
    if remedy == Remedy.ACTION:
        answers = work.answers("task_review_complaint")
        done_on = require_done(answers, "action_done", "action_on", work.today)
        lift(work, case, complaint)
        work.note(case, "action_done", result=str(answers["action_done"]), done_on=done_on.isoformat())
    elif remedy in set(Remedy):
        undo(work, case, complaint, document.number)
    else:
        raise InvalidAnswers(errors={"remedy": Problem("required")})
    if remedy == Remedy.PERMIT:
        grant(work, case, complaint, document.number)
    elif remedy != Remedy.ACTION and (remedy == Remedy.RECONSIDER or complaint.contests in UNDECIDED):
        take_up_again(work, complaint, document.number, str(work.answers("task_review_complaint").get("opinion") or ""))


@operation()
def send_satisfaction(work: Work, case: Case) -> None:
    """Put the decision that satisfies the complaint into the person's cabinet (R13.4, R9.2)."""
    _deliver(work, case, "complaint_satisfied")


@operation(returns=("forwarded_on",))
def forward(work: Work, case: Case) -> Mapping[str, Any]:
    """Forward the complaint with the administrative case to the reviewing body within 3 working days (R13.3).

    The timer does it by itself at the end of the third working day when nobody has acted. The package of the whole
    case leaves with this step and is sent again until it has arrived.
    """
    complaint = complaint_of(work, case)
    complaint.forwarded_at, complaint.track = work.now, "act"
    payload = {"complaint": case.number, "forwarded_at": work.now.isoformat()}
    work.uow.add(
        OutboxMessage(f"{case.number}/package", REVIEW, payload, work.now, work.now, case.id),
        OfficerNote(case.id, "forwarded", work.now, work.element, role="reviewer"),
    )
    work.note(case, "complaint_forwarded", by_timer=work.actor.officer_id is None)
    tell(work, case, "complaint_forwarded")
    return {"forwarded_on": work.today.isoformat()}


@operation()
def issue_answer(work: Work, case: Case) -> None:
    """Issue the reasoned answer to a complaint that is addressed to the provider (R14.1)."""
    complaint = complaint_of(work, case)
    decide(work, case, complaint, "answered")
    lift(work, case, complaint)


@operation()
def send_answer(work: Work, case: Case) -> None:
    """Put the answer into the person's cabinet (R14.1, R9.2)."""
    _deliver(work, case, "complaint_answered")


@operation()
def record_complaint_withdrawal(work: Work, case: Case) -> None:
    """Record that the person has withdrawn the complaint: the contested act stays, its suspension ends (L95.1)."""
    complaint = complaint_of(work, case)
    complaint.outcome, complaint.decided_on = "withdrawn", work.today
    lift(work, case, complaint)
    work.note(case, "complaint_withdrawn")
    tell(work, case, "complaint_withdrawn")


def _deliver(work: Work, case: Case, kind: str) -> None:
    _, document = decided(work, case)
    document.delivered_at = work.now
    tell(work, case, kind, document.id, number=document.number)
