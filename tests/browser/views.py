"""The views in which each page is looked at, and the search for barriers on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.base_browser import (
    EVERY_RULE,
    FOREIGN_COLOURS,
    OF_VERSION,
    OF_WORDS,
    SCHEMES,
    complaints,
    violations,
)
from tests.browser.town import Stop, Town

WIDE, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 900}


@dataclass(frozen=True)
class View:
    """How a page is looked at; where words or looks alone differ from an earlier view, the rules they can change.

    Where the letters are the largest, the page is made as `narrow` as a telephone too; neither it nor a list on it has
    to be moved sideways then, nor a list on the wide page.
    """

    name: str
    language: str
    vision: str = "off"
    only: Sequence[str] = ()
    narrow: bool = False


LARGEST = "on.size-200.scheme-dark.spacing-widest.font-serif.images-on"
VIEWS = {
    "sqlite": (
        View("Kazakh", "kk"),
        View("for the visually impaired", "ru", LARGEST, only=OF_VERSION, narrow=True),
    ),
    "postgresql": (
        View("Russian", "ru", only=OF_WORDS),
        View("English", "en", only=OF_WORDS),
    ),
}
"""On which database each page is looked at how; together in each language and version."""

# The drawing is the same at every task of a procedure: it is examined on the pages of cases and of the procedure. At a
# task it waits for its letters and is never drawn.
UNDRAWN = """
if (location.pathname.startsWith("/office/tasks/")) document.fonts.load = () => new Promise(() => {});
"""
READY = """async drawn => {
  const drawing = document.querySelector("[data-diagram]");
  while (drawn && drawing && !drawing.dataset.state) await new Promise(done => setTimeout(done, 20));
  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  return {language: document.documentElement.lang, failed: drawing?.dataset.state === "failed"};
}"""
LISTS_TOO_WIDE = """[...document.querySelectorAll(":is(.work, [class*=cards]) .table-scroll")]
  .some(list => list.scrollWidth > list.clientWidth)"""
MOVES = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def views_of(town: Town) -> Sequence[View]:
    """The views of the database of a town."""
    return VIEWS[town.house.program.database.engine.dialect.name]


def only_words(town: Town) -> bool:
    """Whether words alone are looked at in all these views."""
    return not EVERY_RULE and all(view.only == OF_WORDS for view in views_of(town))


def look_around(town: Town, page: Page, stops: Sequence[Stop]) -> list[str]:
    """What is wrong with these pages in the views of this database, one line for each fault."""
    found = []
    for view in views_of(town):
        cookies = {"lang": view.language, "vision": view.vision}
        page.context.add_cookies([{"name": n, "value": text, "url": town.house.address} for n, text in cookies.items()])
        for stop in stops:
            found += [f"{stop.address} ({view.name}): {line}" for line in barriers(town, page, stop, view)]
    return found


def barriers(town: Town, page: Page, stop: Stop, view: View) -> list[str]:
    """What is wrong with one page in one view."""
    complaints(page).clear()
    answer = page.goto(town.house.address + stop.address)
    drawn = not stop.address.startswith("/office/tasks/")
    seen: dict[str, Any] = page.evaluate(READY, drawn)
    found = violations(page, only=view.only)
    if answer is None or answer.status != stop.status:
        found.append(f"answers {answer and answer.status}")
    if seen["language"] != view.language:
        found.append("speaks another language")
    if seen["failed"]:
        found.append("shows no drawing")
    if view.narrow:
        if page.evaluate(LISTS_TOO_WIDE):
            found.append("holds a list that is wider than its place")
        page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
        found += page.evaluate(FOREIGN_COLOURS, SCHEMES["dark"])
        if page.evaluate(f"{MOVES} || {LISTS_TOO_WIDE}"):
            found.append("scrolls sideways")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    expected = f"the server responded with a status of {stop.status} "
    return found + [line for line in complaints(page) if expected not in line]
