"""What an officer does with a task: claim it, return it, keep what is typed, complete it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from service.domain.case import Case, Task
from service.domain.deadlines import local
from service.domain.errors import (
    CaseChanged,
    DraftChanged,
    Forbidden,
    InvalidAnswers,
    NotFound,
    NotLawful,
    OperationFailed,
    TaskClosed,
)
from service.domain.forms import Problem
from service.domain.people import SYSTEM, Actor, Officer
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, lanes_of, may, require
from service.usecases.complaint_tasks import heed_answers, require_not_own_act
from service.usecases.failures import Cause, Failure
from service.usecases.moves import Move
from service.usecases.options import options_for
from service.usecases.services import Services

log = logging.getLogger(__name__)

ANSWERS = (NotFound, Forbidden, CaseChanged, InvalidAnswers, NotLawful)
"""What the procedure answers to a step that cannot be taken; everything else is a failure of the program."""


class ToDo(NamedTuple):
    """An open task, its locked case, and every task of that case."""

    case: Case
    task: Task
    tasks: Sequence[Task]


def task_to_do(uow: UnitOfWork, task_id: int, actor: Actor, version: int | None = None) -> ToDo:
    """The open task and its locked case, if the actor's roles include its lane.

    `TaskClosed` says who was faster; `CaseChanged` that the page shown is out of date.
    """
    found = open_task(uow, task_id, lambda task: require_lane(task, actor))
    require_not_own_act(uow, found.case, found.task, actor)
    if version is not None and found.case.version != version:
        raise CaseChanged(case=found.case.number)
    return found


def open_task(uow: UnitOfWork, task_id: int, allow: Callable[[Task], None]) -> ToDo:
    """The open task and its locked case, if `allow` raises nothing; who may not touch it learns nothing of it."""
    case = uow.cases.lock_of_task(task_id)
    tasks = uow.cases.tasks(case.id)
    task = next(task for task in tasks if task.id == task_id)
    allow(task)
    if not task.is_open:
        by = uow.get(Officer, task.completed_by).name if task.completed_by else ""
        raise TaskClosed(task=task.id, by=by, at=task.completed_at or task.cancelled_at)
    return ToDo(case, task, tasks)


def require_lane(task: Task, actor: Actor) -> None:
    """Only who holds the role of the lane may touch the task."""
    if task.role not in actor.roles:
        raise Forbidden(what="task", role=task.role)


def record_refusal(services: Services, actor: Actor, what: str, case_id: int | None = None, **details: Any) -> None:
    """Write down in the journal that somebody tried what their role does not allow."""
    with services.unit_of_work() as uow:
        uow.note(uow.get(Case, case_id) if case_id else None, actor, "forbidden", what, **details)
        uow.commit()


def record_foreign_form(services: Services, actor: Actor, path: str, origin: str) -> None:
    """Write down that a form which is none of ours came in the name of somebody who is signed in; nothing was done.

    Whatever goes wrong here is the operator's to see: the form is refused all the same.
    """
    try:
        with services.unit_of_work() as uow:
            uow.note(None, actor, "foreign_form_refused", path=path, origin=origin)
            uow.commit()
    except Exception:
        log.exception("that a foreign form was refused could not be noted: %s, %s", actor.name, path)


def claim_task(services: Services, task_id: int, actor: Actor) -> Task:
    """Take an unassigned task; one that a colleague has taken meanwhile is not taken away from them."""
    with services.unit_of_work() as uow:
        case, task, _ = task_to_do(uow, task_id, actor)
        actor = actor.acting_in(task.role)
        if task.assignee_id not in (None, actor.officer_id):
            raise CaseChanged(by=uow.get(Officer, task.assignee_id).name)
        task.assignee_id, task.claimed_at = actor.officer_id, uow.now
        uow.note(case, actor, "task_claimed", task.element)
        uow.commit()
        return task


def return_task(services: Services, task_id: int, actor: Actor) -> Task:
    """Give a task back to everybody of its lane; what was typed stays with it."""
    with services.unit_of_work() as uow:
        case, task, _ = task_to_do(uow, task_id, actor)
        actor = actor.acting_in(task.role)
        if task.assignee_id != actor.officer_id:
            raise Forbidden(what="task")
        before = _holder(uow, task.assignee_id)
        task.assignee_id = task.claimed_at = None
        uow.note(case, actor, "task_returned", task.element, before=before)
        uow.commit()
        return task


def assign_task(services: Services, task_id: int, actor: Actor, officer_id: int) -> Task:
    """The head, or who has the task, hands it to another officer of its lane (substitution, absence).

    `InvalidAnswers` when that officer does not hold the role of the lane today.
    """

    def allow(task: Task) -> None:
        leads = may(actor, Right.LEAD) and task.role in lanes_of(actor)
        if not leads and (task.assignee_id is None or task.assignee_id != actor.officer_id):
            raise Forbidden(what="task")

    with services.unit_of_work() as uow:
        case, task, _ = open_task(uow, task_id, allow)
        lane = uow.people.holding(task.role, local(uow.now).date())
        officer = next((officer for officer in lane if officer.id == officer_id), None)
        if officer is None:
            raise InvalidAnswers(errors={"officer": Problem("not_an_option")})
        require_not_own_act(uow, case, task, Actor(officer.name, task.role, officer.id, officer.iin))
        before, holds = _holder(uow, task.assignee_id), task.assignee_id == actor.officer_id
        actor = actor.acting_in(task.role) if holds else require(actor, Right.LEAD)
        task.assignee_id, task.claimed_at = officer.id, uow.now
        uow.note(case, actor, "task_assigned", task.element, before=before, to=officer.name)
        uow.commit()
        return task


def _holder(uow: UnitOfWork, officer_id: int | None) -> str:
    """By name who has a task or a case; empty where nobody has."""
    return uow.get(Officer, officer_id).name if officer_id is not None else ""


def save_task_draft(
    services: Services,
    task_id: int,
    actor: Actor,
    answers: Mapping[str, Any],
    *,
    known: Mapping[str, Any] | None = None,
) -> bool:
    """Keep what an officer has typed so far; it moves nothing and bumps no version. False where it was not kept.

    What a colleague types who has the task is not overwritten; nothing is kept of a task that is done. `known` is what
    was kept when this was decided: `DraftChanged` where another tab has kept something else in the same moment.
    """
    with services.unit_of_work() as uow:
        uow.cases.lock_of_task(task_id)
        task = uow.get(Task, task_id)
        require_lane(task, actor)
        if not task.is_open or task.assignee_id not in (None, actor.officer_id):
            return False
        require_draft(task, known)
        task.draft = dict(answers)
        uow.commit()
        return True


def require_draft(task: Task, known: Mapping[str, Any] | None) -> None:
    """Under the lock: nobody has typed anything else into a task than what was `known`; `DraftChanged`."""
    if known is not None and known != (task.draft or {}):
        raise DraftChanged


def complete_task(
    services: Services,
    task_id: int,
    actor: Actor,
    raw: Mapping[str, list[str]],
    version: int | None = None,
    *,
    known: Mapping[str, Any] | None = None,
) -> Case:
    """Check the answers against the form of the case's edition and move the case to its next resting place.

    `InvalidAnswers` names the fields; `Forbidden` another lane's task; `TaskClosed` and `CaseChanged` a faster
    colleague, `DraftChanged` another tab that has kept something else than what was `known`. When a service task fails
    nothing is saved but a line that says what failed.
    """
    with kept_failures(services, task_id), services.unit_of_work() as uow:
        case, task, tasks = task_to_do(uow, task_id, actor, version)
        require_draft(task, known)
        actor = actor.acting_in(task.role)
        move = Move(services, uow, case, actor, tasks=tasks)
        answers = dict(checked(services, uow, move, task, raw))
        if needs_signature(move, task, answers):
            raise Forbidden(what="unsigned_completion")
        executor = uow.get(Officer, int(answers["executor"])) if answers.get("executor") else None
        before = _holder(uow, case.executor_id) if executor is not None else ""
        if executor is not None:
            # Every task of the unit that opens from now on is this officer's (R5.3).
            case.executor_id = executor.id
        heed_answers(uow, services.calendar, case, task, answers)
        move.complete(task, answers)
        if executor is not None:
            uow.note(case, actor, "executor_assigned", task.element, before=before, to=executor.name)
        uow.commit()
        return case


def needs_signature(move: Move, task: Task, answers: Mapping[str, Any]) -> bool:
    """Whether these answers to this task lead to a document that must be signed first (R9.1)."""
    raw = {name: [str(answers[name])] for name in ("decision", "hearing") if answers.get(name)}
    return bool(move.edition.catalogue.element(task.element).document) and wants_signature(raw)


def wants_signature(raw: Mapping[str, list[str]]) -> bool:
    """Whether these answers lead to a document that must be signed first: not when it is sent back or exempted."""
    decision, hearing = raw.get("decision", []), raw.get("hearing", [])
    # The first of several is the one that a form takes.
    return decision[:1] != ["return"] and hearing[:1] != ["exempt"]


def checked(
    services: Services, uow: UnitOfWork, move: Move, task: Task, raw: Mapping[str, list[str]]
) -> Mapping[str, Any]:
    """The answers that the form names, checked; raises `InvalidAnswers`."""
    form = move.edition.form(move.edition.catalogue.element(task.element).form)
    result = form.validate(raw, options=options_for(services, uow, move.case) if form.asks_for_options else {})
    if result.errors:
        raise InvalidAnswers(errors=dict(result.errors))
    return result.answers


@contextmanager
def kept_failures(services: Services, task_id: int) -> Iterator[None]:
    """T-failure: what the person who acts can do nothing about undoes the step and is kept on the task.

    Raises `OperationFailed` with what is told of it; the answers of the procedure itself pass through, as does
    `Unavailable` for a database that does not answer, which cannot be told anything either.
    """
    try:
        yield
    except ANSWERS:
        raise
    except Exception as fault:
        failure = Failure.of(fault)
        log.exception("incident %s: the step of task %s failed", failure.reference or failure.cause, task_id)
        if failure.cause is Cause.DATABASE:
            raise
        try:
            record_failure(services, task_id, failure)
        except Exception:  # the officer is told all the same
            log.exception("that the step of task %s failed could not be noted", task_id)
        raise OperationFailed(task=task_id, **failure.told) from fault


def record_failure(services: Services, task_id: int, failure: Failure) -> None:
    """Keep on the task what failed, for the officer and the operator."""
    with services.unit_of_work() as uow:
        case = uow.cases.lock_of_task(task_id)
        task = uow.get(Task, task_id)
        task.failure = failure.kind
        uow.note(case, SYSTEM, "step_failed", task.element, **failure.noted)
        uow.commit()
