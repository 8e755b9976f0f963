"""Fixtures for tests in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright

from service.demo.world import World
from service.setup import system
from tests.browser.stories import PICTURES, House, opened_house
from tests.program import furnished_database
from tests.snapshots import Snapshots

QUIET_BROWSER = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--process-per-site",
    "--renderer-process-limit=1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--js-flags=--no-opt --no-maglev",
]
"""No page stays long enough to win back what it costs to compile its scripts a second time, for speed."""

DATABASES = {"kk": "sqlite", "ru": "postgresql", "en": "sqlite"}
"""On which database a story is told in each language."""


LETTERLESS = "--disable-remote-fonts"
"""Pages are set in letters of the machine: their own are a sixth of what a page costs, and words need none."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    """Starts real headless browsers, for the tests of a file.

    Not longer: while it is there, an event loop runs in this thread, and nobody can sign here with pyHanko.
    """
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def browser(chromium: BrowserType, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A real browser; each test opens its own context in it. Stories are told in letters of the machine."""
    is_story = request.path.name.startswith("test_story_") and not PICTURES
    with launched(chromium, LETTERLESS if is_story else "") as found:
        yield found


@pytest.fixture(scope="module")
def letterless(chromium: BrowserType) -> Iterator[Browser]:
    """A browser for whom only words count."""
    with launched(chromium, LETTERLESS) as found:
        yield found


@contextmanager
def launched(chromium: BrowserType, *more: str) -> Iterator[Browser]:
    """A browser with these options more than the usual ones."""
    path = system.browser()
    assert path is not None, "no browser: make setup-tests"
    found = chromium.launch(executable_path=path, args=[*QUIET_BROWSER, *filter(None, more)])
    yield found
    found.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole program for the stories of one file, served on loopback, on each database."""
    folder = tmp_path_factory.mktemp("house")
    with furnished_database(request.param, folder, request) as url, opened_house(url, folder, world) as found:
        yield found


@pytest.fixture(params=list(DATABASES), ids=["-".join(both) for both in DATABASES.items()])
def language(request: pytest.FixtureRequest) -> str:
    """The story is told once in each language."""
    return str(request.param)


@pytest.fixture
def told_house(
    language: str, request: pytest.FixtureRequest, world: World, snapshots: Snapshots, tmp_path: Path
) -> Iterator[House]:
    """A house of its own for a story that is told in three languages, on the database of that language."""
    with (
        furnished_database(DATABASES[language], tmp_path, request) as url,
        opened_house(url, tmp_path, world, printed=False, snapshots=snapshots) as found,
    ):
        yield found
