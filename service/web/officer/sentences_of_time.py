"""What the journal says of duties, of the calendar and of what lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from service.domain.duties import DUTIES
from service.web.duty_names import duty_name
from service.web.officer.said import Said, Sentence, when
from service.web.officer.setting_words import setting_name, setting_value


def _duty(said: Said) -> str:
    kind = said.text("duty")
    return duty_name(kind, said.text("part")) if kind in DUTIES else kind


def _changed(said: Said) -> str:
    """What the head did with a permit; what lay ahead then is told as a thing to come (R11.2)."""
    named = {"permit": said.text("permit"), "day": said.day("from_on")}
    if said.lies_ahead("from_on"):
        coming: Mapping[str, str] = {
            "permit_suspended": _(
                "The head entered that permit %(permit)s will be suspended from %(day)s on.", **named
            ),
            "permit_resumed": _(
                "The head entered that permit %(permit)s will be in force again from %(day)s on.", **named
            ),
            "permit_cancelled": _(
                "The head entered that permit %(permit)s will be cancelled from %(day)s on.", **named
            ),
        }
        return coming[said.entry.action]
    done: Mapping[str, str] = {
        "permit_suspended": _("The head suspended permit %(permit)s from %(day)s on.", **named),
        "permit_resumed": _("The head put permit %(permit)s in force again from %(day)s on.", **named),
        "permit_cancelled": _("The head cancelled permit %(permit)s from %(day)s on.", **named),
    }
    return done[said.entry.action]


SENTENCES_OF_TIME: Mapping[str, Sentence] = {
    "duty_opened": lambda s: _("A duty arose: %(duty)s.", duty=_duty(s)),
    "duty_done": lambda s: _("A duty was done: %(duty)s.", duty=_duty(s)),
    "duty_moved": lambda s: _("The term of a duty was moved: %(duty)s.", duty=_duty(s)),
    "duty_recounted": lambda s: _("The calendar moved the term of a duty: %(duty)s.", duty=_duty(s)),
    "term_recounted": lambda s: _("The calendar moved the term: %(term)s.", term=s.term),
    "term_dropped": lambda s: _("The new edition of the rules no longer knows the term: %(term)s.", term=s.term),
    "registration_recounted": lambda s: _("The calendar moved the registration to %(day)s.", day=s.day("after")),
    "setting_changed": lambda s: _(
        "A setting was entered from %(day)s on: %(setting)s.",
        setting=setting_name(s.text("setting")),
        day=s.day("from"),
    ),
    "break_announced": lambda s: _("A break of the portal was announced from %(moment)s.", moment=s.day("starts")),
    "break_withdrawn": lambda s: _("The announced break of %(moment)s was withdrawn.", moment=s.day("starts")),
    **dict.fromkeys(("permit_suspended", "permit_resumed", "permit_cancelled"), _changed),
    "permit_change_withdrawn": lambda s: _(
        "The head withdrew the entry of %(day)s about permit %(permit)s, made by mistake.",
        permit=s.text("permit"),
        day=s.day("from_on"),
    ),
    "expiry_told": lambda s: _(
        "The holder was told that permit %(permit)s ends on %(day)s.", permit=s.text("permit"), day=s.day("valid_until")
    ),
    "calendar_loaded": lambda s: _("Version %(number)s of the calendar was entered.", number=s.text("number")),
}
"""A sentence for each of these actions."""


def _done(said: Said) -> Sequence[str]:
    on = _("Done on %(day)s.", day=said.day("done_on")) if said.text("done_on") else ""
    return [said.text("result"), on, _("It came late.") if said.entry.details.get("late") else ""]


def _recounted(said: Said) -> Sequence[str]:
    days = ", ".join(when(day) for day in said.many("days"))
    moved = _("%(before)s before, %(after)s now.", before=said.day("before"), after=said.day("after"))
    return [moved, _("Changed days: %(days)s.", days=days) if days else "", *_by_act(said)]


def _by_act(said: Said) -> Sequence[str]:
    return [_("Basis: %(text)s", text=said.text("act"))] if said.text("act") else []


def _entered(said: Said) -> Sequence[str]:
    before, value = (said.entry.details.get(name) or {} for name in ("before", "value"))
    moved = _("%(before)s before, %(after)s now.", before=setting_value(before), after=setting_value(value))
    return [moved if before else "", *_by_act(said)]


def _permit(said: Said) -> Sequence[str]:
    return [*said.register(), said.text("basis")]


def _permit_changed(said: Said) -> Sequence[str]:
    first = said.day("from_on") if said.lies_ahead("from_on") else ""
    return [*said.register(first), said.text("basis")]


DETAILS_OF_TIME: Mapping[str, Callable[[Said], Sequence[str]]] = {
    "duty_opened": lambda s: [_("Due: %(moment)s.", moment=s.day("due_at"))],
    "duty_done": _done,
    **dict.fromkeys(("duty_moved", "duty_recounted"), _recounted),
    "term_recounted": _recounted,
    "registration_recounted": _recounted,
    "term_dropped": lambda s: s.before(when),
    "calendar_loaded": lambda s: [*s.before(), *_by_act(s)],
    "setting_changed": _entered,
    **dict.fromkeys(("permit_suspended", "permit_resumed", "permit_cancelled"), _permit_changed),
    "permit_change_withdrawn": lambda s: [*_permit(s), *s.reason()],
    "break_announced": lambda s: [_("It lasts until %(moment)s.", moment=s.day("ends"))],
}
"""Further facts of these entries."""
