"""Sentences for what is wrong with an answer, from its code and data."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.forms import Field, Problem
from service.web import formats
from service.web.examples import example_day
from service.web.languages import language


def sentence(problem: Problem, asked: Field | None = None) -> str:
    """Say in the person's language what is wrong and how to write it right; the form's own wording comes first."""
    own = asked.text(language()).messages.get(problem.code) if asked else None
    return own or _sentences(problem).get(problem.code) or _("Check this answer.")


def _sentences(problem: Problem) -> dict[str, str]:
    limit = problem.data.get("limit", 0)
    written = formats.number(limit) if isinstance(limit, (int, float)) else str(limit)
    characters = int(limit) if isinstance(limit, (int, float)) else 0
    return {
        "required": _("Fill in this field."),
        "not_an_option": _("Choose one of the answers offered."),
        "pattern": _("Write it in the form that the hint describes."),
        "too_long": ngettext(
            "Shorten the text to %(num)s character.", "Shorten the text to %(num)s characters.", characters
        ),
        "too_short": ngettext("Write at least %(num)s character.", "Write at least %(num)s characters.", characters),
        "not_a_date": _("Write the day as day, month and year, for example %(day)s.", day=example_day()),
        "no_such_day": _("There is no such day in the calendar. Check the day, the month and the year."),
        "not_a_time": _("Write the hour from 00:00 to 23:59, for example 09:30."),
        "not_a_number": _("Write a number in figures, for example 1 500."),
        "not_a_whole_number": _("Write a whole number, without decimals."),
        "too_many_decimals": _("Write at most %(limit)s digits after the comma.", limit=written),
        "too_small": _("Write a number not less than %(limit)s.", limit=written),
        "too_large": _("Write a number not more than %(limit)s.", limit=written),
        "not_an_email": _("Write an e-mail address such as name@example.kz."),
        "not_a_phone": _("Write a telephone number such as +7 (701) 000-00-00."),
        "not_a_postcode": _("Write the postal code: six digits, or seven letters and digits such as Z05T5X1."),
        "not_a_bin": _("Write the BIN of an organisation; this number belongs to a person."),
        "not_an_iin": _("Write the IIN of a person; this number belongs to an organisation."),
        "identifier_empty": _("Write the number."),
        "identifier_not_digits": _("The number consists of digits only."),
        "identifier_length": _("The number has 12 digits. Count them."),
        "identifier_check_digit": _(
            "The number has a mistake: its last digit does not fit. Compare it with the document."
        ),
        "identifier_structure": _("There is no such number. Compare it with the document."),
    }
