"""The holder of a contested permit reads in the own case that there is a hearing, and answers (L73.1, L73.3)."""

from __future__ import annotations

from io import BytesIO

import pytest

from service.domain.errors import NotLawful
from service.web.officer.problems import not_lawful
from tests.complaints import Complaints
from tests.usecases.test_holder_heard import invited
from tests.web.cabinet import PDF, Cabinet, text
from tests.web.office import Office
from tests.web.office import text as office_text


@pytest.mark.law("L73.1", "L73.3")
def test_the_holder_is_invited_in_the_own_case_and_objects_there(complaints: Complaints) -> None:
    granted, complaint = invited(complaints)
    seat, stranger = Cabinet(complaints).seat("company_head"), Cabinet(complaints).seat("entrepreneur")
    page = seat.get(f"/cabinet/cases/{granted.id}")
    assert f"Hearing on complaint {complaint.number} against your permit" in text(page)
    assert "Invitation to the hearing on the complaint" in text(page)
    address = f"/cabinet/cases/{granted.id}/complaints/{complaint.id}/position"
    assert address in page.text
    assert "Position before the decision on the complaint" in text(seat.get(address))
    assert stranger.get(address).status_code == 404
    answer = {"text": "Рұқсат заңды", "wants_oral": "no", "file": (BytesIO(PDF), "қарсылық.pdf")}
    sent = seat.post(address, answer)
    assert sent.status_code == 303, text(sent)
    after = seat.get(f"/cabinet/cases/{granted.id}")
    assert "Рұқсат заңды" in text(after)
    (said,) = complaints.program.queries.case(complaint.id).positions
    file = f"/cabinet/cases/{granted.id}/complaints/{complaint.id}/files/{said.attachment_id}"
    assert file in after.text
    assert seat.client.get(file).data == PDF
    assert seat.get(file.replace(str(said.attachment_id), "4711")).status_code == 404
    assert seat.get(address.replace(f"/{complaint.id}/position", "/4711/position")).status_code == 404


@pytest.mark.law("L73.1")
def test_the_reviewer_reads_who_is_heard_and_what_the_holder_says(complaints: Complaints) -> None:
    granted, complaint = invited(complaints)
    seat = Cabinet(complaints).seat("company_head")
    seat.post(f"/cabinet/cases/{granted.id}/complaints/{complaint.id}/position", {"text": "Рұқсат заңды"})
    desk = Office(complaints).desk("reviewer")
    assert "The holder of the permit has stated a position" in office_text(desk.get("/office/"))
    said = office_text(desk.open(complaint))
    assert "The holder of the permit stated a position on the preliminary decision." in said
    assert "The reviewing body was told of the position of the permit's holder." in said
    assert ", holder of the permit" in said
    assert "The applicant stated a position" not in said
    silent = desk.send(complaint, hearing_result="silent", outcome_reasons="Үнсіз")
    assert "The holder of the permit has stated a position: see it on this page." in office_text(silent)
    assert "The applicant has stated" not in office_text(silent)
    assert "Who is heard the holder of the permit" in said
    assert "Рұқсат заңды" in said
    assert "The holder of the permit Answers in writing" in said


@pytest.mark.law("L73.3", "R13.1")
def test_a_hearing_that_is_owed_is_told_alike_to_the_unit_and_to_the_reviewing_body(complaints: Complaints) -> None:
    with Office(complaints).app.test_request_context("/office/?lang=en"):
        told = not_lawful(NotLawful("oral_hearing_owed", "L73.3"))
    assert told.startswith("An oral hearing was asked for in time, and the result was recorded without one.")
    assert "the unit" not in told
