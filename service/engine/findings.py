"""What the check finds: where, what is wrong, and what to do, in three languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.engine.model import Node, Sheet
from service.engine.texts import TEXTS


@dataclass(frozen=True)
class Fault:
    """Something wrong on one sheet, before it is put into words: element, code, line and what the words need."""

    element: str
    code: str
    line: int
    data: Mapping[str, Any] = field(default_factory=dict)


Rule = Callable[[Sheet], Iterator[Fault]]


@dataclass(frozen=True)
class Finding:
    """One fault of a diagram or form, worded as advice for its author; `line` counts from 1, 0 if unknown."""

    file: str
    element: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    message: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


def fault(node: Node, code: str, **data: Any) -> Fault:
    """A fault of this node."""
    return Fault(node.id, code, node.line, data)


def finding(file: str, found: Fault) -> Finding:
    """The fault in words."""
    known = {"element": found.element or "?", "file": file, **{key: _shown(value) for key, value in found.data.items()}}
    words = {language: text.format_map(known) for language, text in TEXTS[found.code].items()}
    return Finding(file, found.element, found.code, dict(found.data), words, found.line)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value) or "—"
    return str(value)
