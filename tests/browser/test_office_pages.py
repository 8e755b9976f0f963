"""The office in a real browser: on a telephone, after a reload, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect

from service.bootstrap import build
from service.demo.accounts import PASSWORD
from service.demo.world import World
from service.domain.appeal import Complaint
from service.domain.case import Case, StateData, Task
from service.domain.messages import OutboxMessage
from service.program import Program
from service.settings import ROOT, Settings
from service.web import create_app
from tests.browser.base_browser import fill_and_rest, opened, served
from tests.browser.town import begin_demo
from tests.databases import EMPTY, fresh_database
from tests.one_page import OnePage
from tests.program import DOES_NOT, HEARING, Story
from tests.snapshots import Snapshots

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """Let people sign in a thread of their own: the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@dataclass
class House:
    """The demo's cases behind the pages of the office."""

    program: Program
    story: Story
    address: str

    def task(self, element: str) -> str:
        """The address of an open task of this element."""
        rows = self.program.queries.worklist(["chancellery", "unit", "head"], self.program.clock.now()).rows
        return f"{self.address}/office/tasks/{next(row.task_id for row in rows if row.element == element)}"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, world: World, snapshots: Snapshots, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The demo as it begins, on each database."""
    folder: Path = tmp_path_factory.mktemp("office")
    with fresh_database(request.param, folder, request, EMPTY) as url:
        own = Settings(env="demo", instance=folder, secret="s" * 32, database_url=url)
        program = replace(build(world.settings(own)), press=OnePage())  # nobody here reads the papers
        world.clock = program.clock.now
        apart(lambda: begin_demo(program, world, snapshots))
        app = create_app(program)
        app.config["RATELIMIT_ENABLED"] = False
        with served(app) as address:
            yield House(program, Story(program, world), address)
        program.database.engine.dispose()


def enter(page: Page, house: House, login: str, language: str = "kk") -> None:
    page.goto(f"{house.address}/office/sign-in?lang={language}")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(re.compile(r"/office/(\?|$)"))


PAGES = {"late task": "task_check_completeness", "examination": "task_examine"}


def show(page: Page, house: House, name: str) -> None:
    page.goto(house.task(PAGES[name]))
    if page.locator("[data-diagram]").count():
        page.wait_for_selector('[data-state="shown"]')


def test_the_readme_counts_the_cases_of_the_demo(house: House) -> None:
    with house.program.reading() as uow:
        cases, complaints = len(uow.list(Case)), len(uow.list(Complaint))
    assert f"{cases} cases, {complaints} of them complaints" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.law("R4.1", "R4.2", "R9.2")
def test_the_demo_s_registers_answer_before_completeness_and_its_messages_leave_at_once(house: House) -> None:
    with house.program.reading() as uow:
        checked = {task.case_id: task.completed_at for task in uow.list(Task, element="task_check_completeness")}
        asked, messages = uow.list(StateData), uow.list(OutboxMessage)
    assert [one for one in asked if one.answered_at is None] == []
    assert [one for one in asked if (done := checked.get(one.case_id)) and (one.answered_at or done) >= done] == []
    late = [one.message_id for one in messages if (one.sent_at or one.due_at) - one.created_at > timedelta(minutes=1)]
    assert late == []
    assert checked
    assert messages


def test_the_term_stands_first_on_a_telephone_and_beside_the_form_on_a_screen(browser: Browser, house: House) -> None:
    for width, beside in ((360, False), (1280, True)):
        with opened(browser, width) as page:
            enter(page, house, "unit")
            show(page, house, "late task")
            term, form = (page.locator(place).bounding_box() for place in (".desk__terms", "#answers"))
            assert term is not None
            assert form is not None
            assert (term["x"] > form["x"] + form["width"]) is beside
            assert term["y"] < form["y"]


@pytest.mark.law("A1.11.4")
@pytest.mark.parametrize(("size", "beside"), [("125", True), ("150", False), ("200", False)])
def test_the_term_has_the_whole_width_where_letters_are_large(
    browser: Browser, house: House, size: str, beside: bool
) -> None:
    with opened(browser, 1280) as page:
        enter(page, house, "unit")
        page.goto(f"{house.task(PAGES['late task'])}?view=size-{size}")
        term, form = (page.locator(place).bounding_box() for place in (".desk__terms", "#answers"))
        assert term is not None
        assert form is not None
        assert (term["x"] > form["x"] + form["width"]) is beside
        assert beside or term["y"] + term["height"] <= form["y"]


def test_what_is_typed_is_there_again_after_a_reload_and_a_change_of_language(browser: Browser, house: House) -> None:
    with opened(browser) as page:
        enter(page, house, "unit", "en")
        show(page, house, "examination")
        fill_and_rest(page, "#nodes_count", "6")
        expect(page.locator("[data-autosave-state]")).to_contain_text("Saved at")
        page.reload()
        expect(page.locator("#nodes_count")).to_have_value("6")
        page.fill("#nodes_count", "7")
        page.get_by_role("button", name="Русский").click()
        expect(page.locator("#nodes_count")).to_have_value("7")
        assert page.get_attribute("html", "lang") == "ru"


@pytest.mark.law("A1.11.3")
def test_the_drawing_of_a_task_shows_the_present_step_and_no_empty_margin(browser: Browser, house: House) -> None:
    with opened(browser) as page:
        enter(page, house, "unit", "en")
        for name in PAGES:
            show(page, house, name)
            places = ("[data-diagram-frame]", "[data-element-id=participant_provider] rect", ".diagram-current")
            frame, pool, step = (page.locator(place).first.bounding_box() for place in places)
            assert frame and pool and step
            assert pool["x"] <= frame["x"] + 2
            assert frame["x"] <= step["x"] <= frame["x"] + frame["width"] - step["width"]
            assert frame["y"] <= step["y"] <= frame["y"] + frame["height"] - step["height"]


@pytest.mark.law("R6.1", "R8.1")
def test_the_office_works_without_javascript_but_for_signatures(browser: Browser, house: House) -> None:
    case = apart(lambda: house.story.assigned("company2_head"))
    with opened(browser, java_script_enabled=False) as page:
        enter(page, house, "unit", "en")
        page.goto(f"{house.address}/office/tasks/{house.story.open_task(case).id}")
        page.check("#complete")
        page.get_by_role("button", name="Complete", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Examine for conformity with the rules")
        for name, answer in DOES_NOT.items():
            if name in ("server_lease", "write_algorithm", "conforms"):
                page.check(f'input[name="{name}"][value="{answer}"]')
            elif name == "grounds":
                page.check('input[name="grounds"][value="ground_2"]')
            else:
                page.fill(f'[name="{name}"]', str(answer))
        page.get_by_role("button", name="Complete", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Invite to the hearing")
        page.check('input[name="hearing"][value="hold"]')
        page.select_option("#hearing_on", index=1)
        page.fill("#hearing_time", HEARING["hearing_time"])
        page.select_option("#hearing_way", HEARING["hearing_way"])
        page.fill("#hearing_place", HEARING["hearing_place"])
        page.get_by_role("button", name="Go on to sign").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Preliminary decision")
        assert "A signature needs JavaScript" in page.content()
