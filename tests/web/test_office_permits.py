"""The head suspends, resumes and cancels a permit on the page of its entry; others read it (R11.2)."""

from __future__ import annotations

import re

import pytest

from service.domain.case import Case
from service.domain.decisions import PermitStatus
from service.web import create_app
from service.web.public import public as public_pages
from tests.complaints import Complaints, complaints
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import Visitor
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
    assert "in force" in text(page)
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
    assert "suspended" in text(head.get(f"/office/cases/{case.id}"))
    said = text(head.get(address))
    assert "№ 88-НҚ, 12.09.2023. Талаптардың бұзылуы" in said
    refused = head.post(address, {"act": "suspend", **ORDER})
    assert refused.status_code == 409
    back = re.findall(r'href="([^"]+)"[^>]*>\s*Back to the page', refused.text)
    assert ORDER["basis"] in text(head.get(back[0])), "what was typed is kept"
    assert head.post(address, {"act": "resume", **ORDER}).status_code == 303
    assert complaints.status(case) is PermitStatus.IN_FORCE
    assert head.post(address, {"act": "cancel", **ORDER}).status_code == 303
    assert complaints.status(case) is PermitStatus.CANCELLED
    assert "<form" not in head.get(address).text.partition("<main")[2].partition("</main")[0]


@pytest.mark.law("R11.2", "L66.1", "L69.1")
def test_an_entry_ahead_is_withdrawn_with_a_reason_and_leaves_the_public_register(
    office: Office, complaints: Complaints
) -> None:
    case, head = complaints.granted(), office.desk("head")
    visitor = Visitor(create_app(complaints.program, [public_pages]).test_client())
    address, public = "/office/permits/KZ-2023-000001", "/register/KZ-2023-000001"
    head.get(f"{address}?lang=en")
    wrong = text(head.post(address, {"act": "", "from_on": "13.09.2099", "order": "", "basis": ""}))
    assert wrong.count("Fill in this field.") >= 4
    beyond = head.post(address, {**ORDER, "act": "cancel", "from_on": "13.09.2099"})
    assert (beyond.status_code, "The last day of the permit is 12.09.2026." in text(beyond)) == (400, True)
    assert head.post(address, {**ORDER, "act": "cancel", "from_on": "12.09.2025"}).status_code == 303
    assert "12.09.2025" in visitor.get(public).text
    blocked = head.post(address, {**ORDER, "act": "suspend", "from_on": "20.09.2023", "basis": "Ертерек"})
    assert (blocked.status_code, "an entry that takes effect on 12.09.2025" in text(blocked)) == (400, True)
    assert "Ертерек" in blocked.text
    assert "Withdraw an entry that was made by mistake" not in text(office.desk("supervisor").get(address))
    (made,) = re.findall(rf'action="({address}/changes/\d+/withdraw)"', head.get(address).text)
    assert head.post(made, {"withdrawal_reason": ""}).status_code == 400
    assert office.desk("unit").post(made, {"withdrawal_reason": "Жылы қате"}).status_code == 403
    assert head.post(made, {"withdrawal_reason": "Жылы қате"}).location == address
    said = text(head.get(address))
    assert "Entry withdrawn" in said and "Жылы қате" in said
    assert "Withdraw an entry that was made by mistake" not in said
    for shown in (visitor.get(public).text, visitor.get(f"{public}.json").text):
        assert "12.09.2025" not in shown and "2025-09-12" not in shown and "Жылы қате" not in shown
    assert head.post(address, {**ORDER, "act": "suspend"}).status_code == 303
    assert "An entry that has taken effect is not withdrawn." in text(head.get(address))
    taken = head.post(re.sub(r"\d+/withdraw", f"{_last(complaints, case)}/withdraw", made), {"withdrawal_reason": "x"})
    assert (taken.status_code, "a cancellation is undone only by a decision" in text(taken)) == (409, True)
    journal = text(head.get(f"/office/cases/{case.id}"))
    assert "The head withdrew the entry of 12.09.2025 about permit KZ-2023-000001, made by mistake." in journal
    assert "Reason: Жылы қате" in journal
    told = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{case.id}"))
    assert "What was told of 12.09.2025 does not take effect. Reason: Жылы қате" in told


def _last(complaints: Complaints, case: Case) -> int:
    """The key of the last change of the case's permit."""
    with complaints.program.reading() as uow:
        entry = uow.register.of_case(case.id)
        assert entry is not None
        return uow.register.changes(entry.id)[-1].id


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
