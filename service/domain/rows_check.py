"""What is wrong with the rows of the law that stand beside the diagrams: each is told in three languages (U4, U17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.forms_check import Finding
from service.domain.languages import LANGUAGES

DEFECT = ("says", "reading")
"""What is told of a gap of the text."""


def check_rows(file: str, told: Mapping[str, Any]) -> Iterator[Finding]:
    """Every title, reason and gap that a page could not show; `told` is what the file holds."""
    rows = told.get("row")
    if not isinstance(rows, dict) or not rows:
        yield Finding(file, "row", "rows_missing", {})
        return
    for name in ("row", "reason"):
        for row, texts in _table(told, name).items():
            yield from _in_languages(file, f"{name}.{row}", texts)
    for row, gap in _table(told, "defect").items():
        for part in DEFECT:
            yield from _in_languages(file, f"defect.{row}.{part}", gap.get(part) if isinstance(gap, dict) else None)


def _table(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A table of the file; one that is none lacks whatever it should hold."""
    found = told.get(name, {})
    return found if isinstance(found, dict) else {"": found}


def _in_languages(file: str, name: str, texts: object) -> Iterator[Finding]:
    told = [text for text in texts if isinstance(text, str) and text.strip()] if isinstance(texts, list) else []
    if told != texts or len(told) != len(LANGUAGES):
        yield Finding(file, name, "row_texts", {})
