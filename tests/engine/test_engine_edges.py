"""Events on the edge of a task, and events that may come at any time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.domain.errors import NobodyWaits
from tests.engine.drawing import Drawing, timer
from tests.engine.walker import Walker

FIRST = "'2023-09-10T12:30:00+00:00'"
SECOND = "'2023-09-11T12:30:00+00:00'"


def with_terms() -> Drawing:
    """A task with a reminder, an escalation that opens a task for the head, and a hard end; then a second task."""
    drawing = Drawing()
    drawing.start()
    drawing.user("task_check")
    drawing.user("task_sign", lane="head")
    drawing.end()
    drawing.flow("start_filed", "task_check", "task_sign", "end_done")
    drawing.timer_on("task_check", "reminder_check", FIRST, interrupting=False)
    drawing.operation("operation_remind", "notices.remind")
    drawing.end("end_reminded")
    drawing.flow("reminder_check", "operation_remind", "end_reminded")
    drawing.timer_on("task_check", "deadline_check", SECOND, interrupting=False)
    drawing.user("task_look_into", lane="head")
    drawing.end("end_looked")
    drawing.flow("deadline_check", "task_look_into", "end_looked")
    drawing.timer_on("task_check", "deadline_final", SECOND)
    drawing.end("end_expired")
    drawing.flow("deadline_final", "end_expired")
    return drawing


def test_timers_fire_only_by_word_each_on_its_own() -> None:
    case = Walker(with_terms()).start()
    assert case.timers == ["reminder_check", "deadline_check", "deadline_final"]
    case.fire("deadline_check")
    assert case.tasks == ["task_check", "task_look_into"]
    assert case.timers == ["reminder_check", "deadline_final"]
    case.fire("reminder_check")
    assert (case.timers, [call.origin for call in case.calls]) == (["deadline_final"], ["reminder_check"])
    assert not case.step.ended


def test_a_timer_fires_once() -> None:
    case = Walker(with_terms()).start()
    fired = case.timer("reminder_check").id
    case.fire("reminder_check")
    with pytest.raises(NobodyWaits):
        case.runner.fire(case.step.state, fired, case.call)


def test_a_timer_knows_the_task_on_whose_edge_it_stands() -> None:
    case = Walker(with_terms()).start()
    waits = case.timer("reminder_check")
    assert (waits.attached_to, waits.task_id) == ("task_check", case.task("task_check"))


def test_a_term_long_past_still_waits_for_our_word() -> None:
    drawing = with_terms()
    case = Walker(drawing).start()
    assert case.timer("reminder_check").due_at < case.procedure.clock()
    assert case.done("task_check").tasks == ["task_sign"]
    assert case.calls == []


def test_a_finished_task_takes_its_timers_along() -> None:
    case = Walker(with_terms()).start().done("task_check")
    assert (case.tasks, case.timers) == (["task_sign"], [])


def test_what_a_reminder_opened_stays_open_after_the_task() -> None:
    case = Walker(with_terms()).start().fire("deadline_check").done("task_check")
    assert case.tasks == ["task_look_into", "task_sign"] or case.tasks == ["task_sign", "task_look_into"]
    case.done("task_look_into")
    assert (case.tasks, case.step.ended) == (["task_sign"], False)


def test_the_end_of_the_main_path_closes_what_a_reminder_opened() -> None:
    case = Walker(with_terms()).start().fire("deadline_check").done("task_check").done("task_sign")
    assert (case.step.ended, case.tasks, case.step.endings) == (True, [], ("end_done",))


def test_an_interrupting_timer_closes_the_task_and_its_other_timers() -> None:
    case = Walker(with_terms()).start().fire("deadline_final")
    assert (case.step.ended, case.step.endings, case.tasks) == (True, ("end_expired",), [])
    assert case.passed == ["deadline_final", "end_expired"]


def test_an_interrupting_timer_leaves_a_side_path_but_ends_the_task() -> None:
    drawing = with_terms()
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "deadline_final"]
    drawing.flow("deadline_final", "task_sign")
    case = Walker(drawing).start().fire("deadline_check").fire("deadline_final")
    assert sorted(case.tasks) == ["task_look_into", "task_sign"]
    assert case.timers == []
    assert case.done("task_sign").step.ended


@pytest.mark.law("L76.3", "D28")
def test_the_due_time_of_a_waiting_timer_can_be_moved() -> None:
    case = Walker(with_terms()).start()
    before = case.step
    later = datetime(2023, 10, 1, 12, 30, tzinfo=UTC)
    moved = case.runner.move_timer(before.state, case.timer("deadline_check").id, later)
    due = {one.element: one.due_at for one in case.runner.look(moved).timers}
    assert due["deadline_check"] == later
    assert due["reminder_check"] == case.timer("reminder_check").due_at
    assert case.runner.look(before.state).timers == before.timers
    with pytest.raises(NobodyWaits):
        case.runner.move_timer(moved, case.task("task_check"), later)


def test_a_message_on_the_edge_that_does_not_interrupt_is_heard_again_and_again() -> None:
    drawing = with_terms()
    drawing.message_on("task_check", "message_asked", "asked", interrupting=False)
    drawing.operation("operation_count", "count.one", n="(n or 0) + 1")
    drawing.end("end_counted")
    drawing.flow("message_asked", "operation_count", "end_counted")
    case = Walker(drawing).start()
    for turn in range(1, 4):
        case.receive("asked", n=turn)
        assert (case.messages, case.tasks) == (["message_asked"], ["task_check"])
    assert [call.parameters["n"] for call in case.calls] == [2, 3, 4]
    assert case.done("task_check").messages == []
    with pytest.raises(NobodyWaits):
        case.receive("asked")


def test_an_interrupting_message_on_the_edge_ends_the_task() -> None:
    drawing = with_terms()
    drawing.message_on("task_check", "message_stop", "stop")
    drawing.end("end_stopped")
    drawing.flow("message_stop", "end_stopped")
    case = Walker(drawing).start().receive("stop", reason="mine")
    assert (case.step.ended, case.step.endings, case.step.data) == (True, ("end_stopped",), {"reason": "mine"})


def with_listeners() -> Drawing:
    drawing = with_terms()
    with drawing.event_sub("stage_withdrawn"):
        drawing.start_by("message_withdrawn", drawing.about("withdrawn"))
        drawing.operation("operation_withdraw", "cases.withdraw")
        drawing.user("task_archive")
        drawing.end("end_withdrawn")
        drawing.flow("message_withdrawn", "operation_withdraw", "task_archive", "end_withdrawn")
    with drawing.event_sub("stage_extension"):
        drawing.start_by("message_extended", drawing.about("extended"), interrupting=False)
        drawing.operation("operation_extend", "terms.extend")
        drawing.end("end_extended")
        drawing.flow("message_extended", "operation_extend", "end_extended")
    with drawing.event_sub("stage_overdue"):
        drawing.start_by("deadline_service", timer(SECOND), interrupting=False)
        drawing.user("task_explain", lane="head")
        drawing.end("end_explained")
        drawing.flow("deadline_service", "task_explain", "end_explained")
    return drawing


def test_withdrawing_interrupts_everything_that_is_open() -> None:
    case = Walker(with_listeners()).start().fire("deadline_check").fire("deadline_service")
    assert sorted(case.tasks) == ["task_check", "task_explain", "task_look_into"]
    case.receive("withdrawn", why="changed plans")
    assert (case.tasks, case.timers, case.messages) == (["task_archive"], [], [])
    assert case.passed == ["message_withdrawn", "operation_withdraw"]
    assert (case.step.ended, case.calls[-1].origin) == (False, "message_withdrawn")
    case.done("task_archive")
    assert (case.step.ended, case.step.endings) == (True, ("end_withdrawn",))


@pytest.mark.law("L76.3")
def test_a_term_can_be_extended_several_times() -> None:
    case = Walker(with_listeners()).start()
    for _ in range(3):
        case.receive("extended")
        assert case.passed == ["message_extended", "operation_extend", "end_extended", "stage_extension"]
        assert case.tasks == ["task_check"]
    assert case.messages == ["message_withdrawn", "message_extended"]


@pytest.mark.law("A1.4", "D26")
def test_the_service_term_is_fired_once_and_leaves_the_case_open() -> None:
    case = Walker(with_listeners()).start()
    term = case.timer("deadline_service")
    assert (term.attached_to, term.task_id) == (None, None)
    case.fire("deadline_service")
    assert case.tasks == ["task_check", "task_explain"]
    assert "deadline_service" not in case.timers
    with pytest.raises(NobodyWaits):
        case.runner.fire(case.step.state, term.id, case.call)


@pytest.mark.law("L76.3", "D28")
def test_the_due_time_of_the_service_term_can_be_moved() -> None:
    case = Walker(with_listeners()).start()
    later = datetime(2023, 11, 1, tzinfo=UTC)
    moved = case.runner.move_timer(case.step.state, case.timer("deadline_service").id, later)
    assert {one.due_at for one in case.runner.look(moved).timers if one.element == "deadline_service"} == {later}


def test_the_end_of_the_main_path_ends_the_case_although_others_listen() -> None:
    case = Walker(with_listeners()).start().fire("deadline_service").done("task_check").done("task_sign")
    assert (case.step.ended, case.tasks, case.timers, case.messages) == (True, [], [], [])
    with pytest.raises(NobodyWaits):
        case.receive("withdrawn")


def test_a_message_nobody_waits_for_is_refused_by_name() -> None:
    case = Walker(with_listeners()).start()
    with pytest.raises(NobodyWaits) as nobody:
        case.receive("unheard_of")
    assert nobody.value.data == {"message": "unheard_of"}


def test_what_runs_in_a_side_process_survives_the_end_of_the_first_task() -> None:
    case = Walker(with_listeners()).start().fire("deadline_service").done("task_check")
    assert sorted(case.tasks) == ["task_explain", "task_sign"]
    case.done("task_explain")
    assert (case.tasks, case.step.ended, case.step.endings) == (["task_sign"], False, ("end_explained",))
