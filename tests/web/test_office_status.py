"""The contact centre learns one status at a time, and nothing else (A1.11.3)."""

from __future__ import annotations

import pytest

from service.domain.case import JournalEntry
from service.domain.errors import Forbidden
from service.usecases.look_up_status import look_up_status
from tests.complaints import Complaints
from tests.program import CONFORMS, Story
from tests.web.office import Desk, Office, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def asked(desk: Desk, number: str, identifier: str) -> tuple[int, str]:
    desk.get("/office/status")
    answer = desk.post("/office/status", {"number": number, "identifier": identifier})
    return answer.status_code, text(answer)


@pytest.mark.law("A1.11.3")
def test_the_contact_centre_says_where_a_case_stands_and_until_when(office: Office) -> None:
    case = office.story.assigned()
    status, said = asked(office.desk("centre"), case.number.lower(), f" {case.bin[:6]} {case.bin[6:]}")
    assert status == 200
    for told in ("Check the completeness", "Received 12.09.2023, 10:00", "End of the service term 19.09.2023, 18:30"):
        assert told.lower() in said.lower()
    for secret in (case.applicant_name, case.iin, str(case.fields["phone"]), "QazToken"):
        assert secret not in said
    assert office.story.said(case)[-1] == "status_told"


@pytest.mark.law("A1.11.3")
def test_a_closed_case_tells_its_result(office: Office) -> None:
    case = office.story.work("unit", office.story.complete(), "task_examine", **CONFORMS)
    case = office.story.work("head", case, "task_sign_permit", decision="sign")
    status, said = asked(office.desk("centre"), case.number, case.bin)
    assert (status, "Closed on 12.09.2023" in said) == (200, True)
    assert "KZ-2023" not in said


@pytest.mark.law("A1.11.3")
def test_a_caller_is_told_of_a_missed_term_too_until_the_case_is_closed(office: Office) -> None:
    case, desk = office.story.complete(), office.desk("centre")
    office.story.at("2023-09-20T10:00:00")
    assert "End of the service term 19.09.2023, 18:30 Late" in asked(desk, case.number, case.bin)[1]
    case = office.story.work("unit", case, "task_examine", **CONFORMS)
    office.story.work("head", case, "task_sign_permit", decision="sign")
    assert "End of the service term" not in asked(desk, case.number, case.bin)[1]


@pytest.mark.law("A1.11.3")
def test_who_complained_is_told_until_when_the_present_step_lasts(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    desk, numbers = Office(complaints).desk("centre"), (complaint.number, complaint.identifier)
    said = asked(desk, *numbers)[1]
    assert "Due 21.09.2023, 18:30" in said
    assert not [word for word in ("Late", "End of the service term") if word in said]
    complaints.at("2023-09-22T10:00:00")
    complaints.work("reviewer", complaint, "task_register_review", review_number="Ш-77")
    assert "Consider the complaint, Reviewing body Received 18.09.2023" in asked(desk, *numbers)[1]
    complaints.at("2023-10-20T10:00:00")
    assert "Due 13.10.2023, 18:30 Late" in asked(desk, *numbers)[1]


@pytest.mark.law("A1.11.3", "L69.1")
def test_one_number_alone_tells_nothing_and_the_attempt_is_written_down(office: Office) -> None:
    case, other = office.story.filed(), office.story.filed("entrepreneur")
    desk = office.desk("centre")
    wrong = [(case.number, other.iin), (case.number, case.iin), ("P-2023-999999", case.bin), (case.number, "12")]
    answers = [asked(desk, *numbers) for numbers in wrong]
    assert {status for status, _said in answers} == {404}
    assert len({said.partition("Number of the case")[0] for _status, said in answers}) == 1
    assert asked(desk, "", "")[0] == 400
    kept = [entry for entry in office.program.queries.office_journal().rows if entry.action == "status_not_told"]
    assert len(kept) == len(wrong)
    assert _identifiers(kept) == {"", f"…{case.bin[-4:]}", f"…{case.iin[-4:]}", f"…{other.iin[-4:]}"}
    assert "status_told" not in office.story.said(case)


def _identifiers(entries: list[JournalEntry]) -> set[str]:
    return {str(entry.details["identifier"]) for entry in entries}


@pytest.mark.law("A1.11.3")
def test_nobody_else_asks_as_the_contact_centre(story: Story) -> None:
    case = story.filed()
    for login in ("chancellery", "unit", "head", "reviewer", "supervisor", "administrator"):
        with pytest.raises(Forbidden):
            look_up_status(story.program, story.officer(login), case.number, case.bin)


def test_the_numbers_never_stand_in_an_address(office: Office) -> None:
    case = office.story.filed()
    page = office.desk("centre").get("/office/status", query_string={"number": case.number, "identifier": case.bin})
    assert case.bin not in text(page)
    assert 'method="post"' in page.text
