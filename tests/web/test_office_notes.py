"""What the office is reminded of: notes on top of the worklist until they are put away."""

from __future__ import annotations

import pytest

from service.domain.messages import NOTES, OfficerNote
from service.usecases.applicant_acts import submit_position
from service.web.officer.worklist import note_text
from tests.program import Story
from tests.web.office import Office, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


@pytest.mark.law("R6.1", "R8.2")
def test_reminders_stand_on_top_until_they_are_put_away(office: Office) -> None:
    case = office.story.assigned()
    office.story.at("2023-09-14T09:30:00")
    unit = office.desk("unit")
    said = text(unit.get("/office/"))
    assert "Reminder of the term: Check the completeness of the documents, 2 (two) working days" in said
    note = office.program.queries.notes(office.story.officer("unit").officer_id or 0, ["unit"])[0]
    unit.post(f"/office/notes/{note.id}/dismiss", {"page": "/office/"})
    assert "note_dismissed" in office.story.said(case)
    office.story.at("2023-09-14T18:40:00")
    head = office.desk("head")
    assert "Missed term: Check the completeness of the documents" in text(head.get("/office/"))
    escalation = office.program.queries.notes(office.story.officer("head").officer_id or 0, ["head"])[0]
    assert unit.post(f"/office/notes/{escalation.id}/dismiss", {}).status_code == 403


@pytest.mark.law("R6.1", "R8.2")
def test_a_reminder_goes_with_its_term(office: Office) -> None:
    case = office.story.assigned()
    office.story.at("2023-09-14T09:30:00")
    unit = office.desk("unit")
    reminder = "Reminder of the term: Check the completeness of the documents, 2 (two) working days"
    assert reminder in text(unit.get("/office/"))
    office.story.work("unit", case, "task_check_completeness", complete="yes")
    assert reminder not in text(unit.get("/office/"))
    assert case.number in text(unit.get("/office/"))


@pytest.mark.law("R8.2", "L73.3")
def test_what_has_happened_stands_no_higher_than_a_newer_reminder(office: Office) -> None:
    heard = office.story.invited()
    office.story.assigned("entrepreneur")
    submit_position(office.program, heard.id, office.story.applicant("company_head"), "Келіспеймін", wants_oral=False)
    office.story.at("2023-09-14T09:30:00")
    said = text(office.desk("unit").get("/office/"))
    position, reminder = "The applicant has stated a position", "Reminder of the term: Check the completeness"
    assert reminder in said.partition(position)[0]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_kind_of_note_has_its_sentence(office: Office, language: str) -> None:
    said = {"basis": "№ 1", "text": "the reasons", "decision": "№ 2"}
    with office.app.test_request_context(f"/office/?lang={language}"):
        notes = [OfficerNote(1, kind, office.program.clock.now(), "", details=said) for kind in NOTES]
        assert len({note_text(note, "…") for note in notes}) == len(NOTES)
    with pytest.raises(ValueError, match="unknown kind"):
        OfficerNote(1, "whatever", office.program.clock.now(), "")


@pytest.mark.law("L73.3")
def test_a_position_is_told_as_such(office: Office) -> None:
    case = office.story.invited()
    submit_position(office.program, case.id, office.story.applicant("company_head"), "Келіспеймін", wants_oral=False)
    assert "The applicant has stated a position" in text(office.desk("unit").get("/office/"))
