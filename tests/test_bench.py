"""The benchmarks measure what they say: many cases, no two alike, and a report that hides nothing."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, distinct, func, select

from bench import packed, report
from bench.bare import told_the_time
from bench.crowd import Crowd
from bench.figures import Figure
from bench.places import NotSafe, conditions
from bench.steps import BARE, SMALL, STEPS, TIMES, both_sides, clock_of
from bench.town import opened
from service.adapters.database import tables
from service.adapters.database.connection import connect
from service.demo.world import World

CASES = 40


def test_no_two_cases_of_a_crowd_are_alike_and_some_are_late_and_some_have_permits(
    database_url: str, world: World, tmp_path: Path
) -> None:
    case, entry = tables.case.c, tables.register_entry.c
    alike = (case.number, case.iin, case.bin, case.applicant_name, case.search_name, case.manifest)
    with opened(database_url, tmp_path, world) as town:
        crowd = Crowd(town, town.assigned())
        crowd.grow(CASES // 4)
        crowd.grow(CASES - CASES // 4)
        crowd.settle()
        with town.program.database.engine.connect() as connection:
            for column in (*alike, cast(case.fields, Text)):
                assert connection.scalar(select(func.count(distinct(column)))) == CASES + 1, str(column)
            assert connection.scalar(select(func.count(distinct(entry.holder_name)))) == CASES // 2
        found = town.program.queries.worklist(["unit"], town.program.clock.now(), late=True)
        assert found.total == sum(row.late for row in found.rows) == CASES // 10


def test_the_bare_engine_takes_the_same_steps_on_the_drawing_of_today(
    database_url: str, world: World, tmp_path: Path
) -> None:
    with opened(database_url, tmp_path, world) as town, told_the_time(clock_of(town)):
        _bare, steps = both_sides(town)
        assert [element for _what, element, _said in steps] == ["task_assign", "task_check_completeness"]


def test_a_contested_case_comes_to_its_package_on_the_drawing_of_today(
    database_url: str, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "ROUNDS", 1)
    with opened(database_url, tmp_path, world) as town:
        assert len(list(packed.measured(town, "any"))) == 2


def test_a_database_that_tells_a_commit_before_it_is_on_the_disk_is_refused(database_url: str) -> None:
    engine = connect(database_url)  # The tests' own do not wait for the disk.
    with pytest.raises(NotSafe):
        conditions(engine)
    engine.dispose()


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report of a start that is quick enough on one of both databases."""
    figures = [
        Figure(about, f"start{what}", database, value, unit, target, runs=40)
        for about, most in ((STEPS, 2.5), (SMALL, None))
        for database, times in (("sqlite", 2.0), ("postgresql", 3.0))
        for what, value, unit, target in (
            (TIMES, times, "x", most),
            ("", times * 5, "ms", None),
            (BARE, 5, "ms", None),
        )
    ]
    told = {
        "measured_at": "2026-11-30T00:00:00+00:00",
        "machine": "2 cores",
        "databases": {"sqlite": "SQLite, on", "postgresql": "PostgreSQL, on"},
        "figures": [each.as_row() for each in figures],
    }
    (tmp_path / "results.json").write_text(json.dumps(told))
    (tmp_path / "performance.md").write_text(f"Before.\n{report.BEGIN}\nold\n{report.END}\nAfter.\n")
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(report, "REPORT", tmp_path / "performance.md")
    monkeypatch.setattr(report, "DOCS", tmp_path)
    report.write_report()
    return tmp_path


def test_the_report_says_what_is_not_reached_and_on_what_it_was_measured(written: Path) -> None:
    said = (written / "performance.md").read_text()
    assert said.startswith("Before.")
    assert said.endswith("After.\n")
    assert "| start: times the bare engine | ≤ 2.5 x | 2 x | **3 x: not reached** | 40 |" in said
    assert "- PostgreSQL, on" in said
    assert "1 of 2 figures are reached" in said


def test_every_plot_of_the_report_is_drawn_and_readable(written: Path) -> None:
    said = (written / "performance.md").read_text()
    for name in report.PLOTS:
        assert f"]({name})" in said
        assert ElementTree.parse(written / name).getroot().tag.endswith("svg")
    assert "15 ms, Ruqsat" in (written / "performance.svg").read_text()
