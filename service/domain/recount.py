"""Two calendars side by side: which days they see differently, and what that does to a term (D28, L76.1)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.calendar import WorkCalendar


@dataclass(frozen=True)
class MovedTerm:
    """An end that moves: of a case's term or wait (`element`) or of a duty, with the days that are to blame.

    `bases` are the acts of those days. `is_past` when the new end has passed already. `by` is how many working days
    later the new end is, as the new calendar has them; less than none where it is nearer. An end is `preliminary` that
    lies in a year whose calendar is not confirmed: that before, that after the move.
    """

    case_id: int | None
    case_number: str
    element: str
    duty: str
    before: datetime
    after: datetime
    days: tuple[date, ...] = ()
    bases: tuple[str, ...] = ()
    is_past: bool = False
    by: int = 0
    preliminary: tuple[bool, bool] = (False, False)

    @property
    def ends(self) -> tuple[datetime, datetime]:
        """The end before the move and the one after it."""
        return self.before, self.after


class Difference:
    """The days on which two calendars disagree: working or not, or with other hours (D21, A1.8.1)."""

    def __init__(self, old: WorkCalendar, new: WorkCalendar) -> None:
        self.old, self.new = old, new
        years = range(min(old.years.start, new.years.start), max(old.years.stop, new.years.stop))
        both = [year for year in years if year in old.years and year in new.years]
        self.days = [day for year in both for day in new.days(year) if old.is_working(day) != new.is_working(day)]
        points = sorted({*old.hours_from, *new.hours_from})
        self.hours = [day for day in points if old.hours_on(day) != new.hours_on(day)]
        if old.hours != new.hours and new.first is not None:
            self.hours.insert(0, new.first)

    @property
    def first(self) -> date | None:
        """The first day that is seen differently; None when nothing is."""
        return min((*self.days, *self.hours), default=None)

    def within(self, since: date, until: date) -> tuple[date, ...]:
        """The days seen differently from one day to another, both included."""
        return tuple(self.days[bisect_left(self.days, since) : bisect_right(self.days, until)])

    def touches(self, since: date, until: date) -> bool:
        """Whether a term between these days can be another by the new calendar."""
        other_hours = any(self.old.hours_on(day) != self.new.hours_on(day) for day in (since, until))
        return bool(self.within(since, until)) or other_hours or any(since <= day <= until for day in self.hours)

    def working_days(self, before: date, after: date) -> int:
        """By how many working days of the new calendar an end moves from one day to another."""
        passed = len(self.new.count(before, after).counted)
        return passed if after >= before else -passed

    def bases(self, days: tuple[date, ...]) -> tuple[str, ...]:
        """The acts by which these days are what they are now, or by which they were before."""
        told = [(self.new.entries.get(day) or self.old.entries.get(day)) for day in days]
        return tuple(dict.fromkeys(entry.basis for entry in told if entry is not None))
