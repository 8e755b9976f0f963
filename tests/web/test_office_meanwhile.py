"""What another tab keeps in the very moment in which a step is sent: read before the step, and written over by none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from service.domain.case import Case
from service.domain.errors import NotLawful
from service.usecases.tasks import complete_task
from service.web.officer import tasks
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.web.office import Desk, Office, text
from tests.web.office_tab import Tab, kept

INVITED = {**HEARING, "hearing_on": "2023-09-14"}


@pytest.fixture
def case(story: Story) -> Case:
    return story.complete()


@pytest.fixture
def desk(story: Story) -> Desk:
    return Office(story).desk("unit")


@pytest.mark.law("R7.1", "R8.1")
@pytest.mark.parametrize(("step", "answers"), [("complete_task", CONFORMS), ("prepare_document", INVITED)])
def test_what_another_tab_keeps_in_the_very_moment_of_a_step_is_read_before_it(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch, step: str, answers: Mapping[str, str]
) -> None:
    if step == "prepare_document":
        desk.story.work("unit", case, "task_examine", **DOES_NOT)
    asked = "conclusion" if step == "complete_task" else "hearing_place"
    first, second, real = Tab(desk, case), Tab(desk, case), getattr(tasks, step)
    between = iter([lambda: second.save(**{**answers, asked: "Екінші"})])

    def beaten(*anything: object, **more: object) -> object:
        next(between, lambda: None)()
        return real(*anything, **more)

    monkeypatch.setattr(tasks, step, beaten)
    met = first.send(**{**answers, asked: "Бірінші"})
    assert met.status_code == 409
    assert ("Saved meanwhile in another tab: “Екінші”." in text(met), "Бірінші" in met.text) == (True, True)
    first.show(met)
    assert first.send(**{**answers, asked: "Бірінші"}).status_code == 303


@pytest.mark.law("R7.1")
def test_a_step_goes_on_where_another_tab_has_kept_a_field_of_its_own_words_in_that_very_moment(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, real = Tab(desk, case), complete_task
    between = iter([lambda: tab.save(**CONFORMS)])

    def beaten(*anything: Any, **more: Any) -> object:
        next(between, lambda: None)()
        return real(*anything, **more)

    monkeypatch.setattr(tasks, "complete_task", beaten)
    assert tab.send(**CONFORMS).status_code == 303
    assert desk.story.open_task(case).element == "task_sign_permit"


@pytest.mark.law("R7.1")
def test_a_step_that_is_refused_writes_over_nothing_that_another_tab_has_kept_meanwhile(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Tab(desk, case), Tab(desk, case)

    def refused(*_anything: object, **_more: object) -> object:
        second.save(conclusion="Екінші")
        raise NotLawful("too_early", "R7.1")

    monkeypatch.setattr(tasks, "complete_task", refused)
    again = first.send(**{**CONFORMS, "conclusion": "Бірінші"})
    assert (again.status_code, "Бірінші" in again.text) == (409, True)
    assert kept(desk, case)[1] == "Екінші"
