"""Channels to outside systems: what is sent, what comes back, and what went wrong (R4.1, R4.2, R10.1, R10.2, L66.1).

Payloads and answers hold JSON values only: days are `YYYY-MM-DD`, instants ISO 8601 with an offset, absent texts "".
A payload may carry more keys than named here; a channel ignores what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, NotRequired, Protocol, TypedDict

from service.domain.errors import RuqsatError

PERSON = "shep.person"
"""Identity document and address of a person, by IIN (R4.1)."""
COMPANY = "shep.company"
"""State registration of a legal entity, by BIN (R4.1)."""
ENTREPRENEUR = "shep.entrepreneur"
"""State registration, or start of activity, of a sole proprietor, by IIN (R4.1)."""
PORTAL = "portal.status"
"""Where the request stands, for the applicant's cabinet on the portal (R4.2, R9.2)."""
MONITORING = "monitoring.stage"
"""One stage of the service, for the monitoring system of state services (R10.1)."""
MAIL = "mail"
"""A letter to the applicant, the second channel of a notice (L66.1)."""
REVIEW = "review.package"
"""The complaint with the administrative case, for the reviewing body (R13.3)."""

PAPER = "paper.application"
"""The application as a paper, which the program prints for itself as soon as the application is taken (R3.2)."""

REGISTERS = (PERSON, COMPANY, ENTREPRENEUR)
"""The state registers: what they are asked is answered at once, and the answer is kept with the case (R4.1)."""


@dataclass(frozen=True)
class Message:
    """An outbox row to be sent; sending it again under the same `message_id` must not count twice (R10.1, R10.2)."""

    message_id: str
    channel: str
    case_id: int | None
    payload: Mapping[str, Any]
    created_at: datetime


class Channel(Protocol):
    """The way to one outside system."""

    def send(self, message: Message) -> Mapping[str, Any] | None:
        """Send the message and return the system's answer, if it gives one.

        Returning means that the other side has the message. Raises NotDelivered, and nothing else, when it does not.
        """
        ...


class Trouble(StrEnum):
    """Why a message was not delivered."""

    NO_CONNECTION = "no_connection"
    NO_ANSWER = "no_answer"
    FAULT = "fault"
    DAMAGED_ANSWER = "damaged_answer"
    ANSWER_TOO_LARGE = "answer_too_large"
    BAD_MESSAGE = "bad_message"
    BAD_ADDRESS = "bad_address"
    REFUSED = "refused"
    NOT_SECURE = "not_secure"
    UNKNOWN_CHANNEL = "unknown_channel"


class NotDelivered(RuqsatError):
    """The other side does not have the message (R10.2).

    `reason` is one of Trouble, `detail` technical and free of personal data. `temporary` means that the same message
    may succeed later; otherwise a person must look.
    """

    code = "not_delivered"

    def __init__(self, reason: Trouble, detail: str = "", *, temporary: bool = True) -> None:
        super().__init__(reason=str(reason), detail=detail, temporary=temporary)
        self.reason, self.detail, self.temporary = reason, detail, temporary


class Address(TypedDict):
    """An address in the parts and the order of annex 2 (A2.1); parts that a register does not know are ""."""

    postcode: str
    region: str
    city: str
    district: str
    settlement: str
    street: str
    house: str
    premises: str


class IdentityDocument(TypedDict):
    """An identity document; `type` is "identity_card", "passport" or the register's own code."""

    type: str
    number: str
    issued: str
    valid_until: str
    status: str


class PersonAnswer(TypedDict):
    """Answer on `shep.person`; with `found` false only source, found, iin and answered_at are there."""

    source: str
    found: bool
    iin: str
    answered_at: str
    surname: NotRequired[str]
    name: NotRequired[str]
    patronymic: NotRequired[str]
    birth_date: NotRequired[str]
    documents: NotRequired[list[IdentityDocument]]
    address: NotRequired[Address]
    address_ru: NotRequired[Address]


class CompanyAnswer(TypedDict):
    """Answer on `shep.company`; `status` is "registered", "liquidated" or the register's own code."""

    source: str
    found: bool
    bin: str
    answered_at: str
    name_kk: NotRequired[str]
    name_ru: NotRequired[str]
    registered_on: NotRequired[str]
    status: NotRequired[str]
    leader_iin: NotRequired[str]
    leader_name: NotRequired[str]
    address: NotRequired[Address]
    address_ru: NotRequired[Address]


class EntrepreneurAnswer(TypedDict):
    """Answer on `shep.entrepreneur`; `started_on` is the start of activity where there is no registration."""

    source: str
    found: bool
    iin: str
    answered_at: str
    name: NotRequired[str]
    registered_on: NotRequired[str]
    started_on: NotRequired[str]
    status: NotRequired[str]
    address: NotRequired[Address]
    address_ru: NotRequired[Address]


class PortalStatus(TypedDict):
    """Payload of `portal.status`: two axes, as the portal knows them, and our words in both languages (R4.2, R9.2).

    `iin` or `bin` names the applicant. `status` is our code (for example "accepted"); `text_*` says it in words;
    `next_step_*` what happens next and `next_due` by when, with `next_due_note_*` where that day is preliminary (D28);
    `reason_*` and `missing_*` belong to a negative resolution.
    """

    case_number: str
    processing: Literal["IN_PROGRESS", "COMPLETED"]
    resolution: Literal["NO_RESOLUTION", "POSITIVE", "NEGATIVE"]
    at: str
    iin: NotRequired[str]
    bin: NotRequired[str]
    status: NotRequired[str]
    text_kk: NotRequired[str]
    text_ru: NotRequired[str]
    registered_at: NotRequired[str]
    next_step_kk: NotRequired[str]
    next_step_ru: NotRequired[str]
    next_due: NotRequired[str]
    next_due_note_kk: NotRequired[str]
    next_due_note_ru: NotRequired[str]
    reason_kk: NotRequired[str]
    reason_ru: NotRequired[str]
    missing_kk: NotRequired[list[str]]
    missing_ru: NotRequired[list[str]]


class MonitoringStage(TypedDict):
    """Payload of `monitoring.stage`: one stage of one case (R10.1); further scalar keys travel with it."""

    case_number: str
    stage: str
    at: str
    service: str
    edition: str


class Mail(TypedDict):
    """Payload of `mail`: plain text in the applicant's language (L66.1)."""

    to: str
    subject: str
    body: str
    lang: Literal["kk", "ru", "en"]


class Acknowledgement(TypedDict):
    """Answer on `portal.status` and `monitoring.stage`: the receiver's own number of the message, and when."""

    accepted_as: str
    accepted_at: str
