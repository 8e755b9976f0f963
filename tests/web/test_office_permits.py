"""The head suspends, resumes and cancels a permit on the page of its entry; others read it (R11.2)."""

from __future__ import annotations

import pytest

from service.domain.decisions import PermitStatus
from tests.complaints import Complaints, complaints
from tests.web.office import Office, text

__all__ = ["complaints"]

ORDER = {"from_on": "12.09.2023", "order": "№ 88-НҚ, 12.09.2023", "basis": "Талаптардың бұзылуы"}


@pytest.fixture
def office(complaints: Complaints) -> Office:
    return Office(complaints)


@pytest.mark.law("R11.2")
def test_the_head_suspends_a_permit_and_resumes_it_with_the_basis_of_each(
    office: Office, complaints: Complaints
) -> None:
    case = complaints.granted()
    head = office.desk("head")
    page = head.get(f"/office/cases/{case.id}")
    address = "/office/permits/KZ-2023-000001"
    assert address in page.text
    assert "Cancel Resume" not in text(head.get(address))
    for wrong in (
        {"act": ""},
        {"from_on": ""},
        {"from_on": "1.1"},
        {"from_on": "11.09.2023"},
        {"order": ""},
        {"basis": ""},
    ):
        assert head.post(address, {"act": "suspend", **ORDER, **wrong}).status_code == 400, wrong
    assert head.post(address, {"act": "suspend", **ORDER}).location == address
    assert complaints.status(case) is PermitStatus.SUSPENDED
    said = text(head.get(address))
    assert "№ 88-НҚ, 12.09.2023. Талаптардың бұзылуы" in said
    assert head.post(address, {"act": "suspend", **ORDER}).status_code == 409
    assert head.post(address, {"act": "resume", **ORDER}).status_code == 303
    assert complaints.status(case) is PermitStatus.IN_FORCE
    assert head.post(address, {"act": "cancel", **ORDER}).status_code == 303
    assert complaints.status(case) is PermitStatus.CANCELLED
    assert "<form" not in head.get(address).text.partition("<main")[2].partition("</main")[0]


@pytest.mark.law("O5", "R11.2")
def test_others_read_the_entry_and_change_nothing(office: Office, complaints: Complaints) -> None:
    case = complaints.granted()
    for login in ("supervisor", "unit", "chancellery"):
        desk = office.desk(login)
        page = desk.get("/office/permits/kz-2023-000001")
        assert page.status_code == 200
        assert "Suspend, resume or cancel" not in text(page)
        assert desk.post("/office/permits/KZ-2023-000001", {"act": "cancel", **ORDER}).status_code == 403
    assert complaints.status(case) is PermitStatus.IN_FORCE
    assert office.desk("head").get("/office/permits/KZ-2023-000009").status_code == 404
