"""A diagram that means harm: its author is told where in three languages, and no case that runs on it runs for ever."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from service.domain.steps import OperationCall
from service.engine.budget import MOST_OF_A_CHECK, MOST_OF_A_MOVE
from service.engine.check_drawing import MOST_NAMED, crossings
from service.engine.errors import DiagramRefused, EndlessLoop, ExpressionFailed, TooSlow
from service.engine.expressions import LONGEST, Expression, ExpressionError
from service.engine.feasibility import Window
from service.engine.timers import due_time
from service.engine.walking import MOST_STEPS
from tests.engine.drawing import Drawing, timer
from tests.engine.mutants import files, found, good
from tests.engine.walker import FUNCTIONS, Walker, load

ATTACKS = (
    "().__class__.__bases__[0].__subclasses__()", "__import__('os').system('true')", "number.__class__", "data['x']",
    "open('/etc/passwd')", "eval('1')", "getattr(number, 'real')", "globals()", "vars()", "print(1)",
    "[a for a in range(999999999)]", "{a: a for a in number}", "(a for a in number)", "lambda: number()",
    "9 ** 9 ** 9", "2 << 99999999999", "'a' * 999999999", "[0] * 999999999", "(1,) * 10", "number @ number", "9 // 0",
    "9 % 0", "1 / 0", "'%999999999d' % 1", "f'{number:999999999}'", "number if number else number", "(x := 1)",
    "yield number", "*number", "**number", "...", "Ellipsis.__class__", "a.b.c", "not " * 200 + "a", "-" * 400 + "1",
    "[" * 200 + "]" * 200, "9" * (LONGEST + 1), "a" * 10_000_000, "\x00", "\u202e1",
    "'" + "\\x41" * 50 + "'", "1 if", "import os", "a;b", "a\n\nb c", "${jndi:ldap://x}", "{{7*7}}", "${7*7}",
)  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: text[:20])
def test_no_expression_reaches_further_than_the_language(text: str) -> None:
    began = time.perf_counter()
    try:
        Expression.parse(text).evaluate({"number": 3, "data": {}, "a": 1}, {"twice": lambda n: n * 2})
    except ExpressionError as refused:
        assert str(refused)
    else:
        pytest.fail("it was answered")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "text",
    ["number > 5 and " * 30 + "yes", "(" * 190 + "1" + ")" * 190, "twice(" * 38 + "1" + ")" * 38, "1e308 + 1e308 > 0"],
)
def test_what_is_merely_long_or_large_is_answered_at_once(text: str) -> None:
    began = time.perf_counter()
    Expression.parse(text).evaluate({"number": 3, "yes": True}, {"twice": lambda n: n * 2})
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("text", ["'0001-01-01T00:00:00+23:59'", "'9999-12-31T23:59:00-12:00'"])
def test_an_instant_that_no_calendar_reaches_is_told_as_none(text: str) -> None:
    with pytest.raises(ExpressionFailed):
        due_time("timer", Expression.parse(text), {}, {})


@pytest.mark.parametrize(
    "text", ["().__class__", "9" * 400 + " + 1.5 > 0", "9 ** 9", "'a' * 99", "a.b", "[n for n in number]", "open('x')"]
)
def test_its_author_is_told_in_three_languages_and_no_case_begins(text: str) -> None:
    drawing = good()
    next(flow for flow in drawing.flows if "condition" in flow)["condition"] = text
    (told, *_more) = found(files(drawing))
    assert told.code.startswith(("expression_", "function_"))
    assert all(told.message[language] for language in ("kk", "ru", "en"))
    assert len(set(told.message.values())) == 3
    if told.code.startswith("expression_"):
        with pytest.raises(DiagramRefused):
            load(drawing)


def leads_back(drawing: Drawing) -> None:
    drawing.timer_on("task_look", "deadline_round", "registered_on")
    drawing.flow("deadline_round", "task_look")


def leads_back_by_an_operation(drawing: Drawing) -> None:
    drawing.timer_on("task_look", "deadline_round", "now()")
    drawing.operation("operation_round", "notices.send")
    drawing.flow("deadline_round", "operation_round", "task_look")


def two_lead_to_each_other(drawing: Drawing) -> None:
    drawing.user("task_again")
    drawing.timer_on("task_look", "deadline_round", "registered_on")
    drawing.timer_on("task_again", "deadline_back", "registered_on")
    drawing.flow("task_again", "gateway_join")
    drawing.flow("deadline_round", "task_again")
    drawing.flow("deadline_back", "task_look")


@pytest.mark.parametrize("change", [leads_back, leads_back_by_an_operation, two_lead_to_each_other])
def test_a_term_that_opens_its_own_task_again_is_told_to_its_author(change: Callable[[Drawing], None]) -> None:
    drawing = good()
    change(drawing)
    assert "loop_of_terms" in {one.code for one in found(files(drawing))}


def test_a_term_that_leads_to_another_person_is_no_loop() -> None:
    drawing = good()
    drawing.user("task_again")
    drawing.timer_on("task_look", "deadline_round", "registered_on")
    drawing.flow("deadline_round", "task_again", "task_look")
    assert "loop_of_terms" not in {one.code for one in found(files(drawing))}


def test_a_case_on_a_diagram_that_nobody_has_checked_moves_once_for_each_term_that_passes() -> None:
    """Even then a move comes to rest: the next term waits for the next sweep, and nothing piles up within one."""
    drawing = Drawing()
    drawing.start()
    drawing.user("task_check")
    drawing.end()
    drawing.flow("start_filed", "task_check", "end_done")
    drawing.timer_on("task_check", "deadline_round", "'2023-09-01'")
    drawing.operation("operation_tell", "notices.send")
    drawing.flow("deadline_round", "operation_tell", "task_check")
    case = Walker(drawing).start()
    for turn in range(1, 30):
        case.fire("deadline_round")
        assert (case.tasks, case.timers, len(case.calls)) == (["task_check"], ["deadline_round"], turn)
    assert len(case.step.state) < 50_000


def test_operations_that_call_for_each_other_are_stopped_in_time_and_nothing_is_kept() -> None:
    drawing = Drawing()
    drawing.start()
    drawing.user("task_check")
    drawing.exclusive("gateway_enough", default="flow_gateway_enough_operation_a")
    for name in "abc":
        drawing.operation(f"operation_{name}", f"{name}.{name}")
    drawing.end()
    drawing.flow(
        "start_filed", "task_check", "operation_a", "operation_b", "operation_c", "gateway_enough", "operation_a"
    )
    drawing.flow_if("enough", "gateway_enough", "end_done")
    case = Walker(drawing, answers={"a.a": {"text": "x" * 10_000}}).start()
    before, began = case.step.state, time.perf_counter()
    with pytest.raises(EndlessLoop) as stopped:
        case.done("task_check")
    assert stopped.value.data["steps"] == MOST_STEPS
    assert time.perf_counter() - began < 10
    assert case.step.state == before


class Hand:
    """A clock that stands until somebody turns it."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    """The clock by which moves and checks are bounded."""
    clock = Hand()
    monkeypatch.setattr("service.engine.budget.monotonic", clock)
    return clock


def one_after_another(parameter: str = "1") -> Drawing:
    drawing = Drawing()
    drawing.start()
    drawing.user("task_check")
    for name in "abc":
        drawing.operation(f"operation_{name}", f"{name}.{name}", day=parameter)
    drawing.end()
    drawing.flow("start_filed", "task_check", "operation_a", "operation_b", "operation_c", "end_done")
    return drawing


def test_a_move_that_takes_too_long_is_given_up_by_the_name_of_its_element_and_nothing_is_kept(hand: Hand) -> None:
    case = Walker(one_after_another()).start()
    before, call, seconds = case.step.state, case.call, [MOST_OF_A_MOVE / 2, MOST_OF_A_MOVE, 0]

    def slow(asked: OperationCall) -> Mapping[str, Any]:
        hand.at += seconds[len(case.calls)]
        return call(asked)

    case.call = slow  # type: ignore[method-assign]
    with pytest.raises(TooSlow) as stopped:
        case.done("task_check")
    assert stopped.value.data == {"element": "operation_c", "seconds": MOST_OF_A_MOVE}
    assert [asked.element for asked in case.calls] == ["operation_a", "operation_b"]
    assert case.step.state == before
    case.call = call  # type: ignore[method-assign]
    assert case.done("task_check").step.ended


@pytest.mark.parametrize("asked", ["a parameter", "a condition", "a term", "a term of the whole case"])
def test_no_expression_goes_on_when_the_time_is_over(hand: Hand, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    """Its calls are what can take time: five of twenty are made, and the element that asks is told."""
    nested, made = "later(" * 20 + "'2023-09-12'" + ")" * 20, []

    def later(day: str) -> str:
        made.append(day)
        hand.at += MOST_OF_A_MOVE / 4
        return day

    monkeypatch.setitem(FUNCTIONS, "later", later)
    drawing = one_after_another(nested if asked == "a parameter" else "1")
    at = "operation_a"
    if asked == "a condition":
        at = "gateway_late"
        drawing.exclusive(at, default=f"flow_{at}_end_done")
        drawing.flows[-1]["targetRef"] = at
        drawing.flow(at, "end_done")
        drawing.flow_if(f"{nested} == 1", at, "task_check")
    if asked == "a term":
        at = "timer_late"
        drawing.timer(at, nested)
        drawing.flows[-1]["targetRef"] = at
        drawing.flow(at, "end_done")
    if asked == "a term of the whole case":
        at = "timer_whole"
        drawing.user("task_again")
        drawing.flows[-1]["targetRef"] = "task_again"
        drawing.flow("task_again", "end_done")
        with drawing.event_sub("event_late"):
            drawing.start_by(at, timer(nested.replace("'2023-09-12'", "known")))
            drawing.end("end_late")
            drawing.flow(at, "end_late")
    case = Walker(drawing, answers={"c.c": {"known": "2023-09-12"}}).start()
    with pytest.raises(TooSlow) as stopped:
        case.done("task_check")
    assert (stopped.value.data["element"], len(made)) == (at, 5)


def test_the_check_of_a_diagram_ends_when_its_time_is_over_and_says_so_in_three_languages(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that nobody produces, each compared with all that are known: dear on purpose."""
    drawing = good()
    for number in range(30):
        drawing.operation(f"operation_{number}", "notices.send", remark=f"x{number} or y{number} or z{number}")

    def dear(*_anything: object) -> list[str]:
        hand.at += MOST_OF_A_CHECK / 10
        return []

    monkeypatch.setattr("service.engine.check_expressions.get_close_matches", dear)
    codes = Counter(one.code for one in found(files(drawing)))
    assert (codes["name_unknown"], codes["check_too_long"]) == (11, 1)
    (told,) = [one for one in found(files(drawing)) if one.code == "check_too_long"]
    assert told.element == "test"
    assert len(set(told.message.values())) == 3
    assert all(str(MOST_OF_A_CHECK) in words for words in told.message.values())


def test_contradictions_are_sought_only_while_there_is_time(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def slow(*_anything: object) -> Window:
        looked.append(1)
        hand.at += MOST_OF_A_CHECK
        return Window("end_granted", (), {})

    monkeypatch.setattr("service.engine.feasibility._window", slow)
    assert [one.code for one in found(files(good()))] == ["check_too_long"]
    assert len(looked) == 2


def test_ten_thousand_pieces_of_lines_are_looked_at_only_so_far() -> None:
    bends = "".join(f'<di:waypoint x="{10 * place}" y="{place % 7}"/>' for place in range(2000))
    flow = f'<bpmndi:BPMNEdge bpmnElement="flow_gateway_split_task_look">{bends}</bpmndi:BPMNEdge>'
    drawn = good().xml().replace(b"</bpmndi:BPMNPlane>", (flow * 4).encode() + b"</bpmndi:BPMNPlane>")
    began = time.perf_counter()
    assert len(crossings("test.bpmn", drawn)) <= MOST_NAMED
    assert time.perf_counter() - began < 5
