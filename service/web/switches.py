"""The switches that stand on every page: language, version for the visually impaired, and the demo's clock.

Where a page has a form, a switch is a button of that form: what was typed comes along, is kept, and returns with the
page. Where it has none, language and vision are links. Neither needs JavaScript.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain import worktime
from service.domain.forms_values import Wrong, read_date, read_time
from service.domain.languages import LANGUAGES
from service.web import languages, sessions, typed, vision
from service.web.examples import example_day
from service.web.services import ground

switches = Blueprint("switches", __name__)
FARTHEST = timedelta(days=370)


@switches.before_app_request
def take() -> ResponseReturnValue | None:
    """Take a switch that was pressed on a page with a form, before the page sees the request."""
    wish = request.form.get("switch") if request.method == "POST" and not request.is_json else None
    if not wish:
        return None
    turn(wish)
    return redirect(typed.keep("", sessions.owner_here()), 303)


@switches.post("/switch")
def switch() -> ResponseReturnValue:
    """Answer a switch pressed on a page without a form; `take` has done the work if there was any."""
    return redirect(typed.page(), 303)


def turn(wish: str) -> None:
    """Do what the switch says: lang-ru, view-size-200, clock-hour, clock-opening, clock-set."""
    kind, _dash, value = wish.partition("-")
    match kind:
        case "lang" if value in LANGUAGES:
            languages.choose(value)
        case "view":
            vision.choose(value)
        case "clock":
            _move_clock(value)


def _move_clock(wish: str) -> None:
    if not ground().settings.demo:
        abort(404)
    now = ground().clock.now()
    try:
        to = _instant(wish, now)
    except Wrong:
        flash(_("Write the day as %(day)s and the hour as 09:00.", day=example_day()), "error")
        return
    if not now <= to <= now + FARTHEST:
        flash(_("The clock moves forward only, by a year at most."), "error")
        return
    ground().move_clock(to)


def _instant(wish: str, now: datetime) -> datetime:
    match wish:
        case "hour":
            return now + timedelta(hours=1)
        case "opening":
            return ground().next_opening(now)
        case "set":
            day = date.fromisoformat(read_date(request.form.get("clock_date", "")))
            hour = time.fromisoformat(read_time(request.form.get("clock_time", "")))
            return datetime.combine(day, hour, worktime.ZONE)
    return now + timedelta(days=1)
