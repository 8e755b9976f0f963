"""The officer in charge of a case, as long as there is one (R5.3)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.ports import UnitOfWork


def in_charge(uow: UnitOfWork, case: Case) -> int | None:
    """Who is in charge of the case and still works in the unit; None: what would be theirs is for the whole unit.

    The case keeps who was in charge of it, also when the account is closed or the role has ended.
    """
    if case.executor_id is None:
        return None
    unit = uow.people.holding("unit", local(uow.now).date())
    return case.executor_id if any(officer.id == case.executor_id for officer in unit) else None
