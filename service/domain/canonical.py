"""One text for one content: what is hashed or signed is written this way, so that anybody can compute it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from json.encoder import encode_basestring as text_of
from typing import Any

__all__ = ["canonical", "digest", "hash_of", "instant", "json_text", "plain", "structure_text", "text_of"]

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(content: Any) -> bytes:
    """JSON in UTF-8 with sorted names and no spaces; a number that is none is refused."""
    # A lone surrogate that somebody managed to send must not keep a line out of the journal.
    return _ENCODER.encode(content).encode("utf-8", "surrogatepass")


def digest(content: Any) -> str:
    """The SHA-256 of a content's canonical text."""
    return hashlib.sha256(canonical(content)).hexdigest()


def hash_of(text: str) -> str:
    """The SHA-256 of a text that is canonical already."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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


def structure_text(content: Any) -> str:
    """The canonical text of a list or of a structure with names."""
    return _ENCODER.encode(content)


def json_text(value: Any) -> str:
    """The canonical text of a value after `plain`; the same sooner for the kinds of values that rows mostly hold."""
    quick = _QUICK.get(type(value))
    return quick(value) if quick else _ENCODER.encode(plain(value))


_QUICK: Mapping[type[object], Callable[[Any], str]] = {
    type(None): lambda value: "null",
    str: text_of,
    int: int.__repr__,
    datetime: lambda value: f'"{instant(value)}"',
    date: lambda value: f'"{value.isoformat()}"',
}
