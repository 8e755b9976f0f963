"""Dated settings and announced breaks of the portal: entered with a basis, never overwritten (R2.2, A1.8, D10, D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from service.domain.dated import SETTINGS, WORKING_HOURS, DatedSetting, PortalBreak, checked, value_on
from service.domain.deadlines import local
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.faults import Faults
from service.domain.forms import LONGEST_SENTENCES, Problem, told_texts
from service.domain.languages import LANGUAGES
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.recount import MovedTerm
from service.domain.rights import Right, require
from service.usecases.recount import Recount
from service.usecases.services import Services
from service.usecases.times import default_of, read_times, with_schedule


def preview_setting(
    services: Services, name: str, valid_from: date | str, value: Mapping[str, Any], basis: str
) -> Sequence[MovedTerm]:
    """Which open ends other working hours would move; the other settings move none."""
    with services.reading() as uow:
        row = _row(uow, name, valid_from, value, basis, "")
        return _recount(services, uow, row, None)


def change_setting(
    services: Services, name: str, valid_from: date | str, value: Mapping[str, Any], basis: str, actor: Actor
) -> Sequence[MovedTerm]:
    """Enter what holds from a day on; it serves the documents of that day and later, those issued stay (R2.2).

    Other working hours move the open ends of the days they hold on. `InvalidAnswers` names all that is missing or
    wrong, also working hours of days that are past; `Forbidden` for anybody but the administrator.
    """
    actor = require(actor, Right.SETTINGS)
    with services.alone() as uow:
        row = _row(uow, name, valid_from, value, basis, actor.name)
        before = _held(uow, row)
        moved = _recount(services, uow, row, actor)
        uow.add(row)
        since = row.valid_from.isoformat()
        told: dict[str, Any] = {"setting": name, "from": since, "before": before, "value": row.value}
        uow.note(None, actor, "setting_changed", act=row.basis, moved=len(moved), **told)
        uow.commit()
    services.times.look_again()
    return moved


def _row(
    uow: UnitOfWork, name: str, valid_from: date | str, value: Mapping[str, Any], basis: str, by: str
) -> DatedSetting:
    if name not in SETTINGS:
        raise InvalidAnswers(errors={"name": Problem("required")})
    faults, today, kept = Faults(), local(uow.now).date(), {}
    since = faults.day("valid_from", valid_from) or today
    if name == WORKING_HOURS and since < today:
        faults.add("valid_from", "hours_of_the_past")
    with faults.gathered():
        kept = checked(name, value)
    faults.more(told_texts({"basis": basis}, {"basis": LONGEST_SENTENCES}))
    faults.refuse()
    return DatedSetting(name, since, kept, basis.strip(), uow.now, by)


def _held(uow: UnitOfWork, row: DatedSetting) -> Mapping[str, Any]:
    """What would hold on the first day of a new value without it."""
    held = read_times(uow)
    told = value_on(held.settings, row.name, row.valid_from)
    return told or default_of(held.edition_on(row.valid_from), row.name)


def _recount(services: Services, uow: UnitOfWork, row: DatedSetting, actor: Actor | None) -> Sequence[MovedTerm]:
    if row.name != WORKING_HOURS:
        return []
    held = read_times(uow)
    new = with_schedule(held.calendar, (*held.settings, row), held.editions)
    return Recount(services, uow, held.calendar, new, actor, row.basis).run()


def announce_break(
    services: Services,
    starts_at: datetime | None,
    ends_at: datetime | None,
    reason: Mapping[str, str],
    actor: Actor,
    wrong: Mapping[str, Problem] = MappingProxyType({}),
) -> PortalBreak:
    """Announce a technical break of the portal beforehand (A1.8.2); pages show it until it is over.

    One of the same hours that is announced already was only pressed twice.

    `InvalidAnswers` when a moment is missing, when it begins in the past, ends before it begins, or says why in fewer
    than three languages, together with what was found `wrong` before.
    """
    actor = require(actor, Right.SETTINGS)
    with services.alone() as uow:
        faults = Faults(wrong)
        for name, at in (("starts_at", starts_at), ("ends_at", ends_at)):
            if at is None and not wrong:
                faults.add(name, "required")
        starts, ends = starts_at or uow.now, ends_at or uow.now
        if starts_at and starts <= uow.now:
            faults.add("starts_at", "in_the_past")
        if starts_at and ends_at and ends <= starts:
            faults.add("ends_at", "ends_before_it_begins")
        told = {language: str(reason.get(language) or "").strip() for language in LANGUAGES}
        faults.more(told_texts(told, dict.fromkeys(told, LONGEST_SENTENCES)))
        faults.refuse()
        for same in uow.list(PortalBreak, starts_at=starts, ends_at=ends, withdrawn_at=None):
            if same.reason == told:
                return same
        announced = PortalBreak(starts, ends, told, uow.now, actor.name)
        uow.add(announced)
        uow.note(None, actor, "break_announced", starts=starts.isoformat(), ends=ends.isoformat(), reason=told)
        uow.commit()
    services.times.look_again()
    return announced


def withdraw_break(services: Services, break_id: int, actor: Actor) -> None:
    """Take back the announcement of a break that has not begun; it stays on record. `NotLawful` once it has."""
    actor = require(actor, Right.SETTINGS)
    with services.unit_of_work() as uow:
        announced = uow.locked.one(PortalBreak, break_id)
        if announced.withdrawn_at is not None or announced.starts_at <= uow.now:
            raise NotLawful("break_has_begun", "A1.8.2")
        announced.withdrawn_at = uow.now
        uow.note(None, actor, "break_withdrawn", starts=announced.starts_at.isoformat())
        uow.commit()
    services.times.look_again()
