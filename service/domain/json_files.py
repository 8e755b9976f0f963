"""Reads JSON that somebody else has written: what it says can stand on a page, and says it once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that steer a machine, halves of a letter, and what is no letter: no page, mail or message of XML bears them."""


def read_json(content: bytes) -> Any:
    """What a file says; `ValueError` where it is no JSON, or where a text in it could stand on no page."""
    found = json.loads(content, parse_constant=_refuse_constant)
    for text in _strings(found):
        if odd := _UNWRITABLE.search(text):
            raise ValueError(f"U+{ord(odd[0]):04X}")
    return found


def read_unambiguous(content: bytes) -> Any:
    """What a file says; `ValueError` where it is no JSON, or where a name stands twice and readers would differ."""
    return json.loads(content, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _strings(part: Any) -> Iterator[str]:
    """Every text and every name."""
    match part:
        case str():
            yield part
        case dict():
            for inner in (*part, *part.values()):
                yield from _strings(inner)
        case list():
            for inner in part:
                yield from _strings(inner)
