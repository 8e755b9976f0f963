"""Who waits for whom: a step keeps others from moving its case, and nobody who only leaves a line in its journal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.domain.case import Case
from service.usecases.audit import audit
from service.usecases.case_package import fetch_package
from service.usecases.record_reading import record_notices_read, record_paper_reading, record_reading
from service.usecases.tasks import record_refusal
from tests.program import Story

SOON = 10
"""Seconds within which an act ends that waits for nobody, however slow the machine is."""

LINES: dict[str, Callable[[Story, Case], Any]] = {
    "case_read": lambda story, case: record_reading(story.program, story.officer("head"), case.id),
    "paper_read": lambda story, case: record_paper_reading(story.program, story.officer("head"), case.id, "№ 1"),
    "package_fetched": lambda story, case: fetch_package(story.program, story.officer("head"), case.id),
    "forbidden": lambda story, case: record_refusal(story.program, story.officer("unit"), "task", case.id),
    "notices_read": lambda story, case: record_notices_read(
        story.program, story.program.queries.case(case.id), story.applicant("company_head")
    ),
}


@pytest.mark.law("L69.1", "L75.1")
@pytest.mark.parametrize("action", LINES)
def test_who_leaves_a_line_in_the_journal_waits_for_no_step_of_the_case(
    story: Story, database_kind: str, action: str
) -> None:
    case = story.complete()
    with ThreadPoolExecutor(1) as reader:
        with story.program.unit_of_work() as uow:
            uow.cases.lock(case.id)
            written = reader.submit(LINES[action], story, case)
            # SQLite has one writer at a time: there it comes after the step.
            if database_kind == "postgresql":
                written.result(SOON)
        written.result(SOON)
    assert story.said(case).count(action) == 1
    assert not list(audit(story.program))
