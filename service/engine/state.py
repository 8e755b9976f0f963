"""Saves and loads a running case without the diagram inside it.

The bytes are `ruqsat-case/1`, a line feed, and deflated JSON: the process data once, what waits, and of what has
passed only what the engine still needs. A case is read with the same version of the diagram it was saved under.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.steps import Data
from service.engine.errors import NotStorable, StateDamaged, UnknownStateFormat

FORMAT = "1"
_HEAD = b"ruqsat-case/"


@dataclass(frozen=True)
class Mark:
    """One engine task that is kept: its number, its spec, its state, its due time, and what lies below or inside it."""

    number: int
    spec: str
    state: int
    due: str = ""
    below: tuple[Mark, ...] = ()
    inside: Mark | None = None


@dataclass(frozen=True)
class Snapshot:
    """A case at rest. `listeners` are the starts of event sub-processes that still listen, with their due times."""

    key: str
    next_number: int
    data: Data
    marks: tuple[Mark, ...] = ()
    listeners: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False


def pack(snapshot: Snapshot) -> bytes:
    """The case as bytes. NotStorable if its data holds anything but JSON values."""
    content = {
        "key": snapshot.key,
        "next": snapshot.next_number,
        "data": snapshot.data,
        "marks": [_mark_out(mark) for mark in snapshot.marks],
        "listen": dict(snapshot.listeners),
        "ended": snapshot.ended,
    }
    return _HEAD + FORMAT.encode() + b"\n" + zlib.compress(_json(content, snapshot.data), 6)


def unpack(state: bytes) -> Snapshot:
    """The case from its bytes. UnknownStateFormat for another version, StateDamaged for anything else."""
    head, _, body = state.partition(b"\n")
    if not head.startswith(_HEAD):
        raise StateDamaged(detail="not a saved case")
    version = head.removeprefix(_HEAD).decode("ascii", "replace")
    if version != FORMAT:
        raise UnknownStateFormat(version=version, known=FORMAT)
    try:
        content = json.loads(zlib.decompress(body))
        return Snapshot(
            key=content["key"],
            next_number=content["next"],
            data=content["data"],
            marks=tuple(_mark_in(mark) for mark in content["marks"]),
            listeners=content["listen"],
            ended=content["ended"],
        )
    except (zlib.error, ValueError, LookupError, TypeError) as wrong:
        raise StateDamaged(detail=f"{type(wrong).__name__}: {wrong}") from wrong


def plain(data: Mapping[str, Any]) -> Data:
    """A copy of the data as it will be after saving. NotStorable if it holds anything but JSON values."""
    copy: Data = json.loads(_json(dict(data), data))
    return copy


def _json(content: Any, data: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as wrong:
        raise _culprit(data, wrong) from wrong


def _culprit(data: Mapping[str, Any], wrong: Exception) -> NotStorable:
    for key, value in data.items():
        try:
            json.dumps({key: value}, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError) as reason:
            return NotStorable(key=str(key), kind=type(value).__name__, detail=str(reason))
    return NotStorable(key="", kind="", detail=str(wrong))


def _mark_out(mark: Mark) -> list[Any]:
    below = [_mark_out(one) for one in mark.below]
    full = [mark.number, mark.spec, mark.state, mark.due, below, mark.inside and _mark_out(mark.inside)]
    while not full[-1]:
        full.pop()
    return full


def _mark_in(full: list[Any]) -> Mark:
    rest = dict(enumerate(full))
    inside = rest.get(5)
    return Mark(
        number=rest[0],
        spec=rest[1],
        state=rest[2],
        due=rest.get(3, ""),
        below=tuple(_mark_in(one) for one in rest.get(4, ())),
        inside=_mark_in(inside) if inside else None,
    )
