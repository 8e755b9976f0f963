"""Hearing, decision, document and register entry: what a case produces and when the law allows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from service.domain.appeal import AGAINST_HOLDER
from service.domain.case import APPEAL, PERMIT
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.minutes import ORAL

GROUND_FACTS: Mapping[str, tuple[str, ...]] = {
    "ground_1": ("ground_1_document", "ground_1_data", "ground_1_established"),
    "ground_2": ("ground_2_act", "ground_2_article", "ground_2_mismatch"),
    "ground_3": ("ground_3_court", "ground_3_number", "ground_3_date", "ground_3_in_force"),
    "ground_4": ("ground_4_court", "ground_4_number", "ground_4_date", "ground_4_in_force"),
    "ground_5": ("ground_5_state", "ground_5_at"),
}
"""The five grounds of row 10, closed (A1.10.6), each with the facts that must be stored (A1.10.1-5)."""

COURT_GROUNDS = frozenset({"ground_3", "ground_4"})
"""Grounds by a court act in force: a hearing may be skipped on them (L73.2)."""


def require_grounds_with_facts(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The grounds chosen in an examination; refuses a conclusion without a ground or without its facts (A1.10.6).

    Raises `InvalidAnswers` that names each missing field. A conclusion that conforms has no grounds, and must not
    contradict the guarantee letter: neither nodes nor a lease, or no algorithm, does not conform (A1.9.3).
    """
    grounds = tuple(answers.get("grounds") or ())
    errors: dict[str, Problem] = {}
    if answers.get("conforms") == "yes":
        if grounds:
            errors["grounds"] = Problem("grounds_though_conforms")
        if not guarantee_letter_conforms(answers):
            errors["conforms"] = Problem("guarantee_letter_does_not_conform")
    elif not grounds:
        errors["grounds"] = Problem("required")
    for ground in grounds:
        errors |= {fact: Problem("required") for fact in GROUND_FACTS.get(ground, ()) if not answers.get(fact)}
    if errors:
        raise InvalidAnswers(errors=errors)
    return grounds


def guarantee_letter_conforms(answers: Mapping[str, Any]) -> bool:
    """Whether the guarantee letter shows 5 nodes or a lease, and an algorithm that confirms the writing (A1.9.3)."""
    nodes = int(answers.get("nodes_count") or 0)
    return (nodes >= 5 or answers.get("server_lease") == "yes") and answers.get("write_algorithm") == "yes"


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


def require_lawful_refusal(
    hearing: Hearing | None,
    grounds: Collection[str],
    refusal_earliest: date | None,
    today: date,
    said: Sequence[Position] = (),
) -> None:
    """A refusal needs a hearing held, an applicant duly notified and silent, or a recorded exemption (R8.4, L73.4).

    It rests only on grounds that the applicant could speak to (R8.1), never on a hearing that ended for the permit
    (R8.4) or left a wish for an oral one unheard (L73.3), and is not adopted earlier than 3 working days after the
    notice (L73.1). `said` is what the applicant has said in the case. Raises `NotLawful`.
    """
    if hearing is None or hearing.settled_at is None or hearing.outcome == "grant" or unheard(hearing, grounds):
        raise NotLawful("refusal_without_hearing", "R8.4")
    if hearing.exemption:
        return
    if wants_to_be_heard(hearing, said):
        raise NotLawful("oral_hearing_owed", "L73.3")
    if refusal_earliest is None or today < refusal_earliest:
        raise NotLawful("refusal_too_early", "L73.1", earliest=refusal_earliest and refusal_earliest.isoformat())


def wants_to_be_heard(hearing: Hearing, said: Sequence[Position]) -> bool:
    """Whether an oral hearing was asked for in time when its result was recorded already without one (L73.3)."""
    settled_at = hearing.settled_at
    if settled_at is None or hearing.result == ORAL:
        return False
    return any(each.wants_oral and not each.late and each.at >= settled_at for each in said)


def unheard(hearing: Hearing | None, grounds: Collection[str]) -> frozenset[str]:
    """The grounds of which the applicant was not told before this hearing: they need one of their own (R8.1)."""
    return frozenset(grounds) - frozenset(hearing.grounds if hearing else ())


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
