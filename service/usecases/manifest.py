"""What an applicant signs: a canonical manifest of the fields and of the hash of every file (R3.3, A2.3)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from service.domain.case import PERMIT, Attachment
from service.domain.deadlines import local
from service.domain.people import Applicant

VERSION = 1


def manifest(
    *,
    submission: str,
    edition: int,
    applicant: Applicant,
    fields: Mapping[str, Any],
    attachments: Sequence[Attachment],
    statements: Mapping[str, str],
    confirmed_at: Mapping[str, str],
    language: str,
    nonce: str,
    prepared_at: datetime,
    service: str = PERMIT,
) -> bytes:
    """The manifest as UTF-8 JSON with sorted names and no spaces: one application has exactly one such text.

    `statements` are the two closing statements of annex 2 word for word, as the applicant confirmed them, and
    `confirmed_at` the instant of each act (A2.3, A1.10.5).
    """
    content = {
        "version": VERSION,
        "service": service,
        "submission": submission,
        "edition": edition,
        "applicant": {"iin": applicant.iin, "bin": applicant.bin, "kind": applicant.kind.value},
        "fields": dict(fields),
        "attachments": [_file(attachment) for attachment in attachments],
        "statements": dict(statements),
        "confirmed_at": dict(confirmed_at),
        "language": language,
        "nonce": nonce,
        "prepared_at": prepared_at.isoformat(),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _file(attachment: Attachment) -> dict[str, Any]:
    return {
        "kind": attachment.kind,
        "name": attachment.name,
        "number": attachment.number,
        "dated": attachment.dated.isoformat() if attachment.dated else None,
        "valid_until": attachment.valid_until.isoformat() if attachment.valid_until else None,
        "sha256": attachment.sha256,
        "size": attachment.size,
    }


def prepared_on(told: Mapping[str, Any], day: date) -> bool:
    """Whether a manifest was made ready on this day, by the local clock (D20)."""
    return local(datetime.fromisoformat(told["prepared_at"])).date() == day


def read_manifest(content: bytes) -> Mapping[str, Any]:
    """The manifest's content."""
    found: Mapping[str, Any] = json.loads(content)
    return found
