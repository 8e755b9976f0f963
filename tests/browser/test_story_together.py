"""Stories of what goes wrong between people and pages: nothing is done twice, nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from service.demo.accounts import PASSWORD
from tests.browser.base_browser import violations
from tests.browser.stories import House, Person
from tests.program import CONFORMS, LETTER, TITLE, TRADE

NOTES = "Кепілдік хаттағы түйіндердің саны сұралсын\nекінші жол"


@pytest.mark.law("R6.1")
def test_of_two_officers_on_one_task_the_second_reads_who_was_first(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.assigned())
    with house.officer(browser, "unit") as first, house.officer(browser, "acting") as second:
        for officer in (first, second):
            officer.work_on(case.number, "Check the completeness of the documents")
        second.answer(complete="no", missing_items="guarantee_letter", preliminary_notes=NOTES)
        first.answer(complete="yes")
        first.press("Complete")
        first.sees("Examine for conformity with the rules")
        second.press("Complete")
        second.sees("Already done by БӨЛІМОВА ҰЛЖАН")
        second.reads("Nothing of yours was saved", "Кепілдік хаттағы түйіндердің саны сұралсын")
        second.reads("What has happened meanwhile", "Task done: Check the completeness of the documents.")
        second.forgive(409)
        assert violations(second.page) == []
        second.picture("second")
        first.press("Complete")
        first.reads("There is a problem")
        first.forgive(400)
        assert violations(first.page) == []
        first.answer(**CONFORMS)
        first.press("Complete")
        first.reads("Done: Examine for conformity with the rules.")


@pytest.mark.law("R9.1", "O5")
def test_a_task_of_another_lane_is_closed_and_the_attempt_is_in_the_journal(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.complete())
    task = house.story.open_task(case)
    with house.officer(browser, "chancellery") as chancellery:
        chancellery.open(f"/office/tasks/{task.id}")
        chancellery.sees("You may not do this")
        chancellery.forgive(403)
        assert violations(chancellery.page) == []
        chancellery.picture("forbidden")
    with house.officer(browser, "head") as head:
        head.open(f"/office/cases/{case.id}")
        line = head.page.locator(".journal__line").filter(has_text="An attempt at what the role does not allow")
        expect(line).to_contain_text("КЕҢСЕБАЕВ БОЛАТ, chancellery")


def test_an_officer_whose_session_has_ended_finds_everything_typed_again(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.complete())
    with house.officer(browser, "unit") as unit:
        unit.work_on(case.number, "Examine for conformity with the rules")
        unit.answer(nodes_count="7", server_lease="yes", conforms="no", grounds=["ground_1", "ground_2"])
        unit.answer(ground_1_document="Кепілдік хат", conclusion=NOTES)
        house.wall.ahead += timedelta(hours=2)
        unit.press("Complete")
        unit.sees("Sign in to the office")
        unit.reads("What you typed is kept")
        unit.picture("ended")
        unit.answer(login="unit", password=PASSWORD)
        unit.press("Sign in")
        unit.sees("Examine for conformity with the rules")
        unit.reads("What you had typed is back")
        unit.picture("back")
        expect(unit.page.locator("#nodes_count")).to_have_value("7")
        expect(unit.page.locator("#conclusion")).to_have_value(NOTES)
        expect(unit.page.locator("#ground_1_document")).to_have_value("Кепілдік хат")
        assert chosen(unit) == ["server_lease=yes", "conforms=no", "grounds=ground_1", "grounds=ground_2"]
        unit.forgive(401)


def test_an_applicant_whose_session_has_ended_finds_everything_typed_again(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.invited("entrepreneur", "2026-04-23"))
    with house.applicant(browser, "entrepreneur") as applicant:
        applicant.open(f"/cabinet/cases/{case.id}/position")
        applicant.answer(text=NOTES, wants_oral="yes")
        house.wall.ahead += timedelta(hours=2)
        applicant.press("Send the answer")
        applicant.sees("Sign in to the cabinet")
        applicant.reads("What you typed is kept")
        applicant.sign_with("entrepreneur")
        applicant.sees("Answer to the preliminary decision")
        applicant.reads("What you had typed is back")
        expect(applicant.page.locator("#text")).to_have_value(NOTES)
        assert chosen(applicant) == ["wants_oral=yes"]
        applicant.press("Send the answer")
        applicant.reads("Your answer is with the case")


def test_a_change_of_language_version_or_clock_loses_nothing(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.complete("company2_head"))
    with house.officer(browser, "unit") as unit:
        unit.work_on(case.number, "Examine for conformity with the rules")
        unit.answer(server_lease="no", conforms="no", grounds=["ground_5"], conclusion=NOTES)
        for switch, language in (("Русский", "ru"), ("Қазақша", "kk"), ("English", "en")):
            unit.press(switch)
            expect(unit.page.locator("html")).to_have_attribute("lang", language)
            expect(unit.page.locator("#conclusion")).to_have_value(NOTES)
        unit.press("Version for the visually impaired")
        expect(unit.page.get_by_role("button", name="Ordinary version")).to_be_visible()
        unit.press("+ 1 hour")
        expect(unit.page.locator(".demo__now")).to_contain_text("21.04.2026, 11:")
        expect(unit.page.locator("#conclusion")).to_have_value(NOTES)
        assert chosen(unit) == ["server_lease=no", "conforms=no", "grounds=ground_5"]


def test_a_draft_survives_a_closed_browser(browser: Browser, house: House) -> None:
    with house.applicant(browser, "company2_head") as applicant:
        applicant.press("New application")
        applicant.follow("Platform and purpose")
        applicant.answer(platform="DalaChain", purpose=NOTES)
        expect(applicant.page.locator("[data-autosave-state]")).to_contain_text("Saved at")
    with house.applicant(browser, "company2_head", "kk") as applicant:
        applicant.follow("DalaChain")
        applicant.follow("Платформа және мақсат")
        expect(applicant.page.locator("#purpose")).to_have_value(NOTES)


def test_a_second_press_of_send_gives_the_same_case(browser: Browser, house: House) -> None:
    draft = house.meanwhile(lambda story: story.draft("company_signer", TRADE, [TITLE, LETTER]))
    with house.applicant(browser, "company_signer") as applicant:
        other = Person(house, applicant.page.context.new_page(), "en")
        for window in (applicant, other):
            window.open(f"/cabinet/drafts/{draft}/review")
            window.sees("Review and sign")
        numbers = []
        for window in (applicant, other):
            window.sign_with()
            window.sees("The application is accepted")
            numbers.append(window.page.locator(".receipt__number").inner_text())
        assert numbers[0] == numbers[1]


def chosen(person: Person) -> list[str]:
    """Every radio and box of the form that is ticked."""
    ticked = person.page.locator("form[method=post] :checked:not(option)")
    found: list[str] = ticked.evaluate_all("fields => fields.map(field => `${field.name}=${field.value}`)")
    return found
