"""What has no answer or no end is stopped by name, with the element where it happened."""

from __future__ import annotations

from contextlib import suppress
from itertools import product

import pytest

from service.calendar_file import load_calendar
from service.domain.timers import diagram_functions
from service.engine.definition import Procedure
from service.engine.errors import DiagramRefused, EndlessLoop, ExpressionFailed
from service.engine.expressions import Expression, ExpressionError
from service.engine.walking import MOST_STEPS
from service.settings import ROOT
from tests.engine.drawing import Drawing
from tests.engine.walker import Walker, load

TERMS = diagram_functions(load_calendar(ROOT / "processes" / "calendar" / "kz.csv"))


def looping() -> Drawing:
    drawing = Drawing()
    drawing.start()
    drawing.user("task_check")
    drawing.operation("operation_again", "again.again")
    drawing.exclusive("gateway_enough", default="flow_gateway_enough_operation_again")
    drawing.end()
    drawing.flow("start_filed", "task_check", "operation_again", "gateway_enough", "operation_again")
    drawing.flow_if("enough", "gateway_enough", "end_done")
    return drawing


def test_an_endless_loop_is_stopped() -> None:
    case = Walker(looping()).start()
    with pytest.raises(EndlessLoop) as loop:
        case.done("task_check")
    assert loop.value.data["steps"] == MOST_STEPS
    assert len(case.calls) <= MOST_STEPS
    assert case.done("task_check", enough=True).step.ended


def test_an_endless_loop_through_a_parallel_pair_is_stopped() -> None:
    drawing = looping()
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "operation_again"]
    drawing.parallel("gateway_split")
    drawing.parallel("gateway_join")
    drawing.operation("operation_b", "b.b")
    drawing.operation("operation_c", "c.c")
    drawing.flow("operation_again", "gateway_split", "operation_b", "gateway_join", "gateway_enough")
    drawing.flow("gateway_split", "operation_c", "gateway_join")
    case = Walker(drawing).start()
    with pytest.raises(EndlessLoop):
        case.done("task_check")


def test_a_gateway_that_leads_to_itself_is_stopped() -> None:
    drawing = Drawing()
    drawing.start()
    drawing.exclusive("gateway_round", default="flow_gateway_round_gateway_round")
    drawing.end()
    drawing.flow("start_filed", "gateway_round", "gateway_round")
    drawing.flow_if("enough", "gateway_round", "end_done")
    with pytest.raises(EndlessLoop) as loop:
        Walker(drawing).start()
    assert loop.value.data["element"] == "gateway_round"


def test_ways_that_multiply_are_stopped_by_their_number() -> None:
    """Each round makes a hundred of one: with a bound on steps alone the tree would hold a hundred thousand."""
    drawing = Drawing()
    drawing.start()
    drawing.exclusive("gateway_again", default="flow_gateway_again_gateway_split")
    drawing.parallel("gateway_split")
    drawing.end()
    drawing.flow("start_filed", "gateway_again", "gateway_split")
    drawing.flow_if("enough", "gateway_again", "end_done")
    for number in range(100):
        drawing.flow("gateway_split", "gateway_again")
        drawing.flows[-1]["id"] = f"flow_{number}"
    with pytest.raises(EndlessLoop) as loop:
        Walker(drawing).start()
    assert loop.value.data["steps"] < MOST_STEPS / 2


EVIL = ("None", "-1", "0", "10" + "0" * 400, "1e999", "''", "'x'", "[1, 2]", "True", "'9999-12-31'", "'0001-01-01'")


@pytest.mark.law("D25")
@pytest.mark.parametrize("name", sorted(TERMS))
def test_no_argument_makes_a_term_function_count_for_ever_or_fail_without_a_name(name: str) -> None:
    for first, second in product(EVIL, EVIL):
        for arguments in ("", first, f"{first}, {second}", f"{first}, {second}, {first}"):
            with suppress(ExpressionError):
                Expression.parse(f"{name}({arguments})").evaluate({}, TERMS)


@pytest.mark.parametrize("condition", ["number > 5", "number + 1 > 5", "days_after(day, 1) == 5", "5 in number"])
def test_a_condition_without_an_answer_names_its_gateway(condition: str) -> None:
    drawing = looping()
    drawing.flows[-1]["condition"] = condition
    case = Walker(drawing).start()
    with pytest.raises(ExpressionFailed) as failed:
        case.done("task_check", day="never")
    assert (failed.value.data["element"], failed.value.data["expression"]) == ("gateway_enough", condition)


@pytest.mark.parametrize("expression", ["day", "5", "'soon'", "'2023-09-12T10:00:00'", "days_after(day, 1)", "None"])
def test_a_term_that_gives_no_date_names_its_timer(expression: str) -> None:
    drawing = looping()
    drawing.timer_on("task_check", "deadline_check", expression)
    drawing.flow("deadline_check", "end_done")
    with pytest.raises(ExpressionFailed) as failed:
        Walker(drawing).start(day="never")
    assert failed.value.data["element"] == "deadline_check"


@pytest.mark.law("D25", "A1.8.1")
@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("'2023-09-14'", "2023-09-14T12:30:00+00:00"),
        ("days_after('2023-09-12', 2)", "2023-09-14T12:30:00+00:00"),
        ("moment", "2023-09-14T05:00:00+00:00"),
        ("now()", "2023-09-12T04:00:00+00:00"),
        ("closing(days_after('2023-09-12', 2))", "2023-09-14T12:30:00+00:00"),
    ],
)
def test_a_date_is_due_at_its_closing_and_an_instant_as_it_stands(expression: str, due: str) -> None:
    drawing = looping()
    drawing.timer_on("task_check", "deadline_check", expression)
    drawing.flow("deadline_check", "end_done")
    case = Walker(drawing).start(moment="2023-09-14T10:00:00+05:00")
    assert case.timer("deadline_check").due_at.isoformat() == due


def test_a_parameter_without_an_answer_names_its_operation() -> None:
    drawing = looping()
    drawing.node("operation_again").extension = drawing.operation("x", "again.again", n="'a' + 1").extension
    drawing.nodes.pop()
    case = Walker(drawing).start()
    with pytest.raises(ExpressionFailed) as failed:
        case.done("task_check")
    assert failed.value.data["element"] == "operation_again"


def test_an_expression_outside_the_language_is_refused_when_the_diagram_is_loaded() -> None:
    drawing = looping()
    drawing.flows[-1]["condition"] = "__import__('os').system('true')"
    with pytest.raises(DiagramRefused) as refused:
        load(drawing)
    assert refused.value.data["element"] == "flow_gateway_enough_end_done"


def test_a_process_that_no_file_holds_is_refused() -> None:
    drawing = looping()
    drawing.process = "other"
    files = drawing.files()
    with pytest.raises(DiagramRefused):
        Procedure.load(files, "permit", functions={}, clock=Walker(looping()).procedure.clock)
