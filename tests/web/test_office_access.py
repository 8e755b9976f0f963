"""Who may enter the office and what each role may open there."""

from __future__ import annotations

import re
from datetime import date

import pytest

from service.demo.accounts import PASSWORD
from service.usecases.accounts import close_account, end_role, set_password
from service.usecases.people import appoint_acting
from tests.program import Story
from tests.web.ground_visitor import heading, value
from tests.web.office import Office, faults, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def test_every_page_of_the_office_asks_for_sign_in(office: Office) -> None:
    visitor, asked = office.visitor(), []
    visitor.get("/office/sign-in")
    for rule in office.app.url_map.iter_rules():
        if not rule.endpoint.startswith("officer.") or rule.endpoint in ("officer.sign_in", "officer.sign_out"):
            continue
        values = dict.fromkeys(rule.arguments, "1")
        address = office.app.url_map.bind("localhost").build(rule.endpoint, values)
        answer = visitor.get(address) if "GET" in (rule.methods or ()) else visitor.post(address, {})
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/office/sign-in"), address
        asked.append(rule.endpoint)
    assert len(asked) >= 15


def test_a_wrong_password_is_told_without_saying_what_was_wrong(office: Office) -> None:
    visitor = office.visitor()
    visitor.get("/office/sign-in?lang=en")
    answers = [
        visitor.post("/office/sign-in", {"login": login, "password": "not the password"})
        for login in ("unit", "nobody")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert all("The login or the password is wrong" in text(answer) for answer in answers)
    assert "not the password" not in answers[0].text


def test_guessing_passwords_is_slowed_down(story: Story) -> None:
    visitor = Office(story, limited=True).visitor()
    visitor.get("/office/sign-in")
    statuses = [visitor.post("/office/sign-in", {"login": "", "password": "x"}).status_code for _ in range(11)]
    assert statuses == [400] * 10 + [429]


@pytest.mark.law("R9.1")
def test_the_acting_head_loses_the_role_with_the_last_day_of_the_order(office: Office) -> None:
    acting = office.desk("acting")
    assert "You act for the head until 12.10.2023 by order No. 57-Ж" in text(acting.get("/office/"))
    assert acting.get("/office/unsent").status_code == 200
    office.story.at("2023-10-13T09:00:00")
    answer = acting.get("/office/unsent")
    assert (answer.status_code, heading(answer)) == (403, "You may not do this")


@pytest.mark.law("R9.1")
def test_the_administrator_enters_an_order_and_the_officer_acts_from_its_first_day(office: Office) -> None:
    desk = office.desk("administrator")
    assert "order No. 57-Ж" in text(desk.get("/office/acting"))
    order = {"login": "unit", "since": "14.09.2023", "until": "15.09.2023", "order": "61-Ж", "together": "yes"}
    for wrong in (
        {"login": ""},
        {"login": "administrator"},
        {"login": "reviewer"},
        {"since": "32.09.2023"},
        {"until": "13.09.2023"},
        {"order": " "},
    ):
        again = desk.post("/office/acting", {**order, **wrong})
        assert (again.status_code, again.text.count("govuk-error-message")) == (400, 1), wrong
    assert desk.post("/office/acting", order).status_code == 303
    said = text(desk.get("/office/acting"))
    assert "14.09.2023 – 15.09.2023: order No. 61-Ж Not yet Together with order No. 57-Ж" in said
    assert "12.10.2023: order No. 57-Ж Acts today Together with order No. 61-Ж" in said
    for day, roles in (("13", {"unit"}), ("14", {"unit", "head"}), ("15", {"unit", "head"}), ("16", {"unit"})):
        office.story.at(f"2023-09-{day}T10:00:00")
        assert office.story.officer("unit").roles == roles
    assert "61-Ж Over" in text(desk.get("/office/acting"))


@pytest.mark.law("R9.1")
def test_two_people_act_for_the_head_on_one_day_only_when_it_is_said_expressly(office: Office) -> None:
    desk = office.desk("administrator")
    page = text(desk.get("/office/acting"))
    acts, unit = office.story.officer("acting").name, office.story.officer("unit").name
    assert f"{acts} ҮЛГІҚЫЗЫ, Deputy chairman of the committee (responsible unit) 12.09.2023" in page
    assert f"{unit} ҮЛГІҚЫЗЫ, Chief expert of the unit (responsible unit)" in page
    assert "They act for the head together" not in page
    order = {"login": "unit", "since": "12.10.2023", "until": "13.10.2023", "order": "61-Ж"}
    asked = desk.post("/office/acting", order)
    assert faults(asked) == [(
        "together", f"They act for the head together: Others act for the head on these days: {acts}."
        " End their order first, or say that they act together.",
    )]  # fmt: skip
    assert value(asked, "order") == "61-Ж"
    assert desk.post("/office/acting", {**order, "since": "13.10.2023", "order": "62-Ж"}).status_code == 303
    assert desk.post("/office/acting", {**order, "together": "yes"}).status_code == 303


@pytest.mark.law("R9.1", "L69.1")
def test_an_order_is_ended_early_with_a_reason_and_the_days_that_passed_stay(office: Office) -> None:
    desk = office.desk("administrator")
    (address,) = re.findall(r'href="(/office/acting/\d+/end)"', desk.get("/office/acting").text)
    assert "order No. 57-Ж" in text(desk.get(address))
    office.story.at("2023-09-14T10:00:00")
    for day, told in (
        ("12.09.2023", "This day has passed. Choose a later one."),
        ("12.10.2023", "The order ends on 12.10.2023 anyway. Choose an earlier day."),
    ):
        wrong = desk.post(address, {"until": day, "reason": ""})
        assert faults(wrong) == [("until", f"Last day: {told}"), ("reason", "Reason: Fill in this field.")]
    assert desk.post(address, {"until": "14.09.2023", "reason": "№ 62-Ж"}).status_code == 303
    assert "12.09.2023 – 14.09.2023: order No. 57-Ж Acts today" in text(desk.get("/office/acting"))
    assert desk.post(address, {"until": "13.09.2023", "reason": "№ 63-Ж"}).status_code == 303
    assert office.story.officer("acting").roles == {"unit"}
    assert "12.09.2023 – 13.09.2023: order No. 57-Ж Over" in text(desk.get("/office/acting"))
    assert "This order is over." in text(desk.get(address))
    assert desk.post(address, {"until": "13.09.2023", "reason": "x"}).status_code == 409
    journal = text(office.desk("supervisor").get("/office/journal"))
    assert "A role was given its last day: acting, head, until 13.09.2023." in journal
    assert "Before: 14.09.2023. Reason: № 63-Ж" in journal


@pytest.mark.law("R9.1")
def test_an_order_that_was_taken_back_before_its_first_day_is_over(office: Office) -> None:
    appoint_acting(office.program, "unit", date(2023, 9, 14), date(2023, 9, 15), "61-Ж", together=True)
    end_role(office.program, "unit", "head", date(2023, 9, 12), "№ 62-Ж")
    assert "61-Ж Over" in text(office.desk("administrator").get("/office/acting"))


@pytest.mark.law("R9.1")
def test_an_order_of_who_has_no_own_office_any_more_is_over(office: Office) -> None:
    end_role(office.program, "acting", "unit", date(2023, 9, 11), "№ 62-Ж")
    assert "57-Ж Over" in text(office.desk("administrator").get("/office/acting"))


def test_a_closed_account_is_signed_out_at_the_next_page(office: Office) -> None:
    desk = office.desk("unit")
    close_account(office.program, "unit", "№ 62-Ж")
    assert desk.get("/office/").location.startswith("/office/sign-in")


def test_an_officer_changes_the_own_password_and_every_other_session_ends(office: Office) -> None:
    desk, other, new = office.desk("unit"), office.desk("unit"), "another long one"
    assert 'href="/office/password"' in desk.get("/office/").text
    told = {"password": PASSWORD, "password_new": new, "password_again": new}
    for wrong in ({"password": "x"}, {"password_new": "short", "password_again": "short"}, {"password_again": "x"}):
        again = desk.post("/office/password", {**told, **wrong})
        assert (again.status_code, again.text.count("govuk-error-message")) == (400, 1), wrong
        assert not any(secret in again.text for secret in (PASSWORD, new, 'value="x"'))
    assert other.get("/office/").status_code == 200
    answer = desk.post("/office/password", told)
    assert (answer.status_code, answer.location) == (303, "/office/")
    assert "The password is changed." in text(desk.get("/office/"))
    assert other.get("/office/").location.startswith("/office/sign-in")
    visitor = office.visitor()
    visitor.get("/office/sign-in")
    assert visitor.post("/office/sign-in", {"login": "unit", "password": PASSWORD}).status_code == 400
    assert visitor.post("/office/sign-in", {"login": "unit", "password": new}).status_code == 303


def test_a_password_that_the_administrator_sets_ends_the_open_sessions(office: Office) -> None:
    desk = office.desk("unit")
    set_password(office.program, office.program.passwords, "unit", "another long one")
    assert desk.get("/office/").location.startswith("/office/sign-in")


def test_guessing_the_present_password_is_slowed_down_for_the_person_alone(story: Story) -> None:
    office = Office(story, limited=True)
    desk, told = office.desk("unit"), {"password": "x", "password_new": "y", "password_again": "y"}
    statuses = [desk.post("/office/password", {**told, "login": str(turn)}).status_code for turn in range(11)]
    assert statuses == [400] * 10 + [429]
    assert office.desk("head").post("/office/password", told).status_code == 400


@pytest.mark.law("R5.3", "L69.1")
def test_what_another_lane_does_gives_403_and_a_line_in_the_journal(office: Office) -> None:
    case = office.story.assigned()
    desk = office.desk("chancellery")
    desk.get("/office/")
    address = desk.address(case)
    answers = [desk.get(address), desk.post(address, {"complete": "yes"}), desk.post(f"{address}/claim", {})]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    last = office.program.queries.case(case.id).journal[-1]
    assert (last.action, last.actor, last.details["path"]) == ("forbidden", "КЕҢСЕБАЕВ БОЛАТ", f"POST {address}/claim")
    assert office.story.said(case).count("forbidden") == 3
    assert office.story.open_task(case).element == "task_check_completeness"


@pytest.mark.law("R8.2", "R9.1")
def test_the_head_reads_the_work_of_every_lane_and_changes_none_of_it(office: Office) -> None:
    case = office.story.assigned()
    head = office.desk("head")
    assert case.number in text(head.get("/office/?tab=all"))
    page = head.open(case)
    assert page.status_code == 200
    assert "This task belongs to another lane: you may read it." in text(page)
    assert 'id="answers"' not in page.text
    assert head.post(head.address(case), {"complete": "yes"}).status_code == 403


@pytest.mark.law("L76.3", "R10.2")
def test_only_the_head_extends_a_term_and_sees_what_was_not_sent(office: Office) -> None:
    case = office.story.filed()
    for login, status in (("unit", 403), ("chancellery", 403), ("head", 200)):
        desk = office.desk(login)
        assert desk.get(f"/office/cases/{case.id}/extend").status_code == status
        assert desk.get("/office/unsent").status_code == status


def test_any_role_reads_any_case_but_a_case_that_is_not_there(office: Office) -> None:
    case = office.story.filed()
    desk = office.desk("chancellery")
    assert "QazToken сауда платформасы" in text(desk.get(f"/office/cases/{case.id}"))
    assert desk.get("/office/cases/999").status_code == 404
    assert desk.get("/office/tasks/999").status_code == 404


def test_signing_in_comes_back_to_the_page_that_was_asked_for(office: Office) -> None:
    visitor = office.visitor()
    address = visitor.get("/office/cases?q=P-2023").location
    visitor.get(address)
    answer = visitor.post("/office/sign-in", {"login": "unit", "password": PASSWORD, "next": "/office/cases?q=P-2023"})
    assert answer.location == "/office/cases?q=P-2023"
