"""Fixtures for tests in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from service.demo.world import World
from service.setup import system
from tests.browser.stories import House, opened_house
from tests.databases import SQLiteDatabases

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
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real headless browser, one for the tests of a file; each test opens its own context in it.

    Not longer: while it is there, an event loop runs in this thread, and nobody can sign here with pyHanko.
    """
    path = system.browser()
    assert path is not None, "no browser: make setup-tests"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET_BROWSER)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def house(furnished_sqlite: SQLiteDatabases, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole program for the stories of one file, served on loopback."""
    folder = tmp_path_factory.mktemp("house")
    with opened_house(furnished_sqlite.create(folder), folder, world) as found:
        yield found
