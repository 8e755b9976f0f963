"""Complaints and claims at the office's desks: taken in, read with the contested act, sent on by themselves, closed."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest

from service.domain.case import Case, DeadlineKind
from service.domain.deadlines import local
from service.domain.errors import NotLawful
from service.usecases.extend_term import extend_term
from tests.complaints import Complaints, complaints
from tests.web.office import Office, text

__all__ = ["complaints"]

PAPER = {
    "channel": "post", "language": "kk", "contests": "refusal", "body": "provider", "name": "«Үлгі Активтер» ЖШС",
    "bin": "150340 999016", "residence": "Алматы қаласы", "postal_address": "Алматы қаласы, Абай даңғылы, 10",
    "circumstances": "Хат қаралмады", "demands": "Бас тартудың күшін жою", "evidence": "Хаттың көшірмесі",
    "learned_on": "12.09.2023",
}  # fmt: skip


@pytest.fixture
def office(complaints: Complaints) -> Office:
    return Office(complaints)


def scan(story: Complaints, case: Case) -> bytes:
    """Any real PDF: the refusal itself."""
    return story.program.files.read(story.program.queries.case(case.id).documents[-1].sha256)


@pytest.mark.law("R13.3", "R14.1")
def test_a_task_with_the_terms_of_both_tracks_is_due_at_the_earlier_one_wherever_it_is_told(
    office: Office, complaints: Complaints
) -> None:
    complaint = complaints.complained(complaints.refused(), "refusal")
    task = complaints.open_task(complaint)
    ends = sorted(
        local(row.due_at) for row in complaints.program.queries.case(complaint.id).deadlines if row.task_id == task.id
        and row.kind is DeadlineKind.TERM
    )  # fmt: skip
    assert len(ends) == 2
    page = text(office.desk("chancellery").get(f"/office/tasks/{task.id}"))
    assert "Who complains" in page
    assert "Data from the state systems" not in page
    earlier, later = (f"{end:%d.%m.%Y, %H:%M}" for end in ends)
    assert f"until {earlier}" in page
    assert f"until {later}" not in page


@pytest.mark.law("R13.2", "L64.1", "L93.1")
def test_the_chancellery_takes_in_a_complaint_that_came_by_post(office: Office, complaints: Complaints) -> None:
    refused = complaints.refused()
    number = complaints.document(refused, "refusal").number
    desk = office.desk("chancellery")
    assert "Register a complaint" in text(desk.get("/office/cases"))
    desk.get("/office/complaints/new")
    file = (io.BytesIO(scan(complaints, refused)), "шағым.pdf")
    known = {**PAPER, "case_number": refused.number, "document_number": number}
    wrong = desk.post("/office/complaints/new", {**known, "learned_on": "31.31.2023", "scan": file})
    assert wrong.status_code == 400
    kept = wrong.text.partition('name="kept_file" value="')[2].partition('"')[0]
    assert "шағым.pdf" in text(wrong)
    assert "Хат қаралмады" in wrong.text
    done = desk.post("/office/complaints/new", {**known, "kept_file": kept})
    case_id = int(done.location.rpartition("/")[2])
    said = text(desk.get(done.location))
    for told in (refused.number, f"Reasoned refusal {number}", "Бас тартудың күшін жою", "шағым.pdf"):
        assert told in said
    assert complaints.complaint(complaints.program.queries.case(case_id).case).channel == "post"
    assert "Complaints and claims against this case" in text(desk.get(f"/office/cases/{refused.id}"))


@pytest.mark.law("L93.1")
@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"demands": ""}, "Fill in this field."),
        ({"bin": "1"}, "The number has 12 digits."),
        ({"case_number": "P-2023-999999"}, "Nothing of ours bears this number."),
        ({"contests": ""}, "Fill in this field."),
    ],
)
def test_a_complaint_that_lacks_something_is_shown_again_with_all_that_was_typed(
    office: Office, complaints: Complaints, missing: dict[str, Any], told: str
) -> None:
    desk = office.desk("chancellery")
    desk.get("/office/complaints/new")
    answer = desk.post("/office/complaints/new", {**PAPER, **missing})
    assert answer.status_code == 400
    assert told in text(answer)
    assert PAPER["evidence"] in answer.text


def test_a_scan_that_cannot_be_opened_is_not_taken(office: Office) -> None:
    desk = office.desk("chancellery")
    desk.get("/office/complaints/new")
    answer = desk.post("/office/complaints/new", {**PAPER, "scan": (io.BytesIO(b"MZ"), "x.exe")})
    assert (answer.status_code, "Only PDF, JPEG and PNG can be taken." in text(answer)) == (400, True)
    assert not office.program.queries.cases().rows


@pytest.mark.law("R13.3", "R13.2")
def test_the_unit_reads_the_act_and_when_the_complaint_goes_on_by_itself(
    office: Office, complaints: Complaints
) -> None:
    refused = complaints.refused()
    complaint = complaints.registered(refused, "refusal")
    said = text(office.desk("unit").open(complaint))
    assert "go to the reviewing body by themselves" in said
    assert "21 September 2023, 18:30" in said.replace("\u00a0", " ")
    assert refused.number in said
    assert "Automatic check of the documents" not in said
    assert "Hearing notice" not in text(office.desk("unit").get("/office/?tab=all&q=" + complaint.number))


@pytest.mark.law("R13.1", "R13.3")
def test_the_reviewing_body_sees_what_was_forwarded_and_the_contested_case_only(
    office: Office, complaints: Complaints
) -> None:
    refused, other = complaints.refused(), complaints.filed("entrepreneur")
    complaint = complaints.registered(refused, "refusal")
    desk = office.desk("reviewer")
    assert [desk.get(f"/office/cases/{case.id}").status_code for case in (complaint, refused, other)] == [403] * 3
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    assert [desk.get(f"/office/cases/{case.id}").status_code for case in (complaint, refused, other)] == [200, 200, 403]
    said = text(desk.get("/office/?tab=unassigned"))
    assert complaint.number in said
    assert other.number not in text(desk.get("/office/cases"))
    assert desk.open(complaint).status_code == 200
    assert office.desk("head").open(complaint).status_code == 403


@pytest.mark.law("L76.3")
def test_no_longer_term_is_offered_where_the_drawing_knows_none(office: Office, complaints: Complaints) -> None:
    case = complaints.assigned()
    complaint, head = complaints.complained(case, contests="action", official="Кеңсе"), office.desk("head")
    assert "/extend" in head.get(f"/office/cases/{case.id}").text
    assert "/extend" not in head.get(f"/office/cases/{complaint.id}").text
    refused = head.get(f"/office/cases/{complaint.id}/extend")
    assert (refused.status_code, "This procedure knows no longer term" in text(refused)) == (409, True)
    with pytest.raises(NotLawful) as told:
        extend_term(complaints.program, complaint.id, complaints.officer("head"), date(2023, 10, 3), "Себеп")
    assert told.value.code == "no_extension"


@pytest.mark.law("D6", "R13.3")
def test_the_only_lawful_track_is_told_as_a_fact_and_another_is_refused_all_the_same(
    office: Office, complaints: Complaints
) -> None:
    complaint = complaints.complained(complaints.refused(), "refusal")
    desk, unit = office.desk("chancellery"), str(complaints.officer("unit").officer_id)
    page = desk.open(complaint)
    assert re.findall(r'<input[^>]*name="track"[^>]*>', page.text) == ['<input type="hidden" name="track" value="act">']
    assert "against an act, action or inaction: within 3 " in text(page)
    address = page.request.path
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version is not None
    forged = desk.post(address, {"track": "service", "executor": unit, "version": version[1]})
    assert (forged.status_code, complaints.complaint(complaint).track) == (400, "")
    assert 'href="#track"' in forged.text
    assert 'id="track"' in forged.text
    assert desk.post(address, {"track": "act", "executor": unit, "version": version[1]}).status_code == 303
    assert complaints.complaint(complaint).track == "act"


@pytest.mark.law("R13.2", "U19")
def test_the_path_of_a_complaint_names_the_complaint_and_its_point(office: Office, complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.refused(), "refusal")
    said = text(office.desk("chancellery").get(f"/office/cases/{complaint.id}"))
    assert "Complaint filed" in said
    assert "point 13" in said[said.index("Complaint filed") :][:160]
    assert "Application filed" not in said


@pytest.mark.law("A3.3", "R13.4")
def test_who_signs_a_new_permit_reads_that_the_decision_gives_its_number(
    office: Office, complaints: Complaints
) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    satisfy = {"proposal": "satisfy", "remedy": "permit", "opinion": "Шағым дәлелді"}
    complaints.work("unit", complaint, "task_review_complaint", **satisfy)
    head = office.desk("head")
    said = text(head.get(head.send(complaint, decision="sign").location))
    assert "It takes the number KZ-2023-000001, and goes to the applicant, with the decision on the complaint" in said
    assert "is given at the moment of your signature" not in said
