"""One text for one content: what is hashed or signed is written this way, so that anybody can compute it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical(content: Any) -> bytes:
    """JSON in UTF-8 with sorted names and no spaces; a number that is none is refused."""
    # A lone surrogate that somebody managed to send must not keep a line out of the journal.
    return _ENCODER.encode(content).encode("utf-8", "surrogatepass")


def digest(content: Any) -> str:
    """The SHA-256 of a content's canonical text."""
    return hashlib.sha256(canonical(content)).hexdigest()


def instant(moment: datetime | None) -> str | None:
    """An instant as it is hashed: UTC, to the microsecond."""
    if moment is None:
        return None
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(timespec="microseconds")


def plain(value: Any) -> Any:
    """A value as JSON can say it: instants in UTC, days as days, words as words, bytes by their hash."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
