"""What the journal says of duties, of the calendar and of what lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from service.domain.duties import DUTIES
from service.web.officer.duty_words import duty_name
from service.web.officer.said import Said, Sentence


def _duty(said: Said) -> str:
    kind = said.text("duty")
    return duty_name(kind) if kind in DUTIES else kind


SENTENCES_OF_TIME: Mapping[str, Sentence] = {
    "duty_opened": lambda s: _("A duty arose: %(duty)s.", duty=_duty(s)),
    "duty_done": lambda s: _("A duty was done: %(duty)s.", duty=_duty(s)),
}
"""A sentence for each of these actions."""


def _done(said: Said) -> Sequence[str]:
    return [said.text("result"), _("It came late.") if said.entry.details.get("late") else ""]


DETAILS_OF_TIME: Mapping[str, Callable[[Said], Sequence[str]]] = {
    "duty_opened": lambda s: [_("Due: %(moment)s.", moment=s.day("due_at"))],
    "duty_done": _done,
}
"""Further facts of these entries."""
