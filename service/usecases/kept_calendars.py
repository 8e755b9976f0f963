"""The calendars by which terms were counted in their time: every version is kept, with the hours of then (D21, D28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.canonical import digest
from service.domain.dated import CalendarVersion, DatedSetting
from service.domain.messages import Edition
from service.domain.ports import UnitOfWork
from service.domain.terms import Explanation
from service.usecases.times import TimeShelf, days_of, with_schedule


@dataclass(frozen=True)
class NumberedCalendar:
    """A version of the calendar with the working hours that held with it; `since` when it was entered.

    The first version has none: before it nothing was counted.
    """

    number: int
    since: datetime | None
    calendar: WorkCalendar

    @cached_property
    def sha256(self) -> str:
        """The hash of every day on which the week's rule does not hold, of the settled years and the hours (D21)."""
        calendar = self.calendar
        entries = [
            [day.isoformat(), entry.kind, entry.basis, entry.entered_on.isoformat()]
            for day, entry in sorted(calendar.entries.items())
        ]
        hours = {day.isoformat(): _hours(worked) for day, worked in calendar.hours_from.items()}
        settled = [year for year in calendar.years if calendar.confirmed(year)]
        return digest({"entries": entries, "years": settled, "hours": _hours(calendar.hours), "hours_from": hours})


def _hours(worked: Any) -> list[str]:
    return [each.isoformat() for each in (worked.opens, worked.break_from, worked.break_until, worked.closes)]


@dataclass(frozen=True)
class Counted:
    """How a term was counted: the name of the day it counts from, its days, and by which calendar.

    A term in `months` counts no days; it skips those off at its end (L92.1, L76.1).
    """

    anchor: str
    explanation: Explanation
    by: NumberedCalendar
    months: int = 0


class KeptCalendars:
    """Every version of the calendar, the newest first, as it was with the settings and editions of its time."""

    def __init__(
        self, versions: Sequence[CalendarVersion], settings: Sequence[DatedSetting], editions: Sequence[Edition]
    ) -> None:
        self._versions = sorted(versions, key=lambda version: version.number, reverse=True)
        self._settings, self._editions = settings, editions
        self._made: dict[tuple[int, int, int], NumberedCalendar] = {}

    @classmethod
    def of(cls, uow: UnitOfWork, times: TimeShelf) -> KeptCalendars:
        """Read every version; the settings and editions are those that this unit of work sees."""
        held = times.look(uow)
        return cls(uow.list(CalendarVersion), held.settings, held.editions)

    @property
    def newest(self) -> NumberedCalendar:
        """The one by which terms that run are counted."""
        return next(self.known_at(None))

    def known_at(self, at: datetime | None) -> Iterator[NumberedCalendar]:
        """The calendar that held at an instant, then those before it; from the newest on for what still runs.

        The first version and the first edition hold from the beginning.
        """
        settings = [row for row in self._settings if at is None or row.entered_at <= at]
        editions = [each for n, each in enumerate(self._editions) if n == 0 or at is None or each.deployed_at <= at]
        for version in self._versions:
            is_first = version is self._versions[-1]
            if at is None or is_first or version.entered_at <= at:
                key = version.number, len(settings), len(editions)
                if key not in self._made:
                    calendar = with_schedule(days_of(version.content), settings, editions)
                    since = None if is_first else version.entered_at
                    self._made[key] = NumberedCalendar(version.number, since, calendar)
                yield self._made[key]

    def held_at_the_end(self, count: Callable[[WorkCalendar], Explanation], anchor: str) -> Counted:
        """A term that no row keeps, counted by the calendar that held when it ended, or that holds while it runs."""
        for numbered in self.known_at(None):
            told = count(numbered.calendar)
            if numbered.since is None or numbered.since <= told.due_at:
                return Counted(anchor, told, numbered)
        raise LookupError("the database has no calendar")
