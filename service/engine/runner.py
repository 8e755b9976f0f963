"""Moves a case from one resting place to the next: start, complete, fire, receive."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from service.domain.errors import NobodyWaits, TaskClosed
from service.domain.steps import CallOperation, Data, Passed, Step
from service.engine.budget import Budget
from service.engine.definition import Procedure
from service.engine.rest import (
    Waiting,
    is_over,
    listener_id,
    open_tasks,
    waiting,
    waiting_messages,
    waiting_timers,
)
from service.engine.state import Mark, Snapshot, pack, plain, unpack
from service.engine.timers import due_time
from service.engine.tree import gather, plant, require_known
from service.engine.walking import Walk, happen


class Runner:
    """Walks one procedure; holds no case itself, so one runner may serve every case and thread.

    What moves a case may be handed the time that is left for it; otherwise it has that of one move (TooSlow).
    """

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def start(self, data: Data, call: CallOperation, budget: Budget | None = None) -> Step:
        """Open a case with this data and walk it to its first resting place."""
        listening = {element.id: "" for element in self.procedure.listeners}
        move = _Move(self.procedure, Snapshot(secrets.token_hex(8), 1, plain(data), (), listening), call, budget)
        woven = self.procedure.woven
        move.workflow = BpmnWorkflow(woven.spec, dict(woven.parts), script_engine=move.walk)
        return move.to_rest()

    def complete(
        self, state: bytes, task_id: str, answers: Data, call: CallOperation, budget: Budget | None = None
    ) -> Step:
        """A person has done the task: merge the answers and walk on. TaskClosed if it is not open."""
        snapshot = self._open(state)
        number = _number(snapshot, task_id)
        known = (one for one in waiting(self.procedure.catalogue, snapshot) if one.element.kind == "user_task")
        found = next((one for one in known if one.mark.number == number), None)
        if found is None:
            raise TaskClosed(task=task_id)
        move = _Move(self.procedure, snapshot, call, budget)
        move.walk.data.update(plain(answers))
        move.walk.run(move.task(found.mark))
        return move.to_rest()

    def fire(self, state: bytes, timer_id: str, call: CallOperation, budget: Budget | None = None) -> Step:
        """Exactly this term has come, by our word and not by a clock. NobodyWaits if it does not wait."""
        snapshot = self._open(state)
        listener = _listener(snapshot, timer_id)
        move = _Move(self.procedure, snapshot, call, budget)
        if listener:
            move.begin(listener)
        else:
            move.happen(self._timer(snapshot, timer_id))
        return move.to_rest()

    def receive(
        self, state: bytes, message: str, payload: Data, call: CallOperation, budget: Budget | None = None
    ) -> Step:
        """A message has come: merge its payload and walk on. NobodyWaits if nothing catches it now.

        What waits for it in the course of the case catches it before an event sub-process that listens.
        """
        snapshot = self._open(state)
        catalogue = self.procedure.catalogue
        everything = tuple(waiting(catalogue, snapshot))
        catching = [one for one in everything if one.element.kind == "message" and one.element.message == message]
        listening = [start for start in snapshot.listeners if catalogue.element(start).message == message]
        if not catching and not listening:
            raise NobodyWaits(message=message)
        move = _Move(self.procedure, snapshot, call, budget)
        move.walk.data.update(plain(payload))
        for one in catching:
            move.happen(one)
        if not catching:
            move.begin(listening[0])
        return move.to_rest()

    def look(self, state: bytes) -> Step:
        """What the case waits for, without moving it."""
        snapshot = self._open(state)
        return _step(self.procedure, snapshot, state, [])

    def move_timer(self, state: bytes, timer_id: str, due_at: datetime) -> bytes:
        """The same state with another due time of this timer. NobodyWaits if it does not wait."""
        snapshot = self._open(state)
        due = due_at.astimezone(UTC).isoformat()
        listener = _listener(snapshot, timer_id)
        if listener:
            return pack(replace(snapshot, listeners={**snapshot.listeners, listener: due}))
        number = self._timer(snapshot, timer_id).mark.number
        return pack(replace(snapshot, marks=tuple(_with_due(mark, number, due) for mark in snapshot.marks)))

    def count(self, state: bytes, timer: str, functions: Mapping[str, Any]) -> datetime:
        """When the timer with this element would be due by the case's data, counted by these functions."""
        expression = self.procedure.expression(self.procedure.catalogue.element(timer).expression)
        return due_time(timer, expression, self._open(state).data, functions)

    def with_data(self, state: bytes, **changed: Any) -> bytes:
        """The same state with other values in its data."""
        snapshot = self._open(state)
        return pack(replace(snapshot, data=plain({**snapshot.data, **changed})))

    def _open(self, state: bytes) -> Snapshot:
        snapshot = unpack(state)
        require_known(self.procedure.woven, snapshot)
        return snapshot

    def _timer(self, snapshot: Snapshot, timer_id: str) -> Waiting:
        number = _number(snapshot, timer_id)
        for one in waiting(self.procedure.catalogue, snapshot):
            if one.element.kind == "timer" and one.mark.number == number:
                return one
        raise NobodyWaits(timer=timer_id)


def _number(snapshot: Snapshot, known_as: str) -> int:
    key, _, number = known_as.rpartition("-")
    return int(number) if key == snapshot.key and number.isdecimal() else -1


def _listener(snapshot: Snapshot, timer_id: str) -> str:
    """The start of an event sub-process whose running term has this id; empty if there is none."""
    armed = (start for start, due in snapshot.listeners.items() if due)
    return next((start for start in armed if listener_id(snapshot, start) == timer_id), "")


def _with_due(mark: Mark, number: int, due: str) -> Mark:
    below = tuple(_with_due(one, number, due) for one in mark.below)
    inside = _with_due(mark.inside, number, due) if mark.inside else None
    return replace(mark, below=below, inside=inside, due=due if mark.number == number else mark.due)


class _Move:
    """One case on its way from a resting place to the next."""

    def __init__(
        self, procedure: Procedure, snapshot: Snapshot, call: CallOperation, budget: Budget | None = None
    ) -> None:
        self.procedure = procedure
        self.before = snapshot
        self.listeners = dict(snapshot.listeners)
        self.budget = budget or Budget()
        self.walk = Walk(procedure, dict(snapshot.data), call, self.budget)
        self.workflow = plant(procedure.woven, snapshot.marks, self.walk)
        self._numbers: dict[Any, int] = {}

    def task(self, mark: Mark) -> Task:
        """The library's task for this mark."""
        return self.workflow.get_task_from_id(("case", mark.number))

    def happen(self, one: Waiting) -> None:
        """The event that waits here happens."""
        task = self.task(one.mark)
        if one.element.id == one.mark.spec:
            happen(task)
            return
        definitions = task.task_spec.event_definition.event_definitions
        position = self.procedure.catalogue.element(one.mark.spec).flows_to.index(one.element.id)
        task.internal_data["seen_events"] = [BpmnEvent(definitions[position], payload={})]
        task.task_spec._update(task)

    def begin(self, start: str) -> None:
        """The event sub-process with this start begins; an interrupting one ends everything else first."""
        element = self.procedure.catalogue.element(start)
        if element.interrupting:
            self.workflow = plant(self.procedure.woven, (), self.walk)
            self.listeners = {}
        elif element.kind == "timer":
            del self.listeners[start]
        root = self.workflow.task_tree
        begun = root._add_child(self.workflow.spec.task_specs[element.within], TaskState.FUTURE)
        begun.task_spec._update(begun)

    def to_rest(self) -> Step:
        """Walk until the case rests, and say where.

        On a long way the tree is cleared now and then: the library's effort grows with everything that has passed.
        """
        while not self.walk.settle(self.workflow):
            self.workflow = plant(self.procedure.woven, gather(self.workflow, self._number_of), self.walk)
        marks = gather(self.workflow, self._number_of)
        ended = is_over(self.procedure.catalogue, marks)
        snapshot = Snapshot(
            key=self.before.key,
            next_number=self.before.next_number + len(self._numbers),
            data=self.walk.data,
            marks=() if ended else marks,
            listeners={} if ended else self._armed(),
            ended=ended,
        )
        return _step(self.procedure, snapshot, pack(snapshot), self.walk.passed)

    def _number_of(self, task: Task) -> int:
        if isinstance(task.id, tuple):
            return int(task.id[1])
        return self._numbers.setdefault(task.id, self.before.next_number + len(self._numbers))

    def _armed(self) -> dict[str, str]:
        """Terms of the whole case begin to run when everything that they count from is known."""
        return {start: due or self._due(start) for start, due in self.listeners.items()}

    def _due(self, start: str) -> str:
        element = self.procedure.catalogue.element(start)
        if element.kind != "timer":
            return ""
        expression = self.procedure.expression(element.expression)
        if any(self.walk.data.get(name) is None for name in expression.names):
            return ""
        functions = self.budget.guarding(self.procedure.functions, start)
        return due_time(start, expression, self.walk.data, functions).isoformat()


def _step(procedure: Procedure, snapshot: Snapshot, state: bytes, passed: list[Passed]) -> Step:
    ends = (one.element for one in passed if one.kind == "end_event")
    return Step(
        state=state,
        data=plain(snapshot.data),
        tasks=open_tasks(procedure.catalogue, snapshot),
        timers=waiting_timers(procedure.catalogue, snapshot),
        messages=waiting_messages(procedure.catalogue, snapshot),
        passed=tuple(passed),
        endings=tuple(ends),
        ended=snapshot.ended,
    )
