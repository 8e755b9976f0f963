"""The holder of a contested permit opens the minutes of the own hearing in the own case, and nobody else's (L74.1)."""

from __future__ import annotations

import pytest

from service.sandbox.personas import PERSONAS
from service.usecases.minutes import RemarkAnswer
from tests.complaints import Complaints
from tests.program import LETTER, TITLE, TRADE
from tests.usecases.beside import duties, minutes_of, signed
from tests.usecases.test_holder_heard import STRANGER
from tests.usecases.test_holder_minutes import SAID, heard, remarked
from tests.web.cabinet import Cabinet, text
from tests.web.office import Office
from tests.web.office import text as office_text
from tests.web.test_terms_in_words import mailed


@pytest.mark.law("L74.1")
def test_the_holder_opens_the_minutes_and_remarks_and_reads_the_answer_in_the_own_case(complaints: Complaints) -> None:
    granted, complaint = heard(complaints)
    minutes, seat = minutes_of(complaints, complaint), Cabinet(complaints).seat("company_head")
    own = f"/cabinet/cases/{granted.id}"
    page = seat.get(own)
    assert f"Minutes of the hearing № {minutes.number}" in text(page)
    assert "in time until 19.09.2023, 18:30" in text(page)
    assert "Read the minutes of the hearing on a complaint against the permit" in text(page)
    paper = f"{own}/documents/{minutes.document_id}"
    assert page.text.count(f'"{paper}"') == 3
    got = seat.client.get(paper)
    assert (got.status_code, got.data[:5]) == (200, b"%PDF-")
    remark = f"{own}/minutes/{minutes.id}"
    assert "In time until 19.09.2023, 18:30." in text(seat.get(remark))
    assert seat.post(remark, {"text": SAID}).location == own
    assert f"Waits for an answer {SAID}" in text(seat.get(own))
    (duty,) = duties(complaints, complaint, "answer_remarks")
    signed(complaints, "reviewer2", RemarkAnswer(), complaint, **duty.details, answer="Толықтырылды")
    after = seat.get(own)
    assert f"{SAID} Answer: Толықтырылды" in text(after)
    assert "Remarks on the minutes and their answers" in text(after)
    assert "соңғы мерзімі – 19.09.2023 18:30." in mailed(complaints, granted, "holder_minutes")


@pytest.mark.law("L74.1", "L75.1", "A1.11.3")
def test_the_holder_opens_that_paper_and_no_other_of_the_complaint(complaints: Complaints) -> None:
    granted, complaint = heard(complaints)
    complaints.at("2023-09-15T09:00")
    complaints.reviewed(complaint, "cancel")
    minutes, seat = minutes_of(complaints, complaint), Cabinet(complaints).seat("company_head")
    own = f"/cabinet/cases/{granted.id}"
    others = [paper.id for paper in complaints.program.queries.case(complaint.id).documents]
    others.remove(minutes.document_id or 0)
    assert others
    assert {seat.client.get(f"{own}/documents/{paper}").status_code for paper in others} == {404}
    theirs = f"/cabinet/cases/{complaint.id}"
    for address in (
        theirs,
        f"{theirs}/complaint",
        f"{theirs}/file",
        f"{theirs}/filed.pdf",
        f"{theirs}/documents/{minutes.document_id}",
        f"{theirs}/minutes/{minutes.id}",
    ):
        assert seat.client.get(address).status_code == 404, address


@pytest.mark.law("L74.1", "L75.1", "A1.11.3")
@pytest.mark.parametrize("persona", ["entrepreneur", "company2_head"])
def test_a_stranger_finds_neither_the_minutes_nor_where_to_remark(complaints: Complaints, persona: str) -> None:
    granted, complaint = heard(complaints)
    minutes, seat = minutes_of(complaints, complaint), Cabinet(complaints).seat(persona)
    mine = complaints.file(persona, TRADE, [TITLE, LETTER])
    for case in (granted, complaint, mine):
        for address in (f"documents/{minutes.document_id}", f"minutes/{minutes.id}"):
            found = seat.client.get(f"/cabinet/cases/{case.id}/{address}")
            assert found.status_code == 404, (case.number, address)
        seat.get("/cabinet/")
        assert seat.post(f"/cabinet/cases/{case.id}/minutes/{minutes.id}", {"text": "Мен"}).status_code == 404


@pytest.mark.law("L74.1", "L75.1")
def test_each_of_the_two_reads_the_own_remarks_and_answers_only(complaints: Complaints) -> None:
    granted, complaint = heard(complaints, {**STRANGER, "iin": PERSONAS["entrepreneur"].iin})
    remark = remarked(complaints, complaint)
    signed(complaints, "reviewer2", RemarkAnswer(), complaint, remark=remark.id, answer="Толықтырылды")
    cabinet = Cabinet(complaints)
    holder, complainant = cabinet.seat("company_head"), cabinet.seat("entrepreneur")
    theirs = f"/cabinet/cases/{complaint.id}/complaint"
    minutes = minutes_of(complaints, complaint)
    assert minutes.number in text(complainant.get(theirs))
    assert SAID not in text(complainant.get(theirs))
    answer = complaints.document(granted, "hearing_remarks")
    for case in (granted, complaint):
        assert complainant.client.get(f"/cabinet/cases/{case.id}/documents/{answer.id}").status_code == 404
    address = f"/cabinet/cases/{complaint.id}/minutes/{minutes.id}"
    complainant.get(address)
    assert complainant.post(address, {"text": "Мен де келіспеймін"}).status_code == 303
    assert "Мен де келіспеймін" in text(complainant.get(theirs))
    assert "Мен де келіспеймін" not in text(holder.get(f"/cabinet/cases/{granted.id}"))


@pytest.mark.law("L74.1", "L69.1")
def test_the_reviewing_body_sees_whose_remark_it_answers_and_finds_the_signed_answer(complaints: Complaints) -> None:
    granted, complaint = heard(complaints)
    remark, desk = remarked(complaints, complaint), Office(complaints).desk("reviewer")
    beside = f"/office/cases/{complaint.id}/beside"
    page = desk.get(beside)
    assert f"{SAID} Remark of 14.09.2023, 12:00 The holder of the permit To be answered" in office_text(page)
    (duty,) = duties(complaints, complaint, "answer_remarks")
    assert "12:00 The holder of the permit" in office_text(desk.get(f"/office/duties/{duty.id}"))
    signed(complaints, "reviewer2", RemarkAnswer(), complaint, remark=remark.id, answer="Толықтырылды")
    answer = complaints.document(granted, "hearing_remarks")
    address = f"/office/cases/{granted.id}/documents/{answer.id}"
    assert address in desk.get(beside).text
    assert desk.file(address).status_code == 200
    told = office_text(desk.get(f"/office/cases/{complaint.id}"))
    assert f"The holder of the permit remarked on the minutes {minutes_of(complaints, complaint).number}." in told
    assert "Signed and delivered to the cabinet of the permit's holder: Minutes of the hearing" in told
