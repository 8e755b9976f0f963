"""What a decision or a court act binds to: at the desk of the unit, in the contested case and in the cabinet."""

from __future__ import annotations

import pytest

from service.usecases.claims import court_order
from tests.complaints import Complaints
from tests.usecases.test_carrying_out import ACTION, ordered
from tests.usecases.test_claims import against_what_was_done
from tests.web.cabinet import Cabinet
from tests.web.office import Office, faults, text


@pytest.mark.law("L100.1", "L66.1", "R14.2")
def test_the_unit_says_what_it_did_and_the_pages_tell_of_it(complaints: Complaints) -> None:
    granted, complaint, duty = ordered(complaints)
    office, seat = Office(complaints), Cabinet(complaints).seat("company_head")
    unit, case, own = office.desk("unit"), f"/office/cases/{granted.id}", f"/office/cases/{complaint.id}"
    mine, contested = f"/cabinet/cases/{complaint.id}/complaint", f"/cabinet/cases/{granted.id}"
    assert "Do what the decision on a complaint binds to" in text(unit.get("/office/duties"))
    assert f"/office/duties/{duty.id}" in unit.get(own).text
    assert "the decision is to be carried out until 19.09.2023" in text(unit.get(case))
    for page in (seat.get(mine), seat.get(contested)):
        assert f"The provider must do: {ACTION}" in text(page)
        assert "until 19.09.2023, 18:30" in text(page)
    assert f"The provider must do {ACTION} Until 19.09.2023, 18:30 What was done nothing yet" in text(
        office.desk("reviewer").get(own)
    )
    complaints.at("2023-09-20T10:00")
    assert "until 19.09.2023, 18:30 Late" in text(seat.get(mine))
    address = f"/office/duties/{duty.id}"
    assert ACTION in text(unit.get(address))
    wrong = unit.post(address, {"result": "Түзетілді", "done_on": "21.09.2023"})
    assert (wrong.status_code, "This day has not come yet." in text(wrong)) == (400, True)
    early = unit.post(address, {"result": "Түзетілді", "done_on": "11.09.2023"})
    assert "Choose a day from 12.09.2023 on." in text(early)
    empty = unit.post(address, {"result": "Түзетілді", "done_on": ""})
    assert "Fill in this field." in text(empty)
    assert unit.post(address, {"result": "Түзетілді", "done_on": "20.09.2023"}).location == "/office/duties"
    assert "the decision was carried out on 20.09.2023" in text(unit.get(case))
    assert "What the decision" in text(unit.get(case))
    for page in (seat.get(mine), seat.get(contested)):
        assert "Done 20.09.2023: Түзетілді Late" in text(page)
    assert "What was done Түзетілді, 20.09.2023" in text(office.desk("reviewer").get(own))
    assert "was carried out: Түзетілді" in text(office.desk("reviewer").get("/office/"))


@pytest.mark.law("L100.1", "L76.1")
def test_the_form_of_the_decision_takes_a_day_and_refuses_a_day_off_at_its_field(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    desk = Office(complaints).desk("reviewer")
    assert 'name="carry_out_by"' in desk.open(complaint).text
    told = {"outcome": "order", "reasons": "Негізді", "action": ACTION}
    wrong = desk.send(complaint, **told, carry_out_by="16.09.2023")
    said = "If a term is set: by which day it is to be carried out: This is not a working day. Choose a working day."
    assert (wrong.status_code, faults(wrong)) == (400, [("carry_out_by", said)])
    assert desk.send(complaint, **told, carry_out_by="28.09.2023").status_code == 303
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    assert "Until 28.09.2023, 18:30" in text(desk.get(f"/office/cases/{complaint.id}"))


@pytest.mark.law("R13.4")
def test_an_action_that_satisfies_is_told_with_its_day(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.assigned(), contests="inaction", official="Бас сарапшы")
    done = {"action_done": "Хабарлама жолданды", "action_on": "2023-09-12"}
    complaints.work(
        "unit", complaint, "task_review_complaint", proposal="satisfy", remedy="action", opinion="Негізді", **done
    )
    complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    said = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "What was done Хабарлама жолданды Day 12.09.2023" in said
    office = text(Office(complaints).desk("unit").get(f"/office/cases/{complaint.id}"))
    assert "The action that the complaint demands was done on 12.09.2023. Хабарлама жолданды" in office


@pytest.mark.law("L100.1")
def test_the_reviewer_reads_at_the_field_why_an_inaction_is_not_cancelled(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.assigned(), contests="inaction", official="Бас сарапшы")
    answer = Office(complaints).desk("reviewer").send(complaint, outcome="cancel", reasons="Негізсіз")
    assert (answer.status_code, "there is no act to cancel" in text(answer)) == (400, True)


@pytest.mark.law("R15.1", "R15.2", "L69.1")
def test_the_unit_reads_and_does_what_a_court_orders_after_an_unlawful_inaction(complaints: Complaints) -> None:
    case = complaints.assigned()
    claim = against_what_was_done(complaints, case, "inaction")
    office = Office(complaints)
    head, unit = office.desk("head"), office.desk("unit")
    page, close = f"/office/claims/{claim.id}", f"/office/claims/{claim.id}/close"
    assert "the action or inaction is found unlawful by a court act in force" in text(head.get(page))
    act = {"result": "annulled", "act_number": "77", "act_on": "15.09.2023", "act_in_force_on": "18.09.2023"}
    refused = head.post(close, {**act, "ordered": "", "until": "20.09.2023"})
    assert (refused.status_code, "Fill in this field." in text(refused)) == (400, True)
    assert 'value="20.09.2023"' in refused.text
    early = head.post(close, {**act, "ordered": "Өтінішті қарау", "until": "14.09.2023"})
    assert "Choose a day from 15.09.2023 on." in text(early)
    dismissed = head.post(close, {**act, "result": "dismissed", "ordered": "Өтінішті қарау"})
    assert "The court orders something only where the claim was met." in text(dismissed)
    assert head.post(close, {**act, "ordered": "Өтінішті қарау", "until": "20.09.2023"}).location == page
    said = text(head.get(page))
    assert "the action or inaction is found unlawful by a court act in force" in said
    assert "What the court has ordered Өтінішті қарау Until 20.09.2023, 18:30 What was done nothing yet" in said
    journal = text(unit.get(f"/office/cases/{case.id}"))
    basis = "Астана қаласының мамандандырылған әкімшілік соты, № 77, 15.09.2023"
    assert f"The inaction was found unlawful by {basis}." in journal
    assert f"The court act {basis} binds this case. Өтінішті қарау" in journal
    assert "act was cancelled" not in journal
    with complaints.program.reading() as uow:
        duty = court_order(uow, claim)
    assert duty is not None
    address = f"/office/duties/{duty.id}"
    assert "Do what the court has ordered" in text(unit.get("/office/duties"))
    asked = unit.get(address)
    assert f"Court act {basis} What must be done Өтінішті қарау" in text(asked)
    assert page in asked.text
    assert unit.post(address, {"result": "Қаралды", "done_on": "18.09.2023"}).location == "/office/duties"
    assert "It is recorded what was done." in text(unit.get("/office/duties"))
    assert "What was done Қаралды, 18.09.2023" in text(head.get(page))
