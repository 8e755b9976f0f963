"""Completeness: the same check for the applicant before signing and for the officer after (A1.9.1-A1.9.3, R6.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.case import OF_APPLICATION, Attachment

TITLE_DOCUMENTS = (
    "trade_mark_extract",
    "appellation_extract",
    "sale_contract",
    "retail_contract",
    "contractation_contract",
    "barter_contract",
    "gift_contract",
    "intellectual_contract",
)
"""Kinds (a) to (h) of A1.9.2: at least one of them."""

GUARANTEE_LETTER = "guarantee_letter"

EXPIRED = "expired"
"""The code of a finding about a paper whose term of validity was over on the day of receipt (R6.3)."""

DESPITE_FINDINGS = "despite_findings"
"""The answer that says why a set is complete although the automatic check found a fault in it (R6.3)."""

REQUIRED_FIELDS = ("name", "region", "street", "house", "phone", "email", "platform", "purpose")
"""What the form of annex 2 cannot do without; the platform is exactly one (R2.1, A2.1)."""

REQUIRED_OF_ADDRESS = ("postcode", "region", "street", "house")
"""The parts without which nobody finds a place of activity (A2.1)."""


@dataclass(frozen=True)
class DocumentFinding:
    """Something missing or expired: `code` says what, `kind` which document, the rest is for the sentence."""

    code: str
    kind: str
    law: str
    data: tuple[tuple[str, str], ...] = ()


def has_addresses(fields: Mapping[str, Any]) -> bool:
    """Whether at least one place of activity is given, and each with the parts that it needs (A2.1)."""
    given = fields.get("addresses") or ()
    return bool(given) and all(address.get(part) for address in given for part in REQUIRED_OF_ADDRESS)


def check_documents(
    attachments: Iterable[Attachment], fields: Mapping[str, Any], received_on: date
) -> tuple[DocumentFinding, ...]:
    """What is missing or has expired on the day of receipt; valid to the day itself is not expired (R6.3)."""
    files = [file for file in attachments if file.purpose == OF_APPLICATION]
    kinds = {file.kind for file in files}
    findings = [DocumentFinding("field_missing", name, "A2.1") for name in REQUIRED_FIELDS if not fields.get(name)]
    if not has_addresses(fields):
        findings.append(DocumentFinding("field_missing", "addresses", "A2.1"))
    if not kinds & set(TITLE_DOCUMENTS):
        findings.append(DocumentFinding("title_document_missing", "title_document", "A1.9.2"))
    if GUARANTEE_LETTER not in kinds:
        findings.append(DocumentFinding("document_missing", GUARANTEE_LETTER, "A1.9.3"))
    findings += [
        DocumentFinding(
            EXPIRED, file.kind, "R6.3", (("valid_until", file.valid_until.isoformat()), ("name", file.name))
        )
        for file in files
        if file.valid_until is not None and file.has_expired(received_on)
    ]
    return tuple(findings)


def items_of(findings: Collection[DocumentFinding]) -> dict[str, Sequence[str]]:
    """The findings as the form of the check lists them, for the officer to confirm or to strike out (R6.2, R6.3)."""
    missing = [found for found in findings if found.code != EXPIRED]
    kinds = ["application" if found.code == "field_missing" else found.kind for found in missing]
    expired = [found.kind for found in findings if found.code == EXPIRED]
    return {"missing_items": list(dict.fromkeys(kinds)), "expired_items": list(dict.fromkeys(expired))}
