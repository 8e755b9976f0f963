"""What an officer had who left the unit or the ministry is for everybody of the lane again (R5.3, R8.2)."""

from __future__ import annotations

import logging

from service.domain.case import Case, Task
from service.domain.deadlines import local
from service.domain.duties import Duty
from service.domain.messages import OfficerNote
from service.domain.minutes import LANE
from service.domain.people import SYSTEM, Actor, Officer
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
    today = local(uow.now).date()
    lanes = {held.role for held in uow.people.roles(officer.id, today)}
    left = {task.id: task.case_id for task in uow.people.tasks_left_by(officer.id, today)}
    unread = uow.list(OfficerNote, officer_id=officer.id, read_at=None)
    passed_on = {note.id: lane for note in unread if (lane := _lane(uow, note)) not in lanes}
    noted = {note.case_id for note in unread if note.id in passed_on and note.case_id is not None}
    for case_id in sorted({*left.values(), *noted}, reverse=True):
        case = uow.cases.lock(case_id)
        for task in uow.locked.all(Task, case_id=case_id, assignee_id=officer.id, completed_at=None, cancelled_at=None):
            if task.id in left:
                task.assignee_id = task.claimed_at = None
                uow.note(case, actor, "task_left", task.element, before=officer.name, reason=reason)
    for note in uow.locked.all(OfficerNote, officer_id=officer.id, read_at=None):
        if note.id in passed_on:
            note.officer_id, note.role = None, passed_on[note.id]
    return len(left)


def _lane(uow: UnitOfWork, note: OfficerNote) -> str:
    """To whom a note would go if it were for nobody in person: the lane of its duty, of its task, or of the hearing."""
    if note.duty_id is not None:
        return uow.get(Duty, note.duty_id).role
    if note.case_id is None:
        return "head"
    tasks = [task for task in uow.cases.tasks(note.case_id) if task.element == note.element]
    return tasks[-1].role if tasks else LANE[uow.get(Case, note.case_id).procedure]
