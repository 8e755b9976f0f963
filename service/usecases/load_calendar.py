"""A new calendar: first what would move, then the move itself, in one transaction with a line for each end (D28)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from service.domain.calendar import OutsideCalendar, WorkCalendar, parse_calendar
from service.domain.calendar_ahead import with_years_ahead
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.recount import MovedTerm
from service.usecases.recount import Recount
from service.usecases.services import Services
from service.usecases.times import new_version, read_times, with_schedule


def preview_calendar(services: Services, content: str) -> Sequence[MovedTerm]:
    """Which ends of which open cases and duties this calendar would move; nothing is changed.

    `CalendarError` when it cannot be read, `OutsideCalendar` when it leaves out a year that is covered now,
    `NotLawful` when it is the one that is in force.
    """
    with services.reading() as uow:
        old, new = _both(uow, content)
        return Recount(services, uow, old, new).run()


def load_calendar(services: Services, content: str, act: str, actor: Actor) -> Sequence[MovedTerm]:
    """Make this the newest calendar and move every open end that it moves; the act stands beside each in the journal.

    No step of any case runs meanwhile; every step after it counts by the new calendar.
    """
    if not act.strip():
        raise InvalidAnswers(errors={"act": Problem("required")})
    with services.alone() as uow:
        old, new = _both(uow, content)
        replaced = uow.dated.calendar()
        version = new_version(uow, content, act.strip(), actor.name)
        uow.add(version)
        moved = Recount(services, uow, old, new, actor, version.act).run()
        told: dict[str, Any] = {"number": version.number, "sha256": version.sha256, "act": version.act}
        before = replaced.number if replaced else 0
        uow.note(None, actor, "calendar_loaded", moved=len(moved), before=before, **told)
        uow.commit()
    services.times.look_again()
    return moved


def _both(uow: UnitOfWork, content: str) -> tuple[WorkCalendar, WorkCalendar]:
    """The calendar in force and the new one, both with the hours of each day."""
    held, version = read_times(uow), uow.dated.calendar()
    if version is not None and version.sha256 == hashlib.sha256(content.encode()).hexdigest():
        raise NotLawful("calendar_unchanged", "D28")
    entered = parse_calendar(content)
    lost = set(parse_calendar(version.content).years if version else ()) - set(entered.years)
    if lost:
        raise OutsideCalendar(min(lost), entered.first, entered.last)
    return held.calendar, with_schedule(with_years_ahead(entered), held.settings, held.editions)
