"""Who is named for a work and still holds the office for it: in charge of a case, signer of minutes (R5.3, L74.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.minutes import SIGNERS, Minutes, Part
from service.domain.people import SYSTEM, Actor, Officer, by_name
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


def possible_signers(uow: UnitOfWork, procedure: str) -> list[Officer]:
    """The officers who may chair a hearing of this procedure or keep its minutes today, by name."""
    today = local(uow.now).date()
    found = {officer.id: officer for role in SIGNERS[procedure] for officer in uow.people.holding(role, today)}
    return by_name(found.values())


def written_signers(uow: UnitOfWork, minutes: Minutes, possible: Sequence[Officer]) -> Mapping[str, int | None]:
    """Whom to propose as chair and as secretary: who is named already, else of the `possible` who was written down.

    Nobody where no name fits, or several do: the minutes bear the names as they were typed (L74.1).
    """
    found: dict[str, int | None] = {}
    for part, written in ((Part.CHAIR, minutes.chair), (Part.SECRETARY, minutes.secretary)):
        fitting = [officer.id for officer in possible if officer.is_named_in(written)]
        proposed = signer_of(uow, minutes, part) or (fitting[0] if len(fitting) == 1 else None)
        found[part.value] = None if proposed in found.values() else proposed
    return found


def signer_of(uow: UnitOfWork, minutes: Minutes, part: Part) -> int | None:
    """Who is named to sign the minutes in this part and may do it today; None: somebody has to be named."""
    signer, procedure = minutes.signer(part), uow.get(Case, minutes.case_id).procedure
    held = uow.people.roles(signer, local(uow.now).date()) if signer is not None else []
    return signer if any(each.role in SIGNERS[procedure] for each in held) else None
