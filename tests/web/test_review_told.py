"""What the reviewing body has decided reaches the provider, and its silence the person with the way to court (L100)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.usecases.wording import mail_of
from tests.complaints import Complaints
from tests.web.cabinet import Cabinet, text
from tests.web.office import Office
from tests.web.office import text as office_text


@pytest.mark.law("L100.1", "L97.1")
def test_the_head_is_told_of_the_decision_and_opens_the_copy_of_it(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    head = Office(complaints).desk("head")
    assert "The reviewing body has decided" not in office_text(head.get("/office/"))
    complaints.reviewed(complaint, "order", action="Мекенжайды түзету")
    desk = head.get("/office/")
    assert f"The reviewing body has decided on the complaint {complaint.number}" in office_text(desk)
    assert f'href="/office/cases/{complaint.id}"' in desk.text
    decision = complaints.document(complaint, "review_decision")
    copy = f"/office/cases/{complaint.id}/documents/{decision.id}"
    assert copy in head.get(f"/office/cases/{complaint.id}").text
    assert head.file(copy).data == complaints.program.files.read(decision.sha256)


WAY_TO_COURT = {
    "kk": (
        "Шағым бойынша мерзімінде шешім қабылданған жоқ. Бұл мерзім өткен күннен бастап бас тарту болып саналады:"
        " Сіз сотқа жүгіне аласыз.",
        "Мерзімінде шешім болған жоқ. Бұл бас тарту болып есептеледі: сотқа жүгіне аласыз.",
        "Шағым бойынша мерзімінде шешім қабылданған жоқ",
    ),
    "ru": (
        "Со дня истечения срока это считается отказом: Вы можете обратиться в суд.",
        "В срок решения не было. Это считается отказом: можно обратиться в суд.",
        "Решение по жалобе в срок не принято",
    ),
    "en": (
        "no decision on your complaint was taken in term. From the end of the term this counts as refusal: you may go"
        " to court.",
        "There was no decision in term. That counts as a refusal: you may go to court.",
        "No decision on the complaint was taken in term",
    ),
}
"""By language: the letter, what the page of the complaint says, and the notice in the cabinet."""


@pytest.mark.law("L100.5", "L66.1", "R15.1")
def test_who_gets_no_decision_in_term_reads_of_the_court_in_the_own_language(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    cabinet = Cabinet(complaints)
    address = f"/cabinet/cases/{complaint.id}/complaint"
    for language, (_letter, says, _notice) in WAY_TO_COURT.items():
        assert says not in text(cabinet.seat("company_head", language).get(address))
    complaints.at("2023-10-09T18:31")
    told = complaints.program.queries.case(complaint.id).notices[-1]
    payload = {"kind": told.kind, "to": "altyn@example.test", **told.details}
    with complaints.program.reading() as uow:
        edition = complaints.program.editions.of_case(uow, complaint)
    for language, (letter, says, notice) in WAY_TO_COURT.items():
        sent = mail_of(payload, replace(complaint, language=language), edition, complaints.program.calendar)
        assert str(sent["body"]).endswith(letter)
        assert sent["subject"] == f"{complaint.number}: {notice[:1].lower()}{notice[1:]}"
        page = text(cabinet.seat("company_head", language).get(address))
        assert says in page
        assert notice in page
