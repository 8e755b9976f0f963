"""A page of a draft that saves itself: nothing that was typed is lost, neither to another tab nor in leaving it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.base_browser import complaints, fill_and_rest
from tests.browser.table import Table, table

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["table"]

LINK, SIGN_OUT = ".govuk-back-link", 'form[action$="/sign-out"] button'
"""Two ways out of the page."""
PATIENCE_OF_PAGE = 30_000
"""Milliseconds after which a page that saves itself has given up one attempt, and made another."""


@contextmanager
def at_the_draft(browser: Browser, table: Table) -> Iterator[Page]:
    """A page of the draft before somebody with a session of their own, who may sign out."""
    with table.house.visitor(browser) as person:
        person.seat("entrepreneur")
        person.open(f"/cabinet/drafts/{table.begun}/pages/asset")
        yield person.page


def kept(browser: Browser, table: Table) -> str:
    """What the draft says of its purpose by now."""
    with table.opened(browser) as page:
        page.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        return page.input_value("#purpose")


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
def test_older_words_that_arrive_when_nobody_waits_for_them_any_more_overwrite_nothing(
    browser: Browser, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, begun, on, late, saved = table.house.app.wsgi_app, Event(), Event(), Event(), Event()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_save, is_late = environ["PATH_INFO"].endswith("/save"), not begun.is_set()
        if is_save and is_late:
            begun.set()
            on.wait(20)
        try:
            return answer(environ, start_response)
        finally:
            if is_save:
                (late if is_late else saved).set()

    monkeypatch.setattr(table.house.app, "wsgi_app", slow)
    with at_the_draft(browser, table) as page:
        fill_and_rest(page, "#purpose", "Жартысы ғана")
        assert begun.wait(20)
        page.fill("#purpose", "Түгел, ақыры")
        page.clock.run_for(PATIENCE_OF_PAGE)
        expect(page.locator("[data-autosave-state]")).to_contain_text("Saved at")
        assert saved.is_set()
        on.set()
        assert late.wait(20)
    assert kept(browser, table) == "Түгел, ақыры"


@pytest.mark.law("A2.1")
@pytest.mark.parametrize("way_out", [LINK, SIGN_OUT])
def test_what_is_typed_in_the_last_second_before_a_page_is_left_is_kept(
    browser: Browser, table: Table, way_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, answer, saved = f"Кетер алдында {way_out}", table.house.app.wsgi_app, Event()

    def watched(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return answer(environ, start_response)
        finally:
            if environ["PATH_INFO"].endswith("/save"):
                saved.set()

    monkeypatch.setattr(table.house.app, "wsgi_app", watched)
    with at_the_draft(browser, table) as page:
        page.clock.install()  # so that the page does not come to save itself
        page.fill("#purpose", words)
        page.locator(way_out).click()
        page.wait_for_url(lambda address: not address.endswith("/asset"))
        assert saved.wait(20)
    assert kept(browser, table) == words


@pytest.mark.law("A2.1")
@pytest.mark.parametrize("way_out", [LINK, SIGN_OUT])
def test_what_is_typed_while_older_words_are_being_saved_is_kept_too(
    browser: Browser, table: Table, way_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, answer, begun, on, saved = f"Тағы да {way_out}", table.house.app.wsgi_app, Event(), Event(), list[Event]()

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

    monkeypatch.setattr(table.house.app, "wsgi_app", slow)
    with at_the_draft(browser, table) as page:
        fill_and_rest(page, "#purpose", "Жартысы")
        assert begun.wait(20)
        page.fill("#purpose", words)
        page.locator(way_out).click(no_wait_after=True)
        on.set()
        page.wait_for_url(lambda address: not address.endswith("/asset"))
        assert [done.wait(20) for done in saved] == [True, True]
        complaints(page).clear()
    assert kept(browser, table) == words


@pytest.mark.law("A2.1")
def test_who_reads_that_nothing_could_be_saved_may_leave_all_the_same(
    browser: Browser, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = table.house.app.wsgi_app

    def broken(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith("/save"):
            start_response("500 Internal Server Error", [("Content-Type", "application/json")])
            return [b"{}"]
        return answer(environ, start_response)

    monkeypatch.setattr(table.house.app, "wsgi_app", broken)
    with at_the_draft(browser, table) as page:
        page.fill("#purpose", "Сақталмайды")
        sign_out = page.locator(SIGN_OUT)
        sign_out.click()
        expect(page.locator("[data-autosave-state]")).to_contain_text("Not saved yet")
        assert page.url.endswith("/asset")
        sign_out.click()
        page.wait_for_url("**/sign-in")
        complaints(page).clear()


@pytest.mark.law("A2.1")
def test_who_reads_that_another_tab_was_first_is_held_back_once_before_the_words_are_lost(
    browser: Browser, table: Table
) -> None:
    with at_the_draft(browser, table) as page, table.opened(browser) as other:
        other.goto(f"/cabinet/drafts/{table.begun}/pages/asset")
        fill_and_rest(other, "#purpose", "Басқа қойынды бұрын сақтады")
        expect(other.locator("[data-autosave-state]")).to_contain_text("Saved at")
        fill_and_rest(page, "#purpose", "Осы қойынды кейін сақтады")
        expect(page.locator("[data-autosave-state]")).to_contain_text("another tab has saved other words here")
        sign_out = page.locator(SIGN_OUT)
        with page.expect_response("**/save"):
            sign_out.click()
        assert page.url.endswith("/asset")
        assert page.input_value("#purpose") == "Осы қойынды кейін сақтады"
        sign_out.click()
        page.wait_for_url("**/sign-in")
        complaints(page).clear()


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
