"""The office sees which duties were missed, and which notices nobody knows of (R8.2, L66.1)."""

from __future__ import annotations

import re

import pytest

from service.usecases.file_access import request_access
from tests.complaints import Complaints
from tests.web.cabinet import Cabinet
from tests.web.cabinet import text as cabinet_text
from tests.web.office import Office, text


@pytest.mark.law("R8.2", "L75.1", "O5")
def test_a_missed_duty_is_told_to_the_head_and_stands_in_overview_month_case_and_cabinet(
    complaints: Complaints,
) -> None:
    case, name = complaints.complete(), "Give the applicant access to the case file"
    request_access(complaints.program, case.id, complaints.applicant("company_head"))
    complaints.at("2023-09-15T18:31:00")
    head = Office(complaints).desk("head")
    assert f"Missed term: {name} {case.number}" in text(head.get("/office/"))
    missed = text(head.get("/office/overview"))
    line = missed[missed.index("Missed terms, the latest first") :]
    assert f"{case.number} {name} – БӨЛІМОВА ҰЛЖАН 15.09.2023, 18:30" in line
    assert f"{name} БӨЛІМОВА ҰЛЖАН 1" in text(head.get("/office/overview/2023-09"))
    assert name in head.file("/office/overview/2023-09.csv").text
    page = text(head.get(f"/office/cases/{case.id}"))
    assert re.search(rf"{name}\W+it ended on 15\.09\.2023, 18:30, БӨЛІМОВА ҰЛЖАН", page), page
    seat = Cabinet(complaints).seat("company_head")
    assert name in cabinet_text(seat.get(f"/cabinet/cases/{case.id}"))


@pytest.mark.law("L66.1")
def test_a_notice_nobody_knows_of_is_listed_with_its_age_until_it_is_told(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.filed(), contests="inaction", official="Бөлім", email="")
    complaints.at("2023-09-12T12:05:00")
    head = Office(complaints).desk("head")
    page = head.get("/office/unsent")
    assert "Notices nobody has read, the oldest first" in text(page)
    assert f"{complaint.number} 2 hours Told in another way" in text(page)
    address = re.findall(rf"/office/cases/{complaint.id}/notices/\d+/told", page.text)[0]
    assert address in Office(complaints).desk("chancellery").get(f"/office/cases/{complaint.id}").text
    assert "Told in another way" in text(head.get(address))
    wrong = head.post(address, {"how": "", "told_on": "12.09.2023"})
    assert (wrong.status_code, "How the person was told" in text(wrong)) == (400, True)
    sent = head.post(address, {"how": "+7 717 274 00 00", "told_on": "12.09.2023"})
    assert sent.status_code == 303, text(sent)
    assert address not in head.get("/office/unsent").text
    told = text(head.get(f"/office/cases/{complaint.id}"))
    assert "no e-mail address is known, told 12.09.2023: +7 717 274 00 00" in told
    seat = Cabinet(complaints).seat("company_head")
    seat.get(f"/cabinet/cases/{complaint.id}/complaint")
    assert "Notices nobody has read" not in text(head.get("/office/unsent"))
    assert "Told on 12.09.2023" in cabinet_text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
