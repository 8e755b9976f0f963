"""Sends what waits in the outbox: after the commit, repeated until acknowledged, idempotent by message id (R10.2)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from service.domain.case import Case
from service.domain.channels import MAIL, PAPER, PORTAL, REVIEW, Message, NotDelivered, Trouble
from service.domain.messages import OutboxMessage
from service.domain.people import SYSTEM, Actor
from service.domain.rights import Right, require
from service.usecases.filed_paper import print_filed_paper
from service.usecases.receive_answer import receive_answer
from service.usecases.review_package import send_package
from service.usecases.services import Services
from service.usecases.wording import mail_of, status_of

log = logging.getLogger(__name__)


FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
CLAIMED_FOR = timedelta(minutes=5)
"""How long a message that is being sent is kept from other workers; longer than any system may take to answer."""


class Came(Enum):
    """What came of a message that was due."""

    DELIVERED = auto()
    DELAYED = auto()
    SILENCE = auto()
    """The other side gave no answer, for as long as we wait for one."""


def send_outbox(services: Services, limit: int = 200) -> int:
    """Send every message that is due; how many were delivered. A failure waits with growing pauses and is listed.

    Where a system is silent, what else is due to it waits for the next time: nobody's letter waits for that.
    """
    with services.reading() as uow:
        waiting = uow.outbox.due(uow.now, limit)
    delivered = 0
    silent: set[str] = set()
    for outbox_id, channel in waiting:
        if channel in silent:
            continue
        came = _sent(services, outbox_id)
        delivered += came is Came.DELIVERED
        if came is Came.SILENCE:
            silent.add(channel)
    return delivered


def send_at_once(services: Services, message_id: str) -> None:
    """Send a message that was saved just now; where that fails, it waits like every other and is listed."""
    with services.reading() as uow:
        row = uow.find(OutboxMessage, message_id=message_id)
    if row is not None:
        _sent(services, row.id)


def _sent(services: Services, outbox_id: int) -> Came:
    """What came of this message; one whose delivery cannot be written down stops none behind it."""
    try:
        return send_one(services, outbox_id)
    except Exception:  # it is due again when its claim ends, and the other side knows it by its id
        log.exception("what became of message %s could not be kept", outbox_id)
        return Came.DELAYED


def send_one(services: Services, outbox_id: int) -> Came:
    """T-send: the message goes out between two transactions, so that no case is locked while a system is slow.

    It is claimed first, so that no other worker sends it beside us; should this process die, it is due again soon.
    """
    with services.unit_of_work() as uow:
        row = uow.outbox.claim(outbox_id, uow.now, uow.now + CLAIMED_FOR)
        if row is None:
            return Came.DELAYED
        uow.commit()
    try:
        message = Message(row.message_id, row.channel, row.case_id, _payload(services, row), row.created_at)
        answer = _hand_over(services, message)
    except NotDelivered as trouble:
        _postpone(services, outbox_id, trouble)
        return Came.SILENCE if trouble.reason is Trouble.NO_ANSWER else Came.DELAYED
    except Exception as fault:  # one message that cannot be made must not stop those behind it
        log.exception("message %s could not be sent", row.message_id)
        _postpone(services, outbox_id, NotDelivered(Trouble.BAD_MESSAGE, f"{type(fault).__name__}: {fault}"))
        return Came.DELAYED
    receive_answer(services, outbox_id, row.case_id, answer)
    return Came.DELIVERED


def _hand_over(services: Services, message: Message) -> Mapping[str, Any] | None:
    """The answer of the other side; the press and the reviewing body are none, they work in this program (R13.1)."""
    if message.channel == PAPER:
        print_filed_paper(services, message)
        return None
    if message.channel == REVIEW:
        return send_package(services, message)
    return services.channels[message.channel].send(message)


def _payload(services: Services, row: OutboxMessage) -> Mapping[str, Any]:
    """Messages for people get their sentences here, in the words of the case's edition."""
    if row.channel not in {MAIL, PORTAL} or row.case_id is None:
        return row.payload
    with services.reading() as uow:
        case = uow.get(Case, row.case_id)
        edition = services.editions.with_words(uow, case, str(row.payload["kind"]))
        if row.channel == MAIL:
            return mail_of(row.payload, case, edition, services.calendar)
        tasks, deadlines = uow.cases.tasks(case.id), uow.cases.deadlines(case.id)
        return status_of(row.payload, case, edition, services.calendar, uow.now, tasks, deadlines)


def retry_message(services: Services, outbox_id: int, actor: Actor) -> None:
    """Let a message be tried again at once, for example after an address was mended at the other side (R10.2).

    `Forbidden` for anybody but the head and the administrator.
    """
    actor = require(actor, Right.MESSAGES)
    with services.unit_of_work() as uow:
        row = uow.locked.one(OutboxMessage, outbox_id)
        if row.sent_at is None:
            row.stopped_at, row.due_at = None, uow.now
            case = uow.get(Case, row.case_id) if row.case_id else None
            uow.note(case, actor, "message_retried", row.channel)
            uow.commit()


def _postpone(services: Services, outbox_id: int, trouble: NotDelivered) -> None:
    with services.unit_of_work() as uow:
        row = uow.locked.one(OutboxMessage, outbox_id)
        if row.sent_at is not None:
            return  # another worker has sent it meanwhile
        row.attempts, row.failed_at = row.attempts + 1, uow.now
        row.last_error = f"{trouble.reason}: {trouble.detail}"
        row.due_at = uow.now + min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 10), LONGEST_PAUSE)
        row.stopped_at = None if trouble.temporary else uow.now
        if row.attempts == 1 and row.case_id:
            uow.note(uow.get(Case, row.case_id), SYSTEM, "message_delayed", row.channel, reason=str(trouble.reason))
        uow.commit()
