"""What became of each notice of a case, in words: in the cabinet, by e-mail and by post (L66.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.decisions import IssuedDocument
from service.domain.deliveries import CABINET, NO_ADDRESS, Delivery
from service.domain.duties import POST, Duty
from service.domain.messages import Notice
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.posting import BY_HAND, CAME_BACK, HANDED_OVER, delivers, number_of_try
from service.domain.rights import Right, may, reads_duty
from service.web import formats
from service.web.document_names import document_name
from service.web.officer.door import me, program
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


def posted(
    case: Case, found: Sequence[Duty], notices: Sequence[Notice], papers: Mapping[int, str], words: Words
) -> list[Row]:
    """What goes by post to who complained on paper: each try, when, and what became of it (L66.1)."""
    return [
        Row(
            papers.get(duty.document_id or 0) or letter_name(case, duty, notices, words),
            str(_("post")),
            duty.opened_at,
            posted_state(duty),
            not duty.is_open and duty.details.get("delivery") != CAME_BACK,
            url_for("officer.duty", duty_id=duty.id) if reads_duty(me(), duty.role) else "",
        )
        for duty in found
        if duty.kind == POST
    ]


def letter_name(case: Case, duty: Duty, notices: Sequence[Notice], words: Words) -> str:
    """What a letter without a paper says, in the words of its notices."""
    told = [words.notice(each.kind, each.details, case.number) for each in notices if delivers(duty, each)]
    first, rest = told[:1], told[1:]
    return "; ".join([*first, *(each.removeprefix(f"{case.number}: ") for each in rest)])


def what_is_posted(uow: UnitOfWork, case: Case, duty: Duty) -> str:
    """Which paper or letter a duty is about, and which try it is."""
    if duty.document_id is not None:
        paper = uow.get(IssuedDocument, duty.document_id)
        what = f"{document_name(paper.kind)} {paper.number}"
    else:
        words = Words(program().editions.of_case(uow, case))
        what = letter_name(case, duty, uow.list(Notice, case_id=case.id), words)
    return ", ".join(part for part in (what, try_name(duty)) if part)


def posted_state(duty: Duty, *, with_try: bool = True) -> str:
    """How far a letter came: the try, the day, its number or who took it, and why it came back."""
    told = (try_name(duty) if with_try else "", _stage(duty), duty.result, str(duty.details.get("why") or ""))
    return ", ".join(part for part in told if part)


def try_name(duty: Duty) -> str:
    """Which try it is, from the second on; then why the one before came back."""
    number, back = number_of_try(duty), duty.details.get("came_back", {})
    if number == 1:
        return ""
    if not duty.is_open:
        return str(_("try %(number)s", number=number))
    day, why = formats.date(str(back.get("delivered_on") or "")), str(back.get("why") or "")
    return str(_("try %(number)s, it came back %(day)s: %(why)s", number=number, day=day, why=why))


def _stage(duty: Duty) -> str:
    details = duty.details
    if duty.is_open:
        return str(_("to be posted"))
    day = formats.date(str(details.get("delivered_on") or details["done_on"]))
    by_hand = details.get("way") == BY_HAND
    stages = {
        HANDED_OVER: _("given by hand %(day)s", day=day) if by_hand else _("handed over %(day)s", day=day),
        CAME_BACK: _("came back %(day)s", day=day),
    }
    return str(stages.get(str(details.get("delivery") or ""), _("posted %(day)s", day=day)))


def _row(case: Case, record: Delivery, words: Words) -> Row:
    channel = _("cabinet") if record.channel == CABINET else _("e-mail")
    lacks = record.problem == NO_ADDRESS and record.read_at is None and record.told_on is None
    address = url_for("officer.told", case_id=case.id, notice_id=record.notice_id) if lacks and may_tell(me()) else ""
    # Who complained on paper without an e-mail address is told by post, which has its own record.
    good = record.accepted_at is not None or (record.problem == NO_ADDRESS and (not lacks or case.came_on_paper))
    return Row(
        words.notice(record.kind, record.details, case.number),
        str(channel),
        record.sent_at,
        _state(record),
        good,
        address,
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
