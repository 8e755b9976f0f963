"""What could not be sent, told to a person or checked yet, with its age, until it is (R10.2, L66.1, R3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.duties import Duty
from service.domain.posting import tries_of
from service.domain.rights import Right, may, reads_duty
from service.domain.views import UnsentRow, UntoldRow
from service.usecases.send_outbox import retry_message
from service.web.officer.deliveries import may_tell, posted_state
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.reading import Words, edition_of
from service.web.officer.words import channel_name, trouble_name

NOBODY_TRIED = timedelta(minutes=10)
"""A message that waits longer without any attempt is listed, too, and a case whose signature waits longer."""


@dataclass(frozen=True)
class Row:
    """One message that waits: to whom, since when, why, and when it is tried again."""

    row: UnsentRow
    channel: str
    age: str
    why: str
    detail: str
    stopped: bool


@dataclass(frozen=True)
class Untold:
    """One notice of which nobody knows that the person has it; `address` is where that ends.

    Of one that goes by post `posted` says how far it came, and `duty` is where it is posted.
    """

    row: UntoldRow
    what: str
    age: str
    address: str
    posted: str = ""
    duty: str = ""


@officer.get("/unsent")
@open_to(Right.MESSAGES)
def unsent() -> ResponseReturnValue:
    """The messages that failed, those that need a person first; the notices nobody knows of; signatures that wait."""
    ready = program()
    overdue = ready.clock.now() - NOBODY_TRIED
    rows = [_row(row) for row in ready.queries.unsent(overdue)]
    return render_template(
        "officer/unsent.html",
        rows=sorted(rows, key=lambda row: not row.stopped),
        untold=[_untold(row) for row in ready.queries.untold()],
        unchecked=[(row, _age(row.received_at)) for row in ready.queries.unchecked(overdue)],
        reads_cases=may(me(), Right.CASES),
    )


@officer.post("/unsent/<int:message_id>/retry")
@open_to(Right.MESSAGES)
def retry(message_id: int) -> ResponseReturnValue:
    """Let a message be sent again at once, after what was wrong has been mended."""
    retry_message(program(), message_id, me())
    flash(_("The message will be sent again at once."), "success")
    return redirect(url_for("officer.unsent"), 303)


def _row(row: UnsentRow) -> Row:
    reason, _colon, detail = row.message.last_error.partition(": ")
    return Row(
        row=row,
        channel=channel_name(row.message.channel),
        age=_age(row.message.created_at),
        why=trouble_name(reason) if reason else str(_("nobody has tried to send it: is a worker running?")),
        detail=detail,
        stopped=row.message.stopped_at is not None,
    )


def _untold(row: UntoldRow) -> Untold:
    notice, words = row.notice, Words(edition_of(row.edition_id, row.procedure))
    address = url_for("officer.told", case_id=notice.case_id, notice_id=notice.id) if may_tell(me()) else ""
    what, duty = words.notice(notice.kind, notice.details, row.case_number), _latest_try(row)
    if duty is None:
        return Untold(row, what, _age(notice.at), address)
    place = url_for("officer.duty", duty_id=duty.id) if reads_duty(me(), duty.role) else ""
    return Untold(row, what, _age(notice.at), address, posted_state(duty), place)


def _latest_try(row: UntoldRow) -> Duty | None:
    """The latest try to deliver a notice that goes by post."""
    if not row.on_paper:
        return None
    with program().reading() as uow:
        tries = tries_of(uow.duties.of_case(row.notice.case_id), row.notice)
    return tries[-1] if tries else None


def _age(since: datetime) -> str:
    minutes = int((program().clock.now() - since).total_seconds()) // 60
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return str(ngettext("%(num)s day", "%(num)s days", days))
    if hours:
        return str(ngettext("%(num)s hour", "%(num)s hours", hours))
    return str(ngettext("%(num)s minute", "%(num)s minutes", minutes)) if minutes else str(_("less than a minute"))
