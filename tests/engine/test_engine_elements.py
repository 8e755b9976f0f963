"""Each kind of element does one thing; every step goes through the saved state."""

from __future__ import annotations

import pytest

from service.domain.errors import NobodyWaits, TaskClosed
from tests.engine.drawing import Drawing, timer
from tests.engine.walker import Walker

TENTH = "'2023-09-10T12:30:00+00:00'"


def straight(*middle: str) -> Drawing:
    drawing = Drawing()
    drawing.start()
    drawing.end()
    drawing.flow("start_filed", *middle, "end_done")
    return drawing


def one_task() -> Drawing:
    drawing = straight("task_check")
    drawing.user("task_check")
    return drawing


def test_a_case_rests_at_a_user_task_and_ends_after_it() -> None:
    case = Walker(one_task()).start()
    assert (case.tasks, case.passed, case.step.ended) == (["task_check"], ["start_filed"], False)
    case.done("task_check", remark="fine")
    assert (case.passed, case.step.endings, case.step.ended) == (["task_check", "end_done"], ("end_done",), True)
    assert case.step.data == {"remark": "fine"}
    assert [one.kind for one in case.step.passed] == ["user_task", "end_event"]


def test_a_task_can_be_done_only_once_and_never_after_the_end() -> None:
    case = Walker(one_task()).start()
    task = case.task("task_check")
    case.done("task_check")
    with pytest.raises(TaskClosed) as closed:
        case.runner.complete(case.step.state, task, {}, case.call)
    assert closed.value.data == {"task": task}


@pytest.mark.parametrize("foreign", ["", "1", "x-1", "0000000000000000-1", "-", "a-b-c"])
def test_a_foreign_task_id_is_a_closed_task(foreign: str) -> None:
    case = Walker(one_task()).start()
    with pytest.raises(TaskClosed):
        case.runner.complete(case.step.state, foreign, {}, case.call)
    with pytest.raises(NobodyWaits):
        case.runner.fire(case.step.state, foreign, case.call)


def test_the_ids_of_two_cases_differ() -> None:
    case = Walker(one_task())
    assert case.start().task("task_check") != case.start().task("task_check")


def test_an_operation_gets_its_parameters_and_gives_data() -> None:
    drawing = straight("task_check", "operation_enter", "operation_tell")
    drawing.user("task_check")
    drawing.operation("operation_enter", "register.insert_permit", number="first + 1", ready="first > 2")
    drawing.operation("operation_tell", "notices.send", text="'a b'")
    case = Walker(drawing, {"register.insert_permit": {"entry": 7}}).start(first=3).done("task_check")
    entered, told = case.calls
    assert (entered.operation, entered.element, entered.origin) == (
        "register.insert_permit",
        "operation_enter",
        "task_check",
    )
    assert entered.parameters == {"number": 4, "ready": True}
    assert (told.parameters, told.origin) == ({"text": "a b"}, "operation_enter")
    assert case.step.data == {"first": 3, "entry": 7}


def choice() -> Drawing:
    drawing = straight("task_check", "gateway_complete", "operation_small")
    drawing.user("task_check")
    drawing.exclusive("gateway_complete", default="flow_gateway_complete_operation_small")
    drawing.operation("operation_small", "size.small")
    drawing.end("end_large")
    drawing.flow_if("number > 5 and not (kind in ('a', 'b'))", "gateway_complete", "end_large")
    return drawing


@pytest.mark.parametrize(
    ("answers", "ending"),
    [
        ({"number": 6, "kind": "c"}, "end_large"),
        ({"number": 6, "kind": "a"}, "end_done"),
        ({"number": 5, "kind": "c"}, "end_done"),
    ],
)
def test_an_exclusive_gateway_takes_the_flow_that_holds_or_its_default(answers: dict[str, object], ending: str) -> None:
    case = Walker(choice()).start().done("task_check", **answers)
    assert case.step.endings == (ending,)
    assert "gateway_complete" in case.passed


def test_the_origin_of_an_operation_looks_through_gateways() -> None:
    case = Walker(choice()).start().done("task_check", number=1)
    assert case.calls[0].origin == "task_check"


def parallel() -> Drawing:
    drawing = straight("gateway_split", "task_a", "gateway_join", "task_last")
    for gateway in ("gateway_split", "gateway_join"):
        drawing.parallel(gateway)
    for task in ("task_a", "task_b", "task_c", "task_last"):
        drawing.user(task)
    drawing.flow("gateway_split", "task_b", "gateway_join")
    drawing.flow("gateway_split", "task_c", "gateway_join")
    return drawing


@pytest.mark.parametrize("order", ["abc", "cab", "bca", "cba"])
def test_parallel_branches_wait_for_each_other_in_any_order(order: str) -> None:
    case = Walker(parallel()).start()
    assert case.tasks == ["task_a", "task_b", "task_c"]
    for name in order:
        assert "task_last" not in case.tasks
        case.done(f"task_{name}", **{name: 1})
    assert (case.tasks, case.step.data) == (["task_last"], {"a": 1, "b": 1, "c": 1})
    assert case.done("task_last").step.ended


def test_a_parallel_pair_may_be_walked_again_after_sending_back() -> None:
    drawing = straight("task_draft", "gateway_split", "task_a", "gateway_join", "task_sign", "gateway_good")
    for gateway in ("gateway_split", "gateway_join"):
        drawing.parallel(gateway)
    for task in ("task_draft", "task_a", "task_b", "task_sign"):
        drawing.user(task)
    drawing.flow("gateway_split", "task_b", "gateway_join")
    drawing.exclusive("gateway_good", default="flow_gateway_good_end_done")
    drawing.flow_if("again", "gateway_good", "task_draft")
    case = Walker(drawing).start()
    for order in (("task_a", "task_b"), ("task_b", "task_a"), ("task_a", "task_b")):
        case.done("task_draft")
        case.done(order[0])
        assert case.tasks == [order[1]]
        case.done(order[1])
        assert case.tasks == ["task_sign"]
        case.done("task_sign", again=True)
        assert case.tasks == ["task_draft"]


def test_an_intermediate_timer_holds_the_case_until_our_word() -> None:
    drawing = straight("timer_working_day", "task_check")
    drawing.timer("timer_working_day", TENTH)
    drawing.user("task_check")
    case = Walker(drawing).start()
    assert (case.tasks, case.timers) == ([], ["timer_working_day"])
    waits = case.step.timers[0]
    assert (waits.due_at.isoformat(), waits.attached_to, waits.task_id) == ("2023-09-10T12:30:00+00:00", None, None)
    case.fire("timer_working_day")
    assert (case.passed, case.tasks, case.step.passed[0].kind) == (["timer_working_day"], ["task_check"], "timer")


def test_an_intermediate_message_brings_its_payload() -> None:
    drawing = straight("message_answer", "task_check")
    drawing.message("message_answer", "answer")
    drawing.user("task_check")
    case = Walker(drawing).start()
    assert [(m.element, m.message) for m in case.step.messages] == [("message_answer", "answer")]
    case.receive("answer", registered=True)
    assert (case.tasks, case.messages, case.step.data) == (["task_check"], [], {"registered": True})
    with pytest.raises(NobodyWaits):
        case.receive("answer")


def first_of() -> Drawing:
    drawing = straight("gateway_first", "message_yes", "operation_yes")
    drawing.first_event("gateway_first")
    drawing.message("message_yes", "yes")
    drawing.message("message_no", "no")
    drawing.timer("deadline_answer", "days_after(day, 2)")
    drawing.operation("operation_yes", "yes.yes")
    drawing.end("end_no")
    drawing.end("end_silent")
    drawing.flow("gateway_first", "message_no", "end_no")
    drawing.flow("gateway_first", "deadline_answer", "end_silent")
    return drawing


@pytest.mark.parametrize(("message", "ending"), [("yes", "end_done"), ("no", "end_no")])
def test_the_first_message_after_an_event_gateway_decides(message: str, ending: str) -> None:
    case = Walker(first_of()).start(day="2023-09-12")
    assert (case.timers, sorted(case.messages)) == (["deadline_answer"], ["message_no", "message_yes"])
    case.receive(message)
    assert case.step.endings == (ending,)
    assert case.passed[:2] == ["gateway_first", f"message_{message}"]


def test_the_timer_after_an_event_gateway_decides_when_nobody_answers() -> None:
    case = Walker(first_of()).start(day="2023-09-12")
    assert case.timer("deadline_answer").due_at.isoformat() == "2023-09-14T12:30:00+00:00"
    case.fire("deadline_answer")
    assert (case.step.endings, case.passed[1]) == (("end_silent",), "deadline_answer")


def test_a_terminating_end_closes_the_case_with_everything_open() -> None:
    drawing = Drawing()
    drawing.start()
    drawing.parallel("gateway_split")
    drawing.user("task_a")
    drawing.user("task_b")
    drawing.terminate("end_stopped")
    drawing.end()
    drawing.flow("start_filed", "gateway_split", "task_a", "end_stopped")
    drawing.flow("gateway_split", "task_b", "end_done")
    case = Walker(drawing).start().done("task_a")
    assert (case.step.ended, case.tasks, case.step.endings) == (True, [], ("end_stopped",))


def staged() -> Drawing:
    drawing = straight("stage_review", "task_sign")
    with drawing.sub("stage_review"):
        drawing.start("start_review")
        drawing.user("task_review")
        drawing.operation("operation_note", "note.note")
        drawing.end("end_review")
        drawing.flow("start_review", "task_review", "operation_note", "end_review")
        drawing.timer_on("task_review", "deadline_review", TENTH, interrupting=False)
        drawing.user("task_late")
        drawing.flow("deadline_review", "task_late", "end_review")
    drawing.user("task_sign")
    drawing.timer_on("stage_review", "deadline_stage", TENTH)
    drawing.flow("deadline_stage", "task_sign")
    return drawing


def test_a_sub_process_is_walked_and_left() -> None:
    case = Walker(staged()).start()
    assert (case.tasks, case.timers) == (["task_review"], ["deadline_review", "deadline_stage"])
    case.done("task_review")
    assert case.tasks == ["task_sign"]
    assert case.passed == ["task_review", "operation_note", "end_review", "stage_review"]
    assert case.calls[0].origin == "task_review"


def test_a_sub_process_ends_when_its_side_path_has_ended_too() -> None:
    case = Walker(staged()).start().fire("deadline_review")
    assert case.tasks == ["task_review", "task_late"]
    assert case.done("task_review").tasks == ["task_late"]
    assert case.done("task_late").tasks == ["task_sign"]


def test_a_timer_on_the_edge_of_a_sub_process_ends_everything_inside() -> None:
    case = Walker(staged()).start().fire("deadline_review").fire("deadline_stage")
    assert (case.tasks, case.timers) == (["task_sign"], [])
    assert case.done("task_sign").step.ended


def test_the_expression_of_an_event_sees_the_data_of_the_moment() -> None:
    drawing = straight("task_register", "task_check")
    drawing.user("task_register")
    drawing.user("task_check")
    drawing.timer_on("task_check", "deadline_check", "days_after(registered_on, 2)")
    drawing.end("end_late")
    drawing.flow("deadline_check", "end_late")
    case = Walker(drawing).start().done("task_register", registered_on="2023-09-12")
    assert case.timer("deadline_check").due_at.isoformat() == "2023-09-14T12:30:00+00:00"


def test_a_message_in_the_course_of_the_case_comes_before_a_listener() -> None:
    drawing = straight("message_stop", "task_check")
    drawing.message("message_stop", "stop")
    drawing.user("task_check")
    with drawing.event_sub("stage_stopped"):
        drawing.start_by("message_stopped", drawing.about("stop"))
        drawing.end("end_stopped")
        drawing.flow("message_stopped", "end_stopped")
    case = Walker(drawing).start().receive("stop")
    assert case.tasks == ["task_check"]
    assert case.receive("stop").step.endings == ("end_stopped",)


def test_timers_of_the_whole_case_begin_when_their_data_is_known() -> None:
    drawing = straight("task_register", "task_check")
    drawing.user("task_register")
    drawing.user("task_check")
    with drawing.event_sub("stage_term"):
        drawing.start_by("deadline_service", timer("days_after(registered_on, 5)"), interrupting=False)
        drawing.user("task_late")
        drawing.end("end_late")
        drawing.flow("deadline_service", "task_late", "end_late")
    case = Walker(drawing).start()
    assert case.timers == []
    case.done("task_register", registered_on="2023-09-12")
    assert case.timer("deadline_service").due_at.isoformat() == "2023-09-17T12:30:00+00:00"
    case.done("task_check")
    assert case.step.ended
