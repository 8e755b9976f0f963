"""The journal as a chain (L69.1): each line carries the hash of the one before it, and seals sign the ends.

A changed or inserted line breaks the chain where it stands. A tail that was cut off, or a case that was taken away
whole, leaves a chain that is right in itself: it no longer fits the seals, which the system's key has signed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from service.domain.canonical import digest, instant
from service.domain.case import JournalEntry

GENESIS = "0" * 64
"""What the first line of a chain names as the one before it."""

OFFICE = 0
"""The chain of the lines that belong to no case: sign-ins, accounts, editions."""


BEGUN: list[Any] = ["all", None, "", ""]
"""Among the rows of the first line of a chain: it marks every row of its case, or of the office, from its beginning."""


@dataclass(frozen=True)
class Head:
    """The end of one chain: the case (or `OFFICE`), how many lines it has, and the hash of the last."""

    chain: int
    length: int
    hash: str


class Line(Protocol):
    """A line of the journal, as an object of ours or as the database gives it in a batch."""

    case_id: int | None
    sequence: int
    previous: str
    hash: str
    at: datetime
    happened_at: datetime | None
    actor: str
    role: str
    action: str
    element: str
    edition_id: int | None
    details: dict[str, Any]
    rows: list[list[Any]]


def line_content(entry: Line) -> dict[str, Any]:
    """Everything a line says, as it is hashed: who, in which role, what, by which edition, both times, rows written."""
    said = {
        "case_id": entry.case_id,
        "sequence": entry.sequence,
        "previous": entry.previous,
        "at": instant(entry.at),
        "happened_at": instant(entry.happened_at),
        "actor": entry.actor,
        "role": entry.role,
        "action": entry.action,
        "element": entry.element,
        "edition_id": entry.edition_id,
        "details": entry.details,
    }
    return {**said, "rows": entry.rows} if entry.rows else said


def line_hash(entry: Line) -> str:
    """The hash of a line over all that it says, the hash of the line before it included."""
    return digest(line_content(entry))


def link(entries: Iterable[JournalEntry], head: Head) -> Head:
    """Hang new lines on the end of a chain, in their order; the chain's new end."""
    length, previous = head.length, head.hash
    for entry in entries:
        length += 1
        # As the database gives it back: names are texts, a tuple is a list.
        entry.details = json.loads(json.dumps(entry.details))
        entry.sequence, entry.previous = length, previous
        entry.hash = previous = line_hash(entry)
    return Head(head.chain, length, previous)


def first_break(entries: Iterable[Line], start: Head) -> Line | None:
    """The first line that does not continue the chain: changed, inserted, or standing after one that is gone."""
    sequence, previous = start.length, start.hash
    for entry in entries:
        sequence += 1
        try:
            if (entry.sequence, entry.previous, entry.hash) != (sequence, previous, line_hash(entry)):
                return entry
        except (AttributeError, TypeError, ValueError):
            # Somebody has written over it what cannot be hashed.
            return entry
        previous = entry.hash
    return None


@dataclass(eq=False)
class Seal:
    """The ends of every chain that has grown since the seal before, signed by the system's key."""

    number: int
    at: datetime
    previous: str
    heads: list[list[Any]]
    key_id: str = ""
    hash: str = ""
    signature: str = ""
    id: int = field(init=False)


def seal_content(seal: Seal) -> dict[str, Any]:
    """What a seal signs: its number, its time, the seal before it, and the ends of the chains."""
    return {
        "number": seal.number,
        "at": instant(seal.at),
        "previous": seal.previous,
        "key_id": seal.key_id,
        "heads": [list(head) for head in seal.heads],
    }


def as_rows(heads: Sequence[Head]) -> list[list[Any]]:
    """Heads as a seal lists them."""
    return [[head.chain, head.length, head.hash] for head in heads]


def sealed_heads(seal: Seal) -> Mapping[int, Head]:
    """The ends that a seal names, by chain."""
    return {int(chain): Head(int(chain), int(length), str(top)) for chain, length, top in seal.heads}


def lacking(numbers: Iterable[int], end: int) -> dict[str, int]:
    """What `numbers` lack from 1 to the one before `end`: how many, the first and the last; empty for nothing."""
    found = {number for number in numbers if 0 < number < end}
    if len(found) >= end - 1:
        return {}
    first, last = 1, end - 1
    while first in found:
        first += 1
    while last in found:
        last -= 1
    return {"number": end - 1 - len(found), "first": first, "last": last}
