"""Dates, hours and numbers as people in Kazakhstan write them, in three languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from service.domain import worktime
from service.domain.kazakh_dates import Ending
from service.domain.written import day_in_words, telephone
from service.web.languages import language

NO_BREAK = "\u00a0"
_WEEKDAYS = {
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_UNITS = {"kk": ("Б", "КБ", "МБ"), "ru": ("Б", "КБ", "МБ"), "en": ("B", "KB", "MB")}


def init_app(app: Flask) -> None:
    """Give the templates these functions as filters of the same names."""
    for function in (date, date_long, weekday, time, moment, number, phone, size):
        app.jinja_env.filters[function.__name__] = at_each_page(function)


def at_each_page(function: Callable[..., str]) -> Callable[..., str]:
    """Make a filter that is asked anew for every page.

    Jinja would work out a filter of a constant when it first reads the template, in the language of that moment.
    """

    @pass_context
    def asked(_context: Context, *values: object, **named: object) -> str:
        return function(*values, **named)

    return asked


def date(day: dt.date | str | None) -> str:
    """Write a day as 22.11.2026; an instant by its local day; nothing for None."""
    found = _day(day)
    return found.strftime("%d.%m.%Y") if found else ""


def date_long(day: dt.date | str | None, wish: str | None = None, ending: Ending = "") -> str:
    """Write a day in words: 2026 жылғы 22 қараша, 22 ноября 2026 года, 22 November 2026.

    A Kazakh sentence asks for an `ending`: "of" is 22 қарашадағы.
    """
    found = _day(day)
    return day_in_words(found, wish or language(), ending) if found else ""


def weekday(day: dt.date | str | None, wish: str | None = None) -> str:
    """Name the day of the week."""
    found = _day(day)
    return _WEEKDAYS[wish or language()].split()[found.weekday()] if found else ""


def time(instant: dt.datetime | dt.time | str | None) -> str:
    """Write an hour of the 24-hour clock as 18:30; an instant by the local clock."""
    if isinstance(instant, str):
        return instant
    if isinstance(instant, dt.datetime):
        return worktime.local(instant).strftime("%H:%M")
    return instant.strftime("%H:%M") if instant else ""


def moment(instant: dt.date | None) -> str:
    """Write an instant as 22.11.2026, 18:30 by the local clock; a day of which no hour is known as a day."""
    return f"{date(instant)},{NO_BREAK}{time(instant)}" if isinstance(instant, dt.datetime) else date(instant)


def day_and_hour(day: dt.date | str | None, hour: str) -> str:
    """A day with its hour as it was appointed, as far as both are known: 14.09.2023, 11:00."""
    return ", ".join(text for text in (date(day), hour) if text)


def number(value: float | None) -> str:
    """Write a number with spaces between thousands and a decimal comma: 1 234,5."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) or not float(value).is_integer() else f"{int(value):,}"
    return text.replace(",", NO_BREAK).replace(".", ",")


def phone(stored: str | None) -> str:
    """Write +77010000000 as +7 (701) 000-00-00; another shape as it stands."""
    return telephone(stored or "")


def size(octets: int | None) -> str:
    """Write the size of a file: 12 КБ, 1,4 МБ."""
    if octets is None:
        return ""
    bytes_, kilo, mega = _UNITS[language()]
    if octets < 1024:
        return f"{octets}{NO_BREAK}{bytes_}"
    if octets < 1024 * 1024:
        return f"{octets / 1024:.0f}{NO_BREAK}{kilo}"
    return f"{octets / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",") + f"{NO_BREAK}{mega}"


def _day(day: dt.date | str | None) -> dt.date | None:
    if isinstance(day, str):
        return dt.date.fromisoformat(day) if day else None
    if isinstance(day, dt.datetime):
        return worktime.local(day).date()
    return day
