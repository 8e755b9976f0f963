"""What an officer had who left the unit or the ministry is for everybody of the lane again (R5.3, R8.2)."""

from __future__ import annotations

import logging
from datetime import date

from service.domain.case import Task
from service.domain.deadlines import local
from service.domain.messages import OfficerNote
from service.domain.people import LANE_ROLES, SYSTEM, Actor, Officer, RoleAssignment
from service.domain.ports import UnitOfWork
from service.usecases.services import Services

log = logging.getLogger(__name__)


def give_back_what_was_left(services: Services) -> int:
    """Give back what those have whose office ended with yesterday; how many tasks. Two lookups where nobody left."""
    with services.reading() as uow:
        left = uow.people.who_left(local(uow.now).date())
    returned = 0
    for officer_id in left:
        try:
            with services.unit_of_work() as uow:
                officer = uow.locked.one(Officer, officer_id)
                returned += give_back(uow, officer)
                uow.commit()
        except Exception:  # what the others had is given back, too
            log.exception("what officer %s had could not be given back", officer_id)
    return returned


def give_back(uow: UnitOfWork, officer: Officer, actor: Actor = SYSTEM, reason: str = "") -> int:
    """Return every open task for which the officer holds no office today, and what the officer has not read; how many.

    The account is locked; the younger case is locked before the older, as all do.
    """
    uow.flush()
    today, returned = local(uow.now).date(), 0
    left = {task.id: task.case_id for task in uow.people.tasks_left_by(officer.id, today)}
    for case_id in sorted(set(left.values()), reverse=True):
        case = uow.cases.lock(case_id)
        for task in uow.locked.all(Task, case_id=case_id, assignee_id=officer.id, completed_at=None, cancelled_at=None):
            if task.id in left:
                task.assignee_id = task.claimed_at = None
                uow.note(case, actor, "task_left", task.element, before=officer.name, reason=reason)
                returned += 1
    if not officer.active or not _lanes(uow, officer, today):
        _pass_on_notes(uow, officer)
    return returned


def _pass_on_notes(uow: UnitOfWork, officer: Officer) -> None:
    """What the officer was told and has not read is for everybody of the lane where the officer was last."""
    held = [each for each in uow.list(RoleAssignment, officer_id=officer.id) if each.role in LANE_ROLES]
    last = max(held, key=lambda each: (each.valid_until or date.max, not each.acting), default=None)
    for note in uow.locked.all(OfficerNote, officer_id=officer.id, read_at=None):
        note.officer_id, note.role = None, last.role if last else "head"


def _lanes(uow: UnitOfWork, officer: Officer, day: date) -> list[str]:
    return [held.role for held in uow.people.roles(officer.id, day) if held.role in LANE_ROLES]
