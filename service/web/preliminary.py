"""A date that reaches into a year without a confirmed calendar is marked wherever it is told (D28)."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from flask_babel import gettext as _

from service.domain.calendar import WorkCalendar
from service.domain.worktime import local
from service.web import formats
from service.web.services import services


def init_app(app: Flask) -> None:
    """Give the templates these functions as filters of the same names."""
    for function in (term_moment, term_day, term_mark):
        app.jinja_env.filters[function.__name__] = formats.at_each_page(function)


def reaches_unconfirmed(calendar: WorkCalendar, due_at: dt.date) -> bool:
    """Whether a day or an instant lies in a year whose calendar is not confirmed yet: then it is preliminary (D28)."""
    day = local(due_at).date() if isinstance(due_at, dt.datetime) else due_at
    return not calendar.confirmed(day.year)


def term_moment(due_at: dt.datetime | None) -> str:
    """An instant at which a term ends, with its mark where it is preliminary."""
    return formats.moment(due_at) + term_mark(due_at)


def term_day(day: dt.date | None) -> str:
    """A day on which a term ends, or of an instant its local day, with its mark where it is preliminary."""
    return formats.date(day) + term_mark(day)


def term_mark(due_at: dt.date | None) -> str:
    """What stands behind a preliminary date; nothing behind any other."""
    if due_at is None or not reaches_unconfirmed(services().calendar, due_at):
        return ""
    mark = _("preliminary")
    return f" ({mark})"
