"""What holds from a day on: versions of the calendar, dated settings, announced breaks of the portal (R2.2, D28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from service.domain.days import WorkingHours
from service.domain.errors import InvalidAnswers
from service.domain.forms import LONGEST_SENTENCES, Problem, told_texts
from service.domain.languages import LANGUAGES

PROVIDER_NAME, PROVIDER_DETAILS, REVIEWING_BODY = "provider_name", "provider_details", "reviewing_body"
WORKING_HOURS = "working_hours"
SETTINGS: Mapping[str, str] = {
    PROVIDER_NAME: "R2.2",
    PROVIDER_DETAILS: "R2.2",
    REVIEWING_BODY: "R13.1",
    WORKING_HOURS: "A1.8.1",
}
"""The dated settings, each with its point. The first three are texts in three languages."""

HOURS = ("opens", "closes", "break_from", "break_until")


@dataclass(eq=False)
class CalendarVersion:
    """One version of the calendar as it was entered: its text, its hash, when, by whom and by which act (D21, D28)."""

    number: int
    sha256: str
    content: str
    act: str
    entered_at: datetime
    entered_by: str
    id: int = field(init=False)


@dataclass(eq=False)
class DatedSetting:
    """A value that holds from a day on, with its basis; nothing is ever overwritten (R2.2, D10, D11)."""

    name: str
    valid_from: date
    value: dict[str, Any]
    basis: str
    entered_at: datetime
    entered_by: str
    id: int = field(init=False)


@dataclass(eq=False)
class PortalBreak:
    """A technical break of the portal, announced beforehand and kept on record (A1.8.2)."""

    starts_at: datetime
    ends_at: datetime
    reason: dict[str, str]
    announced_at: datetime
    announced_by: str
    withdrawn_at: datetime | None = None
    id: int = field(init=False)


def value_on(settings: Iterable[DatedSetting], name: str, day: date) -> dict[str, Any] | None:
    """The value that holds on a day, of settings in the order in which they were entered.

    It is that of the latest first day, and of two for one day the one that was entered later.
    """
    row = row_on(settings, name, day)
    return row.value if row else None


def row_on(settings: Iterable[DatedSetting], name: str, day: date) -> DatedSetting | None:
    """The entry by which a setting has its value on a day; None where the edition's own value holds."""
    held = [row for row in settings if row.name == name and row.valid_from <= day]
    latest = max((row.valid_from for row in held), default=None)
    return next((row for row in reversed(held) if row.valid_from == latest), None)


def checked(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a setting as it is kept; `InvalidAnswers` names what is missing or makes no schedule."""
    if name == WORKING_HOURS:
        return hours_as_told(working_day(value))
    told = {language: str(value.get(language) or "").strip() for language in LANGUAGES}
    wrong = told_texts(told, dict.fromkeys(told, LONGEST_SENTENCES))
    if wrong:
        raise InvalidAnswers(errors=wrong)
    return told


def hours_of(value: Mapping[str, Any]) -> WorkingHours:
    """Working hours from their four times, in order within the day (A1.8.1)."""
    errors: dict[str, Problem] = {}
    times: dict[str, time] = {}
    for name in HOURS:
        told = value.get(name)
        try:
            times[name] = told if isinstance(told, time) else _hour(str(told or ""))
        except ValueError:
            errors[name] = Problem("not_a_time" if told else "required")
    if not errors and not times["opens"] < times["break_from"] <= times["break_until"] < times["closes"]:
        errors["closes"] = Problem("hours_out_of_order")
    if errors:
        raise InvalidAnswers(errors=errors)
    return WorkingHours(**times)


LEAST_WORKED = timedelta(hours=1)
"""So long is a working day at least, without its break."""


def working_day(value: Mapping[str, Any]) -> WorkingHours:
    """Working hours that are entered anew: in order, and long enough for a day on which terms are counted (A1.8.1)."""
    hours = hours_of(value)
    opens, break_from, break_until, closes = (
        timedelta(hours=getattr(hours, name).hour, minutes=getattr(hours, name).minute)
        for name in ("opens", "break_from", "break_until", "closes")
    )
    if (break_from - opens) + (closes - break_until) < LEAST_WORKED:
        raise InvalidAnswers(errors={"closes": Problem("hours_too_short")})
    return hours


def _hour(told: str) -> time:
    """An hour of the office's own day: with a zone behind it, it would be another's. Raises ValueError.

    It has whole minutes, as it is told everywhere.
    """
    found = time.fromisoformat(told)
    if found.tzinfo is not None or found != found.replace(second=0, microsecond=0):
        raise ValueError(told)
    return found


def hours_as_told(hours: WorkingHours) -> dict[str, Any]:
    """The four times as texts."""
    return {name: getattr(hours, name).isoformat("minutes") for name in HOURS}
