"""A saved case: small, without the diagram, unchanged by what fails, readable by name of its format."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from service.engine.errors import NotStorable, StateDamaged, UnknownStateFormat
from service.engine.runner import Runner
from service.engine.state import unpack
from tests.engine.drawing import Drawing
from tests.engine.test_engine_edges import with_listeners
from tests.engine.walker import Walker, load

GOLDEN = Path(__file__).parent / "golden" / "case_format_1.bin"


def sent_back() -> Drawing:
    """Like the permit: eight tasks with reminders on their edges; the head may send back to the first."""
    drawing = with_listeners()
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "task_sign"]
    last = "task_sign"
    for step in range(8):
        drawing.user(f"task_step_{step}")
        drawing.timer_on(f"task_step_{step}", f"reminder_step_{step}", "days_after(day, 1)", interrupting=False)
        drawing.operation(f"operation_step_{step}", "notices.remind")
        drawing.end(f"end_step_{step}")
        drawing.flow(f"reminder_step_{step}", f"operation_step_{step}", f"end_step_{step}")
        drawing.flow(last, f"task_step_{step}")
        last = f"task_step_{step}"
    drawing.exclusive("gateway_signed", default="flow_gateway_signed_end_done")
    drawing.flow(last, "gateway_signed", "end_done")
    drawing.flow_if("again", "gateway_signed", "task_check")
    return drawing


def round_trip(case: Walker) -> None:
    for element in ("task_check", "task_sign", *(f"task_step_{step}" for step in range(8))):
        if element == "task_step_3":
            case.fire("reminder_step_3")
        case.done(element, **({"again": True} if element == "task_step_7" else {}))


def test_a_case_sent_back_twenty_times_is_no_larger_than_one_sent_back_once() -> None:
    data = {f"fact_{place}": f"value {place * 7919 % 1000}" for place in range(30)}
    case = Walker(sent_back()).start(day="2023-09-12", **data)
    assert len(case.step.state) <= 4_000
    round_trip(case)
    once = case.step.state
    for _ in range(19):
        round_trip(case)
    assert case.tasks == ["task_check"]
    assert len(case.step.state) <= len(once) + 40 <= 4_000


def test_the_saved_case_does_not_hold_the_diagram() -> None:
    case = Walker(sent_back()).start(day="2023-09-12")
    kept = repr(unpack(case.step.state))
    assert "task_check" in kept
    assert "task_step_5" not in kept


def test_a_failing_operation_comes_out_as_it_is_and_leaves_the_saved_case_usable() -> None:
    class PrinterOnFire(Exception):
        pass

    drawing = with_listeners()
    case = Walker(drawing).start()
    before, task = case.step, case.task("task_check")

    def fail(asked: object) -> dict[str, object]:
        raise PrinterOnFire(asked)

    with pytest.raises(PrinterOnFire):
        case.runner.fire(before.state, case.timer("reminder_check").id, fail)
    with pytest.raises(PrinterOnFire):
        case.runner.receive(before.state, "withdrawn", {}, fail)
    assert case.runner.look(before.state) == case.runner.look(bytes(before.state))
    assert case.runner.complete(before.state, task, {}, case.call).tasks[0].element == "task_sign"


def test_looking_moves_nothing() -> None:
    case = Walker(with_listeners()).start(a=1)
    seen = case.runner.look(case.step.state)
    assert (seen.state, seen.data, seen.tasks, seen.timers, seen.messages) == (
        case.step.state,
        case.step.data,
        case.step.tasks,
        case.step.timers,
        case.step.messages,
    )
    assert (seen.passed, seen.endings, seen.ended) == ((), (), False)


def test_the_data_of_a_step_is_nobody_elses() -> None:
    case = Walker(with_listeners())
    data = {"list": [1]}
    case.start(**data)
    case.step.data["list"].append(2)
    assert case.runner.look(case.step.state).data == {"list": [1]}
    assert data == {"list": [1]}


@pytest.mark.parametrize("value", [date(2023, 9, 12), {1, 2}, float("nan"), b"x", object()])
def test_data_that_json_cannot_hold_is_refused_with_its_key(value: object) -> None:
    case = Walker(with_listeners(), {"notices.remind": {"fine": 1, "bad": value}}).start()
    with pytest.raises(NotStorable) as refused:
        case.fire("reminder_check")
    assert refused.value.data["key"] == "bad"
    with pytest.raises(NotStorable):
        case.done("task_check", bad=value)


@pytest.mark.parametrize("state", [b"", b"{}", b"ruqsat-case/1\n", b"ruqsat-case/1\nxxxx", b"\xff" * 20])
def test_bytes_that_are_no_case_are_refused(state: bytes) -> None:
    with pytest.raises(StateDamaged):
        Walker(with_listeners()).runner.look(state)


def test_another_format_is_refused_by_name() -> None:
    case = Walker(with_listeners()).start()
    with pytest.raises(UnknownStateFormat) as unknown:
        case.runner.look(case.step.state.replace(b"case/1", b"case/2", 1))
    assert unknown.value.data == {"version": "2", "known": "1"}


def test_a_case_of_another_diagram_is_refused() -> None:
    case = Walker(with_listeners()).start()
    other = Drawing()
    other.start()
    other.user("task_other")
    other.end()
    other.flow("start_filed", "task_other", "end_done")
    runner = Runner(load(other))
    with pytest.raises(StateDamaged):
        runner.complete(case.step.state, case.task("task_check"), {}, case.call)


def test_cases_saved_in_format_1_are_still_read() -> None:
    """The file was saved by the first version of the format and is never written anew."""
    case = Walker(with_listeners())
    case.step = case.runner.look(GOLDEN.read_bytes())
    assert case.tasks == ["task_check", "task_look_into"]
    assert case.step.data == {"day": "2023-09-12", "number": 3, "list": [1, {"ә": "і"}]}
    assert sorted(case.timers) == ["deadline_final", "deadline_service", "reminder_check"]
    case.done("task_check").done("task_sign")
    assert case.step.ended


def test_one_runner_serves_many_threads() -> None:
    runner = Walker(sent_back()).runner
    problems: list[BaseException] = []

    def walk() -> None:
        try:
            case = Walker.__new__(Walker)
            case.runner, case.calls, case.answers = runner, [], {}
            for _ in range(5):
                case.start(day="2023-09-12")
                round_trip(case)
                case.receive("extended").receive("withdrawn").done("task_archive")
                assert case.step.ended
        except BaseException as wrong:
            problems.append(wrong)
            raise

    threads = [Thread(target=walk) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
