"""When a hearing may begin: in the future, while the office is open (R8.1, A1.8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.dated import hours_as_told
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.worktime import ZONE

WRITTEN = "written"
"""The way of a hearing to which nobody comes, unless an oral one is asked for; by every other one people meet."""


def hearing_start(calendar: WorkCalendar, answers: Mapping[str, Any], now: datetime) -> datetime:
    """The instant at which the hearing of these answers begins.

    `InvalidAnswers` names an hour that has passed, and one outside the working hours of that day; also of a written
    hearing, since who asks to be heard orally is heard at that hour (L73.3).
    """
    day, clock = date.fromisoformat(str(answers["hearing_on"])), time.fromisoformat(str(answers["hearing_time"]))
    starts = datetime.combine(day, clock, ZONE)
    if starts <= now:
        raise InvalidAnswers(errors={"hearing_time": Problem("in_the_past")})
    hours = calendar.hours_on(day)
    is_open = hours.opens <= clock < hours.break_from or hours.break_until <= clock < hours.closes
    if not is_open:
        raise InvalidAnswers(errors={"hearing_time": Problem("outside_hours", hours_as_told(hours))})
    return starts
