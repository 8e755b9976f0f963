"""Escalation: a missed term is told to the head."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.messages import OfficerNote
from service.operations import Work, operation


@operation()
def tell_head(work: Work, case: Case) -> None:
    """Tell the head that a term has ended and the work is not done; the breach stays with the case (R8.2)."""
    work.note(case, "head_told", term=work.origin)
    work.uow.add(OfficerNote(case.id, "escalation", work.now, work.origin, role="head"))
