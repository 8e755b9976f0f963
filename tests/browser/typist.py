"""Somebody who has a keyboard only, before the pages of the stories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from service.domain.case import Case
from tests.browser.base_browser import OF_LOOKS, OF_WORDS, violations
from tests.browser.stories import House, Person

BATCHES = (1, 2, 4, 8, 16, 32, 32)
"""How often Tab is pressed between two looks at where the focus is; together enough to reach anything on any page."""
NUMBERED = re.compile(r"[^/\s]*[0-9][^/\s]*")
Kind = tuple[str, str]
"""A language and the address of a page without its numbers."""
EXAMINED: dict[Kind, set[str]] = {}
"""The pages that this process has examined with axe, with the headings under which they were met."""

# From here on Tab moves no further than what is aimed at: a batch of presses ends there.
AIM = """found => {
  window.aim = found;
  if (!window.stops) {
    window.stops = event => {
      if (event.key === "Tab" && window.aim.includes(document.activeElement)) event.preventDefault();
    };
    addEventListener("keydown", window.stops, true);
  }
  const main = document.querySelector("main"), here = document.activeElement;
  const begins = here === document.body || here === document.documentElement;
  return {met: found.includes(here), skips: begins && found.every(each => main.contains(each))};
}"""
MET = "() => window.aim.includes(document.activeElement)"
SEEN = """() => {
  const here = document.activeElement, place = here.getBoundingClientRect();
  const shown = here.closest(".govuk-radios__item, .govuk-checkboxes__item") ?? here;
  const style = getComputedStyle(here), mark = getComputedStyle(here.nextElementSibling ?? here, "::before");
  const marked = style.outlineStyle !== "none" || style.boxShadow !== "none" || mark.outlineStyle !== "none"
    || mark.boxShadow !== "none";
  const over = document.elementFromPoint(place.x + place.width / 2, place.y + Math.min(place.height / 2, 10));
  return marked && shown.contains(over);
}"""
PLACES = """(found, value) =>
  [found.indexOf(document.activeElement), found.findIndex(each => each.value === value), found.length]"""


class Typist:
    """What is wanted is named as a screen reader names it, or by the name of its field.

    One that `looks` examines each page with axe, once in each language; one that `skips` goes by the link that leads
    past what stands on every page.
    """

    def __init__(self, person: Person, *, looks: bool = False, skips: bool = False) -> None:
        self.person, self.page, self.keys = person, person.page, person.page.keyboard
        self._looks, self._skips, self._new = looks, skips, True
        self._passed: set[Kind] = set()
        self.page.on("filechooser", lambda _window: None)  # from now on the test answers these windows
        self.page.on("framenavigated", lambda _frame: self._arrive())

    def say(self, text: str, **facts: object) -> str:
        """A text of the pages in the language of this person."""
        return self.person.say(text, **facts)

    def done(self, procedure: str, element: str) -> str:
        """What the office says of a task that was done."""
        return self.say("Done: %(task)s.", task=self.person.name(procedure, element))

    def seat(self, who: str) -> None:
        """From now on an officer or an applicant, who has signed in, sits here."""
        self.person.seat(who)

    def case(self, number: str) -> Case:
        """The case of this number."""
        queries = self.person.house.program.queries
        return queries.case(queries.case_by_number(number) or 0).case

    def open_task(self, number: str, element: str) -> None:
        """Type the address of the open task of a case."""
        view = self.person.house.program.queries.case(self.case(number).id)
        (task,) = (task for task in view.open_tasks() if task.element == element)
        self.person.open(f"/office/tasks/{task.id}")

    def reach(self, wanted: Locator) -> None:
        """Press Tab until the focus is there; it can be seen there, and nothing lies over it."""
        expect(wanted.first).to_be_visible()
        self.examine()
        found = wanted.evaluate_all(AIM)
        if found["skips"] and self._skips:
            self.keys.press("Tab")
            self.keys.press("Enter")
        met = found["met"]
        for presses in BATCHES:
            if met:
                break
            for _ in range(presses):
                self.keys.press("Tab")
            met = self.page.evaluate(MET)
        assert met, f"{wanted} cannot be reached by keyboard"
        assert self.page.evaluate(SEEN), f"the focus cannot be seen at {wanted}"

    def enter(self) -> None:
        """Press Enter where the focus is, and wait for the page to which that leads."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.keys.press("Enter")

    def press(self, name: str, role: str = "button") -> None:
        """Reach a button and press Enter."""
        self.reach(self.page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]
        self.enter()

    def follow(self, name: str) -> None:
        """Reach a link and press Enter."""
        self.press(name, "link")

    def send(self, form: str = "answers") -> None:
        """Send a form by its first button."""
        self.reach(self.page.locator(f"#{form} .govuk-button").first)
        self.enter()

    def sign(self) -> None:
        """Sign with NCALayer what the page shows."""
        self.reach(self.page.locator("[data-sign-start]"))
        self.enter()

    def write(self, label: str, text: str) -> None:
        """Reach a field by its label and type over what stands there."""
        self._type(self.page.get_by_label(label, exact=True), text)

    def fill(self, **texts: str) -> None:
        """Reach each field by its name and type over what stands there."""
        for name, text in texts.items():
            self._type(self._field(name), text)

    def choose(self, label: str, option: str) -> None:
        """Reach a list by its label and press the arrow until this option is chosen."""
        self._choose(self.page.get_by_label(label, exact=True), option)

    def choose_in(self, name: str, option: str) -> None:
        """Reach a list by the name of its field and press the arrow until this option is chosen."""
        self._choose(self._field(name), option)

    def pick(self, question: str, answer: str) -> None:
        """Reach the answers to a question and take one by Space or the arrows."""
        group = self.page.get_by_role("group", name=question)
        self._take(group.get_by_role("radio"), group.get_by_role("radio", name=answer, exact=True))

    def take(self, **answers: str) -> None:
        """Reach the answers of each of these fields and take one by Space or the arrows."""
        for name, value in answers.items():
            field = self._field(name)
            self._take(field, field.and_(self.page.locator(f'[value="{value}"]')))

    def tick(self, label: str) -> None:
        """Reach a box and tick it."""
        box = self.page.get_by_label(label, exact=True)
        self.reach(box)
        self.keys.press("Space")
        expect(box).to_be_checked()

    def hand_in(self, label: str, file: FilePayload) -> None:
        """Reach the field for a file, open the window for it and choose the file there."""
        self.reach(self.page.get_by_label(label, exact=True))
        with self.page.expect_file_chooser() as window:
            self.keys.press("Enter")
        window.value.set_files(file)

    def reads(self, *texts: str) -> None:
        """See each of these texts on the page."""
        self.person.reads(*texts)
        self.examine()

    def examine(self) -> None:
        """Find no barrier on the page at which the person has arrived; the drawing is examined with every page."""
        if not (self._looks and self._new):
            return
        self._new = False
        kind, heading = kind_of(self.page, self.person.language), NUMBERED.sub("N", self.page.inner_text("h1"))
        if heading not in EXAMINED.setdefault(kind, set()):
            # Colours, sizes and the drawing depend on no story: the walk over every page examines them.
            only = [] if self.person.language == "kk" else OF_WORDS
            assert violations(self.page, only=only, without=OF_LOOKS, away=["[data-diagram]"]) == []
            EXAMINED[kind].add(heading)

    @property
    def overlooked(self) -> list[Kind]:
        """The pages that were passed by without a look at them."""
        return sorted(self._passed - EXAMINED.keys())

    def _arrive(self) -> None:
        self._new = True
        self._passed.add(kind_of(self.page, self.person.language))

    def _field(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]:not([type="hidden"])')

    def _type(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.keys.press("Control+A")
        self.keys.type(text)

    def _choose(self, field: Locator, option: str) -> None:
        self.reach(field)
        options = [each.strip() for each in field.locator("option").all_inner_texts()]
        assert option in options, f"{option} cannot be chosen"
        at = field.evaluate("list => list.selectedIndex")
        for _ in range(options.index(option) - at):
            self.keys.press("ArrowDown")
        assert field.evaluate("list => list.selectedOptions[0].text.trim()") == option

    def _take(self, answers: Locator, wanted: Locator) -> None:
        self.reach(answers)
        here, there, of = answers.evaluate_all(PLACES, wanted.get_attribute("value"))
        for _ in range((there - here) % of):
            self.keys.press("ArrowDown")
        self.keys.press("Space")
        expect(wanted).to_be_checked()


def kind_of(page: Page, language: str) -> Kind:
    """Pages that differ in their numbers alone look alike."""
    return language, NUMBERED.sub("N", re.split("[?#]", page.url)[0].split("/", 3)[-1])


@contextmanager
def at_the_keyboard(house: House, browser: Browser, language: str) -> Iterator[Typist]:
    """Everybody of a story, one after the other before the same browser; no page is passed without a look."""
    with house.visitor(browser, language) as person:
        typist = Typist(person, looks=True, skips=True)
        yield typist
        assert not typist.overlooked, f"nobody looked at {typist.overlooked}"
