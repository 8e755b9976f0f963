"""Leaving out what has passed changes nothing: a case that is saved after every step goes where one kept whole goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from service.engine.budget import Budget
from service.engine.definition import Procedure
from service.engine.walking import Walk, happen
from tests.engine.drawing import Drawing
from tests.engine.walker import Walker, load

DAY = "'2023-09-12'"
STATES = {"user_task": TaskState.READY, "timer": TaskState.WAITING, "message": TaskState.WAITING}


def everything() -> Drawing:
    """Sending back around a stage with a parallel pair, side paths on edges, and a loop inside the stage."""
    drawing = Drawing()
    drawing.start()
    drawing.user("task_draft")
    drawing.timer_on("task_draft", "reminder_draft", DAY, interrupting=False)
    drawing.user("task_remind")
    drawing.end("end_reminded")
    with drawing.sub("stage_work"):
        drawing.start("start_work")
        drawing.parallel("gateway_split")
        drawing.parallel("gateway_join")
        drawing.user("task_left")
        drawing.user("task_right")
        drawing.user("task_middle")
        drawing.exclusive("gateway_again", default="flow_gateway_again_gateway_join")
        drawing.end("end_work")
        drawing.timer_on("task_right", "deadline_right", DAY)
        drawing.message_on("task_left", "message_left", "left", interrupting=False)
        drawing.operation("operation_left", "note.left")
        drawing.end("end_left")
        drawing.flow("start_work", "gateway_split", "task_left", "gateway_again", "gateway_join", "end_work")
        drawing.flow("gateway_split", "task_right", "gateway_join")
        drawing.flow("gateway_split", "task_middle", "gateway_join")
        drawing.flow("deadline_right", "task_middle")
        drawing.flow_if("again", "gateway_again", "task_left")
        drawing.flow("message_left", "operation_left", "end_left")
    drawing.timer_on("stage_work", "deadline_stage", DAY)
    drawing.user("task_sign")
    drawing.exclusive("gateway_signed", default="flow_gateway_signed_end_done")
    drawing.end()
    drawing.flow("start_filed", "task_draft", "stage_work", "task_sign", "gateway_signed", "end_done")
    drawing.flow_if("again", "gateway_signed", "task_draft")
    drawing.flow("reminder_draft", "task_remind", "end_reminded")
    drawing.flow("deadline_stage", "task_draft")
    return drawing


class Whole:
    """The same case in memory, with everything that ever was."""

    def __init__(self, procedure: Procedure) -> None:
        self.catalogue = procedure.catalogue
        self.walk = Walk(procedure, {}, lambda asked: {}, Budget())
        woven = procedure.woven
        self.workflow = BpmnWorkflow(woven.spec, dict(woven.parts), script_engine=self.walk)
        self.settle()

    def settle(self) -> None:
        while not self.walk.settle(self.workflow):
            pass

    def tasks(self) -> Iterator[Any]:
        for part in (self.workflow, *self.workflow.get_active_subprocesses()):
            for task in part.tasks.values():
                name = task.task_spec.name
                if name in self.catalogue and task.state == STATES.get(self.catalogue.element(name).kind):
                    yield task

    def open(self) -> list[str]:
        return sorted(task.task_spec.name for task in self.tasks())

    def act(self, element: str, again: bool) -> None:
        task = next(task for task in self.tasks() if task.task_spec.name == element)
        if self.catalogue.element(element).kind == "user_task":
            self.walk.data["again"] = again
            self.walk.run(task)
        else:
            happen(task)
        self.settle()


def open_in(case: Walker) -> list[str]:
    return sorted([*case.tasks, *case.timers, *case.messages])


def act(case: Walker, element: str, again: bool) -> None:
    if element in case.tasks:
        case.done(element, again=again)
    elif element in case.timers:
        case.fire(element)
    else:
        case.receive("left")


PROCEDURE = load(everything())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_saved_case_goes_where_a_whole_one_goes(data: st.DataObject) -> None:
    case = Walker(everything()).start()
    whole = Whole(PROCEDURE)
    for _ in range(data.draw(st.integers(1, 25))):
        assert open_in(case) == whole.open()
        if case.step.ended:
            break
        element = data.draw(st.sampled_from(sorted(set(open_in(case)))))
        again = data.draw(st.booleans())
        act(case, element, again)
        whole.act(element, again)
        if case.step.ended:
            assert set(whole.open()) <= {"task_remind"}
            break
