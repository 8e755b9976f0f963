"""Between a saved case and SpiffWorkflow's tree of tasks: plant a case, and take from the tree what must be kept.

The library keeps every task that ever was, and expects some of them to be there later. Kept are those that wait; what
they stand on (the split above a task with events on its edge); what marks a side path (a non-interrupting event that
has happened); and the branches that have already come to a parallel join which still waits for others. Everything
else that has passed is left out, so a case that was sent back twenty times is no larger than one sent back once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins import ParallelGatewayMixin as ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.engine.errors import StateDamaged
from service.engine.state import Mark, Snapshot
from service.engine.timers import DUE
from service.engine.weaving import FIRST, Woven

OPEN = TaskState.WAITING | TaskState.READY | TaskState.STARTED
ROOT = 0


def require_known(woven: Woven, snapshot: Snapshot) -> None:
    """StateDamaged if the case waits at something that this version of the diagram does not have."""
    specs = woven.names
    unknown = [start for start in snapshot.listeners if start not in specs]
    marks = [*snapshot.marks]
    while marks:
        mark = marks.pop()
        unknown += [mark.spec] if mark.spec not in specs else []
        marks += [*mark.below, *((mark.inside,) if mark.inside else ())]
    if unknown:
        raise StateDamaged(detail=f"the diagram has no {', '.join(sorted(unknown))}")


def plant(woven: Woven, marks: Iterable[Mark], engine: Any) -> BpmnWorkflow:
    """The tree of a saved case, ready to go on."""
    workflow = BpmnWorkflow(woven.spec, dict(woven.parts), script_engine=engine, deserializing=True)
    root = Mark(ROOT, FIRST, TaskState.COMPLETED, below=tuple(marks))
    workflow.task_tree = _add(workflow, root, None)
    return workflow


def _add(workflow: Any, mark: Mark, parent: Task | None) -> Task:
    spec = workflow.spec.task_specs[mark.spec]
    task = Task(workflow, spec, parent, state=mark.state, id=("case", mark.number))
    if mark.due:
        task.internal_data[DUE] = mark.due
    for one in mark.below:
        _add(workflow, one, task)
    if mark.inside is not None:
        _add_inside(workflow.top_workflow, task, mark.inside)
    return task


def _add_inside(top: BpmnWorkflow, task: Task, root: Mark) -> None:
    part = BpmnSubWorkflow(top.subprocess_specs[task.task_spec.spec], task.id, top, deserializing=True)
    top.subprocesses[task.id] = part
    part.task_tree = _add(part, root, None)
    part.completed_event.connect(task.task_spec._on_subworkflow_completed, task)


def gather(workflow: BpmnWorkflow, number_of: Callable[[Task], int]) -> tuple[Mark, ...]:
    """What must be kept of the tree, below its root."""
    return tuple(_below(workflow.task_tree, number_of))


def _below(task: Task, number_of: Callable[[Task], int]) -> list[Mark]:
    return [mark for child in task.children for mark in _kept(child, number_of)]


def _kept(task: Task, number_of: Callable[[Task], int]) -> list[Mark]:
    if task.has_state(TaskState.PREDICTED_MASK | TaskState.FUTURE) or _is_passing_join(task):
        return []
    below = _below(task, number_of)
    if not (task.has_state(OPEN) or _is_needed(task, bool(below))):
        return below
    due = task.internal_data.get(DUE, "") if task.has_state(OPEN) else ""
    inside = _inside(task, number_of) if task.has_state(OPEN) else None
    return [Mark(number_of(task), task.task_spec.name, task.state, due, tuple(below), inside)]


def _inside(task: Task, number_of: Callable[[Task], int]) -> Mark | None:
    part = task.workflow.top_workflow.subprocesses.get(task.id)
    if part is None:
        return None
    return Mark(number_of(part.task_tree), FIRST, TaskState.COMPLETED, "", tuple(_below(part.task_tree, number_of)))


def _is_passing_join(task: Task) -> bool:
    """Joins of the library's own that only cancel; the next one that comes does their work."""
    top = task.workflow.top_workflow is task.workflow
    return isinstance(task.task_spec, BoundaryEventJoin) or (top and task.task_spec is task.workflow.spec.end)


def _is_needed(task: Task, has_below: bool) -> bool:
    spec = task.task_spec
    if isinstance(spec, BoundaryEventSplit):
        return any(child.has_state(OPEN) for child in task.children)
    if isinstance(spec, BoundaryEvent) and not spec.cancel_activity:
        return has_below
    if isinstance(spec, ParallelGateway) and task.state == TaskState.CANCELLED:
        return _still_waits(task)
    return any(isinstance(child.task_spec, ParallelGateway) and _still_waits(child) for child in task.children)


def _still_waits(task: Task) -> bool:
    return any(
        other.task_spec is task.task_spec and other.state == TaskState.WAITING for other in task.workflow.tasks.values()
    )
