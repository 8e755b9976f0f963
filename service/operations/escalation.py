"""Escalation: a missed term is marked and told to the head, or to the body that has the complaint."""

from __future__ import annotations

from service.domain.case import Breach, Case, Deadline
from service.domain.messages import OfficerNote
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.operations import Work, operation


@operation()
def tell_head(work: Work, case: Case) -> None:
    """Tell the head that a term has ended and the work is not done; the breach stays with the case (R8.2).

    Of a term that was kept nothing is told.
    """
    if work.kept:
        return
    work.note_own(case, "head_told", term=work.origin)
    work.uow.add(OfficerNote(case.id, "escalation", work.now, work.origin, role="head"))


@operation()
def tell_reviewer(work: Work, case: Case) -> None:
    """Tell the reviewing body that a complaint sent to it is not registered yet (L64.1, R14.2)."""
    work.note_own(case, "reviewer_told", term=work.origin)
    work.uow.add(OfficerNote(case.id, "escalation", work.now, work.origin, role="reviewer"))


def mark_breach(uow: UnitOfWork, case: Case | None, row: Deadline, responsible: int | None) -> None:
    """Mark a missed term of a case or of a duty, with who was responsible; the mark stays for ever (R8.2)."""
    case_id = case.id if case else None
    uow.add(Breach(case_id, row.element, row.due_at, uow.now, responsible, "", row.task_id, row.duty_id))
    uow.note_past(row.due_at, case, SYSTEM, "term_missed", row.element, due_at=row.due_at.isoformat())
