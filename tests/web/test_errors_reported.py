"""A clerical error reported from the cabinet: the form at each document, the duty, its end in words (L82.1)."""

from __future__ import annotations

import pytest

from service.usecases.report_error import report_error
from service.web.catalogues import merged
from tests.complaints import Complaints
from tests.usecases.beside import duties
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text


@pytest.mark.law("L82.1", "L66.1")
def test_the_applicant_reports_at_the_document_and_reads_what_came_of_it(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit, page = complaints.document(granted, "permit"), f"/cabinet/cases/{granted.id}"
    seat, head = Cabinet(complaints).seat("company_head"), Office(complaints).desk("head")
    address = f"{page}/documents/{permit.id}/error"
    assert address in seat.get(page).text
    seat.get(address)
    empty = seat.post(address, {"reason": " "})
    assert (empty.status_code, "Fill in this field." in text(empty)) == (400, True)
    assert seat.post(address, {"reason": "Алаңның атауы"}).status_code == 303
    assert "Until 15.09.2023, 18:30 it is corrected, or you are told why there is none." in text(seat.get(page))
    assert "You reported: Алаңның атауы" in text(seat.get(page))
    (duty,) = duties(complaints, granted, "correct_error")
    desk = f"/office/duties/{duty.id}"
    assert "Алаңның атауы" in text(head.get(desk))
    assert head.post(desk, {"go": "no_error", "no_error": ""}).status_code == 400
    assert head.post(desk, {"go": "no_error", "no_error": "Атауы дұрыс"}).location == "/office/duties"
    said = text(seat.get(page))
    assert "No clerical error was found in the document Атауы дұрыс" in said
    assert "You reported" not in said
    complaints.at("2023-09-18T10:00")
    seat.get(address)
    seat.post(address, {"reason": "Тағы да"})
    complaints.at("2023-09-25T10:00")
    assert "Until 21.09.2023, 18:30 it is corrected, or you are told why there is none. Late" in text(seat.get(page))
    assert "You reported: Тағы да" in text(seat.get(page))
    assert "You reported: Алаңның атауы" not in text(seat.get(page))


@pytest.mark.law("L82.1", "R13.1")
def test_a_paper_of_a_complaint_is_reported_and_corrected_by_the_reviewing_body(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.reviewed(complaint, "order", action="Мекенжайды түзету")
    decision = complaints.document(complaint, "review_decision")
    seat, office = Cabinet(complaints).seat("company_head"), Office(complaints)
    reviewer, page = office.desk("reviewer"), f"/cabinet/cases/{complaint.id}/complaint"
    address = f"/cabinet/cases/{complaint.id}/documents/{decision.id}/error"
    assert address in seat.get(page).text
    seat.get(address)
    assert seat.post(address, {"reason": "Дәлелде қате"}).status_code == 303
    (duty,) = duties(complaints, complaint, "correct_error")
    form = reviewer.post(f"/office/duties/{duty.id}", {}).location
    assert "Материалдар зерттелді" in reviewer.get(form).text
    assert office.desk("head").get(form).status_code == 403
    beside = f"/office/cases/{complaint.id}/beside"
    assert form in reviewer.get(beside).text
    assert f"/documents/{decision.id}/error" in office.desk("head").get(beside).text


@pytest.mark.law("L82.1")
def test_a_paper_of_another_person_or_that_is_not_corrected_is_not_found(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit = complaints.document(granted, "permit")
    address = f"/cabinet/cases/{granted.id}/documents/{permit.id}/error"
    assert Cabinet(complaints).seat("entrepreneur").get(address).status_code == 404
    complaints.reviewed(complaints.forwarded(granted, "permit"), "cancel")
    assert Cabinet(complaints).seat("company_head").get(address).status_code == 404


@pytest.mark.law("L82.1")
def test_what_an_officer_has_found_is_not_shown_as_the_words_of_the_applicant(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit, page = complaints.document(granted, "permit"), f"/cabinet/cases/{granted.id}"
    report_error(complaints.program, permit.id, complaints.officer("unit"), "Ішкі ескертпе")
    seat = Cabinet(complaints).seat("company_head")
    said = text(seat.get(page))
    assert "A clerical error is reported. Until 15.09.2023, 18:30 it is corrected" in said
    assert "Ішкі ескертпе" not in said


@pytest.mark.law("L82.1")
def test_a_clerical_error_has_one_name_in_each_language() -> None:
    """Not a misprint here and a slip of the pen there."""
    for language, others in {"ru": ("опечатк",), "kk": ("қате жазу",)}.items():
        told = [str(message.string).lower() for message in merged(language)]
        assert [text for text in told if any(other in text for other in others)] == []
        assert any("clerical" in str(message.id) and message.string for message in merged(language))
