"""The public pages in a real browser: every colour, everything by keyboard alone, a file that is verified."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page

from service.demo.world import World
from service.web import create_app
from tests.browser.base_browser import complaints, opened, scrolls_sideways, served, violations
from tests.browser.views import LISTS_TOO_WIDE, MOVES
from tests.databases import EMPTY, fresh_database
from tests.web.public_town import Town, furnished

SAMPLE = ("/", "/register", "/verify?code=1")
EXPECTED = "the server responded with a status of 4"
"""Chromium notes every 4xx page on its console; that is no complaint about the page."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def public_town(
    request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("public_town")
    with (
        fresh_database(request.param, folder, request, EMPTY) as url,
        ThreadPoolExecutor(1) as elsewhere,  # this thread is the browser's, whose loop lets nobody else wait
    ):
        building = furnished(url, folder, world)
        yield elsewhere.submit(building.__enter__).result()
        elsewhere.submit(building.__exit__, None, None, None).result()


@pytest.fixture(scope="module")
def address(public_town: Town) -> Iterator[str]:
    app = create_app(public_town.program)
    app.config["RATELIMIT_ENABLED"] = False
    with served(app) as found:
        yield found


def show(page: Page, address: str, path: str, **wishes: str) -> None:
    """Open a page with these wishes for language and view, and wait for its drawing if it has one."""
    asked = "&".join(f"{name}={value}" for name, value in wishes.items())
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}{asked}")
    page.wait_for_selector("main")
    if page.locator("[data-diagram]").count():
        page.wait_for_selector('[data-state="shown"]')


BROKEN_WORDS = """() => [...document.querySelectorAll(".status")].flatMap(status => {
  const texts = document.createTreeWalker(status, NodeFilter.SHOW_TEXT), broken = [];
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) broken.push(word[0]);
  }
  return broken;
})"""
"""Words in the marks of statuses that stand on two lines."""


def surprises(page: Page) -> list[str]:
    """What the browser complained of, but for pages that are meant to be no good."""
    return [complaint for complaint in complaints(page) if EXPECTED not in complaint]


def focus(page: Page) -> str:
    """What has the focus: its id, else its address, else its text."""
    found: str = page.evaluate(
        """() => { const it = document.activeElement;
                   return it.id || it.getAttribute('href') || it.textContent.trim(); }"""
    )
    return found


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focus(page) == wanted:
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


class TestNoBarrier:
    @pytest.mark.law("A1.11.4")
    @pytest.mark.parametrize(("scheme", "paths"), [("light", SAMPLE), ("sepia", SAMPLE), ("blue", SAMPLE)])
    def test_in_the_version_for_the_visually_impaired(
        self, browser: Browser, address: str, scheme: str, paths: tuple[str, ...]
    ) -> None:
        with opened(browser) as page:
            show(page, address, "/", view=f"scheme-{scheme}")
            for path in paths:
                show(page, address, path, lang="kk")
                assert violations(page) == [], path
            assert surprises(page) == []

    @pytest.mark.law("A1.11.4")
    def test_no_status_is_broken_within_a_word_however_large_the_letters(self, browser: Browser, address: str) -> None:
        with opened(browser) as page:
            for version, lang in (("off", "ru"), ("on.size-100.spacing-widest", "ru"), ("on.size-125", "kk")):
                page.context.add_cookies([{"name": "vision", "value": version, "url": address}])
                page.goto(f"{address}/register?on=12.09.2023&lang={lang}")
                assert page.locator(".status--wait").count(), "a long word stands there"
                assert page.evaluate(BROKEN_WORDS) == [], version
                assert not page.evaluate(f"{MOVES} || {LISTS_TOO_WIDE}")

    @pytest.mark.law("A1.11.4")
    def test_the_arrow_of_a_way_back_is_seen_on_black(self, browser: Browser, address: str) -> None:
        with opened(browser) as page:
            show(page, address, "/register/KZ-2023-000001", view="scheme-dark")
            arrow, words = page.locator(".govuk-back-link").evaluate(
                "link => [getComputedStyle(link, '::before').borderTopColor, getComputedStyle(link).color]"
            )
            assert arrow == words

    def test_without_scripts_everything_but_the_drawing_is_there(self, browser: Browser, address: str) -> None:
        with opened(browser, java_script_enabled=False) as page:
            page.goto(f"{address}/procedure?lang=en")
            assert page.locator(".steps__step").count() > 25
            page.goto(f"{address}/register?search=үлгі активтер&lang=en")
            assert page.locator("tbody tr").count() == 1


BESIDE_ITS_BOX = """() => [...document.querySelectorAll('[data-diagram-frame] .djs-visual')].flatMap((shape) => {
    const part = (tag) => shape.querySelector(`:scope > ${tag}`)?.getBoundingClientRect();
    const [box, text] = [part('rect[rx="10"]'), part('text')];
    const inside = !box || !text || (text.left >= box.left && text.right <= box.right);
    return inside ? [] : [shape.textContent];
})"""
"""The steps of a drawing whose name does not stand within its box."""


class TestDrawing:
    @pytest.mark.law("A1.11.3", "A1.11.4")
    @pytest.mark.parametrize("path", ["/procedure", "/procedure/appeal"])
    @pytest.mark.parametrize("lang", ["kk", "ru", "en"])
    def test_the_name_of_a_step_stands_in_its_box(self, browser: Browser, address: str, path: str, lang: str) -> None:
        with opened(browser) as page:
            for view in ("off", "spacing-widest", "font-serif") if lang == "kk" else ("off",):
                show(page, address, path, lang=lang, view=view)
                assert page.evaluate(BESIDE_ITS_BOX) == [], view

    @pytest.mark.law("A1.11.3")
    @pytest.mark.parametrize("width", [360, 1280])
    def test_nothing_lies_under_the_mark_of_its_library(self, browser: Browser, address: str, width: int) -> None:
        with opened(browser, width) as page:
            show(page, address, "/procedure", lang="en")
            mark = page.locator("[data-diagram-frame] .bjs-powered-by")
            assert mark.is_visible()
            for move in ("", "Larger", "Up"):
                if move:
                    page.get_by_role("button", name=move, exact=True).click()
                below, above = mark.bounding_box(), page.locator(".djs-container").bounding_box()
                assert below
                assert above
                assert below["y"] >= above["y"] + above["height"], move


class TestKeyboard:
    @pytest.mark.law("A1.11.4", "R11.2")
    def test_a_permit_is_found_in_the_register(self, browser: Browser, address: str) -> None:
        with opened(browser) as page:
            show(page, address, "/", lang="en")
            tab_to(page, "search")
            page.keyboard.type("үлгі акт")
            page.keyboard.press("Enter")
            page.wait_for_url("**/register?search=*")
            tab_to(page, "/register/KZ-2023-000001")
            page.keyboard.press("Enter")
            page.wait_for_url("**/register/KZ-2023-000001")
            assert "in force" in page.inner_text(".entry__status")
            tab_to(page, "on")
            page.keyboard.type("13.09.2026")
            page.keyboard.press("Enter")
            page.wait_for_url("**on=13.09.2026")
            assert "expired" in page.inner_text(".entry__status")

    @pytest.mark.law("A3.5")
    def test_a_code_is_typed_wrongly_and_mended(self, browser: Browser, address: str, public_town: Town) -> None:
        with opened(browser) as page:
            show(page, address, "/verify", lang="en")
            tab_to(page, "code")
            page.keyboard.type(public_town.permit.verification_code[:-1])
            page.keyboard.press("Enter")
            page.wait_for_selector(".govuk-error-summary")
            assert page.title().startswith("Error: ")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert focus(page) == "code"
            page.keyboard.press("End")
            page.keyboard.type(public_town.permit.verification_code[-1])
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/verify/{public_town.permit.verification_code}")
            assert page.inner_text("h1") == "Such a document was issued"
            assert violations(page) == []

    def test_a_link_of_a_step_leads_to_the_step(self, browser: Browser, address: str) -> None:
        with opened(browser) as page:
            show(page, address, "/procedure", lang="en")
            page.locator("#task_check_completeness .steps__ways a").last.press("Enter")
            page.wait_for_url("**#task_sign_not_considered")
            assert page.locator("#task_sign_not_considered").bounding_box()["y"] < 200  # type: ignore[index]


class TestFile:
    @pytest.mark.law("R2.4", "A3.5")
    def test_a_genuine_file_and_an_altered_one_are_told_apart(
        self, browser: Browser, address: str, public_town: Town
    ) -> None:
        content = public_town.file(public_town.permit)
        public_town.world.clock = public_town.program.clock.now
        altered = content[:9000] + bytes([content[9000] ^ 1]) + content[9001:]
        with opened(browser, 360) as page:
            for name, sent, said in (
                ("permit.pdf", content, "Құжат түпнұсқа"),
                ("altered.pdf", altered, "Бұл берілген құжат емес"),
            ):
                show(page, address, "/verify", lang="kk")
                page.set_input_files("#upload", {"name": name, "mimeType": "application/pdf", "buffer": sent})
                page.get_by_role("button", name="Файлды тексеру").click()
                page.wait_for_url("**/verify/file/*")
                assert page.inner_text("h1") == said
                assert violations(page) == []
                assert not scrolls_sideways(page)
            page.get_by_role("link", name="Русский").click()
            page.wait_for_selector("html[lang=ru]")
            assert page.inner_text("h1") == "Это не тот документ, который был выдан"
            assert surprises(page) == []
