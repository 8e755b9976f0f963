"""The head withdraws a change of a permit that was entered by mistake and has not taken effect yet (R11.2, L66.1)."""

from __future__ import annotations

from typing import Any

from service.domain.case import Case, JournalEntry
from service.domain.deadlines import local
from service.domain.decisions import RegisterChange, RegisterEntry, status_on
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.forms import LONGEST_SENTENCES, told_texts
from service.domain.people import Actor
from service.domain.permit_life import require_withdrawable
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.operations.notices import tell
from service.usecases.change_permit import TOLD
from service.usecases.services import Services


def withdraw_change(services: Services, entry_id: int, change_id: int, actor: Actor, reason: str) -> RegisterChange:
    """Mark the change as withdrawn, by whom, when and why, and tell the holder, in one transaction; it stays kept.

    `InvalidAnswers` without a reason; `NotLawful` for a change that has taken effect, is followed by another, was made
    by a complaint or a court act, or was withdrawn before; `Forbidden` for anybody but the head.
    """
    actor = require(actor, Right.PERMITS)
    if errors := told_texts({"withdrawal_reason": reason}, {"withdrawal_reason": LONGEST_SENTENCES}):
        raise InvalidAnswers(errors=errors)
    with services.unit_of_work() as uow:
        entry = uow.locked.one(RegisterEntry, entry_id)
        change = uow.locked.one(RegisterChange, change_id)
        if change.entry_id != entry.id:
            raise NotFound(what="change")
        _require(uow, entry, change)
        case, changes = uow.get(Case, entry.case_id), uow.register.changes(entry.id)
        others = [each for each in changes if each.id != change.id]
        moved = {
            "before": status_on(entry, changes, change.from_on).value,
            "after": status_on(entry, others, change.from_on).value,
        }
        change.withdrawn_at, change.withdrawn_by, change.withdrawal_reason = uow.now, actor.officer_id, reason.strip()
        work = services.work(uow, case, actor)
        said: dict[str, Any] = {
            "permit": entry.number,
            "from_on": change.from_on.isoformat(),
            "basis": change.basis,
            "reason": change.withdrawal_reason,
        }
        work.note(case, "permit_change_withdrawn", **said, **moved)
        tell(work, case, "permit_change_withdrawn", **said)
        uow.commit()
        return change


def withdrawable(services: Services, entry_id: int) -> RegisterChange | None:
    """The change of an entry that the head may withdraw today; None where there is none."""
    with services.reading() as uow:
        entry, changes = uow.get(RegisterEntry, entry_id), uow.register.changes(entry_id)
        try:
            if changes:
                _require(uow, entry, changes[-1])
        except NotLawful:
            return None
        return changes[-1] if changes else None


def _require(uow: UnitOfWork, entry: RegisterEntry, change: RegisterChange) -> None:
    today = local(uow.now).date()
    require_withdrawable(change, uow.register.changes(entry.id), today, by_order=_by_order(uow, entry, change))


def _by_order(uow: UnitOfWork, entry: RegisterEntry, change: RegisterChange) -> bool:
    """Whether the head has entered it by an order, as the journal says; what a complaint changes bears other lines."""
    entered = (change.from_on.isoformat(), change.basis)
    return any(
        line.action in TOLD.values() and (line.details.get("from_on"), line.details.get("basis")) == entered
        for line in uow.list(JournalEntry, case_id=entry.case_id)
    )
