"""What became of each notice of a case, in words: in the cabinet, by e-mail and by post (L66.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.deliveries import CABINET, NO_ADDRESS, Delivery
from service.domain.duties import POST, Duty
from service.domain.people import Actor
from service.domain.rights import Right, may
from service.web import formats
from service.web.officer.door import me
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
    address: str = ""


def rows(case: Case, found: Sequence[Delivery], words: Words) -> list[Row]:
    """The records in words, in the order in which the notices were given."""
    return [_row(case, record, words) for record in found]


def posted(found: Sequence[Duty], papers: Mapping[int, str]) -> list[Row]:
    """The papers that go by post to who complained on paper: sent when, and what became of each (L66.1)."""
    return [
        Row(
            papers.get(duty.document_id or 0, ""),
            str(_("post")),
            duty.opened_at,
            posted_state(duty.details, duty.result) if duty.done_at else str(_("to be posted")),
            duty.details.get("delivery") != "came_back" and not duty.is_open,
            url_for("officer.duty", duty_id=duty.id) if may(me(), Right.DUTIES) else "",
        )
        for duty in found
        if duty.kind == POST
    ]


def posted_state(details: Mapping[str, Any], number: str = "") -> str:
    """How far a posted paper came, with the day of it and the number of the letter."""
    day = formats.date(str(details.get("delivered_on") or details["done_on"]))
    sentences = {
        "handed_over": _("handed over %(day)s", day=day),
        "came_back": _("came back %(day)s", day=day),
    }
    state = sentences.get(str(details.get("delivery") or ""), _("posted %(day)s", day=day))
    return ", ".join(part for part in (str(state), number) if part)


def _row(case: Case, record: Delivery, words: Words) -> Row:
    channel = _("cabinet") if record.channel == CABINET else _("e-mail")
    lacks = record.problem == NO_ADDRESS and record.read_at is None and record.told_on is None
    address = url_for("officer.told", case_id=case.id, notice_id=record.notice_id) if lacks and may_tell(me()) else ""
    good = record.accepted_at is not None or (record.problem == NO_ADDRESS and not lacks)
    return Row(
        words.notice(record.kind, {"number": case.number}), str(channel), record.sent_at, _state(record), good, address
    )


def may_tell(actor: Actor) -> bool:
    """Whether this officer records that a notice was told in another way."""
    return may(actor, Right.COMPLAINTS) or may(actor, Right.LEAD)


def _told(record: Delivery) -> str:
    """In which other way the person was told, where somebody has recorded it."""
    if record.told_on is None:
        return ""
    day = formats.date(record.told_on)
    told = _("told %(day)s: %(how)s", day=day, how=record.told_how) if record.told_how else _("told %(day)s", day=day)
    return str(told)


def _state(record: Delivery) -> str:
    """How far the notice came, with the time of it."""
    if record.channel == CABINET:
        read = record.read_at
        return str(_("in the cabinet, read %(moment)s", moment=formats.moment(read)) if read else _("in the cabinet"))
    if record.problem == NO_ADDRESS:
        return ", ".join(part for part in (str(_("no e-mail address is known")), _told(record)) if part)
    if record.accepted_at is not None:
        return str(_("taken by the mail server %(moment)s", moment=formats.moment(record.accepted_at)))
    if record.failed_at is None:
        return str(_("waits to be sent"))
    failed = formats.moment(record.failed_at)
    why = trouble_name(record.problem)
    if record.stopped:
        return str(_("not delivered, stopped %(moment)s: %(why)s", moment=failed, why=why))
    return str(_("not delivered yet, last tried %(moment)s: %(why)s", moment=failed, why=why))
