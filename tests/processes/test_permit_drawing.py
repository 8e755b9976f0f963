"""The permit's drawing reads well: three names and a point of the rules on everything, and a clear picture."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from service.domain.people import LANE_ROLES
from service.engine.check import check
from service.engine.expressions import Expression
from service.operations import catalogue
from service.usecases.editions import collect
from tests.processes.drawing_geometry import Box, box_of, read_layout
from tests.processes.walking import DRAWING, FORMS, FUNCTIONS, PROCEDURE, PROCESSES

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
ROOT = etree.fromstring(DRAWING)
LAYOUT = read_layout(ROOT)
NAMED = (
    "process", "participant", "lane", "message", "messageFlow", "userTask", "serviceTask", "exclusiveGateway",
    "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "subProcess",
)  # fmt: skip
NODES = NAMED[5:]
ELEMENTS = {e.get("id", ""): e for tag in NAMED for e in ROOT.iter(BPMN + tag)}
GATEWAYS = {e.get("id", "") for e in ROOT.iter(BPMN + "exclusiveGateway")}
FLOWS = {e.get("id", ""): e for e in ROOT.iter(BPMN + "sequenceFlow")}
ANSWERS = {name: flow for name, flow in FLOWS.items() if flow.get("sourceRef") in GATEWAYS}
PARENTS = {
    inner.get("id", ""): outer.get("id", "")
    for tag in ("process", "subProcess")
    for outer in ROOT.iter(BPMN + tag)
    for inner in outer
    if inner.tag in {BPMN + node for node in NODES}
}
POINT = re.compile(r"[1-9]|1[0-5]|A\d{1,2}(\.\d{1,2}){0,2}|L\d{2,3}(\.\d)?|D\d{1,2}")


def properties(element: etree._Element) -> dict[str, str]:
    path = f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property"
    return {p.get("name", ""): p.get("value", "") for p in element.findall(path)}


@pytest.mark.parametrize("element", [*ELEMENTS, *ANSWERS])
def test_element_has_its_name_in_three_languages_and_its_point_of_the_rules(element: str) -> None:
    drawn = ELEMENTS.get(element, ANSWERS.get(element))
    assert drawn is not None
    told = properties(drawn)
    assert all(told.get(language, "").strip() for language in ("kk", "ru", "en"))
    assert drawn.tag == BPMN + "message" or drawn.get("name") == told["kk"], "the label is the Kazakh name"
    points = told.get("law", "").split(",")
    assert all(POINT.fullmatch(point) for point in points), points


@pytest.mark.law("O1", "R9.1")
def test_check_finds_nothing_to_mend() -> None:
    files = collect(PROCESSES, FORMS)
    started = ("received_on", "registered_on", "applicant_kind", "signature")
    found = check(files, "permit", operations=catalogue(), roles=LANE_ROLES, functions=FUNCTIONS, start_data=started)
    assert [f"{one.element}: {one.message['en']}" for one in found] == []


def test_gateways_ask_questions_and_have_a_default() -> None:
    for gateway in (ELEMENTS[name] for name in GATEWAYS):
        assert gateway.get("name", "").endswith("?")
        leaving = [name for name, flow in FLOWS.items() if flow.get("sourceRef") == gateway.get("id")]
        conditioned = [name for name in leaving if FLOWS[name].find(BPMN + "conditionExpression") is not None]
        assert set(leaving) - set(conditioned) == {gateway.get("default")}


@pytest.mark.law("A1.4", "R6.1", "R7.1", "R8.3", "L73.1")
def test_label_of_a_term_says_the_number_that_its_expression_counts() -> None:
    for timer in PROCEDURE.catalogue.timers():
        counted = set(Expression.parse(timer.expression).numbers)
        for name in timer.names.values():
            said = {int(number) for number in re.findall(r"\d+", name)}
            assert said <= counted, timer.id
            assert said or "working_days_after" not in timer.expression, timer.id


def test_lanes_are_the_roles_that_do_their_tasks() -> None:
    assert list(PROCEDURE.catalogue.lanes) == ["chancellery", "unit", "head"]
    lanes = {task.id: task.lane for task in PROCEDURE.catalogue.user_tasks()}
    assert {task for task, lane in lanes.items() if lane == "head"} == {
        "task_sign_permit", "task_sign_refusal", "task_sign_not_considered"
    }  # fmt: skip
    assert [task for task, lane in lanes.items() if lane == "chancellery"] == ["task_assign"]


def test_everything_is_drawn_once() -> None:
    shapes = {name for name, e in ELEMENTS.items() if e.tag not in (BPMN + "process", BPMN + "message")}
    lines = {name for name in ELEMENTS if ELEMENTS[name].tag == BPMN + "messageFlow"} | set(FLOWS)
    assert set(LAYOUT.shapes) == shapes - lines
    assert set(LAYOUT.edges) == lines


def test_lines_run_level_or_upright() -> None:
    for name in LAYOUT.edges:
        for (x1, y1), (x2, y2) in LAYOUT.segments(name):
            assert x1 == x2 or y1 == y2, name


def test_no_line_crosses_a_shape() -> None:
    nodes = {name: LAYOUT.shapes[name] for name in PARENTS if ELEMENTS[name].tag != BPMN + "subProcess"}
    crossed = [
        (line, name)
        for line in LAYOUT.edges
        for name, box in nodes.items()
        if any(box.overlaps(box_of(segment), by=2) for segment in LAYOUT.segments(line))
    ]
    assert crossed == []


def test_shapes_do_not_overlap_but_for_events_on_an_edge() -> None:
    nodes = [name for name in PARENTS if ELEMENTS[name].tag != BPMN + "subProcess"]
    found = [
        (one, other)
        for index, one in enumerate(nodes)
        for other in nodes[index + 1 :]
        if LAYOUT.shapes[one].overlaps(LAYOUT.shapes[other]) and not attached(one, other)
    ]
    assert found == []


def attached(one: str, other: str) -> bool:
    return other == ELEMENTS[one].get("attachedToRef") or one == ELEMENTS[other].get("attachedToRef")


def test_labels_stand_free_of_shapes_lines_and_each_other() -> None:
    nodes = {name: LAYOUT.shapes[name] for name in PARENTS if ELEMENTS[name].tag != BPMN + "subProcess"}
    on_shapes = [(a, b) for a, label in LAYOUT.labels.items() for b, box in nodes.items() if clash(label, box, a, b)]
    on_lines = [
        (a, b)
        for a, label in LAYOUT.labels.items()
        for b in LAYOUT.edges
        for segment in LAYOUT.segments(b)
        if label.overlaps(box_of(segment), by=2)
    ]
    names = list(LAYOUT.labels)
    on_labels = [
        (a, b) for i, a in enumerate(names) for b in names[i + 1 :] if LAYOUT.labels[a].overlaps(LAYOUT.labels[b])
    ]
    assert (on_shapes, on_lines, on_labels) == ([], [], [])


def clash(label: Box, box: Box, of: str, other: str) -> bool:
    """A gateway's own corners are empty: its label may reach into the box around it."""
    return label.overlaps(box, by=12 if of == other else 0)


def test_everything_stands_within_its_lane_and_sub_process() -> None:
    lanes = {ref.text or "": lane.get("id", "") for lane in ROOT.iter(BPMN + "lane") for ref in lane if ref.text}
    for name, parent in PARENTS.items():
        around = lanes[name] if parent == "permit" else parent
        if ELEMENTS[name].get("attachedToRef") is None:
            assert LAYOUT.shapes[around].holds(LAYOUT.shapes[name]), (around, name)


def test_few_lines_cross_and_the_drawing_fits_a_screen() -> None:
    assert len(LAYOUT.crossings()) <= 7
    right = max(box.x + box.width for box in LAYOUT.shapes.values())
    bottom = max(box.y + box.height for box in LAYOUT.shapes.values())
    assert right <= 2200
    assert bottom <= 1150
