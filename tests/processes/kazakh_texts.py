"""Kazakh texts of drawings, forms and lists that the rules do not give: those a speaker has to review."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from service.engine.reading import SPIFF
from tests.processes.walking import FORMS, PROCESSES

OFFICIAL = (Path(__file__).parent / "official_kk.txt").read_text().splitlines()[1:]
LISTS = (
    "document_kinds", "hearing_exemptions", "contested_kinds", "remedies", "complaint_answers", "review_outcomes",
    "unconsidered_reasons",
)  # fmt: skip
"""Lists with texts of our own; grounds are official, regions are names, notices are listed with the letters."""


class Row(NamedTuple):
    """A text with its place and what it means in Russian."""

    file: str
    key: str
    kk: str
    ru: str


def own_texts() -> list[Row]:
    """Every Kazakh text of the drawings, forms, lists and edition that is not official wording."""
    found = [*_drawing(), *_forms(), *_lists(), *_edition()]
    official = {text.casefold().rstrip(".") for text in OFFICIAL}
    return [row for row in found if row.kk.casefold().rstrip(".") not in official]


def _drawing() -> Iterator[Row]:
    for path in sorted(PROCESSES.glob("*.bpmn"), reverse=True):
        for properties in etree.parse(path).iter(f"{{{SPIFF}}}properties"):
            told = {entry.get("name", ""): entry.get("value", "") for entry in properties}
            owner = properties.xpath("string(../../@id)")
            yield Row(f"processes/{path.name}", str(owner), told["kk"], told["ru"])


def _forms() -> Iterator[Row]:
    for path in sorted(FORMS.glob("*.form")):
        kk, ru = (json.loads((FORMS / f"{path.stem}.{language}.json").read_text()) for language in ("kk", "ru"))
        for key, text in kk.items():
            yield from _leaves(f"forms/{path.stem}.kk.json", key, text, ru[key])


def _leaves(file: str, key: str, kk: Any, ru: Any) -> Iterator[Row]:
    if isinstance(kk, Mapping):
        for part, text in kk.items():
            if not (file.endswith("application.kk.json") and part.endswith(("облысы", "қаласы"))):
                yield from _leaves(file, f"{key}.{part}", text, ru[part])
    elif not any(kk.endswith(official) for official in OFFICIAL if len(official) > 40):
        yield Row(file, key, kk, ru)


def _lists() -> Iterator[Row]:
    for name in LISTS:
        for entry in json.loads((FORMS / f"lists/{name}.json").read_text()):
            yield Row(f"forms/lists/{name}.json", entry["key"], entry["kk"], entry["ru"])


def _edition() -> Iterator[Row]:
    edition = tomllib.loads((PROCESSES / "edition.toml").read_text())
    for table in ("provider.details", "appeal.body"):
        first, second = table.split(".")
        yield Row("processes/edition.toml", table, edition[first][second]["kk"], edition[first][second]["ru"])
