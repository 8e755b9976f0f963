"""One move of one case, inside one unit of work: from a resting place to the next, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from service.domain.case import NEVER, Case, CaseState, Deadline, Task, latest_answers
from service.domain.channels import MONITORING, MonitoringStage
from service.domain.errors import TaskClosed
from service.domain.messages import OutboxMessage
from service.domain.people import SYSTEM, Actor
from service.domain.ports import UnitOfWork
from service.domain.steps import CallOperation, Data, OpenTask, Step
from service.engine.budget import Budget
from service.engine.errors import EndlessLoop
from service.operations import SignedPaper, Work, bind
from service.operations.in_charge import in_charge
from service.usecases.case_terms import CaseTerms
from service.usecases.editions import LoadedEdition
from service.usecases.other_cases import CasesReached
from service.usecases.services import Services

MOST_TIMERS_AT_ONCE = 50
"""A case whose diagram fires more timers than this within one move is not drawn right."""


class Move:
    """Moves one locked case; every method leaves it at rest, with its rows in step with the engine.

    `tasks` are the case's tasks where the caller has read them already. All that one move does, in the cases that it
    reaches too, has one time: when it is over, TooSlow undoes the move with the transaction of its caller.
    """

    def __init__(
        self,
        services: Services,
        uow: UnitOfWork,
        case: Case,
        actor: Actor,
        signed: SignedPaper | None = None,
        tasks: Sequence[Task] | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.budget = budget or Budget()
        self.services, self.uow, self.case, self.actor, self.signed = services, uow, case, actor, signed
        self.edition: LoadedEdition = services.editions.of_case(uow, case)
        found = uow.cases.tasks(case.id) if tasks is None and case.engine_state else tasks or ()
        self.tasks: list[Task] = list(found)
        self.terms = CaseTerms(uow, services.calendar, self.edition, case, self.tasks)

    def start(self, data: Data) -> None:
        """Open the case: walk from its start to the first resting place."""
        self._settle(self.edition.runner.start(data, self._operations(self.actor), self.budget))
        self.catch_up()

    def complete(self, task: Task, answers: Data) -> None:
        """An officer has done a task: keep the answers, walk on; only what the diagram names enters its data."""
        self.catch_up()
        if not task.is_open:
            raise TaskClosed(task=task.id)
        task.answers, task.draft, task.failure = dict(answers), None, ""
        task.completed_at, task.completed_by = self.uow.now, self.actor.officer_id
        self.uow.note(self.case, self.actor, "task_completed", task.element, **_said(answers))
        named = {name: value for name, value in answers.items() if name in self.edition.named}
        calls, state = self._operations(self.actor), self.case.engine_state
        self._settle(self.edition.runner.complete(state, task.engine_id, named, calls, self.budget))
        self.catch_up()

    def receive(self, message: str, payload: Data) -> None:
        """A message has come for the case; `NobodyWaits` if the diagram does not wait for it."""
        self.catch_up()
        calls = self._operations(self.actor)
        self._settle(self.edition.runner.receive(self.case.engine_state, message, payload, calls, self.budget))
        self.catch_up()

    def fire(self, deadline: Deadline) -> None:
        """A term or a wait has come to its end."""
        self._fire(deadline)
        self.catch_up()

    def answers(self, element: str) -> Mapping[str, Any]:
        """The latest answers that were given at a user task."""
        return latest_answers(self.tasks, element)

    def extend(self, until: date) -> None:
        """Give every running term, and those of the service that begin later, a later end (L76.3)."""
        self.terms.extend(until, self.actor)

    def end(self, ending: str) -> None:
        """End the case by a decision taken elsewhere; what still runs in it ends, and monitoring is told (L100.1)."""
        self._tell_monitoring(ending)
        self._close(ending)

    def catch_up(self) -> None:
        """Let happen what has come due and no sweep has fired yet: who comes late is late, also between two sweeps."""
        element = ""
        for _ in range(MOST_TIMERS_AT_ONCE):
            row = self.terms.due() if self.case.state is CaseState.OPEN else None
            if row is None:
                return
            element, row.fired_at = row.element, self.uow.now
            self._fire(row)
        raise EndlessLoop(element=element, timers=MOST_TIMERS_AT_ONCE, case=self.case.number)

    def _fire(self, row: Deadline) -> None:
        kept = not self.terms.miss(row)
        calls = self._operations(SYSTEM, kept=kept)
        self._settle(self.edition.runner.fire(self.case.engine_state, row.engine_id, calls, self.budget))

    def _operations(self, actor: Actor, *, kept: bool = False) -> CallOperation:
        services, uow = self.services, self.uow

        def mover(case: Case) -> Move:
            return Move(services, uow, case, actor, budget=self.budget)

        others = CasesReached(uow, services.calendar, actor, mover)
        functions, periods = services.editions.functions, self.edition.terms
        work = Work(
            uow, services.calendar, actor, functions, periods, self.tasks, self.signed, others=others, kept=kept
        )
        return bind(work, self.case)

    def _settle(self, step: Step) -> None:
        self.case.engine_state = step.state
        opened = self._settle_tasks(step)
        self.terms.settle(step.timers)
        endings = [name for name in step.endings if name in self.edition.endings]
        for stage in (*opened, *endings):
            self._tell_monitoring(stage)
        if step.ended:
            self._close(endings[-1])

    def _settle_tasks(self, step: Step) -> list[str]:
        waiting = {task.id for task in step.tasks}
        known = {task.engine_id for task in self.tasks}
        for task in self.tasks:
            if task.is_open and task.engine_id not in waiting:
                task.cancelled_at = self.uow.now
        ends = self.terms.ends(step.timers)
        opened = [self._open(task, ends.get(task.id, NEVER)) for task in step.tasks if task.id not in known]
        if opened:
            self.uow.add(*opened)
            self.uow.flush()
            self.tasks += opened
        return [task.element for task in opened]

    def _open(self, waiting: OpenTask, due_at: datetime) -> Task:
        lane = self.edition.catalogue.element(waiting.element).lane
        task = Task(self.case.id, waiting.id, waiting.element, lane, self.uow.now, due_at=due_at)
        executor_id = in_charge(self.uow, self.case, self.actor) if lane == "unit" else None
        if executor_id is not None:
            task.assignee_id, task.claimed_at = executor_id, self.uow.now
        self.uow.note(self.case, SYSTEM, "task_opened", waiting.element)
        return task

    def _tell_monitoring(self, stage: str) -> None:
        """A change of stage leaves for the monitoring of state services with the step that made it (R10.1, R10.2).

        A stage is a task or the ending of the case: what happens beside its path is none.
        """
        record = MonitoringStage(
            case_number=self.case.number,
            stage=stage,
            at=self.uow.now.isoformat(),
            service=self.case.procedure,
            edition=str(self.edition.number),
        )
        times = sum(1 for task in self.tasks if task.element == stage) or self.case.rounds
        key = f"{self.case.number}/{stage}/{times}"
        self.uow.add(OutboxMessage(key, MONITORING, {**record}, self.uow.now, self.uow.now, self.case.id))

    def _close(self, ending: str) -> None:
        self.case.close(ending.removeprefix("end_"), self.uow.now)
        for task in self.tasks:
            if task.is_open:
                task.cancelled_at = self.uow.now
        self.terms.end_all()
        self.uow.note(self.case, SYSTEM, "case_closed", ending, outcome=self.case.outcome)


def _said(answers: Data) -> dict[str, Any]:
    """What the journal keeps of answers: all that was said, so that the line alone tells what was decided (L69.1)."""
    return {name: value for name, value in answers.items() if value not in (None, "", [])}
