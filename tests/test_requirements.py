"""The map of the law is whole and fresh: every row is carried out or says why not, and is shown by a test."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from service.calendar_file import load_calendar
from service.cli.law import PAPER, law_map
from service.domain.law_points import carries
from service.domain.timers import diagram_functions
from service.settings import ROOT, Settings
from service.usecases.editions import collect
from service.usecases.requirements_map import (
    FOUND,
    Place,
    Requirement,
    places,
    read_catalogues,
    read_requirements,
)

PROCESSES, RENEW = ROOT / "processes", "run: ruqsat show law --write"
GAPS = [f"D{number}" for number in range(1, 13)]


@cache
def written() -> tuple[str, str]:
    """The paper and the file as they should be now."""
    return law_map(Settings())


@cache
def rows() -> dict[str, Requirement]:
    return {one.id: one for one in read_requirements(PROCESSES)}


@cache
def placed() -> dict[str, list[Place]]:
    files = collect(PROCESSES, ROOT / "forms")
    functions = diagram_functions(load_calendar(PROCESSES / "calendar" / "kz.csv"))
    return places(files, read_catalogues(files, functions), rows())


def test_the_map_of_the_law_is_fresh() -> None:
    paper, found = written()
    assert PAPER.read_text("utf-8") == paper, RENEW
    assert (PROCESSES / FOUND).read_text("utf-8") == found, RENEW


def test_every_row_is_shown_by_a_test_that_bears_its_mark_or_says_why_not() -> None:
    missing = [row for row, one in rows().items() if not (any(one.tests_by_file.values()) or one.reason)]
    assert missing == [], f"no test cites {', '.join(missing)}"


def test_every_test_of_the_map_is_one() -> None:
    for one in rows().values():
        for file, names in one.tests_by_file.items():
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
            assert set(names) <= defined, (one.id, file)


def test_every_row_is_carried_out_by_the_drawings_or_by_code_that_a_test_shows_or_says_why_not() -> None:
    empty = [
        row
        for row, one in rows().items()
        if not (placed()[row] or (one.code and any(one.tests_by_file.values())) or one.reason)
    ]
    assert empty == []


def test_every_title_reason_and_defect_stands_in_three_languages() -> None:
    for one in rows().values():
        told = [one.title, *([one.reason] if one.reason else [])]
        told += [one.defect.says, one.defect.reading] if one.defect else []
        for words in told:
            assert list(words) == ["kk", "ru", "en"], one.id
            assert all(text.strip() for text in words.values()), one.id


@pytest.mark.parametrize("row", GAPS)
def test_every_defect_of_the_text_says_how_it_is_read_and_which_tests_fix_it(row: str) -> None:
    assert rows()[row].defect is not None
    assert rows()[row].shown_by


def test_no_test_and_no_drawing_names_a_row_that_is_none() -> None:
    named = {
        (path.name, row)
        for path in (ROOT / "tests").rglob("test_*.py")
        for mark in re.findall(r"mark\.law\(([^)]*)\)", path.read_text("utf-8"))
        for row in re.findall(r'"([^"]+)"', mark)
    }
    known = {row for _file, row in named if row.startswith("U") or any(carries(row, one) for one in rows())}
    strange = sorted((file, row) for file, row in named if row not in known)
    assert strange == []


def test_every_point_on_a_drawing_belongs_to_a_row() -> None:
    files = collect(PROCESSES, ROOT / "forms")
    functions = diagram_functions(load_calendar(PROCESSES / "calendar" / "kz.csv"))
    for process, catalogue in read_catalogues(files, functions).items():
        for element in catalogue.elements:
            for code in element.law:
                assert any(carries(code, row) for row in rows()), (process, element.id, code)


@pytest.mark.parametrize(
    ("code", "row", "does"),
    [
        ("6", "R6.2", True),
        ("R6.2", "R6.2", True),
        ("R6.1", "R6.2", False),
        ("1", "R10.1", False),
        ("A1.9", "A1.9.3", True),
        ("L73", "L73.4", True),
        ("", "R1.1", False),
    ],
)
def test_a_point_carries_out_its_own_rows_alone(code: str, row: str, does: bool) -> None:
    assert carries(code, row) is does


def test_a_part_that_is_taken_out_of_the_drawing_is_missed() -> None:
    files = collect(PROCESSES, ROOT / "forms")
    functions = diagram_functions(load_calendar(PROCESSES / "calendar" / "kz.csv"))
    catalogues = read_catalogues(files, functions)
    without = {"appeal": catalogues["appeal"]}
    assert any(place.process == "permit" for place in placed()["R11.1"])
    assert not any(place.process == "permit" for place in places(files, without, rows())["R11.1"])
