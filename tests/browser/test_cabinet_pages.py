"""The cabinet in a real browser: without JavaScript, after a reload, with a key put away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service.domain.case import Case
from service.usecases.drafts import open_draft
from tests.browser.base_browser import complaints, fill_and_rest, opened, scrolls_sideways, violations
from tests.browser.stories import House, chosen_file
from tests.program import DOES_NOT, HEARING, LETTER, TITLE, TRADE, Story

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CHOOSE_LARGE = """(field, size) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([new ArrayBuffer(size)], "үлкен.pdf", {type: "application/pdf"}));
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", {bubbles: true}));
}"""
"""Chooses a file of so many bytes without sending it to the browser first."""


@dataclass(frozen=True)
class Table:
    """An applicant's papers: a draft that is ready, an empty one, and a case with an invitation."""

    house: House
    signed_in: Any
    ready: str
    begun: str
    invited: Case

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
    return Table(
        house=house,
        signed_in=signed_in,
        ready=story.draft("entrepreneur", TRADE, [TITLE, LETTER]),
        begun=open_draft(story.program, story.applicant("entrepreneur")).id,
        invited=invited,
    )


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


@pytest.mark.law("A2.1")
def test_a_tab_that_saves_itself_says_that_another_was_first(browser: Browser, table: Table) -> None:
    with table.opened(browser) as page, table.opened(browser) as other:
        for tab in (page, other):
            tab.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        fill_and_rest(other, "#purpose", "Екінші қойынды")
        expect(other.locator("[data-autosave-state]")).to_contain_text("Saved at")
        fill_and_rest(page, "#purpose", "Бірінші қойынды")
        expect(page.locator("[data-autosave-state]")).to_contain_text("another tab has saved other words here")
        page.get_by_role("button", name="Save and go to the list").click()
        expect(page.locator("#purpose-error")).to_contain_text("“Екінші қойынды”")
        page.get_by_role("button", name="Save and go to the list").click()
        page.wait_for_url(f"**/cabinet/drafts/{table.begun}")
        assert [each for each in complaints(page) if "409" not in each] == []
        complaints(page).clear()


@pytest.mark.law("A2.1")
def test_older_words_that_save_themselves_never_arrive_after_the_button(
    browser: Browser, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, begun, on, saved = table.house.app.wsgi_app, Event(), Event(), Event()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_late = environ["PATH_INFO"].endswith("/save") and not begun.is_set()
        if is_late:
            begun.set()
            on.wait(20)
        try:
            return answer(environ, start_response)
        finally:
            if environ["REQUEST_METHOD"] == "POST":
                (saved if is_late else on).set()

    monkeypatch.setattr(table.house.app, "wsgi_app", slow)
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        fill_and_rest(page, "#purpose", "Жартысы")
        assert begun.wait(20)
        page.fill("#purpose", "Түгел мақсат")
        page.get_by_role("button", name="Save and go to the list").click()
        expect(page.locator("[data-autosave-state]")).to_contain_text("One moment")
        on.set()
        page.wait_for_url(f"**/cabinet/drafts/{table.begun}")
        assert saved.wait(20)
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        expect(page.locator("#purpose")).to_have_value("Түгел мақсат")


@pytest.mark.law("A2.1")
@pytest.mark.parametrize("way_out", [".govuk-back-link", 'form[action$="/sign-out"] button'])
def test_what_is_typed_in_the_last_second_before_a_page_is_left_is_kept(
    browser: Browser, house: House, table: Table, way_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, answer, saved = f"Кетер алдында {way_out}", house.app.wsgi_app, Event()

    def watched(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return answer(environ, start_response)
        finally:
            if environ["PATH_INFO"].endswith("/save"):
                saved.set()

    monkeypatch.setattr(house.app, "wsgi_app", watched)
    with house.visitor(browser) as person:
        person.seat("entrepreneur")
        person.open(f"/cabinet/drafts/{table.begun}/pages/asset")
        person.page.clock.install()  # so that the page does not come to save itself
        person.page.fill("#purpose", words)
        person.page.locator(way_out).click()
        person.page.wait_for_url(lambda address: not address.endswith("/asset"))
        assert saved.wait(20)
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        expect(page.locator("#purpose")).to_have_value(words)


@pytest.mark.law("A2.1")
@pytest.mark.parametrize("way_out", [".govuk-back-link", 'form[action$="/sign-out"] button'])
def test_what_is_typed_while_older_words_are_being_saved_is_kept_too(
    browser: Browser, house: House, table: Table, way_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, answer, begun, on, saved = f"Тағы да {way_out}", house.app.wsgi_app, Event(), Event(), list[Event]()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith("/save"):
            return answer(environ, start_response)
        is_first, done = not saved, Event()
        saved.append(done)
        begun.set()
        try:
            return answer(environ, start_response)
        finally:
            if is_first:
                on.wait(5)  # it is kept; the page does not know yet
            done.set()

    monkeypatch.setattr(house.app, "wsgi_app", slow)
    with house.visitor(browser) as person:
        person.seat("entrepreneur")
        person.open(f"/cabinet/drafts/{table.begun}/pages/asset")
        fill_and_rest(person.page, "#purpose", "Жартысы")
        assert begun.wait(20)
        person.page.fill("#purpose", words)
        person.page.locator(way_out).click(no_wait_after=True)
        on.set()
        person.page.wait_for_url(lambda address: not address.endswith("/asset"))
        assert [done.wait(20) for done in saved] == [True, True]
        complaints(person.page).clear()
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        expect(page.locator("#purpose")).to_have_value(words)


@pytest.mark.law("A2.1")
def test_who_reads_that_nothing_could_be_saved_may_leave_all_the_same(
    browser: Browser, house: House, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = house.app.wsgi_app

    def broken(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith("/save"):
            start_response("500 Internal Server Error", [("Content-Type", "application/json")])
            return [b"{}"]
        return answer(environ, start_response)

    monkeypatch.setattr(house.app, "wsgi_app", broken)
    with house.visitor(browser) as person:
        person.seat("entrepreneur")
        person.open(f"/cabinet/drafts/{table.begun}/pages/asset")
        person.page.fill("#purpose", "Сақталмайды")
        sign_out = person.page.locator('form[action$="/sign-out"] button')
        sign_out.click()
        expect(person.page.locator("[data-autosave-state]")).to_contain_text("Not saved yet")
        assert person.page.url.endswith("/asset")
        sign_out.click()
        person.page.wait_for_url("**/sign-in")
        complaints(person.page).clear()


@pytest.mark.law("A2.1")
def test_a_button_pressed_on_a_page_that_was_left_meanwhile_sends_nothing_when_it_is_shown_again(
    browser: Browser, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, begun, left, sent = table.house.app.wsgi_app, Event(), Event(), list[str]()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            sent.append(environ["PATH_INFO"].rpartition("/")[2])
            begun.set()
            left.wait(5)
        return answer(environ, start_response)

    monkeypatch.setattr(table.house.app, "wsgi_app", slow)
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        fill_and_rest(page, "#purpose", "Жартысы")
        assert begun.wait(20)
        page.get_by_role("button", name="Save and go to the list").click()
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
        left.set()
        expect(page.locator("[data-autosave-state]")).to_contain_text("Saved at")
        assert (sent, page.url.rpartition("/")[2]) == (["save"], "asset")
        page.get_by_role("button", name="Save and go to the list").click()
        page.wait_for_url(f"**/cabinet/drafts/{table.begun}")
        assert sent == ["save", "asset"]
