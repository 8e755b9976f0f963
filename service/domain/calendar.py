"""Which days are working days, and why the others are not (A1.8.1, D21-D23, D25, D28)."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast, get_args

from service.domain.days import (
    SATURDAY,
    SUNDAY,
    WORKING,
    CalendarEntry,
    CalendarError,
    Count,
    DayReason,
    Kind,
    OutsideCalendar,
    WorkingHours,
)
from service.domain.languages import LANGUAGES

__all__ = [
    "CalendarEntry",
    "CalendarError",
    "Count",
    "DayReason",
    "OutsideCalendar",
    "WorkCalendar",
    "WorkingHours",
    "parse_calendar",
]

COLUMNS = ("date", "kind", *LANGUAGES, "basis", "entered_on")
_YEAR_KINDS = ("confirmed_year", "preliminary_year")
_DAY = timedelta(days=1)
_SATURDAY = 5
_USUAL_HOURS = WorkingHours()


class WorkCalendar:
    """Counts working days: Monday to Friday unless an entry says otherwise (D21).

    It covers whole years without a gap, by default from the first to the last year of its entries. Any day outside
    them raises OutsideCalendar. `confirmed_years` are those in which nothing more is expected (D28); None means all.
    `hours` hold until the first day of `hours_from`; `shifts` says the same by the number of the working day (A1.8.1).
    """

    def __init__(
        self,
        entries: Iterable[CalendarEntry],
        hours: WorkingHours = _USUAL_HOURS,
        *,
        confirmed_years: Iterable[int] | None = None,
        years: Iterable[int] | None = None,
        hours_from: Mapping[date, WorkingHours] = MappingProxyType({}),
    ) -> None:
        self.entries: Mapping[date, CalendarEntry] = MappingProxyType({entry.day: entry for entry in entries})
        known = sorted({day.year for day in self.entries} if years is None else set(years))
        self.years = range(known[0], known[-1] + 1) if known else range(0)
        self._confirmed = frozenset(self.years if confirmed_years is None else confirmed_years)
        self._working = [day for year in self.years for day in self.days(year) if self._is_working(day)]
        self._working_set = frozenset(self._working)
        self._keep_hours(hours, hours_from)

    def _keep_hours(self, hours: WorkingHours, hours_from: Mapping[date, WorkingHours]) -> None:
        self.hours = hours
        self.hours_from = MappingProxyType(dict(sorted(hours_from.items())))
        self._hours_days = list(self.hours_from)
        self.shifts = tuple((bisect_left(self._working, day), worked) for day, worked in self.hours_from.items())

    def with_hours(self, hours: WorkingHours, hours_from: Mapping[date, WorkingHours]) -> WorkCalendar:
        """The same days with another schedule (A1.8.1)."""
        same = copy(self)
        same._keep_hours(hours, hours_from)
        return same

    def hours_on(self, day: date) -> WorkingHours:
        """The provider's hours by the schedule of that day (A1.8.1)."""
        if not self._hours_days or day < self._hours_days[0]:
            return self.hours
        return self.hours_from[self._hours_days[bisect_right(self._hours_days, day) - 1]]

    @property
    def first(self) -> date | None:
        """The first day covered, or None when the calendar is empty."""
        return date(self.years[0], 1, 1) if self.years else None

    @property
    def last(self) -> date | None:
        """The last day covered, or None when the calendar is empty."""
        return date(self.years[-1], 12, 31) if self.years else None

    def days(self, year: int) -> Iterator[date]:
        """Every day of a year that the calendar covers, in order."""
        if year not in self.years:
            raise OutsideCalendar(year, self.first, self.last)
        start = date(year, 1, 1)
        return (start + n * _DAY for n in range(366 if _is_leap(year) else 365))

    def is_working(self, day: date) -> bool:
        """Say whether the provider works on that day (A1.8.1, D21)."""
        return self._covered(day) in self._working_set

    def reason(self, day: date) -> DayReason:
        """Why the day is or is not working, with its legal basis (D21)."""
        entry = self.entries.get(self._covered(day))
        if entry is not None:
            return DayReason(entry.kind, entry.names, entry.basis)
        if day.weekday() < _SATURDAY:
            return WORKING
        return SATURDAY if day.weekday() == _SATURDAY else SUNDAY

    def next_working(self, day: date) -> date:
        """The day itself if it is working, otherwise the nearest next working day (R5.2, L76.1)."""
        return self.at(self.position(day))

    def after(self, anchor: date, n: int) -> date:
        """The n-th working day after the anchor, which is not counted itself (D25)."""
        return self.at(bisect_right(self._working, self._covered(anchor)) + _at_least_one(n) - 1)

    def before(self, anchor: date, n: int) -> date:
        """The n-th working day counted back from the anchor, which is not counted itself (D25)."""
        return self.at(self.position(anchor) - _at_least_one(n))

    def position(self, day: date) -> int:
        """How many working days the calendar holds before this day; differences measure terms."""
        return bisect_left(self._working, self._covered(day))

    def at(self, position: int) -> date:
        """The working day that has so many working days before it."""
        if not 0 <= position < len(self._working):
            raise OutsideCalendar(None, self.first, self.last)
        return self._working[position]

    def count(self, anchor: date, due: date) -> Count:
        """The days counted and the days skipped from the anchor to the due date, forwards or backwards (D25)."""
        step = 1 if due >= anchor else -1
        days = [anchor + n * step * _DAY for n in range(1, abs((due - anchor).days) + 1)]
        counted = tuple(day for day in days if self.is_working(day))
        return Count(counted, tuple((day, self.reason(day)) for day in days if not self.is_working(day)))

    def confirmed(self, year: int) -> bool:
        """Say whether the year's calendar is settled; a term that reaches into another is preliminary (D28)."""
        return year in self._confirmed

    def _is_working(self, day: date) -> bool:
        entry = self.entries.get(day)
        return day.weekday() < _SATURDAY if entry is None else entry.kind == "working_weekend"

    def _covered(self, day: date) -> date:
        if day.year not in self.years:
            raise OutsideCalendar(day, self.first, self.last)
        return day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _at_least_one(n: int) -> int:
    if n < 1:
        raise CalendarError("a_term_has_at_least_one_working_day", str(n))
    return n


def parse_calendar(csv_text: str) -> WorkCalendar:
    """Read the analysts' calendar file; CalendarError names the line that cannot be understood (D21, D28).

    A row of kind `confirmed_year` or `preliminary_year` declares a year in its date column; every other row is a day
    of a declared year on which the week's rule does not hold.
    """
    reader = csv.reader(io.StringIO(csv_text.removeprefix("\ufeff"), newline=""), strict=True)
    years: dict[int, str] = {}
    entries: dict[date, CalendarEntry] = {}
    lines: dict[date, int] = {}
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise CalendarError("heading_differs", ",".join(COLUMNS), line=1)
        for row in reader:
            cells = _cells(row, reader.line_num)
            if cells["kind"] in _YEAR_KINDS:
                _declare(years, cells, reader.line_num)
                continue
            entry = _entry(cells, reader.line_num)
            if entry.day in entries:
                raise CalendarError("day_stands_twice", str(entry.day), line=reader.line_num)
            entries[entry.day], lines[entry.day] = entry, reader.line_num
    except csv.Error as broken:
        raise CalendarError("row_cannot_be_read", str(broken), line=reader.line_num) from broken
    _check_years(years, lines)
    confirmed = [year for year, kind in years.items() if kind == "confirmed_year"]
    return WorkCalendar(entries.values(), confirmed_years=confirmed, years=years)


def _cells(row: list[str], line: int) -> dict[str, str]:
    if len(row) != len(COLUMNS):
        raise CalendarError("row_has_another_number_of_columns", f"{len(row)} ≠ {len(COLUMNS)}", line=line)
    cells = {name: cell.strip() for name, cell in zip(COLUMNS, row, strict=True)}
    empty = [name for name, cell in cells.items() if not cell]
    if empty:
        raise CalendarError("column_is_empty", ", ".join(empty), line=line)
    return cells


def _declare(years: dict[int, str], cells: dict[str, str], line: int) -> None:
    if re.fullmatch(r"[1-9][0-9]{3}", cells["date"]) is None:
        raise CalendarError("year_cannot_be_read", cells["date"], line=line)
    _date(cells["entered_on"], line)
    year = int(cells["date"])
    if year in years:
        raise CalendarError("year_stands_twice", cells["date"], line=line)
    years[year] = cells["kind"]


def _entry(cells: dict[str, str], line: int) -> CalendarEntry:
    day = _date(cells["date"], line)
    kind = cells["kind"]
    if kind not in get_args(Kind):
        raise CalendarError("kind_is_unknown", kind, line=line)
    if kind == "working_weekend" and day.weekday() < _SATURDAY:
        raise CalendarError("working_weekend_is_not_on_a_weekend", str(day), line=line)
    if kind == "moved_day_off" and day.weekday() >= _SATURDAY:
        raise CalendarError("day_off_is_moved_to_a_weekend", str(day), line=line)
    names = MappingProxyType({language: cells[language] for language in LANGUAGES})
    return CalendarEntry(day, cast(Kind, kind), names, cells["basis"], _date(cells["entered_on"], line))


def _date(text: str, line: int) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarError("date_cannot_be_read", text, line=line)


def _check_years(years: Mapping[int, str], lines: Mapping[date, int]) -> None:
    if not years:
        raise CalendarError("no_year_is_declared")
    missing = sorted(set(range(min(years), max(years) + 1)) - set(years))
    if missing:
        raise CalendarError("years_have_a_gap", ", ".join(map(str, missing)))
    for day, line in lines.items():
        if day.year not in years:
            raise CalendarError("year_of_this_day_is_not_declared", str(day), line=line)
