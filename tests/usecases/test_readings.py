"""Who reads a case leaves a line in its journal, and no page suffers from it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.usecases.record_reading import record_reading, record_search
from tests.program import Story


@pytest.mark.law("L69.1", "L75.1")
def test_a_reading_is_noted_once_an_hour_for_each_officer_and_case(story: Story) -> None:
    case, other, head = story.filed(), story.filed("company_signer"), story.officer("head")
    assert [record_reading(story.program, head, case.id) for _ in range(3)] == [True, False, False]
    assert record_reading(story.program, story.officer("unit"), case.id)
    assert record_reading(story.program, head, other.id)
    story.at("2023-09-12T11:05:00")
    assert record_reading(story.program, head, case.id)
    assert story.said(case).count("case_read") == 3
    assert not record_reading(story.program, SYSTEM, case.id)


@pytest.mark.law("L75.1")
def test_pages_that_open_at_once_leave_one_line(story: Story) -> None:
    case, head = story.filed(), story.officer("head")
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda _: record_reading(story.program, head, case.id), range(4)))
    assert sum(written) == 1
    assert story.said(case).count("case_read") == 1


@pytest.mark.law("L75.1")
def test_a_reading_that_cannot_be_noted_hurts_no_page(story: Story) -> None:
    case, head = story.filed(), story.officer("head")

    def broken() -> UnitOfWork:
        raise OSError("no room")

    unit_of_work: Callable[[], UnitOfWork] = broken
    assert not record_reading(replace(story.program, unit_of_work=unit_of_work), head, case.id)
    assert "case_read" not in story.said(case)


@pytest.mark.law("L69.1", "L75.1")
@pytest.mark.parametrize(
    ("asked", "by", "said"),
    [
        ("850615 399019", "identifier", "…9019"),
        ("P-2023-0", "number", "P-2023-0"),
        ("Үлгі " * 50, "name", "Үлгі " * 20),
    ],
)
def test_a_search_says_by_what_and_how_many_were_found(story: Story, asked: str, by: str, said: str) -> None:
    head = story.officer("head")
    assert record_search(story.program, head, asked, 3)
    line = story.program.queries.office_journal().rows[0]
    assert (line.case_id, line.actor, line.role, line.action) == (None, head.name, head.role, "cases_searched")
    assert line.details == {"by": by, "asked": said, "found": 3}
