"""What an officer had who left the unit or the ministry is for everybody of the lane again (R5.3, R8.2)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

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
    """Give back what those have whose office ended with yesterday; how many tasks. Two lookups where nobody left.

    What cannot be given back in one case keeps nothing else back, and is tried again.
    """
    with services.reading() as uow:
        gone = uow.people.who_left(local(uow.now).date())
        left = [(officer_id, case_id) for officer_id in gone for case_id in _cases_left(uow, officer_id)]
    returned = 0
    for officer_id, case_id in left:
        try:
            with services.unit_of_work() as uow:
                returned += _give_back(uow, uow.locked.one(Officer, officer_id), case_id, SYSTEM)
                uow.commit()
        except Exception:  # the rest is given back, too
            log.exception("what officer %s had in case %s could not be given back", officer_id, case_id)
    return returned


def give_back(uow: UnitOfWork, officer: Officer, actor: Actor, reason: str) -> int:
    """Return every open task for which the officer holds no office today, and what the officer has not read; how many.

    The account is locked; the younger case is locked before the older, as all do.
    """
    uow.flush()
    return sum(_give_back(uow, officer, case_id, actor, reason) for case_id in _cases_left(uow, officer.id))


def _cases_left(uow: UnitOfWork, officer_id: int) -> Sequence[int | None]:
    """The cases in which something was left, the youngest first; `None` at last, if notes of no case were."""
    tasks = uow.people.tasks_left_by(officer_id, local(uow.now).date())
    unread = uow.list(OfficerNote, officer_id=officer_id, read_at=None)
    cases = {task.case_id for task in tasks} | {note.case_id or 0 for note in _passed_on(uow, officer_id, unread)}
    return [case_id or None for case_id in sorted(cases, reverse=True)]


def _give_back(uow: UnitOfWork, officer: Officer, case_id: int | None, actor: Actor, reason: str = "") -> int:
    returned = 0
    if case_id is not None:
        case = uow.cases.lock(case_id)
        left = {task.id for task in uow.people.tasks_left_by(officer.id, local(uow.now).date())}
        for task in uow.locked.all(Task, case_id=case_id, assignee_id=officer.id, completed_at=None, cancelled_at=None):
            if task.id in left:
                task.assignee_id = task.claimed_at = None
                uow.note(case, actor, "task_left", task.element, before=officer.name, reason=reason)
                returned += 1
    unread = uow.locked.all(OfficerNote, officer_id=officer.id, case_id=case_id, read_at=None)
    for note, lane in _passed_on(uow, officer.id, unread).items():
        note.officer_id, note.role = None, lane
    return returned


def _passed_on(uow: UnitOfWork, officer_id: int, unread: Sequence[OfficerNote]) -> Mapping[OfficerNote, str]:
    """The notes for a lane in which the officer is not any more, each with that lane."""
    lanes = {held.role for held in uow.people.roles(officer_id, local(uow.now).date())}
    return {note: lane for note in unread if (lane := _lane(uow, note)) not in lanes}


def _lane(uow: UnitOfWork, note: OfficerNote) -> str:
    """To whom a note would go if it were for nobody in person: the lane of its duty, of its task, or of the hearing."""
    if note.duty_id is not None:
        return uow.get(Duty, note.duty_id).role
    if note.case_id is None:
        return "head"
    tasks = [task for task in uow.cases.tasks(note.case_id) if task.element == note.element]
    return tasks[-1].role if tasks else LANE[uow.get(Case, note.case_id).procedure]
