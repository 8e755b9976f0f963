"""What another tab keeps in the very moment in which a step is sent: read before the step, and written over by none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from service.domain.case import Case
from service.domain.errors import NotLawful
from service.web.officer import tasks
from tests.program import CONFORMS, DOES_NOT, HEARING
from tests.web.office import Desk, text
from tests.web.office_tab import Tab, case, desk, kept

__all__ = ["case", "desk"]

INVITED = {**HEARING, "hearing_on": "2023-09-14"}


def just_before(step: str, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this happen once, when a step is about to begin."""
    real, waiting = getattr(tasks, step), iter([act])

    def beaten(*anything: object, **more: object) -> object:
        next(waiting, lambda: None)()
        return real(*anything, **more)

    monkeypatch.setattr(tasks, step, beaten)


@pytest.mark.law("R7.1", "R8.1")
@pytest.mark.parametrize(("step", "answers"), [("complete_task", CONFORMS), ("prepare_document", INVITED)])
def test_what_another_tab_keeps_in_the_very_moment_of_a_step_is_read_before_it(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch, step: str, answers: Mapping[str, str]
) -> None:
    if step == "prepare_document":
        desk.story.work("unit", case, "task_examine", **DOES_NOT)
    asked = "conclusion" if step == "complete_task" else "hearing_place"
    first, second = Tab(desk, case), Tab(desk, case)
    just_before(step, lambda: second.save(**{**answers, asked: "Екінші"}), monkeypatch)
    met = first.send(**{**answers, asked: "Бірінші"})
    assert met.status_code == 409
    assert ("Saved meanwhile in another tab: “Екінші”." in text(met), "Бірінші" in met.text) == (True, True)
    first.show(met)
    assert first.send(**{**answers, asked: "Бірінші"}).status_code == 303


@pytest.mark.law("R7.1")
def test_a_step_goes_on_where_another_tab_has_kept_a_field_of_its_own_words_in_that_very_moment(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = Tab(desk, case)
    just_before("complete_task", lambda: tab.save(**CONFORMS), monkeypatch)
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
