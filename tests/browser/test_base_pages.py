"""The parts of the pages in a real browser: accessible, calm, usable by keyboard, losing nothing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.base_browser import (
    FOREIGN_COLOURS,
    SCHEMES,
    complaints,
    fill_and_rest,
    opened,
    scrolls_sideways,
    violations,
)
from tests.browser.base_pages import address, nca, page, show

__all__ = ["address", "nca", "page"]


class TestNumbers:
    @pytest.mark.parametrize(
        ("language", "may", "left", "over"),
        [
            ("kk", "10\u00a0000 таңбаға дейін жазуға болады", "Қалған таңба саны: 2\u00a0000", "1\u00a0000"),
            ("ru", "Можно написать до 10\u00a0000 символов", "Осталось символов: 2\u00a0000", "1\u00a0000"),
            ("en", "You can write up to 10\u00a0000 characters", "Characters left: 2\u00a0000", "1\u00a0000"),
        ],
    )
    def test_the_counter_of_characters_writes_numbers_as_the_pages_do(
        self, page: Page, address: str, language: str, may: str, left: str, over: str
    ) -> None:
        show(page, address, f"/cabinet/form?lang={language}")
        assert str(page.locator("#purpose-info").text_content()).strip() == may
        for written, expected in ((8000, left), (9999, "1"), (11_000, over)):
            page.fill("#purpose", "ә" * written)
            page.wait_for_function(
                "words => document.querySelector('.govuk-character-count__status').textContent.endsWith(words)",
                arg=expected,
            )


class TestAccessibility:
    @pytest.mark.parametrize(
        ("path", "language"), [("/parts", "kk"), ("/parts", "en"), ("/cabinet/form", "ru"), ("/cabinet/sign-in", "kk")]
    )
    def test_no_page_breaks_a_rule(self, page: Page, address: str, path: str, language: str) -> None:
        show(page, address, f"{path}?lang={language}")
        if path == "/parts":
            page.wait_for_selector('[data-state="shown"]')
        assert violations(page) == []
        assert complaints(page) == []

    def test_no_page_with_errors_breaks_a_rule(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        page.get_by_role("button", name="Жіберу").click()
        page.wait_for_selector(".govuk-error-summary")
        assert violations(page) == []
        assert page.title().startswith("Қате:")
        assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")

    @pytest.mark.parametrize("path", ["/nowhere", "/fail/500"])
    def test_no_error_page_breaks_a_rule(self, page: Page, address: str, path: str) -> None:
        show(page, address, path)
        assert violations(page) == []

    @pytest.mark.law("A1.11.4")
    @pytest.mark.parametrize(
        ("scheme", "path"),
        [("light", "/parts"), ("dark", "/parts"), ("sepia", "/cabinet/form"), ("blue", "/cabinet/form")],
    )
    def test_no_page_breaks_a_rule_in_the_version_for_the_visually_impaired(
        self, page: Page, address: str, path: str, scheme: str
    ) -> None:
        show(page, address, f"{path}?view=scheme-{scheme}")
        show(page, address, f"{path}?view=size-200")
        assert violations(page) == []
        assert complaints(page) == []
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"

    @pytest.mark.law("A1.11.4")
    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("path", ["/parts", "/cabinet/form"])
    def test_what_stands_before_and_after_takes_the_colours_of_the_scheme(
        self, page: Page, address: str, path: str, scheme: str
    ) -> None:
        show(page, address, f"{path}?view=scheme-{scheme}")
        page.set_viewport_size({"width": 360, "height": 900})
        assert page.evaluate(FOREIGN_COLOURS, SCHEMES[scheme]) == []

    @pytest.mark.law("A1.11.4")
    def test_the_focus_is_seen_at_a_choice_in_the_version_for_the_visually_impaired(
        self, page: Page, address: str
    ) -> None:
        show(page, address, "/cabinet/form?view=scheme-dark")
        page.focus("input[name=complete][value=no]")
        page.keyboard.press("Space")
        ring = "getComputedStyle(document.activeElement.nextElementSibling, '::before').outline"
        assert page.evaluate("document.activeElement.name") == "complete"
        assert page.evaluate(ring) == f"{SCHEMES['dark'][2]} solid 4px"

    @pytest.mark.law("A1.11.4")
    @pytest.mark.parametrize("view", ["off", "size-200"])
    @pytest.mark.parametrize("path", ["/parts", "/cabinet/form", "/nowhere"])
    def test_a_small_telephone_needs_no_sideways_scrolling(
        self, browser: Browser, address: str, path: str, view: str
    ) -> None:
        with opened(browser, 360) as page:
            page.goto(f"{address}/enter/850615399019")
            show(page, address, f"{path}?view={view}")
            assert not scrolls_sideways(page)

    @pytest.mark.law("A1.11.4")
    def test_pictures_can_be_left_out(self, page: Page, address: str) -> None:
        show(page, address, "/parts?view=images-off")
        assert page.locator("[data-diagram]").count() == 0
        assert page.locator('[aria-current="step"]').count() == 1

    def test_all_kazakh_letters_come_from_one_typeface(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        page.evaluate(
            """() => { document.querySelector('h1').textContent = 'Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі ABC абв 123 № ₸'; }"""
        )
        page.evaluate("() => document.fonts.ready.then(() => true)")
        page.wait_for_function("() => [...document.fonts].filter(font => font.status === 'loaded').length >= 4")
        tools = page.context.new_cdp_session(page)
        tools.send("DOM.enable")
        tools.send("CSS.enable")
        root = tools.send("DOM.getDocument")["root"]["nodeId"]
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert {font["familyName"] for font in fonts} == {"Noto Sans"}
        assert all(font["isCustomFont"] for font in fonts)


class TestKeyboard:
    def test_the_first_key_leads_past_the_header(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"

    def test_enter_in_a_field_sends_the_form_and_presses_no_switch(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        page.fill("#platform", "Бастама")
        page.press("#platform", "Enter")
        page.wait_for_selector(".govuk-error-summary")
        assert page.get_attribute("html", "lang") == "kk"

    def test_a_link_of_the_summary_leads_to_its_field(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        page.get_by_role("button", name="Жіберу").click()
        page.locator(".govuk-error-summary a").first.press("Enter")
        assert page.evaluate("document.activeElement.id") == "purpose"


class TestNothingIsLost:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_the_language_is_changed_in_the_middle_of_a_form(
        self, browser: Browser, address: str, scripts: bool
    ) -> None:
        with opened(browser, java_script_enabled=scripts) as page:
            page.goto(f"{address}/enter/850615399019")
            page.goto(f"{address}/cabinet/form")
            page.fill("#purpose", "Айналым\nекінші жол")
            page.check("input[name=complete][value=no]")
            page.get_by_role("button", name="Русский").click()
            page.wait_for_selector("html[lang=ru]")
            assert page.input_value("#purpose") == "Айналым\nекінші жол"
            assert page.is_checked("input[name=complete][value=no]")

    def test_typing_is_saved_and_the_hour_of_the_program_is_told_in_text(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        fill_and_rest(page, "#purpose", "Айналым")
        expect(page.locator("[data-autosave-state]")).to_have_text("Сақталған уақыты: 10:00")

    def test_a_failure_to_save_is_told_and_the_text_stays(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        page.route("**/cabinet/save", lambda route: route.abort())
        fill_and_rest(page, "#purpose", "Айналым")
        expect(page.locator("[data-autosave-state]")).to_contain_text("Әзірге сақталмады")
        assert page.input_value("#purpose") == "Айналым"


class TestConditions:
    def test_fields_appear_when_they_are_needed(self, page: Page, address: str) -> None:
        show(page, address, "/cabinet/form")
        assert not page.is_visible("#missing")
        page.check("input[name=complete][value=no]")
        assert page.is_visible("#missing")
        assert not page.is_visible("#which")
        page.check("input[name=missing][value=contract]")
        assert page.is_visible("#which")
        page.check("input[name=complete][value=yes]")
        assert not page.is_visible("#missing")
        assert not page.is_visible("#which")

    def test_without_scripts_they_are_all_there(self, browser: Browser, address: str) -> None:
        with opened(browser, java_script_enabled=False) as page:
            page.goto(f"{address}/enter/850615399019")
            page.goto(f"{address}/cabinet/form")
            assert page.is_visible("#missing")
            assert page.is_visible("#which")


class TestDrawing:
    def test_it_is_drawn_named_and_marked(self, page: Page, address: str) -> None:
        show(page, address, "/parts", '[data-state="shown"]')
        drawing = page.locator("[data-diagram-frame] svg").first
        assert drawing.get_attribute("role") == "img"
        assert drawing.get_attribute("aria-label") == "Рұқсат беру рәсімі."
        assert drawing.get_attribute("tabindex") is None
        assert page.locator('[data-element-id="task_examine"].diagram-current').count() == 1
        assert page.locator('[data-element-id="task_check"].diagram-done').count() == 1
        assert complaints(page) == []

    def test_buttons_move_it_and_the_wheel_moves_the_page(self, page: Page, address: str) -> None:
        show(page, address, "/parts", '[data-state="shown"]')
        place = "document.querySelector('.viewport').getAttribute('transform')"
        before = page.evaluate(place)
        page.get_by_role("button", name="Үлкейту").click()
        assert page.evaluate(place) != before
        page.hover("[data-diagram-frame]")
        page.mouse.wheel(0, 300)
        page.wait_for_function("() => window.scrollY > 0")

    def test_a_drawing_that_does_not_come_is_told_in_words(self, page: Page, address: str) -> None:
        page.route("**/diagram.bpmn", lambda route: route.abort())
        show(page, address, "/parts", '[data-state="failed"]')
        assert page.is_visible("[data-diagram-failed]")
        assert page.locator('[aria-current="step"]').count() == 1
