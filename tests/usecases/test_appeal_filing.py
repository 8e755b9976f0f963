"""Filing a complaint: accepted at once and always, marked when late, and the contested act is suspended (R13.2)."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.decisions import PermitStatus
from service.domain.errors import CaseChanged, Forbidden, InvalidAnswers, SignatureRefused
from service.usecases.audit import audit
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.usecases.manifest import read_manifest
from service.usecases.take_complaint import take_complaint
from tests.complaints import SAYS, Complaints

PERSONA = "company_head"


@pytest.mark.law("R13.2", "L93.1", "L64.1")
def test_a_complaint_from_a_case_is_a_case_of_its_own_that_points_at_the_act(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.complained(refused, "refusal")
    assert (complaint.number, complaint.procedure) == ("A-2023-000001", "appeal")
    row = complaints.complaint(complaint)
    assert row.contested_case_id == refused.id
    assert row.contested_document_id == complaints.document(refused, "refusal").id
    assert row.official_id == complaints.officer("head").officer_id
    assert complaints.told(complaint) == ["complaint_accepted", "complaint_registered"]
    assert "complaint_against" in complaints.said(refused)
    assert complaints.now(refused).outcome == "refused"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L93.1", "R2.4")
def test_what_is_signed_names_the_act_by_its_number_and_every_word_of_the_complaint(complaints: Complaints) -> None:
    refused = complaints.refused()
    draft = complaints.drafted(refused, "refusal")
    content = read_manifest(prepare_complaint(complaints.program, draft, complaints.applicant(PERSONA), "kk"))
    assert content["service"] == "appeal"
    assert content["fields"]["contested_document"] == complaints.document(refused, "refusal").number
    assert content["fields"]["contested_case"] == refused.number
    assert {name: content["fields"][name] for name in SAYS} == SAYS


@pytest.mark.law("R13.2")
def test_the_second_press_gives_the_same_complaint(complaints: Complaints) -> None:
    draft = complaints.drafted(complaints.refused(), "refusal")
    assert complaints.sent(draft).id == complaints.sent(draft).id


@pytest.mark.law("R13.2", "R3.3")
def test_a_complaint_changed_after_it_was_prepared_or_signed_by_another_is_not_taken(complaints: Complaints) -> None:
    draft, applicant = complaints.drafted(None, contests="action", official="Иванов"), complaints.applicant(PERSONA)
    content = prepare_complaint(complaints.program, draft, applicant, "kk")
    with pytest.raises(SignatureRefused):
        file_complaint(complaints.program, draft, applicant, complaints.pki.sign_cms("entrepreneur", content))
    with pytest.raises(Forbidden):
        file_complaint(complaints.program, draft, complaints.applicant("entrepreneur"), b"")
    with pytest.raises(CaseChanged):
        file_complaint(complaints.program, complaints.drafted(None), applicant, b"")


@pytest.mark.law("R13.2", "L64.1")
def test_a_complaint_without_a_case_is_accepted(complaints: Complaints) -> None:
    complaint = complaints.complained(None, contests="inaction", official="Кеңсе маманы")
    row = complaints.complaint(complaint)
    assert (row.contested_case_id, row.suspended) == (None, False)
    assert "act_not_suspended" in complaints.said(complaint)


@pytest.mark.law("L93.1")
def test_a_complaint_says_all_that_the_law_wants(complaints: Complaints) -> None:
    draft = complaints.drafted(None, contests="action", circumstances="", demands=" ", learned_on="2023-09-13")
    with pytest.raises(InvalidAnswers) as refused:
        prepare_complaint(complaints.program, draft, complaints.applicant(PERSONA), "kk")
    assert set(refused.value.data["errors"]) == {"circumstances", "demands", "official", "learned_on"}


@pytest.mark.law("L92.1", "L64.1", "L76.1")
@pytest.mark.parametrize(("filed", "late"), [("2023-12-19T10:00", False), ("2023-12-20T10:00", True)])
def test_three_months_after_learning_of_the_act_a_complaint_is_late_and_accepted(
    complaints: Complaints, filed: str, late: bool
) -> None:
    """18 December 2023 is a day off, moved from Independence Day: the term ends on the next working day (L76.1)."""
    refused = complaints.refused()
    complaints.at(filed)
    complaint = complaints.complained(refused, "refusal", explained="no")
    row = complaints.complaint(complaint)
    assert (row.learned_on, row.months, row.late) == (date(2023, 9, 18), 3, late)
    assert row.suspended is not late


@pytest.mark.law("L92.1", "L80.5")
@pytest.mark.parametrize(("explained", "late"), [("no", False), ("yes", True)])
def test_without_the_attachment_on_complaints_there_are_six_months(
    complaints: Complaints, explained: str, late: bool
) -> None:
    granted = complaints.granted()
    complaints.at("2024-03-12T10:00")
    row = complaints.complaint(complaints.complained(granted, "permit", explained=explained))
    assert (row.months, row.late) == (3 if late else 6, late)


@pytest.mark.law("R13.2", "R11.2", "L91.1")
def test_filing_suspends_the_permit_that_it_contests_and_the_register_says_why(complaints: Complaints) -> None:
    granted = complaints.granted()
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    complaint = complaints.complained(granted, "permit")
    assert complaints.status(granted) is PermitStatus.SUSPENDED
    assert complaints.basis(granted) == complaint.number
    assert complaints.complaint(complaint).suspended


@pytest.mark.law("L64.1", "R13.2")
def test_after_hours_a_complaint_is_accepted_at_once_and_registered_on_the_next_working_day(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    complaints.at("2023-09-29T18:30:01")
    complaint = complaints.complained(refused, "refusal")
    assert complaints.told(complaint) == ["complaint_accepted"]
    complaints.at("2023-10-02T00:00:01")
    assert complaints.now(complaint).registered_on == date(2023, 10, 2)
    assert complaints.open_elements(complaint) == {"task_register_complaint"}


@pytest.mark.law("L64.1", "R13.2")
def test_the_chancellery_takes_in_a_complaint_on_paper(complaints: Complaints) -> None:
    refused = complaints.refused()
    answers = {
        **SAYS,
        "name": refused.applicant_name,
        "bin": refused.bin,
        "channel": "post",
        "contests": "refusal",
        "residence": "Астана",
        "postal_address": "Астана",
        "learned_on": "2023-09-18",
        "case_number": refused.number,
        "document_number": complaints.document(refused, "refusal").number,
    }
    chancellery = complaints.officer("chancellery")
    complaint = take_complaint(complaints.program, chancellery, answers, submission="paper-1")
    assert take_complaint(complaints.program, chancellery, answers, submission="paper-1").id == complaint.id
    row = complaints.complaint(complaint)
    assert (row.channel, row.suspended, row.contested_case_id) == ("post", True, refused.id)
    with pytest.raises(InvalidAnswers) as wrong:
        take_complaint(complaints.program, chancellery, {**answers, "bin": "1", "document_number": "BT-1"})
    assert set(wrong.value.data["errors"]) == {"bin", "document_number"}
    with pytest.raises(Forbidden):
        take_complaint(complaints.program, complaints.officer("unit"), answers)


@pytest.mark.law("L64.1")
def test_nobody_stops_another_persons_permit_by_a_paper(complaints: Complaints) -> None:
    granted = complaints.granted()
    answers = {
        **SAYS,
        "name": "Бәсекелес",
        "iin": complaints.applicant("entrepreneur").iin,
        "channel": "by_hand",
        "contests": "permit",
        "residence": "Астана",
        "postal_address": "Астана",
        "learned_on": "2023-09-12",
        "case_number": granted.number,
        "document_number": complaints.document(granted, "permit").number,
    }
    complaint = take_complaint(complaints.program, complaints.officer("chancellery"), answers)
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    assert "act_not_suspended" in complaints.said(complaint)


@pytest.mark.law("L93.1", "D20")
def test_a_complaint_is_prepared_anew_on_the_next_local_day(complaints: Complaints) -> None:
    draft, applicant = complaints.drafted(None, contests="action", official="Кеңсе"), complaints.applicant(PERSONA)
    complaints.at("2023-09-12T23:50:00")
    content = prepare_complaint(complaints.program, draft, applicant, "kk")
    complaints.at("2023-09-12T23:59:00")
    assert prepare_complaint(complaints.program, draft, applicant, "kk") == content
    complaints.at("2023-09-13T00:10:00")
    assert prepare_complaint(complaints.program, draft, applicant, "kk") != content
