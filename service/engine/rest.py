"""What a case at rest waits for, read from its saved form without waking the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from SpiffWorkflow.util.task import TaskState

from service.domain.steps import Element, OpenTask, WaitingMessage, WaitingTimer
from service.engine.catalogue import Catalogue
from service.engine.state import Mark, Snapshot

OPEN_STATES = (TaskState.WAITING, TaskState.READY, TaskState.STARTED)


@dataclass(frozen=True)
class Waiting:
    """Something that waits at a mark; for an event gateway, each of the events that may follow it."""

    element: Element
    mark: Mark
    neighbours: tuple[Mark, ...]


def waiting(catalogue: Catalogue, snapshot: Snapshot) -> Iterator[Waiting]:
    """Everything that waits in this case, in the order in which it came there."""
    yield from _waiting(catalogue, snapshot.marks)


def _waiting(catalogue: Catalogue, marks: tuple[Mark, ...]) -> Iterator[Waiting]:
    for mark in marks:
        if mark.state in OPEN_STATES and mark.spec in catalogue:
            element = catalogue.element(mark.spec)
            if element.kind == "event_based_gateway":
                for follower in element.flows_to:
                    yield Waiting(catalogue.element(follower), mark, ())
            else:
                yield Waiting(element, mark, marks)
        yield from _waiting(catalogue, mark.below)
        if mark.inside is not None:
            yield from _waiting(catalogue, mark.inside.below)


def id_of(snapshot: Snapshot, mark: Mark) -> str:
    """The id by which a task or timer of this case is known; unlike any other case's."""
    return f"{snapshot.key}-{mark.number}"


def listener_id(snapshot: Snapshot, element: str) -> str:
    """The id of the start of an event sub-process that listens."""
    return f"{snapshot.key}-{element}"


def open_tasks(catalogue: Catalogue, snapshot: Snapshot) -> tuple[OpenTask, ...]:
    """The user tasks that wait for a person."""
    return tuple(
        OpenTask(id_of(snapshot, one.mark), one.element.id)
        for one in waiting(catalogue, snapshot)
        if one.element.kind == "user_task"
    )


def waiting_timers(catalogue: Catalogue, snapshot: Snapshot) -> tuple[WaitingTimer, ...]:
    """The terms that run, those on the tasks first and those of the whole case after them."""
    return (
        *(
            WaitingTimer(
                id=id_of(snapshot, one.mark),
                element=one.element.id,
                due_at=datetime.fromisoformat(one.mark.due),
                attached_to=one.element.attached_to or None,
                task_id=_task_beside(catalogue, snapshot, one),
            )
            for one in waiting(catalogue, snapshot)
            if one.element.kind == "timer"
        ),
        *(
            WaitingTimer(listener_id(snapshot, element), element, datetime.fromisoformat(due))
            for element, due in snapshot.listeners.items()
            if due
        ),
    )


def _task_beside(catalogue: Catalogue, snapshot: Snapshot, timer: Waiting) -> str | None:
    beside = (mark for mark in timer.neighbours if mark.spec == timer.element.attached_to)
    task = next((mark for mark in beside if catalogue.element(mark.spec).kind == "user_task"), None)
    return id_of(snapshot, task) if task is not None else None


def waiting_messages(catalogue: Catalogue, snapshot: Snapshot) -> tuple[WaitingMessage, ...]:
    """The messages that the case would catch now."""
    return (
        *(
            WaitingMessage(id_of(snapshot, one.mark), one.element.id, one.element.message)
            for one in waiting(catalogue, snapshot)
            if one.element.kind == "message"
        ),
        *(
            WaitingMessage(listener_id(snapshot, element), element, catalogue.element(element).message)
            for element in snapshot.listeners
            if catalogue.element(element).kind == "message"
        ),
    )


def is_over(catalogue: Catalogue, marks: tuple[Mark, ...]) -> bool:
    """Whether nothing of the main path is left.

    Side paths do not keep a case open: what follows a non-interrupting event, on an edge or as a sub-process.
    """
    return not any(_holds(catalogue, mark) for mark in marks)


def _holds(catalogue: Catalogue, mark: Mark) -> bool:
    known = catalogue.element(mark.spec) if mark.spec in catalogue else None
    if known is not None and not known.interrupting:
        return False
    if mark.state in OPEN_STATES and (known is None or not known.attached_to):
        return True
    return any(_holds(catalogue, one) for one in mark.below)
