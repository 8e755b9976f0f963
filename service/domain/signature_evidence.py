"""What an engine finds in an electronic signature: facts, stored with the document, without judgement (R2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

DEVELOPMENT_MARK = "DEV/СЫНАҚ"
"""Stands in the name of every development root, so that nobody can take its signatures for real ones."""


class SignerRole(StrEnum):
    """What a certificate says its holder is. An employee's key carries ORGANISATION too: ask for the specific one."""

    PERSON = "person"
    ORGANISATION = "organisation"
    HEAD = "head"
    CAN_SIGN = "can_sign"
    CAN_SIGN_FINANCIAL = "can_sign_financial"
    HR = "hr"
    EMPLOYEE = "employee"


class KeyUse(StrEnum):
    """What a key is for: signing documents, or proving who one is."""

    SIGN = "sign"
    AUTH = "auth"
    UNKNOWN = "unknown"


Revocation = Literal["good", "revoked", "unknown"]


@dataclass(frozen=True)
class Signer:
    """The holder of a certificate, as the certificate names them; absent parts are empty."""

    iin: str
    bin: str
    surname: str
    common_name: str
    patronymic: str
    organisation: str
    roles: frozenset[SignerRole]
    use: KeyUse
    serial: str
    issuer: str
    valid_from: datetime
    valid_until: datetime

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic."""
        return " ".join(part for part in (self.common_name, self.patronymic) if part)


@dataclass(frozen=True)
class Evidence:
    """What an engine found in a signature: facts, no judgement. Stored with the document (R2.4).

    `chain_ok` says that the certificate leads to a trusted root, its own dates left aside. `timestamp` is set only when
    the time stamp is intact, belongs to this signature and comes from a trusted authority; `timestamp_revocation`
    speaks of that authority's certificate. `algorithm_known` is false when the engine cannot compute the signature's
    algorithm, so that nothing is known of its integrity. `revoked_at` is set when `revocation` is "revoked".
    `content_sha256` is the digest of the content that was compared. `test` means that the chain ends at a
    development root.
    """

    signer: Signer | None
    signer_count: int
    content_matches: bool
    digest_ok: bool
    signature_ok: bool
    chain_ok: bool
    revocation: Revocation
    revocation_source: str
    revocation_at: datetime | None
    revoked_at: datetime | None
    timestamp: datetime | None
    timestamp_present: bool
    timestamp_revocation: Revocation
    problems: tuple[str, ...]
    engine: str
    cms: bytes
    content_sha256: str
    certificates: tuple[bytes, ...]
    ocsp: tuple[bytes, ...]
    test: bool
    algorithm_known: bool = True


class SignatureEngine(Protocol):
    """Looks into a signature and states what it finds; it never decides and never raises for a bad signature."""

    def verify_cms(
        self, cms: bytes, content: bytes, *, at: datetime | None = None, ocsp: Sequence[bytes] = ()
    ) -> Evidence:
        """Examine a CMS signature over `content`; `ocsp` are answers kept from an earlier check (R2.4).

        `at` is the moment to examine the chain at when there is no trusted time stamp; by default the clock's.
        """
        ...

    def verify_pdf(
        self, pdf: bytes, *, at: datetime | None = None, ocsp: Sequence[bytes] = (), signatures: int = 1
    ) -> Evidence:
        """Examine the last signature inside a PDF, which must cover the whole file with no change after it (R2.4).

        The PDF must hold exactly so many `signatures`: minutes are signed by two people, everything else by one.
        """
        ...
