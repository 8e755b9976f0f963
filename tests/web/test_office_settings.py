"""The administrator's settings and breaks, as people use them (R2.2, A1.8)."""

from __future__ import annotations

import pytest

from service.web import create_app
from service.web.public import public
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.on_paper import taken
from tests.web.ground_visitor import Visitor
from tests.web.office import Office, text

TEXTS = {"kk": "Жаңа министрлік", "ru": "Новое министерство", "en": "New ministry"}
HOURS = {"opens": "09:00", "closes": "18:00", "break_from": "13:00", "break_until": "14:00"}
BREAK = {
    "starts_at": "13.09.2023",
    "starts_hour": "22:00",
    "ends_at": "14.09.2023",
    "ends_hour": "02:00",
    "kk": "Жаңарту",
    "ru": "Обновление",
    "en": "Update",
}


@pytest.mark.law("R2.2", "D10")
def test_the_administrator_enters_a_name_and_sees_what_was_entered(story: Story) -> None:
    desk = Office(story).desk("administrator")
    desk.get("/office/settings/provider_name")
    missing = desk.post("/office/settings/provider_name", {**TEXTS, "valid_from": "14.09.2023", "basis": ""})
    assert missing.status_code == 400
    assert "Жаңа министрлік" in missing.text
    done = desk.post("/office/settings/provider_name", {**TEXTS, "valid_from": "12.09.2023", "basis": "Decree No. 1"})
    assert done.status_code == 303
    page = desk.get("/office/settings").text
    assert "New ministry" in page
    assert "Decree No. 1" in page


@pytest.mark.law("R2.2", "A1.8.1")
def test_the_form_of_a_setting_begins_with_what_holds_today(story: Story) -> None:
    desk = Office(story).desk("administrator")
    desk.get("/office/settings/provider_name")
    desk.post("/office/settings/provider_name", {**TEXTS, "valid_from": "12.09.2023", "basis": "Decree No. 1"})
    form = desk.get("/office/settings/provider_name").text
    assert all(said in form for said in TEXTS.values())
    assert "Decree No. 1" not in form  # the next change has an act of its own
    hours = desk.get("/office/settings/working_hours").text
    assert all(f'value="{hour}"' in hours for hour in ("09:00", "18:30", "13:00", "14:30"))


@pytest.mark.law("A1.8.1")
def test_other_hours_are_entered_only_after_what_they_move_was_shown(story: Story) -> None:
    case = story.complete()
    desk = Office(story).desk("administrator")
    desk.get("/office/settings/working_hours")
    told = {**HOURS, "valid_from": "19.09.2023", "basis": "Order No. 2"}
    shown = desk.post("/office/settings/working_hours", told)
    assert shown.status_code == 200
    said = text(shown)
    assert f"{case.number} Term of the service, 5 (five) working days: 19.09.2023, 18:30 19.09.2023, 18:00" in said
    assert "Enter it and move these terms" in shown.text
    assert desk.post("/office/settings/working_hours", {**told, "confirmed": "yes"}).status_code == 303
    assert "09:00-18:00" in desk.get("/office/settings").text
    past = desk.post("/office/settings/working_hours", {**told, "valid_from": "01.09.2023"})
    assert past.status_code == 400
    assert "past" in past.text


@pytest.mark.law("A1.8.1", "D28")
def test_each_term_that_other_hours_move_is_named_once_under_its_case(complaints: Complaints) -> None:
    case = complaints.assigned()
    paper = taken(complaints, contests="inaction", official="Бөлім")
    desk = Office(complaints).desk("administrator")
    desk.get("/office/settings/working_hours")
    told = {**HOURS, "valid_from": "12.09.2023", "basis": "Order No. 2"}
    said = text(desk.post("/office/settings/working_hours", told))
    assert [said.count(each.number) for each in (case, paper)] == [1, 1]
    assert "Check the completeness of the documents, 2 (two) working days: 14.09.2023, 18:30 14.09.2023, 18:00" in said
    assert said.count("Post the paper to the person who complained on paper: 12.09.2023, 18:30") == 1


@pytest.mark.law("A1.8.2")
def test_an_announced_break_stands_on_the_public_pages_until_it_is_withdrawn(story: Story) -> None:
    desk = Office(story).desk("administrator")
    reader = Visitor(create_app(story.program, [public]).test_client())
    assert "Technical break" not in reader.get("/help?lang=en").text
    desk.get("/office/settings/break")
    wrong = desk.post("/office/settings/break", {**BREAK, "starts_hour": "late"})
    assert wrong.status_code == 400
    assert desk.post("/office/settings/break", BREAK).status_code == 303
    page = reader.get("/help?lang=en").text
    assert "Technical break" in page
    assert "Update" in page
    assert "Обновление" in reader.get("/help?lang=ru").text
    assert desk.post("/office/settings/breaks/1/withdraw", {}).status_code == 303
    assert "Technical break" not in reader.get("/help?lang=en").text


@pytest.mark.law("A1.8.1")
def test_the_break_of_the_working_hours_is_called_so(story: Story) -> None:
    assert "09:00-18:30, break 13:00-14:30" in Office(story).desk("administrator").get("/office/settings").text
