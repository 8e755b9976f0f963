"""The officer in charge of a case, as long as there is one (R5.3)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.people import SYSTEM, Actor
from service.domain.ports import UnitOfWork


def in_charge(uow: UnitOfWork, case: Case, actor: Actor = SYSTEM) -> int | None:
    """Who is in charge of the case and still works in the unit; None: what would be theirs is for the whole unit.

    The case keeps who was in charge of it, also when the account is closed or the role has ended. Of the `actor`, whose
    roles were read for this request, nobody is asked again.
    """
    if case.executor_id is None or (case.executor_id == actor.officer_id and "unit" in actor.roles):
        return case.executor_id
    unit = uow.people.holding("unit", local(uow.now).date())
    return case.executor_id if any(officer.id == case.executor_id for officer in unit) else None
