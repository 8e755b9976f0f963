"""One move of one case: the tasks that the library runs between two resting places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from SpiffWorkflow.bpmn.specs.mixins import ExclusiveGatewayMixin as ExclusiveGateway
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.domain.steps import CallOperation, Data, OperationCall, Passed
from service.engine.budget import Budget
from service.engine.catalogue import Catalogue
from service.engine.errors import EndlessLoop, ExpressionFailed
from service.engine.expressions import Expression, ExpressionError
from service.engine.timers import FIRED, due_time
from service.engine.tree import OPEN
from service.engine.weaving import FIRST

MOST_STEPS = 1000
MOST_BEGUN = 2000
"""Ways that the steps of one move may lead on to: a diagram that splits and splits again is stopped by their number."""
STEPS_AT_A_TIME = 50
_SILENT = ("exclusive_gateway", "parallel_gateway", "event_based_gateway")


class Walked(Protocol):
    """What a walk needs to know of its procedure."""

    @property
    def catalogue(self) -> Catalogue:
        """The elements by id."""

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """What expressions may call."""

    def expression(self, text: str) -> Expression:
        """The text, read once."""


class Walk:
    """Runs the library's tasks, answers its questions from the one process data, and notes what was passed."""

    def __init__(self, procedure: Walked, data: Data, call: CallOperation, budget: Budget) -> None:
        self.data = data
        self.passed: list[Passed] = []
        self._procedure = procedure
        self._catalogue = procedure.catalogue
        self._call = call
        self._budget = budget
        self._steps = self._begun = 0

    def run(self, task: Task) -> None:
        """Run one task and note it; EndlessLoop if this move has run too many, or they have led on to too many.

        TooSlow if its time is over before the task begins.
        """
        spec = task.task_spec
        self._budget.require(spec.name)
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise EndlessLoop(element=spec.name, steps=MOST_STEPS)
        if not isinstance(spec, ExclusiveGateway):
            spec._predict_hook(task)
        task.run()
        self._begun += len(task.children)
        if self._begun > MOST_BEGUN:
            raise EndlessLoop(element=spec.name, steps=self._steps)
        if spec.name in self._catalogue:
            self.passed.append(Passed(spec.name, self._catalogue.element(spec.name).kind))
            self._listen_again(task)

    def settle(self, workflow: BpmnWorkflow) -> bool:
        """Run everything that needs nobody; False if the case has not come to rest after a good many steps."""
        pause = self._steps + STEPS_AT_A_TIME
        while any(self._run_ready(part) for part in _innermost_first(workflow)):
            if self._steps > pause:
                return False
        return True

    def _run_ready(self, workflow: Any) -> bool:
        ready = [t for t in workflow.tasks.values() if t.state == TaskState.READY and not t.task_spec.manual]
        for task in ready:
            if task.state == TaskState.READY:
                self.run(task)
        return bool(ready)

    def _listen_again(self, task: Task) -> None:
        """A message on the edge that does not interrupt may come again: the library would hear it only once."""
        element = self._catalogue.element(task.task_spec.name)
        split = task.parent
        if element.kind != "message" or not element.attached_to or element.interrupting or split is None:
            return
        if any(child.task_spec.name == element.attached_to and child.has_state(OPEN) for child in split.children):
            split._add_child(task.task_spec)._set_state(TaskState.WAITING)

    # What the library asks its script engine:

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Any:
        """A condition of a gateway."""
        return self._answer(task.task_spec.name, expression)

    def due(self, element: str) -> str:
        """The due time of a timer that has just been reached."""
        expression = self._procedure.expression(self._catalogue.element(element).expression)
        return due_time(element, expression, self.data, self._functions(element)).isoformat()

    def call(self, task: Task) -> None:
        """The operation of a service task; what it returns is merged into the process data."""
        element = self._catalogue.element(task.task_spec.name)
        parameters = {name: self._answer(element.id, text) for name, text in element.parameters.items()}
        returned = self._call(OperationCall(element.operation, element.id, parameters, self._origin(task)))
        self.data.update(returned)

    def _answer(self, element: str, text: str) -> Any:
        try:
            return self._procedure.expression(text).evaluate(self.data, self._functions(element))
        except ExpressionError as wrong:
            raise ExpressionFailed(element=element, expression=text, reason=str(wrong)) from wrong

    def _functions(self, element: str) -> Mapping[str, Callable[..., Any]]:
        """What an expression of this element may call, while there is time."""
        return self._budget.guarding(self._procedure.functions, element)

    def _origin(self, task: Task) -> str:
        """The last task or event before this one; gateways only show the way."""
        before = task.parent
        while before is not None:
            name = before.task_spec.name
            if name in self._catalogue and self._catalogue.element(name).kind not in _SILENT:
                return str(name)
            if name == FIRST and before.workflow.parent_task_id is not None:
                before = before.workflow.top_workflow.get_task_from_id(before.workflow.parent_task_id)
            before = before.parent
        return ""


def _innermost_first(workflow: BpmnWorkflow) -> Iterator[Any]:
    parts = [part for part in workflow.subprocesses.values() if not part.completed]
    yield from sorted(parts, key=lambda part: -part.depth)
    yield workflow


def happen(task: Task) -> None:
    """Let the event that this task waits for happen."""
    task.internal_data[FIRED] = True
    task.task_spec._update(task)
