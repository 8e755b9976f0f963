"""What became of each notice of a case, in words: in the cabinet and by e-mail (L66.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.deliveries import CABINET, Delivery
from service.web import formats
from service.web.languages import language
from service.web.officer.reading import Words
from service.web.officer.words import trouble_name


@dataclass(frozen=True)
class Row:
    """One notice on one channel: what it was, where it went, and how far it came."""

    what: str
    channel: str
    sent_at: datetime
    state: str
    good: bool


def rows(case: Case, found: Sequence[Delivery], words: Words) -> list[Row]:
    """The records in words, in the order in which the notices were given."""
    return [_row(case, record, words) for record in found]


def _row(case: Case, record: Delivery, words: Words) -> Row:
    told = words.edition.listed("notices").get(record.kind)
    what = told["subject"][language()].replace("{number}", case.number) if told else record.kind
    channel = _("cabinet") if record.channel == CABINET else _("e-mail")
    return Row(what, str(channel), record.sent_at, _state(record), record.accepted_at is not None)


def _state(record: Delivery) -> str:
    """How far the notice came, with the time of it."""
    if record.channel == CABINET:
        read = record.read_at
        return str(_("in the cabinet, read %(moment)s", moment=formats.moment(read)) if read else _("in the cabinet"))
    if record.problem == "no_address":
        return str(_("no e-mail address is known"))
    if record.accepted_at is not None:
        return str(_("taken by the mail server %(moment)s", moment=formats.moment(record.accepted_at)))
    if record.failed_at is None:
        return str(_("waits to be sent"))
    failed = formats.moment(record.failed_at)
    why = trouble_name(record.problem)
    if record.stopped:
        return str(_("not delivered, stopped %(moment)s: %(why)s", moment=failed, why=why))
    return str(_("not delivered yet, last tried %(moment)s: %(why)s", moment=failed, why=why))
