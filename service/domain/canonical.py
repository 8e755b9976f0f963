"""One text for one content: what is hashed or signed is written this way, so that anybody can compute it again."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any


def canonical(content: Any) -> bytes:
    """JSON in UTF-8 with sorted names and no spaces; a number that is none is refused."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    # A lone surrogate that somebody managed to send must not keep a line out of the journal.
    return text.encode("utf-8", "surrogatepass")


def digest(content: Any) -> str:
    """The SHA-256 of a content's canonical text."""
    return hashlib.sha256(canonical(content)).hexdigest()


def instant(moment: datetime | None) -> str | None:
    """An instant as it is hashed: UTC, to the microsecond."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")
