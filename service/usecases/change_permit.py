"""The head suspends, resumes or cancels a permit: a dated change of the register with its act and basis (R11.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import RegisterChange, RegisterEntry, status_on
from service.domain.errors import InvalidAnswers
from service.domain.people import Actor
from service.domain.permit_life import LEADS_TO, PermitAct, change_problems, require_possible, told_as
from service.domain.rights import Right, require
from service.operations import Work
from service.operations.notices import tell
from service.usecases.services import Services

TOLD = {
    PermitAct.SUSPEND: "permit_suspended",
    PermitAct.RESUME: "permit_resumed",
    PermitAct.CANCEL: "permit_cancelled",
}
"""The code of the journal, and the notice to the holder of a change that begins today."""


def change_permit(
    services: Services, entry_id: int, actor: Actor, act: PermitAct, from_on: date, order: str, basis: str
) -> RegisterChange:
    """Enter the change with its order (number and date) and its basis, and tell the holder, in one transaction.

    `InvalidAnswers` names what is missing, or a day that is past, before another entry or after the permit's last;
    `NotLawful` for a permit with which this cannot be done on that day; `Forbidden` for anybody but the head.
    """
    actor = require(actor, Right.PERMITS)
    if errors := change_problems(order, basis):
        raise InvalidAnswers(errors=errors)
    with services.unit_of_work() as uow:
        entry = uow.locked.one(RegisterEntry, entry_id)
        case = uow.get(Case, entry.case_id)
        changes = uow.register.changes(entry.id)
        require_possible(act, entry, changes, from_on, local(uow.now).date())
        before = status_on(entry, changes, from_on)
        told = f"{order.strip()}. {basis.strip()}"
        change = RegisterChange(entry.id, LEADS_TO[act], from_on, told, uow.now, actor.officer_id)
        uow.add(change)
        work = services.work(uow, case, actor)
        said: dict[str, Any] = {"permit": entry.number, "from_on": from_on.isoformat(), "basis": change.basis}
        _note(work, case, act, **said, before=before.value, after=change.status.value)
        tell(work, case, told_as(TOLD[act], from_on, work.today), **said)
        uow.commit()
        return change


def _note(work: Work, case: Case, act: PermitAct, **said: Any) -> None:
    if act is PermitAct.SUSPEND:
        work.note(case, "permit_suspended", **said)
    elif act is PermitAct.RESUME:
        work.note(case, "permit_resumed", **said)
    else:
        work.note(case, "permit_cancelled", **said)
