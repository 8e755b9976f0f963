"""A note for officers goes when what it asks for is done: nobody is told to do it again."""

from __future__ import annotations

import pytest

from service.domain.people import Actor
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.hearings import REFUSED, says


def kinds(story: Story, login: str) -> list[str]:
    """The kinds of the notes that this officer has not put away."""
    officer: Actor = story.officer(login)
    return [note.kind for note in story.program.queries.notes(officer.officer_id or 0, officer.roles)]


@pytest.mark.law("R13.3", "R14.2")
def test_a_complaint_that_is_registered_waits_for_its_registration_no_longer(complaints: Complaints) -> None:
    registered = complaints.registered(complaints.granted(), "permit")
    complaints.work("unit", registered, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    assert kinds(complaints, "reviewer") == ["forwarded"]
    complaints.work("reviewer", registered, "task_register_review", review_number="Ш-77")
    assert kinds(complaints, "reviewer") == []


@pytest.mark.law("R8.3", "L73.3")
def test_a_position_on_which_the_hearing_was_held_is_announced_no_longer(story: Story) -> None:
    case = story.invited()
    says(story, case)
    assert kinds(story, "unit") == ["position"]
    story.at("2023-09-14T12:00:00")
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    assert "position" not in kinds(story, "unit")
