"""The part by which people sign, in a real browser: with the signing program, without it, and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from service.sandbox import ncalayer
from tests.browser.base_browser import complaints, opened, served
from tests.browser.base_pages import address, make_parts_app, nca, page, show

__all__ = ["address", "nca", "page"]

SIGN = "NCALayer арқылы қол қою"


class TestSigning:
    def test_what_is_signed_stands_above_with_its_hash_and_the_test_mark(self, page: Page, address: str) -> None:
        show(page, address, "/parts")
        panel = page.locator("#signing")
        assert "СЫНАҚ ҚОЛТАҢБАСЫ" in panel.inner_text()
        assert "SHA-256: ea0fffc8df6a" in panel.inner_text()

    @pytest.mark.law("R3.3")
    def test_two_documents_are_signed_in_one_go(self, page: Page, address: str) -> None:
        show(page, address, "/parts")
        page.get_by_role("button", name=SIGN).click()
        page.wait_for_selector("#received")
        count, length = page.inner_text("#received").split(": ")
        assert count == "2"
        assert int(length) > 2000
        assert complaints(page) == []

    def test_changing_ones_mind_sends_nothing(self, page: Page, address: str, nca: ncalayer.NcaLayer) -> None:
        show(page, address, "/parts")
        page.evaluate("document.querySelector('[data-sign-persona]').remove()")
        nca.chooser.decline()
        page.get_by_role("button", name=SIGN).click()
        expect(page.locator("[data-sign-state]")).to_contain_text("бас тарттыңыз")
        assert page.locator("#received").count() == 0

    def test_a_program_that_does_not_run_is_named(self, browser: Browser) -> None:
        with served(make_parts_app("ws://127.0.0.1:9")) as address, opened(browser) as page:
            page.goto(f"{address}/parts")
            page.get_by_role("button", name=SIGN).click()
            expect(page.locator("[data-sign-state]")).to_contain_text("іске қосып")
            page.get_by_role("button", name=SIGN).click()

    def test_without_scripts_it_says_what_is_needed(self, browser: Browser, address: str) -> None:
        with opened(browser, java_script_enabled=False) as page:
            page.goto(f"{address}/parts")
            assert "JavaScript пен NCALayer қажет" in page.inner_text("#signing")
            assert not page.get_by_role("button", name=SIGN).is_visible()
