"""`ruqsat show law`: each requirement of the law beside what carries it out and the tests that show it (U4, U17)."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from service.calendar_file import load_calendar
from service.domain.timers import diagram_functions
from service.settings import ROOT, Settings
from service.usecases.editions import collect
from service.usecases.requirements_map import (
    FOUND,
    LIST,
    cited_rows,
    places,
    read_catalogues,
    read_rows,
)
from service.usecases.requirements_text import in_words

PAPER = ROOT / "docs" / "requirements.md"


def law_map(settings: Settings) -> tuple[str, str]:
    """The paper, and what the page needs of code and tests, both as they should be now."""
    files = collect(settings.processes, settings.forms)
    functions = diagram_functions(load_calendar(settings.processes / "calendar" / "kz.csv"))
    written = read_rows(settings.processes)
    rows = [one.id for one in written]
    placed = places(files, read_catalogues(files, functions), rows)
    drawn = {row for row, listed in placed.items() if any(place.kind != LIST for place in listed)}
    tests, code = _tests(ROOT / "tests"), _code(ROOT / "service", rows)
    found = {row: _found(row, tests.get(row, []), [] if row in drawn else code.get(row, [])) for row in rows}
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    return in_words([one.shown(found[one.id]) for one in written], placed), text


def write(settings: Settings) -> list[Path]:
    """Renew the paper and the file beside the diagrams."""
    paper, found = law_map(settings)
    PAPER.write_text(paper, "utf-8")
    (settings.processes / FOUND).write_text(found, "utf-8")
    return [PAPER, settings.processes / FOUND]


def _found(row: str, tests: list[tuple[str, str]], code: list[str]) -> Mapping[str, list[str]]:
    """The tests and modules that name a row; sentences only where the page prints them, at the defects of the text."""
    found = {"tests": sorted({f"{file}::{test}" if test else file for file, test in tests}), "code": sorted(code)}
    if row.startswith("D"):
        found["shown_by"] = sorted({test.removeprefix("test_").replace("_", " ") for _file, test in tests})
    return {name: listed for name, listed in found.items() if listed}


def _code(folder: Path, rows: list[str]) -> dict[str, list[str]]:
    """The modules that name a row in their words."""
    named: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        for row in cited_rows(path.read_text("utf-8"), rows):
            named.setdefault(row, []).append(path.relative_to(folder.parent).as_posix())
    return named


def _tests(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Of each row the tests whose mark `law` names it: file, and the name of the test; empty for the whole file."""
    shown: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        file = path.relative_to(folder.parent).as_posix()
        for row, test in _marked(ast.parse(path.read_text("utf-8"))):
            shown.setdefault(row, []).append((file, test))
    return shown


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each row that a mark names, with the test or class that bears it; a mark of the whole file has no test."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for mark in node.decorator_list:
                yield from ((row, node.name) for row in _rows(mark))
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets):
            yield from ((row, "") for row in _rows(node.value))


def _rows(mark: ast.expr) -> Iterator[str]:
    for node in ast.walk(mark):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "law":
            yield from (str(value.value) for value in node.args if isinstance(value, ast.Constant))
