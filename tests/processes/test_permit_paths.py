"""Every path of the permit's drawing, from the filing to its ending; the table stands in permit_paths.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from service.engine.catalogue import Catalogue
from tests.processes.permit_paths import BEFORE, PATHS, Path
from tests.processes.walking import FORMS, PROCEDURE, Comes, Does, Receives, Walk


def walked(path: Path) -> Walk:
    return Walk(**path.begins).act(*path.walk)


@pytest.mark.law(
    "R3.3", "R4.1", "R4.2", "R5.1", "R5.2", "R5.3", "R6.1", "R6.2", "R7.1", "R7.2", "R7.3", "R8.1", "R8.3", "R8.4",
    "R9.1", "R9.2", "R11.1", "A1.4", "A1.6", "L73.1", "L73.2", "L73.4", "L100.1", "D2", "D7", "D24", "D25", "D26",
)  # fmt: skip
@pytest.mark.parametrize("name", PATHS)
def test_path_leads_to_its_ending_with_its_operations_and_terms(name: str) -> None:
    path = PATHS[name]
    walk = walked(path)
    assert walk.step.ended
    assert walk.endings[-1] == path.ends
    assert walk.operations == path.operations
    assert walk.terms == path.terms
    assert not walk.step.tasks
    assert not walk.step.timers
    assert not walk.step.messages


def test_table_and_events_meet_every_element_of_the_drawing() -> None:
    met: set[str] = set()
    for path in PATHS.values():
        met |= walked(path).passed
    for task, before in BEFORE.items():
        for term in (edge.id for edge in PROCEDURE.catalogue.edges_of(task) if edge.kind == "timer"):
            met |= Walk().act(*before, Comes(term)).passed
    met |= Walk().act(Receives("message_withdrawn")).passed
    met |= Walk().act(Receives("message_extended"), Comes("deadline_service")).passed
    assert {element.id for element in PROCEDURE.catalogue.elements} - met == set()


def test_every_ending_of_the_drawing_closes_a_path_or_an_event() -> None:
    ends = {element.id for element in PROCEDURE.catalogue.elements if element.kind == "end_event"}
    aside = ("end_escalated_", "end_position_", "end_service_", "end_extended")
    beside = {end for end in ends if end.startswith(aside)}
    assert ends - beside == {path.ends for path in PATHS.values()} | {"end_withdrawn"}


def test_answers_of_the_table_are_answers_of_the_forms() -> None:
    assert answered_by_forms(PROCEDURE.catalogue, PATHS) == []


def answered_by_forms(catalogue: Catalogue, paths: Mapping[str, Path]) -> list[str]:
    """What the acts of a table answer that their forms do not ask."""
    wrong = []
    for act in (act for path in paths.values() for act in path.walk if isinstance(act, Does)):
        form = catalogue.element(act.task).form
        asked = fields(json.loads((FORMS / f"{form}.form").read_text())["components"])
        for key, answer in act.answers.items():
            known = asked.get(key)
            for value in answer if isinstance(answer, list) else [answer]:
                if known is None or (known and value not in known):
                    wrong.append(f"{form}: {key} is never {value}")
    return wrong


def fields(components: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The keys of a form with the values that may be chosen."""
    found: dict[str, list[str]] = {}
    for component in components:
        found |= fields(component.get("components", []))
        if "key" in component:
            found[component["key"]] = [option["value"] for option in component.get("values", [])]
    return found
