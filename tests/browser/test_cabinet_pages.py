"""The cabinet in a real browser: without JavaScript, after a reload, with a key put away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.base_browser import fill_and_rest, scrolls_sideways, violations
from tests.browser.stories import House, chosen_file
from tests.browser.table import Table, table
from tests.program import TITLE

__all__ = ["table"]

CHOOSE_LARGE = """(field, size) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([new ArrayBuffer(size)], "үлкен.pdf", {type: "application/pdf"}));
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", {bubbles: true}));
}"""
"""Chooses a file of so many bytes without sending it to the browser first."""


@pytest.mark.law("R1.1", "A1.11.4")
def test_the_sign_in_has_no_barrier(browser: Browser, house: House) -> None:
    with house.visitor(browser, width=360) as person:
        for language in ("kk", "ru", "en"):
            person.open(f"/cabinet/sign-in?lang={language}&view=on")
            assert violations(person.page) == []
            assert not scrolls_sideways(person.page)


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
        fill_and_rest(page, "#platform", "Жарты ат")
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
        page.locator("#file").evaluate(CHOOSE_LARGE, 21 << 20)
        expect(page.locator("[data-largest-file]")).to_have_text("The file is larger than 20 MB. Choose a smaller one.")
        page.get_by_role("button", name="Add the file").click()
        expect(page.locator("#number")).to_have_value("С-15")
        assert violations(page) == []
        page.set_input_files("#file", chosen_file(TITLE))
        expect(page.locator("[data-largest-file]")).to_be_empty()
