"""The views in which each page is looked at, and the search for barriers on it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.base_browser import TAGS, complaints, scrolls_sideways
from tests.browser.stories import Person
from tests.browser.town import (
    Stop,
    Town,
)


@dataclass(frozen=True)
class View:
    """How a page is looked at; `without` are rules that an earlier view of the same page has settled.

    `checked` is off where only the width is new.
    """

    name: str
    language: str
    vision: str = "off"
    width: int = 1280
    without: tuple[str, ...] = ()
    checked: bool = True


VIEWS = (
    View("Kazakh", "kk"),
    View("Russian", "ru", without=("color-contrast",)),
    View("English", "en", without=("color-contrast",)),
    View("for the visually impaired", "kk", "on.size-200.scheme-dark.spacing-widest.font-serif.images-on"),
    View("largest letters on a telephone", "ru", "on.size-200.spacing-widest", width=360, checked=False),
)


CHECK = """([tags, without, away]) => {
  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
  document.querySelectorAll(away).forEach(part => part.remove());
  return axe.run({runOnly: {type: "tag", values: tags}, rules, resultTypes: ["violations"]}).then(found =>
    found.violations.map(each => `${each.id}: ${each.help} at ${each.nodes[0].target}`));
}"""


def enter(person: Person, who: str) -> None:
    """Sign in as this one, by the pages."""
    if who in ("applicant", "entrepreneur"):
        person.enter_cabinet("company_head" if who == "applicant" else who)
    elif who != "anybody":
        person.enter_office(who)


def barriers(town: Town, page: Page, stop: Stop, view: View) -> list[str]:
    """What is wrong with one page in one view, one line for each fault."""
    complaints(page).clear()
    page.set_viewport_size({"width": view.width, "height": 900})
    cookies = {"lang": view.language, "vision": view.vision}
    page.context.add_cookies([{"name": n, "value": text, "url": town.house.address} for n, text in cookies.items()])
    answer = page.goto(town.house.address + stop.address)
    if page.locator("[data-diagram]").count():
        page.wait_for_selector('[data-state="shown"]')
    # The drawing is the same at every task of a procedure: it is examined on the pages of cases and of the procedure.
    away = "[data-diagram] svg" if stop.address.startswith("/office/tasks/") else "no-such-part"
    found: list[str] = page.evaluate(CHECK, [TAGS, view.without, away]) if view.checked else []
    if answer is None or answer.status != stop.status:
        found.append(f"answers {answer and answer.status}")
    if page.get_attribute("html", "lang") != view.language:
        found.append("speaks another language")
    if view.width < 1280 and scrolls_sideways(page):
        found.append("scrolls sideways")
    expected = f"the server responded with a status of {stop.status} "
    found += [line for line in complaints(page) if expected not in line]
    return [f"{stop.address} ({view.name}): {line}" for line in found]
