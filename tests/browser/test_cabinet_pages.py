"""The cabinet in a real browser: no barrier in any language or version, by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service.domain.case import Case
from service.usecases.drafts import open_draft
from tests.browser.base_browser import complaints, opened, scrolls_sideways, violations
from tests.browser.stories import PLACE, House, chosen_file
from tests.program import DOES_NOT, HEARING, LETTER, TITLE, TRADE, Story


@dataclass(frozen=True)
class Table:
    """An applicant's papers: a draft that is ready, an empty one, and cases at several places."""

    house: House
    signed_in: Any
    ready: str
    begun: str
    filed: Case
    invited: Case
    refused: Case

    @contextmanager
    def opened(self, browser: Browser, language: str = "en", width: int = 1280, **more: Any) -> Iterator[Page]:
        """A browser in which the applicant has signed in."""
        with opened(browser, width, storage_state=self.signed_in, base_url=self.house.address, **more) as page:
            page.context.add_cookies([{"name": "lang", "value": language, "url": self.house.address}])
            yield page
            assert complaints(page) == []


@pytest.fixture(scope="module")
def table(browser: Browser, house: House) -> Table:
    with house.visitor(browser) as person:
        person.enter_cabinet("entrepreneur")
        signed_in = person.page.context.storage_state()
    return house.meanwhile(lambda story: laid(story, house, signed_in))


def laid(story: Story, house: House, signed_in: Any) -> Table:
    """Lay the papers on the table."""
    invited = story.work("unit", story.complete("entrepreneur"), "task_examine", **DOES_NOT)
    story.work("unit", invited, "task_invite_hearing", **HEARING, hearing_on="2026-04-23")
    incomplete = story.file("entrepreneur", TRADE, [TITLE])
    story.work("chancellery", incomplete, "task_assign", executor=str(story.officer("unit").officer_id))
    story.work("unit", incomplete, "task_check_completeness", complete="no", missing_items=["guarantee_letter"])
    story.work("head", incomplete, "task_sign_not_considered", decision="sign")
    return Table(
        house=house,
        signed_in=signed_in,
        ready=story.draft("entrepreneur", TRADE, [TITLE, LETTER]),
        begun=open_draft(story.program, story.applicant("entrepreneur")).id,
        filed=story.filed("entrepreneur"),
        invited=invited,
        refused=incomplete,
    )


def pages(table: Table) -> dict[str, str]:
    """Every page of the cabinet by what it shows."""
    ready, begun = f"/cabinet/drafts/{table.ready}", f"/cabinet/drafts/{table.begun}"
    return {
        "my cases": "/cabinet/",
        "list of pages": begun,
        "details": f"{ready}/pages/applicant",
        "addresses": f"{ready}/pages/addresses",
        "files": f"{ready}/files",
        "consents": f"{begun}/pages/consents",
        "what is needed": f"{begun}/review",
        "review": f"{ready}/review",
        "delete": f"{begun}/delete",
        "receipt": f"/cabinet/cases/{table.filed.id}/receipt",
        "case": f"/cabinet/cases/{table.filed.id}",
        "hearing": f"/cabinet/cases/{table.invited.id}",
        "answer": f"/cabinet/cases/{table.invited.id}/position",
        "ended case": f"/cabinet/cases/{table.refused.id}",
        "withdrawal": f"/cabinet/cases/{table.filed.id}/withdraw",
        "stopped": "/cabinet/not-possible/not_entrepreneur",
    }


@pytest.mark.law("A1.11.3", "A1.11.4", "A1.11.5")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_of_the_cabinet_has_a_barrier(browser: Browser, table: Table, language: str) -> None:
    with table.opened(browser, language) as page:
        for name, address in pages(table).items():
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
            assert violations(page) == [], name
            assert page.get_attribute("html", "lang") == language
            expect(page.locator(".site-footer")).to_contain_text("8 800 080 7777")


@pytest.mark.law("A1.11.4")
@pytest.mark.parametrize("view", ["off", "size-200", "scheme-dark"])
def test_every_page_fits_a_telephone_also_for_the_visually_impaired(browser: Browser, table: Table, view: str) -> None:
    with table.opened(browser, "kk", 360) as page:
        page.goto(f"/cabinet/?view={view}")
        for name, address in pages(table).items():
            page.goto(address)
            assert not scrolls_sideways(page), name
            if name in ("files", "review", "hearing"):
                assert violations(page) == [], name


@pytest.mark.law("R1.1", "A1.11.4")
def test_the_sign_in_has_no_barrier(browser: Browser, house: House) -> None:
    with house.visitor(browser, width=360) as person:
        for language in ("kk", "ru", "en"):
            person.open(f"/cabinet/sign-in?lang={language}&view=on")
            assert violations(person.page) == []
            assert not scrolls_sideways(person.page)


@pytest.mark.law("R3.2", "R3.3", "A2.3", "A1.11.2", "A1.11.4")
def test_an_application_is_filed_by_keyboard_alone(browser: Browser, house: House) -> None:
    with house.visitor(browser) as person:
        page = person.page
        person.open("/cabinet/")
        reach(page, "persona")
        page.keyboard.type("ҒЫЛЫМБЕКОВА")
        press(page, "Sign in with NCALayer")
        person.sees("My cases")
        press(page, "New application")
        person.sees("APPLICATION for a permit")
        press(page, "Details of the sole proprietor/legal entity")
        write(page, phone="8 717 274 00 00", email="synaq@example.test")
        enter(page)
        person.sees("Platform and purpose")
        write(page, platform="DalaChain", purpose="Астық қолхаттары")
        press(page, "Save and continue")
        person.sees("Address(es) of the activity")
        write(page, **PLACE)
        enter(page)
        person.sees("Attachments")
        for paper in (TITLE, LETTER):
            reach(page, "kind")
            page.locator("#kind").evaluate("(field, kind) => { field.value = kind }", paper.kind)
            reach(page, "file")
            page.set_input_files("#file", chosen_file(paper))
            press(page, "Add the file")
            expect(page.locator(".govuk-notification-banner")).to_contain_text(f"Added: {paper.title}.pdf")
        press(page, "Continue")
        person.sees("Confirmation and consent")
        for consent in ("consent_truth", "consent_data"):
            reach(page, consent)
            page.keyboard.press("Space")
        press(page, "Save and continue")
        person.reads("Nothing is missing and nothing has expired", "Delete the draft")
        press(page, "Review and sign")
        person.sees("Review and sign")
        press(page, "Sign and send")
        person.sees("The application is accepted")
        number = page.locator(".receipt__number").inner_text()
        press(page, "Open the case")
        person.sees(number)
        person.reads("Send to the responsible unit for execution", "Кепілдік хат.pdf", "The signature is valid")


@pytest.mark.law("A1.11.2")
def test_the_cabinet_works_without_javascript_but_for_signatures(browser: Browser, table: Table) -> None:
    with table.opened(browser, java_script_enabled=False) as page:
        page.goto("/cabinet/")
        page.get_by_role("button", name="New application").click()
        page.get_by_role("link", name="Platform and purpose").click()
        page.fill("#platform", "QazToken")
        page.fill("#purpose", "Мақсат")
        page.get_by_role("button", name="Save and continue").last.click()
        page.fill('[name="addresses-0-street"]', "Абай")
        page.get_by_role("button", name="Add another").click()
        expect(page.locator('[name="addresses-1-street"]')).to_be_visible()
        expect(page.locator('[name="addresses-0-street"]')).to_have_value("Абай")
        page.get_by_role("button", name="Save and go to the list").click()
        page.get_by_role("link", name=re.compile("^Attachments")).click()
        page.set_input_files("#file", chosen_file(TITLE))
        page.select_option("#kind", TITLE.kind)
        page.get_by_role("button", name="Add the file").click()
        expect(page.locator("main")).to_contain_text(f"Added: {TITLE.title}.pdf")
        page.goto(f"/cabinet/drafts/{table.ready}/review")
        expect(page.locator("noscript p")).to_be_visible()
        expect(page.locator("[data-sign-start]")).to_be_hidden()
        page.goto(f"/cabinet/cases/{table.invited.id}/position")
        page.fill("#text", "Келіспеймін.")
        page.check('[name="wants_oral"][value="yes"]')
        page.get_by_role("button", name="Send the answer").click()
        expect(page.locator("main")).to_contain_text("Your answer is with the case")


def test_what_is_typed_is_there_again_after_a_reload_and_a_change_of_language(browser: Browser, table: Table) -> None:
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        page.fill("#platform", "Жарты ат")
        expect(page.locator("[data-autosave-state]")).to_contain_text("Saved at")
        page.reload()
        expect(page.locator("#platform")).to_have_value("Жарты ат")
        page.fill("#platform", "Бүтін ат")
        page.get_by_role("button", name="Қазақша").click()
        expect(page.locator("h1")).to_have_text("Платформа және мақсат")
        expect(page.locator("#platform")).to_have_value("Бүтін ат")


@pytest.mark.law("R3.3")
def test_a_key_put_away_in_ncalayer_sends_nothing(browser: Browser, table: Table) -> None:
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.ready}/review")
        table.house.world.ncalayer.chooser.decline()
        page.locator("[data-sign-start]").click()
        expect(page.locator("[data-sign-state]")).to_have_text("You cancelled the signature. Nothing was sent.")
        assert page.url.endswith("/review")


def test_a_file_that_is_too_large_is_told_before_it_travels(browser: Browser, table: Table) -> None:
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/files")
        page.fill("#number", "С-15")
        page.set_input_files("#file", {"name": "үлкен.pdf", "mimeType": "application/pdf", "buffer": bytes(21 << 20)})
        expect(page.locator("[data-largest-file]")).to_have_text("The file is larger than 20 MB. Choose a smaller one.")
        page.get_by_role("button", name="Add the file").click()
        expect(page.locator("#number")).to_have_value("С-15")
        assert violations(page) == []
        page.set_input_files("#file", chosen_file(TITLE))
        expect(page.locator("[data-largest-file]")).to_be_empty()


def reach(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on the field, the button or the link of this name."""
    for _ in range(150):
        page.keyboard.press("Tab")
        names = page.evaluate(
            "[document.activeElement.name, document.activeElement.id, document.activeElement.textContent.trim()]"
        )
        if wanted in names:
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def press(page: Page, wanted: str) -> None:
    """Go to a button or a link, press Enter, and wait for the page that follows."""
    reach(page, wanted)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, **answers: str) -> None:
    """Go to each field and type; in a list of choices the first letters choose."""
    for name, answer in answers.items():
        reach(page, name)
        page.keyboard.type("Astana" if name.endswith("region") else answer)
