"""Every drawing reads well: three names and a point of the rules on everything, and a clear picture."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from service.domain.people import LANE_ROLES
from service.engine.check import check
from service.engine.expressions import Expression
from service.operations import catalogue
from service.usecases.check_edition import START_DATA
from service.usecases.editions import collect
from tests.processes.drawing_geometry import Box, Segment, box_of, hull
from tests.processes.drawn import BPMN, Drawn, properties
from tests.processes.lettering import EDGE, WITHIN, lettered, width_of
from tests.processes.rerouting import APART, crossing_lines, crossing_pairs, laid_anew
from tests.processes.walking import FORMS, FUNCTIONS, PROCESSES

DRAWINGS = {process: Drawn(process) for process in ("permit", "appeal")}
NAMED = [(process, name) for process, drawn in DRAWINGS.items() for name in (*drawn.elements, *drawn.answers)]
MOST = {"permit": (7, 2200, 1150), "appeal": (2, 2200, 1220)}
"""How many lines may cross, how wide and how high a drawing may be: it is read on one screen."""
POINT = re.compile(r"[1-9]|1[0-5]|A\d{1,2}(\.\d{1,2}){0,2}|L\d{2,3}(\.\d)?|D\d{1,2}")
on_every_drawing = pytest.mark.parametrize("drawn", DRAWINGS.values(), ids=DRAWINGS)


@pytest.mark.parametrize(("process", "element"), NAMED)
def test_element_has_its_name_in_three_languages_and_its_point_of_the_rules(process: str, element: str) -> None:
    drawn = DRAWINGS[process]
    found = drawn.elements[element] if element in drawn.elements else drawn.answers[element]
    told = properties(found)
    assert all(told.get(language, "").strip() for language in ("kk", "ru", "en"))
    assert found.tag == BPMN + "message" or found.get("name") == told["kk"], "the label is the Kazakh name"
    points = told.get("law", "").split(",")
    assert all(POINT.fullmatch(point) for point in points), points


@pytest.mark.law("O1", "R9.1")
@pytest.mark.parametrize("process", DRAWINGS)
def test_check_finds_nothing_to_mend(process: str) -> None:
    files = collect(PROCESSES, FORMS)
    found = check(files, process, operations=catalogue(), roles=LANE_ROLES, functions=FUNCTIONS, start_data=START_DATA)
    assert [f"{one.element}: {one.message['en']}" for one in found] == []


@on_every_drawing
def test_gateways_ask_questions_and_have_a_default(drawn: Drawn) -> None:
    for gateway in (drawn.elements[name] for name in drawn.gateways):
        assert gateway.get("name", "").endswith("?")
        leaving = [name for name, flow in drawn.flows.items() if flow.get("sourceRef") == gateway.get("id")]
        conditioned = [name for name in leaving if drawn.flows[name].find(BPMN + "conditionExpression") is not None]
        assert set(leaving) - set(conditioned) == {gateway.get("default")}


@pytest.mark.law("A1.4", "R6.1", "R7.1", "R8.3", "L73.1", "R13.3", "R14.1", "R14.2")
@on_every_drawing
def test_label_of_a_term_says_the_number_that_its_expression_counts(drawn: Drawn) -> None:
    for timer in drawn.catalogue.timers():
        counted = set(Expression.parse(timer.expression).numbers)
        for name in timer.names.values():
            said = {int(number) for number in re.findall(r"\d+", name)}
            assert said <= counted, timer.id
            assert said or "working_days_after" not in timer.expression, timer.id


@on_every_drawing
def test_everything_is_drawn_once(drawn: Drawn) -> None:
    shapes = {name for name, e in drawn.elements.items() if e.tag not in (BPMN + "process", BPMN + "message")}
    lines = {name for name, e in drawn.elements.items() if e.tag == BPMN + "messageFlow"} | set(drawn.flows)
    assert set(drawn.layout.shapes) == shapes - lines
    assert set(drawn.layout.edges) == lines


@on_every_drawing
def test_lines_run_level_or_upright(drawn: Drawn) -> None:
    for name in drawn.layout.edges:
        for (x1, y1), (x2, y2) in drawn.layout.segments(name):
            assert x1 == x2 or y1 == y2, name


@on_every_drawing
def test_lines_begin_and_end_at_the_edge_of_what_they_join(drawn: Drawn) -> None:
    for name, points in drawn.layout.edges.items():
        for end, point in zip(drawn.ends(name), (points[0], points[-1]), strict=True):
            assert drawn.layout.shapes[end].edge_holds(point), (name, end, point)


@on_every_drawing
def test_no_line_crosses_a_shape(drawn: Drawn) -> None:
    crossed = [
        (line, name)
        for line in drawn.layout.edges
        for name in drawn.leaves
        if any(drawn.layout.shapes[name].overlaps(box_of(part), by=2) for part in drawn.layout.segments(line))
    ]
    assert crossed == []


@on_every_drawing
def test_shapes_do_not_overlap_but_for_events_on_an_edge(drawn: Drawn) -> None:
    shapes = drawn.layout.shapes
    found = [
        (one, other)
        for index, one in enumerate(drawn.leaves)
        for other in drawn.leaves[index + 1 :]
        if shapes[one].overlaps(shapes[other]) and not drawn.attached(one, other)
    ]
    assert found == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@on_every_drawing
def test_labels_stand_free_of_shapes_lines_and_each_other_in_every_language(drawn: Drawn, language: str) -> None:
    nodes, labels = {name: drawn.layout.shapes[name] for name in drawn.leaves}, lettering(drawn, language)
    on_shapes = [(a, b) for a, label in labels.items() for b, box in nodes.items() if clash(label, box, a, b)]
    on_lines = [
        (a, b)
        for a, label in labels.items()
        for b in drawn.layout.edges
        for segment in drawn.layout.segments(b)
        if label.overlaps(box_of(segment), by=1)
    ]
    names = list(labels)
    on_labels = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if labels[a].overlaps(labels[b])]
    assert (on_shapes, on_lines, on_labels) == ([], [], [])


def clash(label: Box, box: Box, of: str, other: str) -> bool:
    """A gateway's own corners are empty: its label may reach into the box around it, and not into the diamond."""
    return box.diamond_meets(label) if of == other and of.startswith("gateway_") else label.overlaps(box, by=1)


def lettering(drawn: Drawn, language: str) -> dict[str, Box]:
    """What each label covers on a page in this language."""
    return {name: lettered(drawn.texts[name][language], label) for name, label in drawn.layout.labels.items()}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@on_every_drawing
def test_no_word_of_a_label_is_broken(drawn: Drawn, language: str) -> None:
    broken = [
        (name, word)
        for name, label in drawn.layout.labels.items()
        for word in drawn.texts[name][language].split()
        if width_of(word) > label.width
    ]
    assert broken == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@on_every_drawing
def test_no_word_of_a_step_is_broken(drawn: Drawn, language: str) -> None:
    broken = [
        (name, word)
        for name in drawn.steps
        for word in drawn.texts[name][language].split()
        if width_of(word, WITHIN) > drawn.layout.shapes[name].width - 2 * EDGE
    ]
    assert broken == []


@on_every_drawing
def test_everything_stands_within_its_lane_and_sub_process(drawn: Drawn) -> None:
    lanes = {ref.text or "": lane.get("id", "") for lane in drawn.root.iter(BPMN + "lane") for ref in lane if ref.text}
    for name, parent in drawn.parents.items():
        around = lanes[name] if parent == drawn.process else parent
        if drawn.elements[name].get("attachedToRef") is None:
            assert drawn.layout.shapes[around].holds(drawn.layout.shapes[name]), (around, name)


@on_every_drawing
def test_few_lines_cross_and_the_drawing_fits_a_screen(drawn: Drawn) -> None:
    crossings, width, height = MOST[drawn.process]
    assert len(drawn.layout.crossings()) <= crossings, sorted(drawn.layout.crossings())
    assert max(box.x + box.width for box in drawn.layout.shapes.values()) <= width
    assert max(box.y + box.height for box in drawn.layout.shapes.values()) <= height


@on_every_drawing
def test_no_line_could_be_laid_with_fewer_crossings(drawn: Drawn) -> None:
    assert [line for line in crossing_lines(drawn) if laid_anew(drawn, line)] == []


@on_every_drawing
def test_no_two_lines_that_cross_could_be_laid_with_fewer_crossings(drawn: Drawn) -> None:
    assert [pair for pair in crossing_pairs(drawn) if laid_anew(drawn, *pair)] == []


def test_crossing_that_can_be_avoided_is_found() -> None:
    drawn = Drawn("permit")
    settled, told = "flow_heard_settled", "flow_deadline_refusal_to_operation_tell_head_head"
    fewest = len(drawn.layout.crossings())
    drawn.layout.edges[settled] = [(1214, 633), (1214, 864), (1380, 864)]
    assert len(drawn.layout.crossings()) == fewest + 1
    for laid in (laid_anew(drawn, settled), laid_anew(drawn, told, settled)):
        assert laid is not None and len(laid.crossings()) == fewest


@on_every_drawing
def test_lines_run_as_one_only_from_or_to_the_same_shape(drawn: Drawn) -> None:
    found = [
        (one, other)
        for one, other in combinations(drawn.layout.edges, 2)
        if not any(end == its for end, its in zip(drawn.ends(one), drawn.ends(other), strict=True))
        and any(alongside(a, b) for a in drawn.layout.segments(one) for b in drawn.layout.segments(other))
    ]
    assert found == [], "what runs as one is not counted as a crossing"


def alongside(one: Segment, other: Segment) -> bool:
    """Whether two pieces run so near to each other in the same direction that they are read as one line."""
    level = all(start[1] == stop[1] for start, stop in (one, other))
    upright = all(start[0] == stop[0] for start, stop in (one, other))
    return (level or upright) and hull(one).overlaps(hull(other), by=-APART)


def test_lanes_are_the_roles_that_do_their_tasks() -> None:
    permit, appeal = (DRAWINGS[process].catalogue for process in ("permit", "appeal"))
    assert list(permit.lanes) == ["chancellery", "unit", "head"]
    assert list(appeal.lanes) == ["chancellery", "unit", "head", "reviewer"]
    assert [task.id for task in permit.user_tasks() if task.lane == "chancellery"] == ["task_assign"]
    assert {task.id for task in permit.user_tasks() if task.lane == "head"} == {
        "task_sign_permit", "task_sign_refusal", "task_sign_not_considered"
    }  # fmt: skip
    assert {task.id for task in appeal.user_tasks() if task.lane == "head"} == {
        "task_sign_new_permit", "task_sign_satisfaction", "task_sign_answer"
    }  # fmt: skip
