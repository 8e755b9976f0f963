"""Every path keeps the terms of the law, and each step knows its last lawful day."""

from __future__ import annotations

import pytest

from service.domain.operations import OperationSignature
from service.engine.check import check
from service.engine.feasibility import windows
from tests.engine.drawing import Drawing, timer
from tests.engine.walker import load
from tests.lawful_days import last_lawful_days

OPERATIONS = {
    "hearings.send": OperationSignature("hearings.send", frozenset(), frozenset(), ("notified_on",), ""),
    "notices.tell": OperationSignature("notices.tell", frozenset(), frozenset(), (), ""),
}


def working_days_after(day: str, count: int) -> str:
    return day


def hearing(between: int = 3, service: int = 5) -> Drawing:
    """Completeness, examination, an invitation, the wait that the law demands before a refusal, and the signature."""
    drawing = Drawing()
    drawing.start()
    for task, term in (("task_check", 2), ("task_examine", 5), ("task_sign", service)):
        drawing.user(task)
        drawing.timer_on(task, f"deadline_of_{task}", f"working_days_after(registered_on, {term})", interrupting=False)
        drawing.flow(f"deadline_of_{task}", "operation_tell")
    drawing.operation("operation_tell", "notices.tell")
    drawing.end("end_told")
    drawing.operation("operation_invite", "hearings.send")
    drawing.timer("timer_refusal", f"start_of_day(working_days_after(notified_on, {between}))")
    drawing.exclusive("gateway_grounds", default="flow_gateway_grounds_end_granted")
    drawing.end("end_granted")
    drawing.end("end_refused")
    drawing.flow("start_filed", "task_check", "task_examine", "gateway_grounds", "end_granted")
    drawing.flow_if("registered_on != None", "gateway_grounds", "operation_invite")
    drawing.flow("operation_invite", "timer_refusal", "task_sign", "end_refused")
    drawing.flow("operation_tell", "end_told")
    with drawing.event_sub("event_term"):
        drawing.start_by("deadline_service", timer(f"working_days_after(registered_on, {service})"), interrupting=False)
        drawing.end("end_term")
        drawing.flow("deadline_service", "end_term")
    return drawing


@pytest.mark.law("D2", "D26", "L73.1", "R8.1")
def test_a_refusal_closes_on_the_second_day_and_a_permit_on_the_fifth() -> None:
    days = last_lawful_days(load(hearing()).catalogue, OPERATIONS)
    assert days["end_refused"]["task_examine"] == 2
    assert days["end_refused"]["operation_invite"] == 2
    assert days["end_refused"]["task_sign"] == 5
    assert days["end_granted"]["task_examine"] == 5
    assert days["end_granted"]["task_check"] == 2


@pytest.mark.law("D26", "L73.1")
@pytest.mark.parametrize(("between", "service"), [(6, 5), (3, 2)])
def test_terms_that_no_path_can_keep_are_found_where_they_contradict(between: int, service: int) -> None:
    drawing = hearing(between, service)
    told = [window for window in windows(load(drawing).catalogue, OPERATIONS) if window.contradiction]
    assert [(window.ending, window.contradiction) for window in told] == [("end_refused", "task_sign")]
    findings = check(
        {"test.bpmn": drawing.xml(), "forms/any.form": b'{"components": []}'},
        None,
        operations=OPERATIONS,
        roles=("unit",),
        functions={"working_days_after": working_days_after, "start_of_day": str},
        start_data=("registered_on",),
    )
    assert [(one.element, one.code) for one in findings] == [("task_sign", "window_impossible")]


def test_terms_counted_from_a_name_that_the_path_never_makes_say_nothing() -> None:
    drawing = hearing()
    drawing.node("timer_refusal").content = timer("start_of_day(working_days_after(unheard_of, 9))")
    assert all(not window.contradiction for window in windows(load(drawing).catalogue, OPERATIONS))


def forwarding(days: int, wait: int = 0) -> Drawing:
    """A review that ends by itself after some days, and a body that must wait before it decides within 5 days."""
    drawing = Drawing()
    drawing.start()
    drawing.user("task_review")
    drawing.timer_on("task_review", "deadline_forward", f"working_days_after(received_on, {days})", interrupting=True)
    drawing.operation("operation_forward", "hearings.send")
    drawing.timer("timer_decision", f"start_of_day(working_days_after(notified_on, {wait}))")
    drawing.user("task_decide")
    drawing.timer_on("task_decide", "deadline_decide", "working_days_after(registered_on, 5)", interrupting=False)
    for end in ("end_satisfied", "end_decided", "end_told"):
        drawing.end(end)
    drawing.flow("start_filed", "task_review", "end_satisfied")
    drawing.flow("deadline_forward", "operation_forward", "timer_decision", "task_decide", "end_decided")
    drawing.flow("deadline_decide", "end_told")
    return drawing


@pytest.mark.law("R13.3", "D27")
def test_a_term_that_ends_its_task_comes_on_its_own_day_counted_from_the_day_of_receipt() -> None:
    days = last_lawful_days(load(forwarding(3)).catalogue, OPERATIONS)
    assert days["end_satisfied"]["task_review"] == 2
    assert days["end_decided"]["operation_forward"] == 2
    assert days["end_decided"]["task_decide"] == 5


@pytest.mark.law("R13.3")
def test_what_follows_a_term_that_ends_its_task_cannot_begin_sooner() -> None:
    told = {window.ending: window.contradiction for window in windows(load(forwarding(3, 4)).catalogue, OPERATIONS)}
    assert told == {"end_satisfied": "", "end_decided": "task_decide"}


@pytest.mark.law("L73.1")
def test_a_wait_that_leads_back_to_its_task_must_leave_it_time() -> None:
    def considered(days: int) -> Drawing:
        drawing = Drawing()
        drawing.start()
        drawing.user("task_consider")
        drawing.timer_on(
            "task_consider", "deadline_review", "working_days_after(registered_on, 15)", interrupting=False
        )
        drawing.exclusive("gateway_heard", default="flow_gateway_heard_end_decided")
        drawing.operation("operation_invite", "hearings.send")
        drawing.timer("timer_earliest", f"start_of_day(working_days_after(notified_on, {days}))")
        drawing.end("end_decided")
        drawing.end("end_silence")
        drawing.flow("start_filed", "task_consider", "gateway_heard", "end_decided")
        drawing.flow_if("registered_on != None", "gateway_heard", "operation_invite")
        drawing.flow("operation_invite", "timer_earliest", "task_consider")
        drawing.flow("deadline_review", "end_silence")
        return drawing

    lawful, impossible = (list(windows(load(considered(days)).catalogue, OPERATIONS)) for days in (3, 16))
    assert {window.latest["operation_invite"] for window in lawful if "operation_invite" in window.path} == {12}
    assert {window.contradiction for window in impossible} == {"", "task_consider"}
