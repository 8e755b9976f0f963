"""Electronic signatures: what the procedure demands of them (R2.4, R3.3, R9.1). Everybody imports them from here.

An engine only states facts (`signature_evidence`). Whether they suffice for a step is decided here, by `judge`, the
same way for every engine. A signature that could not be checked is never called invalid: nobody is refused because a
service was down.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.domain.errors import RuqsatError
from service.domain.signature_evidence import (
    DEVELOPMENT_MARK,
    Evidence,
    KeyUse,
    Revocation,
    SignatureEngine,
    Signer,
    SignerRole,
)

__all__ = [
    "CLOCK_TOLERANCE",
    "DEVELOPMENT_MARK",
    "Evidence",
    "Judgement",
    "KeyUse",
    "Reason",
    "Requirement",
    "Revocation",
    "SignatureEngine",
    "SignatureTextError",
    "Signer",
    "SignerRole",
    "Verdict",
    "cms_from_text",
    "judge",
]

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far a time-stamping authority's clock may run ahead of ours."""


class Verdict(StrEnum):
    """What became of a signature's verification (R2.4)."""

    VALID = "valid"
    INVALID = "invalid"
    UNCHECKED = "unchecked"


class Reason(StrEnum):
    """Why a signature is not valid, or could not be checked (R2.4, R3.3)."""

    FORMAT = "format"
    SIGNER_COUNT = "signer_count"
    CERTIFICATE = "certificate"
    CONTENT = "content"
    SIGNATURE = "signature"
    CHAIN = "chain"
    KEY_USAGE = "key_usage"
    ROLE = "role"
    IIN_MISMATCH = "iin_mismatch"
    BIN_MISMATCH = "bin_mismatch"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    TIMESTAMP = "timestamp"
    REVOCATION_UNKNOWN = "revocation_unknown"
    TIMESTAMP_UNKNOWN = "timestamp_unknown"
    ALGORITHM = "algorithm"


@dataclass(frozen=True)
class Requirement:
    """What a step demands of its signature; None and the empty set demand nothing. Of `roles`, any one will do."""

    iin: str | None = None
    bin: str | None = None
    roles: frozenset[SignerRole] = frozenset()
    timestamp: bool = True

    @classmethod
    def sign_in(cls) -> Requirement:
        """Whoever signs in to the cabinet: a person, or one who may sign for an organisation (R1.1)."""
        return cls(roles=frozenset({SignerRole.PERSON, *_MAY_SIGN_FOR_ORGANISATION}), timestamp=False)

    @classmethod
    def sole_proprietor(cls, iin: str) -> Requirement:
        """A sole proprietor signs with a person's key and their own IIN (R3.3)."""
        return cls(iin=iin, roles=frozenset({SignerRole.PERSON}))

    @classmethod
    def legal_entity(cls, bin: str, iin: str | None = None) -> Requirement:
        """A legal entity signs with the key of its head or of one with the right to sign, bearing its BIN (R3.3)."""
        return cls(iin=iin, bin=bin, roles=_MAY_SIGN_FOR_ORGANISATION)

    @classmethod
    def applicant(cls, iin: str, bin: str) -> Requirement:
        """Who must have signed for an applicant: the sole proprietor, or one who may sign for the legal entity."""
        return cls.legal_entity(bin, iin) if bin else cls.sole_proprietor(iin)

    @classmethod
    def officer(cls, iin: str, bin: str = "") -> Requirement:
        """An officer, the head included, signs with the key that was issued to them in their body (R9.1).

        The certificate names the body by its BIN (an empty one is not compared) and the holder as its head, as one with
        the right to sign or as an employee; a person's own key names no body. Which office somebody holds on the day
        is said by the account, since a head may act by an order that no certificate knows.
        """
        return cls(iin=iin, bin=bin or None, roles=_OF_A_BODY)


_MAY_SIGN_FOR_ORGANISATION = frozenset({SignerRole.HEAD, SignerRole.CAN_SIGN})
_OF_A_BODY = _MAY_SIGN_FOR_ORGANISATION | {SignerRole.EMPLOYEE}
"""Never the organisation alone: every certificate of an organisation carries that."""


@dataclass(frozen=True)
class Judgement:
    """The verdict on a signature, why, who signed, and when by a trusted clock (R2.4)."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    signer: Signer | None
    signed_at: datetime | None

    @property
    def valid(self) -> bool:
        """Whether the document may be acted upon."""
        return self.verdict is Verdict.VALID


def judge(evidence: Evidence, requirement: Requirement, *, now: datetime) -> Judgement:
    """Decide whether what the engine found satisfies the step (R2.4, R3.3, R9.1).

    Dates are judged at the trusted time stamp, otherwise at `now`. What speaks against the signature makes it
    invalid; what merely is not known yet makes it unchecked.
    """
    against = tuple(_against(evidence, requirement, now))
    unknown = tuple(_unknown(evidence))
    if against:
        verdict, reasons = Verdict.INVALID, against
    elif unknown:
        verdict, reasons = Verdict.UNCHECKED, unknown
    else:
        verdict, reasons = Verdict.VALID, ()
    return Judgement(verdict, reasons, evidence.signer, evidence.timestamp)


def _against(evidence: Evidence, requirement: Requirement, now: datetime) -> Iterator[Reason]:
    if evidence.signer_count != 1:
        yield Reason.FORMAT if "format" in evidence.problems else Reason.SIGNER_COUNT
        return
    if evidence.signer is None:
        yield Reason.CERTIFICATE
        return
    yield from _against_holder(evidence.signer, requirement)
    if evidence.algorithm_known:
        yield from _against_integrity(evidence)
        yield from _against_time(evidence, evidence.signer, requirement, now)


def _against_integrity(evidence: Evidence) -> Iterator[Reason]:
    if not (evidence.content_matches and evidence.digest_ok):
        yield Reason.CONTENT
    if not evidence.signature_ok:
        yield Reason.SIGNATURE
    elif not evidence.chain_ok:
        yield Reason.CHAIN


def _against_holder(signer: Signer, requirement: Requirement) -> Iterator[Reason]:
    if signer.use is not KeyUse.SIGN:
        yield Reason.KEY_USAGE
    if requirement.roles and not signer.roles & requirement.roles:
        yield Reason.ROLE
    if requirement.iin is not None and signer.iin != requirement.iin:
        yield Reason.IIN_MISMATCH
    if requirement.bin is not None and signer.bin != requirement.bin:
        yield Reason.BIN_MISMATCH


def _against_time(evidence: Evidence, signer: Signer, requirement: Requirement, now: datetime) -> Iterator[Reason]:
    moment = evidence.timestamp or now
    if moment > signer.valid_until:
        yield Reason.EXPIRED
    if moment < signer.valid_from:
        yield Reason.NOT_YET_VALID
    if evidence.revocation == "revoked" and not _revoked_later(evidence):
        yield Reason.REVOKED
    # A broken or strange stamp is held against the signature even where none was asked for: somebody put it there.
    broken = evidence.timestamp_present and evidence.timestamp is None
    ahead = evidence.timestamp is not None and evidence.timestamp > now + CLOCK_TOLERANCE
    missing = requirement.timestamp and not evidence.timestamp_present
    if broken or ahead or missing or (evidence.timestamp is not None and evidence.timestamp_revocation == "revoked"):
        yield Reason.TIMESTAMP


def _revoked_later(evidence: Evidence) -> bool:
    stamped, revoked = evidence.timestamp, evidence.revoked_at
    return stamped is not None and revoked is not None and stamped < revoked


def _unknown(evidence: Evidence) -> Iterator[Reason]:
    if not evidence.algorithm_known:
        yield Reason.ALGORITHM
        return
    if evidence.revocation == "unknown":
        yield Reason.REVOCATION_UNKNOWN
    if evidence.timestamp is not None and evidence.timestamp_revocation == "unknown":
        yield Reason.TIMESTAMP_UNKNOWN


class SignatureTextError(RuqsatError):
    """What the browser sent is not a signature in base64."""

    code = "signature_text"


_ARMOUR = re.compile(r"-----(BEGIN|END) [A-Z0-9 ]+-----")


def cms_from_text(text: str) -> bytes:
    """Read a signature as the signing program hands it over: base64, with or without PEM lines (R3.3).

    Raises SignatureTextError when it is not base64 or empty.
    """
    try:
        decoded = base64.b64decode("".join(_ARMOUR.sub("", text).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureTextError(problem="not_base64") from error
    if not decoded:
        raise SignatureTextError(problem="empty")
    return decoded
