"""What a calendar is made of: entries, reasons, hours, counts, and the errors of reading it (D21, D28)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import Literal

from service.domain.errors import RuqsatError

Kind = Literal["holiday", "day_off", "moved_day_off", "working_weekend"]


class CalendarError(RuqsatError, ValueError):
    """The calendar cannot be read or used: `code` says why, `line` where in the file, counted from the heading as 1."""

    def __init__(self, code: str, value: str = "", *, line: int | None = None) -> None:
        self.code, self.value, self.line = code, value, line
        super().__init__(value=value, line=line)

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line is not None else ""
        return where + self.code.replace("_", " ") + (f": {self.value}" if self.value else "")


class OutsideCalendar(CalendarError):
    """A day, a year, or the end of a term (None) lies outside the years that the calendar covers."""

    def __init__(self, day: date | int | None, first: date | None, last: date | None) -> None:
        self.day, self.first, self.last = day, first, last
        covered = f"it covers {first} to {last}" if first else "it is empty"
        super().__init__("outside_the_calendar", f"{day or 'the end of a term'} ({covered})")


@dataclass(frozen=True)
class CalendarEntry:
    """A day on which the week's rule does not hold, with the act that says so and when it was entered (D21)."""

    day: date
    kind: Kind
    names: Mapping[str, str]
    basis: str
    entered_on: date


@dataclass(frozen=True)
class DayReason:
    """Why a day is or is not working: `weekend`, `working` or the kind of its entry; names by language."""

    code: str
    names: Mapping[str, str]
    basis: str


@dataclass(frozen=True)
class WorkingHours:
    """The provider's hours in local time (A1.8.1)."""

    opens: time = time(9, 0)
    closes: time = time(18, 30)
    break_from: time = time(13, 0)
    break_until: time = time(14, 30)


@dataclass(frozen=True)
class Count:
    """The days between an anchor and a due date, in the order of counting; the anchor itself is in neither (D25)."""

    counted: tuple[date, ...]
    skipped: tuple[tuple[date, DayReason], ...]


def _reason(code: str, kk: str, ru: str, en: str) -> DayReason:
    return DayReason(code, MappingProxyType({"kk": kk, "ru": ru, "en": en}), "ҚР Еңбек кодексі, 84-бап")


WORKING = _reason("working", "Жұмыс күні", "Рабочий день", "Working day")
SATURDAY = _reason("weekend", "Демалыс күні (сенбі)", "Выходной день (суббота)", "Weekend (Saturday)")
SUNDAY = _reason("weekend", "Демалыс күні (жексенбі)", "Выходной день (воскресенье)", "Weekend (Sunday)")
