"""What was told to the applicant: each notice, by which ways it was sent, and whether it came (R4.2, L66.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from service.domain.deliveries import CABINET, NO_ADDRESS, Delivery
from service.domain.duties import Duty
from service.domain.messages import Notice
from service.domain.posting import BY_HAND, CAME_BACK, HANDED_OVER, number_of_try, tries_of
from service.domain.views import CaseView
from service.web import formats
from service.web.cabinet.door import program
from service.web.cabinet.reading import Words
from service.web.document_names import document_name


@dataclass(frozen=True)
class Way:
    """One way of a notice in words: how it went, and whether it came; `good` when it did or still may."""

    text: str
    good: bool


@dataclass(frozen=True)
class Told:
    """A notice as it came to the cabinet."""

    subject: str
    detail: str
    at: datetime
    address: str
    paper: str
    ways: Sequence[Way]


def notices(view: CaseView, words: Words) -> list[Told]:
    """Every notice with its time, the newest first (R4.2, L66.1)."""
    numbers = {each.id: f"{document_name(each.kind)} {each.number}" for each in view.in_cabinet}
    found, ways = [], _ways(view)
    for notice in reversed(view.notices):
        number, applicant = view.case.number, view.case.applicant_name
        subject = words.notice(notice.kind, notice.details, number, applicant).removeprefix(f"{number}: ")
        document = notice.document_id or 0
        address = url_for("cabinet.document", case_id=view.case.id, document_id=document) if document else ""
        found.append(
            Told(
                subject[:1].upper() + subject[1:],
                _detail(notice),
                notice.at,
                address,
                numbers.get(document, ""),
                ways.get(notice.id, ()),
            )
        )
    return found


def _detail(notice: Notice) -> str:
    """What a notice says beyond its subject, where no paper says it: a longer term, and why (L76.3)."""
    if notice.kind == "not_corrected":
        return str(notice.details.get("reason") or "")
    if notice.kind == "permit_expires":
        day = formats.date(str(notice.details.get("valid_until")))
        return str(_("The last day of permit %(number)s is %(day)s.", number=notice.details.get("permit"), day=day))
    if notice.kind == "permit_change_withdrawn":
        day, reason = formats.date(str(notice.details.get("from_on"))), str(notice.details.get("reason") or "")
        return str(_("What was told of %(day)s does not take effect. Reason: %(reason)s", day=day, reason=reason))
    if notice.kind.startswith("permit_"):
        day, basis = formats.date(str(notice.details.get("from_on"))), str(notice.details.get("basis") or "")
        return str(_("From %(day)s on. Basis: %(basis)s", day=day, basis=basis))
    if notice.kind != "extended":
        return ""
    until, reason = str(notice.details.get("extended_until") or ""), str(notice.details.get("reason") or "")
    told = _("The service term now ends on %(day)s.", day=formats.date(until[:10])) if until else ""
    return " ".join(part for part in (told, reason) if part)


def _ways(view: CaseView) -> Mapping[int, Sequence[Way]]:
    """How each notice went, by its id: into the cabinet, by e-mail, and its paper by post (L66.1)."""
    found: dict[int, list[Way]] = {}
    for record in program().queries.deliveries(view.case.id):
        found.setdefault(record.notice_id, []).append(_way(record))
        if record.told_how:
            told = _("Told on %(day)s: %(how)s", day=formats.date(record.told_on), how=record.told_how)
            found[record.notice_id].append(Way(told, good=True))
    for notice_id, way in _posted(view):
        found.setdefault(notice_id, []).append(way)
    return found


def _way(record: Delivery) -> Way:
    if record.channel == CABINET:
        return Way(_("Cabinet: here since %(moment)s", moment=formats.moment(record.accepted_at)), good=True)
    if record.problem == NO_ADDRESS:
        return Way(_("E-mail: not sent, no address is known"), good=False)
    sent = formats.moment(record.sent_at)
    if record.accepted_at is not None:
        accepted = formats.moment(record.accepted_at)
        return Way(
            _("E-mail: sent %(sent)s, taken by the mail server %(moment)s", sent=sent, moment=accepted), good=True
        )
    if record.failed_at is None:
        return Way(_("E-mail: waits to be sent since %(moment)s", moment=sent), good=True)
    failed = formats.moment(record.failed_at)
    if record.stopped:
        return Way(_("E-mail: not delivered, last tried %(moment)s", moment=failed), good=False)
    return Way(_("E-mail: not delivered yet, last tried %(moment)s; it is tried again", moment=failed), good=False)


def _posted(view: CaseView) -> Sequence[tuple[int, Way]]:
    """What goes by post to who complained on paper, each try with the notice that it belongs to."""
    if not view.case.came_on_paper:
        return ()
    with program().reading() as uow:
        duties = uow.duties.of_case(view.case.id)
    return [(notice.id, _by_post(duty)) for notice in view.notices for duty in tries_of(duties, notice)]


def _by_post(duty: Duty) -> Way:
    if duty.is_open:
        again = number_of_try(duty) > 1
        return Way(_("Post: to be sent again") if again else _("Post: not posted yet"), good=True)
    day = formats.date(str(duty.details.get("delivered_on") or duty.details["done_on"]))
    delivery, told = str(duty.details.get("delivery") or ""), {"day": day, "number": duty.result}
    if duty.details.get("way") == BY_HAND:
        return Way(_("By hand: given %(day)s, taken by %(who)s", day=day, who=duty.result), good=True)
    if delivery == CAME_BACK and duty.details.get("why"):
        why = str(duty.details["why"])
        return Way(_("Post: came back %(day)s, letter %(number)s: %(why)s", **told, why=why), good=False)
    ways = {
        HANDED_OVER: _("Post: handed over %(day)s, letter %(number)s", **told),
        CAME_BACK: _("Post: came back %(day)s, letter %(number)s", **told),
    }
    sent = _("Post: posted %(day)s, letter %(number)s", **told)
    return Way(str(ways.get(delivery, sent)), good=delivery != CAME_BACK)
