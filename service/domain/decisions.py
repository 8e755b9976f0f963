"""Hearing, document, signature and register entry: what a case produces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from service.domain.appeal import AGAINST_HOLDER
from service.domain.case import APPEAL, PERMIT
from service.domain.worktime import ZONE


@dataclass(eq=False)
class Hearing:
    """The hearing of one preliminary decision (point 8, L73, L74) or the basis on which none is held (L73.2).

    `grounds` are those of the preliminary decision: a refusal may rest on no other. `outcome` is what the hearing came
    to; of a hearing on a complaint what the reviewing body had announced.
    """

    case_id: int
    notified_at: datetime | None = None
    held_on: date | None = None
    held_at: str = ""
    way: str = ""
    place: str = ""
    result: str = ""
    outcome: str = ""
    exemption: str = ""
    exemption_reason: str = ""
    late_basis: str = ""
    grounds: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    settled_at: datetime | None = None
    id: int = field(init=False)

    @property
    def of_holder(self) -> bool:
        """Whether it hears the holder of a permit that somebody else contests, not who complained (L73.1)."""
        return self.outcome in AGAINST_HOLDER

    @property
    def appointed_at(self) -> datetime | None:
        """The hour for which the invitation appoints it: it does not begin before (R8.1); None where none is held."""
        if self.held_on is None or not self.held_at:
            return None
        return datetime.combine(self.held_on, time.fromisoformat(self.held_at), ZONE)

    def said(self, positions: Iterable[Position]) -> list[Position]:
        """What who is heard has said since the invitation, of all that was said in the case."""
        since = self.notified_at
        of_whom = (each for each in positions if each.of_holder == self.of_holder)
        return [each for each in of_whom if since is None or each.at >= since]

    def asked_for_orally(self, positions: Iterable[Position]) -> bool:
        """Whether who is heard has asked in time to be heard by word of mouth: then it is held so (L73.3)."""
        return any(each.wants_oral and not each.late for each in self.said(positions))


@dataclass(eq=False)
class Position:
    """What the applicant said to the preliminary decision (L73.3); a late one is kept and shown as late.

    `of_holder` where the holder of a permit says it in the complaint of somebody else.
    """

    case_id: int
    at: datetime
    text: str
    wants_oral: bool
    late: bool
    attachment_id: int | None = None
    of_holder: bool = False
    id: int = field(init=False)


FILED: Mapping[str, str] = {PERMIT: "application", APPEAL: "complaint"}
"""The kind of a person's own paper by its procedure: filed and not issued, so that nobody contests or corrects it."""


@dataclass(eq=False)
class IssuedDocument:
    """A signed document of a case: its number, file, signer, evidence, and when the cabinet received it (R9.2).

    Of a kind in `FILED` it is what a person filed, as the program printed it; the manifest is what was signed (R3.3).

    `annulled_by` is the number of the decision or of the court act that cancelled it (L100.1, R15.1).
    `correction` is 0 for the document itself; a corrected one has the same number, the next correction, and in
    `corrects_id` the document that it corrects (L82.1). `content` is what it says, from which it is corrected.
    """

    case_id: int
    kind: str
    number: str
    sha256: str
    verification_code: str
    language: str
    signed_at: datetime
    signed_by: str
    certificate_serial: str
    evidence_id: int | None = None
    delivered_at: datetime | None = None
    test: bool = False
    annulled_at: datetime | None = None
    annulled_by: str = ""
    correction: int = 0
    corrects_id: int | None = None
    content: dict[str, Any] | None = None
    id: int = field(init=False)

    @property
    def filed(self) -> bool:
        """Whether a person has filed it, and no authority issued it (R3.2, R13.2)."""
        return self.kind in FILED.values()


@dataclass(eq=False)
class PreparedDocument:
    """A document rendered for signing: its bytes wait in the store for the signature over their byte range.

    `certificate_serial` is the certificate that it names beside its signer (A3.5). It belongs to a task, or to `act`,
    which is beside the diagram. `signatures` is how many it bears when it is signed; `content` is what it says.
    `said_until` is the last position of the case that was recorded before it was prepared; 0 for none.
    """

    id: str
    case_id: int
    officer_id: int
    kind: str
    number: str
    sha256: str
    region_start: int
    region_end: int
    verification_code: str
    prepared_at: datetime
    certificate_serial: str
    answers: dict[str, Any] = field(default_factory=dict)
    task_id: int | None = None
    act: str = ""
    signatures: int = 1
    content: dict[str, Any] = field(default_factory=dict)
    said_until: int = 0


SIGN_IN = "sign_in"
"""The purpose of a signature over a challenge: what was signed is made anew from the challenge, and is no file."""


@dataclass(eq=False)
class SignatureRecord:
    """The stored evidence of one signature: content, CMS, chain, OCSP, timestamp and verdict (R2.4)."""

    purpose: str
    content_sha256: str
    cms: bytes
    verdict: str
    reasons: list[str]
    signer_iin: str
    signer_bin: str
    signer_name: str
    signer_organisation: str
    certificate_serial: str
    checked_at: datetime
    signed_at: datetime | None = None
    engine: str = ""
    certificates: list[str] = field(default_factory=list)
    ocsp: list[str] = field(default_factory=list)
    test: bool = False
    case_id: int | None = None
    id: int = field(init=False)


class PermitStatus(StrEnum):
    """The state of an entry in the register (R11.2)."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"


@dataclass(eq=False)
class RegisterEntry:
    """An entry of the state register of persons who issue secured digital assets (R11.1, R11.2).

    `round` tells the entries of a case apart that was taken up again after its permit was cancelled (L100.1).
    """

    case_id: int
    number: str
    holder_name: str
    holder_kind: str
    iin: str
    bin: str
    platform: str
    purpose: str
    address: str
    issued_on: date
    valid_until: date
    search_name: str = ""
    round: int = 0
    expiry_told_at: datetime | None = None
    id: int = field(init=False)


@dataclass(eq=False)
class RegisterChange:
    """A change of an entry's status, dated, with its basis (R11.2). Expiry is no change: it follows from the dates.

    `entered_by` is the officer who entered it; nobody where an applicant's complaint or the program did. One that was
    entered by mistake and withdrawn before its day stays, marked, and changes nothing any more.
    """

    entry_id: int
    status: PermitStatus
    from_on: date
    basis: str
    recorded_at: datetime
    entered_by: int | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: int | None = None
    withdrawal_reason: str = ""
    id: int = field(init=False)


def ruling(changes: Sequence[RegisterChange], day: date) -> RegisterChange | None:
    """The change that acts on a day: the latest of those that stand and have begun by then."""
    return max((c for c in changes if c.from_on <= day), key=lambda c: (c.from_on, c.id), default=None)


def status_on(entry: RegisterEntry, changes: Sequence[RegisterChange], day: date) -> PermitStatus:
    """The status of an entry on a day: the last change in force, or expired from the day after its last (A3.2).

    `changes` are those that stand.
    """
    latest = ruling(changes, day)
    if latest is not None and latest.status is PermitStatus.CANCELLED:
        return PermitStatus.CANCELLED
    if day > entry.valid_until:
        return PermitStatus.EXPIRED
    return latest.status if latest else PermitStatus.IN_FORCE
