"""The delivery record of every notice, on each of its two channels (L66.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from service.domain.channels import MAIL
from service.domain.messages import Notice, OutboxMessage

CABINET = "cabinet"
NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Delivery:
    """What became of one notice on one channel.

    `sent_at` is when it was handed to the channel, `accepted_at` when the cabinet held it or the mail server took it,
    `failed_at` when the last attempt failed; `stopped` when no further attempt is made by itself. Without an address
    there is no second channel: `problem` is "no_address" then, and `told_on` and `told_how` tell of another way.
    """

    notice_id: int
    kind: str
    channel: str
    sent_at: datetime
    accepted_at: datetime | None = None
    read_at: datetime | None = None
    failed_at: datetime | None = None
    attempts: int = 0
    problem: str = ""
    stopped: bool = False
    told_on: date | None = None
    told_how: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def deliveries(
    notices: Sequence[Notice], messages: Sequence[OutboxMessage], *, has_cabinet: bool
) -> Iterator[Delivery]:
    """For each notice its record in the cabinet and its record by e-mail, in the order of the notices.

    Who complained on paper without a number of the state registers has no cabinet that anybody could open.
    """
    letters = {message.message_id: message for message in messages if message.channel == MAIL}
    for notice in notices:
        if has_cabinet:
            yield Delivery(
                notice.id, notice.kind, CABINET, notice.at, notice.at, notice.read_at, details=notice.details
            )
        yield _by_mail(notice, letters.get(f"{notice.key}/mail"))


def _by_mail(notice: Notice, letter: OutboxMessage | None) -> Delivery:
    if letter is None:
        return Delivery(
            notice.id, notice.kind, MAIL, notice.at, read_at=notice.read_at, problem=NO_ADDRESS, told_on=notice.told_on,
            told_how=notice.told_how, details=notice.details,
        )  # fmt: skip
    reason = letter.last_error.partition(": ")[0] if letter.sent_at is None else ""
    return Delivery(
        notice.id,
        notice.kind,
        MAIL,
        letter.created_at,
        letter.sent_at,
        None,
        letter.failed_at,
        letter.attempts,
        reason,
        letter.stopped_at is not None,
        details=notice.details,
    )
