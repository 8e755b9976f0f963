"""The terms of a complaint as rows: which is due first, how each was counted, whom they remind (D25, D27)."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from service.domain.case import DeadlineKind
from service.domain.deadlines import ZONE
from service.usecases.case_terms import anchors
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.complaints import Complaints


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.law("L64.1", "R13.3", "D24")
def test_of_two_terms_of_a_task_the_first_is_the_one_the_officer_sees(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.refused(), "refusal")
    (task,) = complaints.program.queries.case(complaint.id).open_tasks()
    assert task.element == "task_register_complaint"
    assert task.due_at == at("2023-09-18T18:30")


@pytest.mark.law("R13.3", "D25", "D27")
def test_the_forwarding_reminds_at_half_of_its_three_days_and_on_the_last(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    rows = complaints.program.queries.case(complaint.id).deadlines
    term = next(row for row in rows if row.element == "deadline_forward" and row.kind is DeadlineKind.TERM)
    reminders = [row for row in rows if row.element == "deadline_forward" and row.kind is DeadlineKind.REMINDER]
    assert term.due_at == at("2023-09-21T18:30")
    assert len(reminders) == 2
    assert all(row.due_at < term.due_at for row in reminders)


@pytest.mark.law("R14.2", "D25", "D27")
def test_the_proof_tells_from_which_day_each_term_of_a_complaint_was_counted(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    view = complaints.program.queries.case(complaint.id)
    assert {name: str(day) for name, day in anchors(view.case, view.complaint).items() if day} == {
        "received_on": "2023-09-18", "registered_on": "2023-09-18", "forwarded_on": "2023-09-18",
        "review_registered_on": "2023-09-18",
    }  # fmt: skip
    content = json.dumps(json.loads(terms_proof(complaints.program, complaint.id, term_words())))
    for anchor in ("received_on", "review_registered_on"):
        assert f'"anchor": "{anchor}"' in content
