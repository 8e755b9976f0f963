"""For the stories: the whole program behind its real web server, and people who sit before it in a real browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from waitress import create_server, wasyncore

from service.demo.accounts import PASSWORD
from service.demo.people import Paper, pdf
from service.demo.seed import LETTER, STARTS_AT, TITLE
from service.demo.world import World
from service.program import Program
from service.sandbox.weather import Weather
from service.web import create_app
from service.web.catalogues import translations
from service.web.stash import WallClock
from tests.browser.base_browser import complaints, opened, with_axe
from tests.one_page import OnePage
from tests.program import Story, build_program
from tests.snapshots import Snapshots
from tests.web.seated import session_of

Result = TypeVar("Result")
PICTURES = os.environ.get("RUQSAT_TEST_PICTURES", "")
"""A folder in which every step of the stories leaves a picture; none are taken where it is not named."""


PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine; waiting ends as soon as what is waited for is there."""
expect.set_options(timeout=PATIENCE)


class Wall(WallClock):
    """The clock by which sessions end; it can be set ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@dataclass
class House:
    """The program, the outside world, and where the pages are."""

    program: Program
    world: World
    app: Flask
    wall: Wall
    snapshots: Snapshots | None = None
    address: str = ""
    story: Story = field(init=False)

    def __post_init__(self) -> None:
        self.story = Story(self.program, self.world, self.snapshots)

    def meanwhile(self, happens: Callable[[Story], Result]) -> Result:
        """Let something happen beside the pages, in a thread of its own: the browser's loop runs in this one."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(happens, self.story).result()

    @contextmanager
    def visitor(self, browser: Browser, language: str = "en", width: int = 1280) -> Iterator[Person]:
        """Somebody with a browser of their own, who has not signed in; the browser has no reason to complain."""
        with opened(browser, width) as page:
            page.set_default_timeout(PATIENCE)
            yield Person(self, page, language)
            assert complaints(page) == []

    @contextmanager
    def officer(self, browser: Browser, login: str, language: str = "en") -> Iterator[Person]:
        """An officer who has signed in to the office."""
        with self.visitor(browser, language) as person:
            person.enter_office(login)
            yield person

    @contextmanager
    def applicant(self, browser: Browser, persona: str = "company_head", language: str = "en") -> Iterator[Person]:
        """An applicant who has signed in to the cabinet with a key."""
        with self.visitor(browser, language) as person:
            person.enter_cabinet(persona)
            yield person


class Person:
    """Somebody before the pages; every name is the one that is read on the page, in its language."""

    def __init__(self, house: House, page: Page, language: str) -> None:
        self.house, self.page, self.language = house, page, language
        page.context.add_cookies([{"name": "lang", "value": language, "url": house.address}])

    def say(self, text: str, **facts: object) -> str:
        """A text of the pages in the language of this person."""
        told = translations(self.language).gettext(text)
        return told % facts if facts else told

    def name(self, procedure: str, element: str) -> str:
        """What an element of a drawing is called in the language of this person."""
        with self.house.program.reading() as uow:
            return self.house.program.editions.of(uow, 1, procedure).catalogue.element(element).names[self.language]

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.house.address + path)

    def seat(self, who: str) -> None:
        """Be an officer or an applicant who has signed in: that has stories of its own."""
        told = session_of(self.house.app, self.house.story, who)
        address = self.house.address
        self.page.context.add_cookies([{"name": "session", "value": told, "url": address, "httpOnly": True}])

    def enter_office(self, login: str, password: str = PASSWORD) -> None:
        """Sign in to the office with login and password."""
        self.open("/office/")
        self.page.fill("#login", login)
        self.page.fill("#password", password)
        self.page.press("#password", "Enter")
        expect(self.page.locator(".site-header__person")).to_be_visible()

    def enter_cabinet(self, persona: str) -> None:
        """Sign in to the cabinet with a key in NCALayer."""
        self.open("/cabinet/")
        self.sign_with(persona)
        expect(self.page.locator(".site-header__person")).to_be_visible()

    def sign_with(self, persona: str = "") -> None:
        """Sign what the page shows."""
        if persona:
            self.page.select_option("[data-sign-persona]", persona)
        self.page.locator("[data-sign-start]").click()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def answer(self, **answers: object) -> None:
        """Fill in fields of the page's form: texts, choices, and several choices as a list."""
        for name, value in answers.items():
            for each in value if isinstance(value, list) else [value]:
                self._answer(self.page.locator(f'[name="{name}"]:not([type="hidden"])'), str(each))

    def _answer(self, fields: Locator, value: str) -> None:
        kind = fields.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            fields.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind.startswith("select"):
            fields.select_option(value)
        else:
            fields.fill(value)

    def reads(self, *texts: str) -> None:
        """See each of these texts on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees(self, heading: str) -> None:
        """Be on the page with this heading."""
        expect(self.page.locator("h1")).to_contain_text(heading)

    def downloads(self, name: str) -> bytes:
        """Press a link that gives a file to be saved; the bytes as they came."""
        with self.page.expect_download() as waiting:
            self.follow(name)
        return waiting.value.path().read_bytes()

    def work_on(self, number: str, task: str) -> None:
        """Find a case in the office's list of work by its number and open its task."""
        self.open(f"/office/?tab=all&q={number}")
        self.follow(task)
        self.sees(task)

    def forgive(self, status: int) -> None:
        """An answer with this status was expected; the browser's line about it is no complaint."""
        line = f"the server responded with a status of {status} "
        complaints(self.page)[:] = [each for each in complaints(self.page) if line not in each]

    def picture(self, name: str) -> None:
        """Leave a picture of the whole page, where a folder for pictures is named."""
        if PICTURES:
            test = os.environ.get("PYTEST_CURRENT_TEST", "").split("::")[-1].split(" ")[0]
            path = Path(PICTURES) / f"{test}-{name}.png"
            self.page.screenshot(path=path, full_page=True)


def chosen_file(paper: Paper) -> FilePayload:
    """A made-up attachment as a browser hands it in."""
    return {"name": f"{paper.title}.pdf", "mimeType": "application/pdf", "buffer": pdf(paper.title, paper.number)}


PAPERS = (TITLE, LETTER)
PLACE = {
    "addresses-0-postcode": "010000",
    "addresses-0-region": "Астана қаласы",
    "addresses-0-city": "Астана қаласы",
    "addresses-0-street": "Мәңгілік Ел даңғылы",
    "addresses-0-house": "55/5",
}
"""One place of activity, as the form's repeated fields are named."""


@contextmanager
def opened_house(
    database: str, folder: Path, world: World, *, printed: bool = True, snapshots: Snapshots | None = None
) -> Iterator[House]:
    """Build the program on a furnished database, on Tuesday 21 April 2026 at 10:00, and serve all its pages.

    Where the papers are not `printed` each of them is an empty page. With `snapshots` a story begins where the same
    acts led once before.
    """
    program = build_program(database, world, folder)
    program = program if printed else replace(program, press=OnePage())
    program.set_clock(STARTS_AT)
    world.clock = program.clock.now
    world.shep.weather = Weather.FINE
    world.forget()
    if snapshots is not None:
        snapshots.watch(program)
    wall = Wall()
    app = create_app(program, wall=wall)
    app.config["RATELIMIT_ENABLED"] = False
    house = House(program, world, app, wall, snapshots)
    with _served(app) as address:
        house.address = address
        yield house
    program.database.engine.dispose()


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    """Serve the pages with waitress, as in production, on a free port of loopback."""
    channels: dict[int, wasyncore.dispatcher] = {}
    server = create_server(
        with_axe(app), host="127.0.0.1", port=0, threads=8, map=channels, clear_untrusted_proxy_headers=True
    )
    thread = threading.Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{cast(int, server.effective_port)}"
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(channels))
        thread.join(10)
        server.task_dispatcher.shutdown()
