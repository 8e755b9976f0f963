"""A running case moves to another version with its due times, or says in words why not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.engine.errors import NotMovable
from service.engine.migrate import dropped_timers, migrate, obstacles
from service.engine.runner import Runner
from tests.engine.drawing import Drawing, timer
from tests.engine.mutants import Change, both, cut, link, on, renamed
from tests.engine.test_engine_edges import with_listeners
from tests.engine.test_engine_elements import first_of, parallel
from tests.engine.walker import Walker, load


def another(*changes: Change) -> Drawing:
    drawing = with_listeners()
    both(*changes)(drawing)
    return drawing


def more_to_sign(drawing: Drawing) -> None:
    drawing.user("task_second_signature", lane="head")
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "task_sign"]
    drawing.flow("task_sign", "task_second_signature", "end_done")


@pytest.mark.law("O1")
def test_a_case_goes_on_under_the_new_version_with_its_due_times() -> None:
    case = Walker(with_listeners()).start().fire("deadline_check")
    moved_to = datetime(2023, 10, 2, 12, 30, tzinfo=UTC)
    state = case.runner.move_timer(case.step.state, case.timer("deadline_final").id, moved_to)
    new = load(another(more_to_sign))
    assert obstacles(state, case.procedure, new) == []
    runner = Runner(new)
    moved = migrate(state, case.procedure, new, {})
    before, after = case.runner.look(state), runner.look(moved)
    assert (after.tasks, after.timers, after.data) == (before.tasks, before.timers, before.data)
    step = runner.complete(moved, case.task("task_check"), {}, case.call)
    sign = next(task.id for task in step.tasks if task.element == "task_sign")
    step = runner.complete(step.state, sign, {}, case.call)
    assert "task_second_signature" in [task.element for task in step.tasks]


def test_a_case_brings_what_only_the_new_version_reads_and_its_own_data_stay() -> None:
    case = Walker(with_listeners()).start(day="2023-09-12")
    moved = migrate(case.step.state, case.procedure, case.procedure, {"day": "2023-01-01", "way": "written"})
    data = case.runner.look(moved).data
    assert (data["day"], data["way"]) == ("2023-09-12", "written")


def a_reminder_more(drawing: Drawing) -> None:
    drawing.timer_on("task_check", "reminder_second", "'2023-09-10'", interrupting=False)
    drawing.flow("reminder_second", "end_reminded")


def a_lane_of_others(drawing: Drawing) -> None:
    drawing.node("task_check").lane = "chancellery"


def another_kind(drawing: Drawing) -> None:
    drawing.node("task_check").tag = "subProcess"
    drawing.nodes = [node for node in drawing.nodes if node.id not in ("start_inner", "end_inner")]
    drawing.within = "task_check"
    drawing.start("start_inner")
    drawing.end("end_inner")
    drawing.flow("start_inner", "end_inner")


@pytest.mark.parametrize(
    ("change", "code", "element"),
    [
        (renamed("task_check", "task_verify"), "gone", "task_check"),
        (a_lane_of_others, "other_lane", "task_check"),
        (another_kind, "other_kind", "task_check"),
        (a_reminder_more, "other_surroundings", "task_check"),
        (on("reminder_check", cancelActivity="true"), "other_event", "reminder_check"),
        (on("reminder_check", attachedToRef="task_sign"), "elsewhere", "reminder_check"),
    ],
)
def test_a_case_that_waits_for_what_has_changed_stays_and_says_why(change: Change, code: str, element: str) -> None:
    case = Walker(with_listeners()).start()
    new = load(another(change))
    assert (code, element) in {(one.code, one.element) for one in obstacles(case.step.state, case.procedure, new)}
    with pytest.raises(NotMovable) as refused:
        migrate(case.step.state, case.procedure, new, {})
    assert refused.value.data["obstacles"]


def test_a_change_behind_the_case_or_far_ahead_of_it_is_no_obstacle() -> None:
    case = Walker(with_listeners()).start().done("task_check")
    for change in (a_reminder_more, renamed("end_done", "end_finished"), a_lane_of_others):
        assert obstacles(case.step.state, case.procedure, load(another(change))) == []


def test_a_pending_join_must_wait_for_the_same_branches() -> None:
    case = Walker(parallel()).start().done("task_a")
    fewer = parallel()
    both(cut("gateway_split", "task_c"), cut("task_c", "gateway_join"), link("task_c", "task_c"))(fewer)
    found = obstacles(case.step.state, case.procedure, load(fewer))
    assert ("other_surroundings", "gateway_join") in {(one.code, one.element) for one in found}


def test_an_event_gateway_must_offer_the_same_events() -> None:
    case = Walker(first_of()).start(day="2023-09-12")
    fewer = first_of()
    both(cut("gateway_first", "message_no"), link("message_no", "message_no"))(fewer)
    assert obstacles(case.step.state, case.procedure, load(fewer))


def test_a_new_event_of_the_whole_case_listens_and_a_dropped_one_is_silent() -> None:
    drawing = with_listeners()
    inside = [node.id for node in drawing.nodes if node.within == "stage_overdue"]
    drawing.nodes = [node for node in drawing.nodes if node.id not in (*inside, "stage_overdue")]
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] not in inside]
    with drawing.event_sub("event_asked"):
        drawing.start_by("message_asked", drawing.about("asked"), interrupting=False)
        drawing.end("end_asked")
        drawing.flow("message_asked", "end_asked")
    case = Walker(with_listeners()).start()
    new = load(drawing)
    moved = Runner(new).look(migrate(case.step.state, case.procedure, new, {}))
    assert "message_asked" in [message.element for message in moved.messages]
    assert "deadline_service" not in [one.element for one in moved.timers]
    assert dropped_timers(case.step.state, new) == (case.timer("deadline_service").id,)


def test_a_term_of_the_whole_case_that_has_passed_does_not_begin_again() -> None:
    case = Walker(with_listeners()).start().fire("deadline_service")
    new = load(another(more_to_sign))
    moved = Runner(new).look(migrate(case.step.state, case.procedure, new, {}))
    assert "deadline_service" not in [one.element for one in moved.timers]


def test_a_case_that_has_ended_does_not_move() -> None:
    case = Walker(with_listeners()).start().done("task_check").done("task_sign")
    assert [one.code for one in obstacles(case.step.state, case.procedure, case.procedure)] == ["ended"]


def test_a_new_service_term_begins_when_its_data_is_known() -> None:
    drawing = with_listeners()
    with drawing.event_sub("event_second_term"):
        drawing.start_by("deadline_second", timer("days_after(day, 9)"), interrupting=False)
        drawing.end("end_second")
        drawing.flow("deadline_second", "end_second")
    case = Walker(with_listeners()).start(day="2023-09-12")
    new = load(drawing)
    runner = Runner(new)
    moved = migrate(case.step.state, case.procedure, new, {})
    step = runner.receive(moved, "extended", {}, case.call)
    due = {one.element: one.due_at.isoformat() for one in step.timers}
    assert due["deadline_second"] == "2023-09-21T12:30:00+00:00"
