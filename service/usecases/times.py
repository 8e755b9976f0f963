"""The calendar and the dated settings in force: read when something newer is entered, never asked for again and again.

Every unit of work that may change something looks, when it begins, at the keys of the newest calendar, setting and
edition, and keeps them from changing until it ends. So no term is ever saved by an old calendar, in whichever process.
Pages count by what was looked at within the last second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from service.domain.calendar import WorkCalendar, parse_calendar
from service.domain.calendar_ahead import with_years_ahead
from service.domain.dated import (
    PROVIDER_DETAILS,
    PROVIDER_NAME,
    REVIEWING_BODY,
    WORKING_HOURS,
    CalendarVersion,
    DatedSetting,
    PortalBreak,
    hours_as_told,
    hours_of,
    value_on,
)
from service.domain.days import WorkingHours
from service.domain.errors import CaseChanged
from service.domain.messages import Edition
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.usecases.editions import LoadedEdition, act_of

if TYPE_CHECKING:
    from service.usecases.services import Services

LOOK_AGAIN = timedelta(seconds=1)
"""How old what pages count by may be. Whatever is saved is counted by the newest in any case."""

FIRST_ACT = "processes/calendar/kz.csv"
"""What the first version names as its source; each of its days names its own act."""

_IN_EDITION: Mapping[str, tuple[str, str]] = {
    PROVIDER_NAME: ("provider", "name"),
    PROVIDER_DETAILS: ("provider", "details"),
    REVIEWING_BODY: ("appeal", "body"),
}


@dataclass(frozen=True)
class Times:
    """What held when it was read: the calendar with the hours of each day, every dated setting and edition."""

    marks: tuple[int, int, int]
    number: int
    calendar: WorkCalendar
    settings: tuple[DatedSetting, ...] = ()
    editions: tuple[Edition, ...] = ()

    def edition_on(self, day: date) -> Edition | None:
        """The edition in force on a day: a later one takes the place of those before it from its first day (O1, O2)."""
        newest = next((edition for edition in reversed(self.editions) if edition.in_force_from <= day), None)
        return newest if newest is not None and newest.is_in_force(day) else None

    def told(self, edition: LoadedEdition, name: str, day: date) -> Mapping[str, Any]:
        """The text of a setting on a day; where none was entered, what the edition says (R2.2, D10, D11)."""
        part, key = _IN_EDITION[name]
        default: Mapping[str, Any] = edition.act[part][key]
        return value_on(self.settings, name, day) or default


class TimeShelf:
    """Holds the newest `Times` for every thread of a process."""

    def __init__(self, reading: Callable[[], UnitOfWork], machine: Callable[[], datetime]) -> None:
        self._reading, self._machine = reading, machine
        self._lock = Lock()
        self._held: Times | None = None
        self._looked: datetime | None = None
        self._breaks: tuple[datetime, Sequence[PortalBreak]] | None = None

    @property
    def current(self) -> Times:
        """What holds now; looks whether there is anything newer when the last look is older than a second."""
        held = self._held
        if held is not None and self._is_fresh(self._looked):
            return held
        with self._reading() as uow:
            return self.look(uow)

    @property
    def breaks(self) -> Sequence[PortalBreak]:
        """The breaks of the portal that are announced and not over (A1.8.2), at most a second old."""
        if self._breaks is None or not self._is_fresh(self._breaks[0]):
            with self._reading() as uow:
                self._breaks = self._machine(), uow.dated.breaks(uow.now)
        return self._breaks[1]

    def _is_fresh(self, looked: datetime | None) -> bool:
        """Whether that was within the last second; not what lies ahead, since the machine's clock may step back."""
        return looked is not None and timedelta(0) <= self._machine() - looked < LOOK_AGAIN

    def look_again(self) -> None:
        """Something newer was saved by this process: the next who asks looks at once."""
        self._looked = self._breaks = None

    def begin(self, uow: UnitOfWork) -> None:
        """What this unit of work writes is counted by the newest calendar, and nobody changes that meanwhile."""
        marks = uow.dated.kept_marks()
        with self._lock:
            self._hold(uow, marks)

    def look(self, uow: UnitOfWork) -> Times:
        """Read what is newer than what is held, if anything is.

        Who reads one moment may see an older one: it is theirs alone, since others save by what is held.
        """
        marks = uow.dated.marks()
        with self._lock:
            if self._held is not None and any(mine < held for mine, held in zip(marks, self._held.marks, strict=True)):
                return read_times(uow, marks)
            return self._hold(uow, marks)

    def _hold(self, uow: UnitOfWork, marks: tuple[int, int, int]) -> Times:
        if self._held is None or self._held.marks != marks:
            self._held = read_times(uow, marks)
        self._looked = self._machine()
        return self._held


def read_times(uow: UnitOfWork, marks: tuple[int, int, int] = (0, 0, 0)) -> Times:
    """The newest calendar with the schedule of every day, and the dated settings."""
    version, settings = uow.dated.calendar(), tuple(uow.dated.settings())
    if version is None:
        raise LookupError("the database has no calendar")
    editions = tuple(sorted(uow.list(Edition), key=lambda edition: edition.number))
    calendar = with_schedule(days_of(version.content), settings, editions)
    return Times(marks, version.number, calendar, settings, editions)


@lru_cache(maxsize=4)
def days_of(content: str) -> WorkCalendar:
    """The days of a version of the calendar, with the years ahead: the same under every setting and edition."""
    return with_years_ahead(parse_calendar(content))


def with_schedule(
    calendar: WorkCalendar, settings: Sequence[DatedSetting], editions: Sequence[Edition]
) -> WorkCalendar:
    """The calendar with its working hours: the settings, before them what the editions say (A1.8.1)."""
    told = [(edition.in_force_from, _hours_of_edition(edition)) for edition in editions]
    entered = [row for row in settings if row.name == WORKING_HOURS]
    if not told and not entered:
        return calendar
    days = sorted({day for day, _ in told} | {row.valid_from for row in entered})
    schedule: dict[date, WorkingHours] = {}
    for day in days:
        value = value_on(entered, WORKING_HOURS, day)
        default = next((hours for since, hours in reversed(told) if since <= day), WorkingHours())
        schedule[day] = hours_of(value) if value else default
    base = told[0][1] if told else WorkingHours()
    kept: dict[date, WorkingHours] = {}
    for day in days:
        if schedule[day] != (kept[max(kept)] if kept else base):
            kept[day] = schedule[day]
    return calendar.with_hours(base, kept)


def default_of(edition: Edition | None, name: str) -> Mapping[str, Any]:
    """What an edition says of a setting; nothing before the first edition, but the hours of the rules."""
    if name == WORKING_HOURS:
        return hours_as_told(_hours_of_edition(edition) if edition else WorkingHours())
    if edition is None:
        return {}
    part, key = _IN_EDITION[name]
    told: Mapping[str, Any] = act_of(edition.bundle)[part][key]
    return told


def _hours_of_edition(edition: Edition) -> WorkingHours:
    act = act_of(edition.bundle)
    return hours_of(act["hours"]) if "hours" in act else WorkingHours()


def enter_first_calendar(services: Services, content: str) -> None:
    """A database without a calendar gets that of the folder as its first version; of two processes one enters it."""
    with services.reading() as uow:
        if uow.dated.calendar() is not None:
            return
    parse_calendar(content)
    with services.unit_of_work() as uow:
        if uow.dated.calendar() is not None:
            return
        uow.add(new_version(uow, content, FIRST_ACT, SYSTEM.name))
        try:
            uow.commit()
        except CaseChanged:
            return


def new_version(uow: UnitOfWork, content: str, act: str, by: str) -> CalendarVersion:
    """The next version of the calendar, ready to be saved."""
    newest = uow.dated.calendar()
    return CalendarVersion(
        number=newest.number + 1 if newest else 1,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        content=content,
        act=act,
        entered_at=uow.now,
        entered_by=by,
    )
