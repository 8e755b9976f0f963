"""Every path of the complaint's drawing, from the filing to its ending; the table stands in appeal_paths.py."""

from __future__ import annotations

import pytest

from tests.processes.appeal_paths import BEFORE, PATHS
from tests.processes.test_permit_paths import answered_by_forms
from tests.processes.walking import Comes, Receives, Walk, procedure

CATALOGUE = procedure("appeal").catalogue


@pytest.mark.law(
    "R13.1", "R13.2", "R13.3", "R13.4", "R14.1", "R14.2", "L64.1", "L73.1", "L73.4", "L95.1", "L100.1", "D6", "D27",
)  # fmt: skip
@pytest.mark.parametrize("name", PATHS)
def test_path_leads_to_its_ending_with_its_operations_and_terms(name: str) -> None:
    path = PATHS[name]
    walk = Walk("appeal").act(*path.walk)
    assert walk.step.ended
    assert walk.endings[-1] == path.ends
    assert walk.operations == path.operations
    assert walk.terms == path.terms
    assert not (walk.step.tasks or walk.step.timers or walk.step.messages)


def test_table_and_events_meet_every_element_of_the_drawing() -> None:
    met: set[str] = set()
    for path in PATHS.values():
        met |= Walk("appeal").act(*path.walk).passed
    for task, before in BEFORE.items():
        for term in (edge.id for edge in CATALOGUE.edges_of(task) if edge.kind == "timer"):
            met |= Walk("appeal").act(*before, Comes(term)).passed
    met |= Walk("appeal").act(Receives("message_withdrawn")).passed
    assert {element.id for element in CATALOGUE.elements} - met == set()


def test_every_ending_of_the_drawing_closes_a_path_or_an_event() -> None:
    ends = {element.id for element in CATALOGUE.elements if element.kind == "end_event"}
    beside = {end for end in ends if end.startswith(("end_escalated_", "end_silence", "end_review_position_"))}
    assert ends - beside == {path.ends for path in PATHS.values()} | {"end_withdrawn"}


def test_answers_of_the_table_are_answers_of_the_forms() -> None:
    assert answered_by_forms(CATALOGUE, PATHS) == []
