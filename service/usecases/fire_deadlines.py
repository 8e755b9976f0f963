"""Terms that have come to their end: each in its own transaction, one broken case never stops the others."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from service.domain.case import Deadline, DeadlineKind
from service.domain.duties import Duty
from service.domain.messages import OfficerNote
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.operations.duty_terms import miss_term, remind
from service.operations.in_charge import in_charge
from service.usecases.failures import Cause, Failure
from service.usecases.moves import Move
from service.usecases.services import Services

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """What a sweep did: how many deadlines were fired, and how many failed and wait for the next try."""

    fired: int = 0
    failed: int = 0


def fire_deadlines(services: Services, limit: int = 1000) -> Swept:
    """Fire what is due now, the earliest first. Costs what is due, not what is waiting."""
    with services.reading() as uow:
        due = uow.deadlines.due(uow.now, limit)
    fired = failed = 0
    for deadline_id, case_id, duty_id in due:
        try:
            fired += fire_one(services, deadline_id, case_id, duty_id)
        except Exception as fault:  # one broken case must not stop everybody else's escalations
            failed += 1
            log.exception("deadline %s of case %s, duty %s failed", deadline_id, case_id, duty_id)
            failure = Failure.of(fault)
            if failure.cause is Cause.DATABASE:
                continue  # nothing is wrong with this one: it stays due and is fired as soon as the database answers
            try:
                _postpone(services, deadline_id, case_id, duty_id, failure)
            except Exception:  # it stays due and is tried at the next sweep
                log.exception("deadline %s could not be postponed", deadline_id)
    return Swept(fired, failed)


def fire_one(services: Services, deadline_id: int, case_id: int | None, duty_id: int | None = None) -> bool:
    """T-deadline: lock the case or the duty, look at the deadline, act. False when another worker was faster."""
    if case_id is None:
        return _fire_of_duty(services, deadline_id, duty_id)
    with services.unit_of_work() as uow:
        move = Move(services, uow, uow.cases.lock(case_id), SYSTEM)
        deadline = next((row for row in move.terms.rows if row.id == deadline_id and row.is_due(uow.now)), None)
        if deadline is None:
            return False
        deadline.fired_at = uow.now
        if deadline.kind is DeadlineKind.REMINDER:
            _remind(uow, move, deadline)
        else:
            move.fire(deadline)
        uow.commit()
        return True


def _fire_of_duty(services: Services, deadline_id: int, duty_id: int | None) -> bool:
    """The same for a duty beside the diagrams."""
    with services.unit_of_work() as uow:
        duty = uow.locked.one(Duty, duty_id)
        row = uow.get(Deadline, deadline_id)
        if not row.is_due(uow.now):
            return False
        row.fired_at = uow.now
        if row.kind is DeadlineKind.REMINDER:
            remind(uow, duty)
        else:
            miss_term(uow, duty, row)
        uow.commit()
        return True


def _remind(uow: UnitOfWork, move: Move, deadline: Deadline) -> None:
    """Remind the person responsible, or everybody of the lane while nobody has the task."""
    task = next((task for task in move.tasks if task.id == deadline.task_id), None)
    officer_id = task.assignee_id if task else in_charge(uow, move.case)
    role = "" if officer_id else (task.role if task else "head")
    uow.add(OfficerNote(move.case.id, "reminder", uow.now, deadline.element, officer_id, role))
    uow.note(move.case, SYSTEM, "reminded", deadline.element)


def _postpone(services: Services, deadline_id: int, case_id: int | None, duty_id: int | None, failure: Failure) -> None:
    with services.unit_of_work() as uow:
        of_case = case_id if duty_id is None else uow.locked.one(Duty, duty_id).case_id
        case = uow.cases.lock(of_case) if of_case is not None else None
        deadline = uow.get(Deadline, deadline_id)
        if not deadline.is_due(uow.now):
            return  # another worker, or the officer's own step, was faster
        deadline.retry_at = uow.now + Deadline.PAUSE
        deadline.failure = failure.noted["fault"]
        uow.note(case, SYSTEM, "deadline_failed", deadline.element, **failure.noted)
        uow.commit()
