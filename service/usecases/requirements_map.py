"""The law beside what carries it out: a point, its elements, forms, lists, letters, code and tests (U4, U17)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.domain.errors import RuqsatError
from service.domain.languages import LANGUAGES
from service.domain.law_points import carries
from service.engine.catalogue import Catalogue
from service.engine.definition import Procedure
from service.usecases.editions import processes_of

TITLES, FOUND = "requirements.toml", "requirements.json"
"""Beside the diagrams: the titles of the rows, written by hand; code and tests of each row, written by a command."""

ELEMENT, FORM, LIST, LETTER, NOTICE = "element", "form", "list", "letter", "notice"
_ROW = re.compile(r"\b[ROALD]\d+(?:\.\d+)*\b")

Words = Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """What of an edition carries a row out: an element of a procedure, a form, a list, a letter or a notice."""

    kind: str
    id: str
    process: str = ""
    names: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Defect:
    """A gap or contradiction of the text: what it says and how it is read (U17)."""

    says: Words
    reading: Words


@dataclass(frozen=True)
class Requirement:
    """One row of the law; `code` are files, `tests` files with the test (`FILE::TEST`), `shown_by` sentences of tests.

    `reason` says why no place of an edition carries the row out.
    """

    id: str
    title: Words
    reason: Words
    defect: Defect | None
    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()

    def shown(self, found: Mapping[str, Sequence[str]]) -> Requirement:
        """The same row with the code and the tests that were found."""
        code, tests, shown_by = (tuple(found.get(kind, ())) for kind in ("code", "tests", "shown_by"))
        return replace(self, code=code, tests=tests, shown_by=shown_by)

    @property
    def tests_by_file(self) -> Mapping[str, Sequence[str]]:
        """The names of the tests that show the row, by their files; none where the mark is the whole file's."""
        found: dict[str, list[str]] = {}
        for test in self.tests:
            file, _between, name = test.partition("::")
            found.setdefault(file, []).extend([name] if name else [])
        return found


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Name the file that does not say what it has to; `RuqsatError`. `ruqsat check` says where and how to mend it."""
    try:
        yield
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as wrong:
        raise RuqsatError(problem="source_wrong", file=file, detail=f"{type(wrong).__name__}: {wrong}") from wrong


def read_rows(processes: Path) -> list[Requirement]:
    """Every row in the law's order, as it is written by hand; `RuqsatError` for a broken file."""
    with reading(TITLES):
        written = tomllib.loads((processes / TITLES).read_text("utf-8"))
        defects, reasons = written.get("defect", {}), written.get("reason", {})
        return [
            Requirement(
                row,
                _words(title),
                _words(reasons[row]) if row in reasons else {},
                Defect(_words(defects[row]["says"]), _words(defects[row]["reading"])) if row in defects else None,
            )
            for row, title in written["row"].items()
        ]


def read_requirements(processes: Path) -> list[Requirement]:
    """Every row in the law's order, with the code and the tests that the command has found; `RuqsatError`."""
    rows, path = read_rows(processes), processes / FOUND
    if not path.exists():
        return rows
    with reading(FOUND):
        found: Mapping[str, Mapping[str, list[str]]] = json.loads(path.read_text("utf-8"))
        return [one.shown(found.get(one.id, {})) for one in rows]


def titles(processes: Path) -> dict[str, bytes]:
    """The file of the rows by its name, if the folder holds one; an edition does not freeze it."""
    path = processes / TITLES
    return {TITLES: path.read_bytes()} if path.is_file() else {}


def _words(texts: Any) -> Words:
    return dict(zip(LANGUAGES, texts, strict=True))


def cited_rows(text: str, rows: Iterable[str]) -> set[str]:
    """The rows that a text of code or a template names."""
    return set(_ROW.findall(text)) & set(rows)


def places(
    files: Mapping[str, bytes], catalogues: Mapping[str, Catalogue], rows: Iterable[str]
) -> dict[str, list[Place]]:
    """What of an edition carries out each row; a row that nothing carries out has an empty list."""
    marked = [*_elements(catalogues), *_forms(files), *_lists(files)]
    found = {row: [place for code, place in marked if carries(code, row)] for row in rows}
    for name, content in files.items():
        if name.startswith("forms/documents/") and name.endswith(".html"):
            with reading(name):
                cited = cited_rows(content.decode(), found)
            for row in cited:
                found[row].append(Place(LETTER, name.removeprefix("forms/documents/").removesuffix(".html")))
    return {
        row: list({(one.kind, one.process, one.id): one for one in listed}.values()) for row, listed in found.items()
    }


def read_catalogues(files: Mapping[str, bytes], functions: Mapping[str, Callable[..., Any]]) -> Mapping[str, Catalogue]:
    """Every procedure among these files, as rows."""
    procedures = {
        name: Procedure.load(files, name, functions=functions, clock=lambda: datetime.now(UTC))
        for name in processes_of(files)
    }
    return {name: procedure.catalogue for name, procedure in procedures.items()}


def _elements(catalogues: Mapping[str, Catalogue]) -> Iterator[tuple[str, Place]]:
    """Each element with its points; the form and the letter of a task carry out what the task does."""
    for process, catalogue in catalogues.items():
        for element in catalogue.elements:
            for code in element.law:
                yield code, Place(ELEMENT, element.id, process, element.names)
                if element.form:
                    yield code, Place(FORM, element.form)
                if element.document:
                    yield code, Place(LETTER, element.document)


def _forms(files: Mapping[str, bytes]) -> Iterator[tuple[str, Place]]:
    for name, content in files.items():
        if name.startswith("forms/") and name.endswith(".form"):
            with reading(name):
                codes = list(_laws(json.loads(content)))
            for code in codes:
                yield code, Place(FORM, name.removeprefix("forms/").removesuffix(".form"))


def _laws(component: Mapping[str, Any]) -> Iterator[str]:
    yield from re.split(r"[,;\s]+", str((component.get("properties") or {}).get("law") or ""))
    for inner in component.get("components") or ():
        yield from _laws(inner)


def _lists(files: Mapping[str, bytes]) -> Iterator[tuple[str, Place]]:
    """A list with the articles of its entries; each entry of the notices is one that people receive."""
    for name, content in files.items():
        if not name.startswith("forms/lists/"):
            continue
        if name.endswith("rules_text.json"):
            # The text itself carries nothing out.
            continue
        with reading(name):
            listed = list(_listed(name.removeprefix("forms/lists/").removesuffix(".json"), json.loads(content)))
        yield from listed


def _listed(name: str, found: Any) -> Iterator[tuple[str, Place]]:
    for key, entry in found.items() if isinstance(found, dict) else ((str(one.get("key")), one) for one in found):
        place = Place(NOTICE, key, names=entry["subject"]) if name == "notices" else Place(LIST, name)
        yield from ((code, place) for code in re.split(r"[,;\s]+", str(entry.get("article") or "")))
