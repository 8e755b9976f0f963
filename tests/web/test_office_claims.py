"""Claims in court at the office's desks: recorded, corrected, closed with both documents (R15.1, R15.2)."""

from __future__ import annotations

import io

import pytest

from service.domain.case import Case
from service.domain.decisions import PermitStatus
from tests.complaints import Complaints, complaints
from tests.web.office import Desk, Office, text

__all__ = ["complaints"]
from tests.web.test_office_complaints import scan


@pytest.fixture
def office(complaints: Complaints) -> Office:
    return Office(complaints)


def recorded(desk: Desk, case: Case, document: str) -> str:
    """A claim against a document of a case; its page."""
    desk.get("/office/claims/new")
    answers = {
        "court": "Астана қаласының әкімшілік соты", "number": "7119-23", "contests": "permit",
        "plaintiff": "«Бәсекелес» ЖШС", "filed_on": "12.09.2023", "hearing_on": "", "after_complaint": "no",
        "case_number": case.number, "document_number": document,
    }  # fmt: skip
    return desk.post("/office/claims/new", answers).location


@pytest.mark.law("R15.1", "R15.2", "D8")
def test_a_claim_is_closed_with_both_documents_and_the_court_act_changes_the_register(
    office: Office, complaints: Complaints
) -> None:
    case = complaints.granted()
    document = complaints.document(case, "permit").number
    desk = office.desk("unit")
    assert desk.post("/office/claims/new", {"court": "x"}).status_code == 400
    address = recorded(desk, case, document)
    complaints.at("2023-09-12T10:05")  # where no hour has just begun
    begun = text(desk.get(address))
    assert "The claim can be closed when both documents are here." in begun
    assert "point 15 of the Rules Due 15.09.2023, 18:30 3 working days and 6 working hours left" in begun
    assert "Number of the court act" not in begun, "what cannot be sent yet is not asked"
    ending = {
        "result": "annulled", "act_number": "7119-23-00-4/1", "act_on": "12.09.2023", "act_in_force_on": "12.09.2023",
    }  # fmt: skip
    early = desk.post(f"{address}/close", ending)
    assert (early.status_code, "Both documents are needed" in text(early)) == (409, True)
    assert complaints.status(case) is PermitStatus.IN_FORCE
    duty = office.desk("head").get("/office/duties").text
    assert "Prepare the statement of defence" in duty
    for kind in ("claim_defence", "claim_position"):
        assert desk.post(f"{address}/documents/{kind}", {}).status_code == 400
        file = (io.BytesIO(scan(complaints, case)), "пікір.pdf")
        assert desk.post(f"{address}/documents/{kind}", {"file": file}).status_code == 303
        assert desk.file(f"{address}/documents/{kind}").data.startswith(b"%PDF")
    assert desk.post(f"{address}/close", {**ending, "act_number": ""}).status_code == 400
    assert desk.post(f"{address}/close", {**ending, "result": ""}).status_code == 400
    ready = text(desk.get(address))
    assert "Number of the court act" in ready
    assert "Due 15.09.2023" not in ready
    before = desk.post(f"{address}/close", {**ending, "act_in_force_on": "11.09.2023"})
    said = "The court act is of 12.09.2023: it cannot enter into force before that day."
    assert (before.status_code, f"Day of its entry into force Error: {said}" in text(before)) == (400, True)
    assert 'value="11.09.2023"' in before.text
    assert desk.post(f"{address}/close", ending).status_code == 303
    assert complaints.status(case) is PermitStatus.CANCELLED
    assert "7119-23-00-4/1" in complaints.basis(case)
    said = text(desk.get("/office/claims"))
    assert "7119-23" in said
    assert "the act is cancelled by a court act in force" in said


@pytest.mark.law("R15.1", "R15.2", "L69.1")
def test_a_claim_is_corrected_refused_twice_and_ended_as_a_mistake_with_all_faults_told(
    office: Office, complaints: Complaints
) -> None:
    case, desk = complaints.granted(), office.desk("unit")
    complaint = complaints.complained(case, "permit")
    new = {
        "court": "", "number": "7119-23", "plaintiff": "Жоспарлы ЖШС", "contests": "permit", "filed_on": "32.13.2023",
        "hearing_on": "x", "after_complaint": "", "case_number": case.number, "document_number": "",
    }  # fmt: skip
    desk.get("/office/claims/new?lang=en")
    wrong = desk.post("/office/claims/new", new)
    assert wrong.status_code == 400
    assert all(f'id="{name}-error"' in wrong.text for name in ("court", "filed_on", "hearing_on", "after_complaint"))
    assert "Жоспарлы ЖШС" in wrong.text
    summary = text(wrong).partition("There is a problem")[2].partition("Record a claim")[0]
    assert summary.split(" Fill")[0].strip() == "Court:"
    assert all(f"{label}: " in summary for label in ("Day of the claim", "Was there a complaint before"))
    good = {"court": "СМАС", "filed_on": "12.09.2023", "hearing_on": "", "after_complaint": "yes"}
    early = desk.post("/office/claims/new", {**new, **good, "filed_on": "10.09.2023", "hearing_on": "09.09.2023"})
    assert "The contested act is there since 12.09.2023 only" in text(early)
    assert "The court does not sit before the day of the claim, 10.09.2023." in text(early)
    address = desk.post("/office/claims/new", {**new, **good}).location
    twice = text(desk.post("/office/claims/new", {**new, **good}))
    assert "Claim 7119-23 of 12.09.2023 against this act is recorded already (СМАС)." in twice
    page = text(desk.get(address))
    assert "Was there a complaint before yes" in page and f"Complaints about the case: {complaint.number}" in page
    assert "after a complaint" in text(desk.get("/office/claims"))
    assert "after a complaint" in text(desk.get(f"/office/cases/{case.id}"))
    form = desk.get(f"{address}/correct").text
    assert 'value="12.09.2023"' in form and 'value="7119-23"' in form
    fixed = {**good, "number": "7119-24", "plaintiff": "Бәсекелес ЖШС", "hearing_on": "20.09.2023"}
    silent = desk.post(f"{address}/correct", {**fixed, "filed_on": "x", "reason": ""})
    assert (silent.status_code, 'id="filed_on-error"' in silent.text, 'id="reason-error"' in silent.text) == (
        400, True, True,
    )  # fmt: skip
    assert desk.post(f"{address}/correct", {**fixed, "reason": "Нөмірі қате"}).location == address
    assert "7119-24" in text(desk.get(address))
    journal = text(desk.get(f"/office/cases/{case.id}"))
    assert "Number of the claim: 7119-23 → 7119-24" in journal and "Reason: Нөмірі қате" in journal
    assert "Day of the court's session: – → 20.09.2023" in journal
    assert desk.post(f"{address}/close", {"result": "mistaken", "mistake": ""}).status_code == 400
    assert desk.post(f"{address}/close", {"result": "mistaken", "mistake": "Басқа орган"}).status_code == 303
    ended = text(desk.get(address))
    assert "entered by mistake" in ended and "Басқа орган" in ended and "Correct what was typed" not in ended
    assert "entered by mistake" in text(desk.get("/office/claims"))
    assert "entered by mistake" in text(desk.get(f"/office/cases/{case.id}"))
    assert desk.get(f"{address}/correct").status_code == 409


@pytest.mark.law("O5", "R15.2")
def test_the_supervisor_reads_a_claim_and_changes_nothing_in_it(office: Office, complaints: Complaints) -> None:
    case = complaints.granted()
    address = recorded(office.desk("unit"), case, complaints.document(case, "permit").number)
    page = office.desk("supervisor").get(address)
    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]
    assert "7119-23" in text(office.desk("supervisor").get(f"/office/cases/{case.id}"))


@pytest.mark.law("R15.1", "L100.1")
@pytest.mark.parametrize("login", ["unit", "reviewer"])
def test_who_works_on_a_complaint_reads_that_a_court_has_decided_on_the_act_meanwhile(
    office: Office, complaints: Complaints, login: str
) -> None:
    case = complaints.granted()
    complaint, desk = complaints.forwarded(case, "permit"), office.desk("unit")
    address = recorded(desk, case, complaints.document(case, "permit").number)
    court = "Астана қаласының әкімшілік соты"
    page = f"/office/cases/{complaint.id}"
    assert f"Claim 7119-23 {court}, 12.09.2023" in text(office.desk(login).get(page))
    for kind in ("claim_defence", "claim_position"):
        desk.post(f"{address}/documents/{kind}", {"file": (io.BytesIO(scan(complaints, case)), "пікір.pdf")})
    ending = {"result": "annulled", "act_number": "4/1", "act_on": "12.09.2023", "act_in_force_on": "12.09.2023"}
    assert desk.post(f"{address}/close", ending).status_code == 303
    told = office.desk(login).get(page)
    assert f"Claim 7119-23 {court}, 12.09.2023, the act is cancelled by a court act in force" in text(told)
    assert "State Cancelled on 12.09.2023 by Астана қаласының әкімшілік соты, № 4/1" in text(told)
    assert ("/office/claims/" in told.text.partition("<main")[2]) == (login == "unit")
