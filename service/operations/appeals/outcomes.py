"""What each of the six outcomes does, in the transaction of the signed decision (L100.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from service.domain.appeal import UNDECIDED, Complaint
from service.domain.appeal_effects import ordered_until
from service.domain.case import Case
from service.domain.deadlines import registered_on
from service.domain.decisions import IssuedDocument
from service.domain.duties import CARRY_OUT
from service.domain.messages import OfficerNote
from service.operations import Work, operation
from service.operations.appeals.contested import (
    contested_case,
    decided,
    grant,
    lift,
    take_up_again,
    tell_unit,
    undo,
)
from service.operations.duties import open_duty
from service.operations.notices import tell


@operation()
def cancel_act(work: Work, case: Case) -> None:
    """Cancel the contested act at once: a permit leaves the register, a refused application waits for its decision.

    The register changes in the same transaction, with the number of the decision as its basis (L100.1).
    """
    complaint, document = decided(work, case)
    undo(work, case, complaint, document.number)
    if complaint.contests in UNDECIDED:
        take_up_again(work, complaint, document.number, _reasons(work))
    _tell_outcome(work, case, document, "complaint_cancelled")


@operation()
def adopt_act(work: Work, case: Case) -> None:
    """Cancel the contested act and adopt a new one (L100.1).

    A permit that was signed before is issued with its register entry, and the refused application ends as granted. Any
    other act is the provider's to adopt: it has the duty to, and the application is open again for it.
    """
    complaint, document = decided(work, case)
    undo(work, case, complaint, document.number)
    if complaint.new_act:
        grant(work, case, complaint, document.number)
        _tell_unit(work, complaint, document, "new_act")
    else:
        take_up_again(work, complaint, document.number, _action(work), "ordered")
        _bind_provider(work, case, document, _action(work))
    _tell_outcome(work, case, document, "complaint_adopted")


@operation()
def order_action(work: Work, case: Case) -> None:
    """Bind the provider to an action that the decision names: it has the duty to do it in its term (L100.1)."""
    complaint, document = decided(work, case)
    lift(work, case, complaint)
    _tell_unit(work, complaint, document, "ordered")
    _bind_provider(work, case, document, _action(work))
    _tell_outcome(work, case, document, "complaint_ordered")


@operation()
def uphold_act(work: Work, case: Case) -> None:
    """Leave the complaint unsatisfied: the contested act stays and its suspension ends (L100.1)."""
    complaint, document = decided(work, case)
    lift(work, case, complaint)
    _tell_outcome(work, case, document, "complaint_unsatisfied")


@operation()
def send_back(work: Work, case: Case) -> None:
    """Send the administrative case back with the violations named: it reopens at once with new terms (L100.1)."""
    complaint, document = decided(work, case)
    undo(work, case, complaint, document.number)
    if not take_up_again(work, complaint, document.number, complaint.violations, "sent_back"):
        _bind_provider(work, case, document, complaint.violations)
    _tell_outcome(work, case, document, "complaint_sent_back")


@operation()
def leave_unconsidered(work: Work, case: Case) -> None:
    """Leave the complaint unconsidered on one of the five reasons; the person is told at once (L95.1)."""
    complaint, document = decided(work, case)
    reason = str(work.answers("task_consider_complaint").get("unconsidered_reason") or "")
    lift(work, case, complaint)
    _tell_outcome(work, case, document, "complaint_unconsidered", reason=reason)


def _tell_outcome(work: Work, case: Case, document: IssuedDocument, kind: str, **details: Any) -> None:
    """The decision to the cabinet, and its copy to the provider (L100.1)."""
    work.uow.add(OfficerNote(case.id, "review_decided", work.now, work.element, role="head"))
    tell(work, case, kind, document.id, number=document.number, **details)


def _tell_unit(work: Work, complaint: Complaint, document: IssuedDocument, kind: str) -> None:
    contested = contested_case(work, complaint)
    if contested is not None:
        tell_unit(work, contested, kind, document.number, _action(work))


def _bind_provider(work: Work, case: Case, document: IssuedDocument, text: str) -> None:
    """Lay on the provider the duty to do what the decision says.

    It is due on the day that the decision names; without one its term counts from when the decision reaches it.
    """
    open_duty(
        work.uow, work.calendar, CARRY_OUT, counted_from=registered_on(work.calendar, work.now), periods=work.periods,
        case=case, actor=work.actor, document_id=document.id, last_day=_until(work), decision=document.number,
        text=text,
    )  # fmt: skip


def _until(work: Work) -> date | None:
    """The last day that the decision itself sets for what it orders."""
    return ordered_until(work.answers("task_consider_complaint"))


def _action(work: Work) -> str:
    return str(work.answers("task_consider_complaint").get("action") or "")


def _reasons(work: Work) -> str:
    return str(work.answers("task_consider_complaint").get("reasons") or "")
