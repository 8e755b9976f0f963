"""Escalation: a missed term is told to the head, or to the body that has the complaint."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.messages import OfficerNote
from service.operations import Work, operation


@operation()
def tell_head(work: Work, case: Case) -> None:
    """Tell the head that a term has ended and the work is not done; the breach stays with the case (R8.2)."""
    work.note_own(case, "head_told", term=work.origin)
    work.uow.add(OfficerNote(case.id, "escalation", work.now, work.origin, role="head"))


@operation()
def tell_reviewer(work: Work, case: Case) -> None:
    """Tell the reviewing body that a complaint sent to it is not registered yet (L64.1, R14.2)."""
    work.note_own(case, "reviewer_told", term=work.origin)
    work.uow.add(OfficerNote(case.id, "escalation", work.now, work.origin, role="reviewer"))
