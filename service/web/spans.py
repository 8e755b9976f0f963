"""Terms of the edition in words: so many working days, so many months."""

from __future__ import annotations

from flask import Flask
from flask_babel import ngettext

from service.web.formats import at_each_page


def init_app(app: Flask) -> None:
    """Give the templates these functions as filters of the same names."""
    for function in (working_days, months):
        app.jinja_env.filters[function.__name__] = at_each_page(function)


def working_days(days: int) -> str:
    """So many working days."""
    return str(ngettext("%(num)s working day", "%(num)s working days", days))


def months(number: int) -> str:
    """So many months."""
    return str(ngettext("%(num)s month", "%(num)s months", number))
