"""What the check finds: where, what is wrong, and what to do, in three languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lxml import etree

from service.domain.languages import LANGUAGES
from service.engine.model import Node, Sheet
from service.engine.reading import is_bpmn
from service.engine.sheets import properties_of
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
    """One fault of a diagram or form, worded as advice for its author; `line` counts from 1, 0 if unknown.

    `names` is what the element is called on the drawing, by language; empty where it has no name.
    """

    file: str
    element: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    message: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, language: str) -> str:
        """The element by its name and id; "-" for the file as a whole."""
        name = self.names.get(language) or self.names.get("kk") or ""
        return f"“{name}” ({self.element})" if name and self.element else self.element or "-"


def names_of(root: etree._Element) -> Mapping[str, Mapping[str, str]]:
    """What each element of a file is called, by its id: its properties, else the name on the drawing."""
    found: dict[str, Mapping[str, str]] = {}
    for element in root.iter():
        if is_bpmn(element) and element.get("id"):
            given = {key: text for key, text in properties_of(element).items() if key in LANGUAGES and text}
            drawn = element.get("name", "").strip()
            found.setdefault(element.get("id", ""), given or ({"kk": drawn} if drawn else {}))
    return found


def fault(node: Node, code: str, **data: Any) -> Fault:
    """A fault of this node."""
    return Fault(node.id, code, node.line, data)


def finding(file: str, found: Fault, names: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> Finding:
    """The fault in words, with the name of its element."""
    known = {"element": found.element or "?", "file": file, **{key: _shown(value) for key, value in found.data.items()}}
    words = {language: text.format_map(known) for language, text in TEXTS[found.code].items()}
    return Finding(
        file, found.element, found.code, dict(found.data), words, found.line, dict(names.get(found.element, {}))
    )


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value) or "—"
    return str(value)
