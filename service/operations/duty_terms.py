"""The term of a duty: reminders, the breach and who is told of it, as the terms of tasks have them (R8.2)."""

from __future__ import annotations

from datetime import datetime

from service.domain.calendar import WorkCalendar
from service.domain.case import Case, Deadline, DeadlineKind
from service.domain.deadlines import local, reminders
from service.domain.duties import Duty
from service.domain.messages import OfficerNote
from service.domain.minutes import Minutes, Part
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.operations.escalation import mark_breach
from service.operations.in_charge import in_charge, signer_of


def begin_term(uow: UnitOfWork, calendar: WorkCalendar, duty: Duty) -> None:
    """The term of a new duty runs from now on."""
    uow.flush()
    uow.add(Deadline(None, duty.kind, DeadlineKind.TERM, duty.due_at, duty.due_at, duty_id=duty.id))
    _remind(uow, calendar, duty)


def move_term(uow: UnitOfWork, calendar: WorkCalendar, duty: Duty, due_at: datetime) -> None:
    """Give the duty another end and other reminders; a breach that was marked stays (D28)."""
    duty.due_at = due_at
    for row in _waiting(uow, duty):
        if row.kind is DeadlineKind.TERM:
            row.due_at = due_at
            _remind(uow, calendar, duty)
        else:
            row.cancelled_at = uow.now


def end_term(uow: UnitOfWork, duty: Duty) -> None:
    """The duty is done: nobody is reminded any more; a term that had passed unseen is marked as missed."""
    uow.flush()
    for row in _waiting(uow, duty):
        if row.kind is DeadlineKind.TERM and row.due_at < uow.now:
            miss_term(uow, duty, row)
        row.cancelled_at = uow.now
    for note in uow.locked.all(OfficerNote, duty_id=duty.id, read_at=None):
        if note.kind == "reminder":
            note.read_at = uow.now


def remind(uow: UnitOfWork, duty: Duty) -> None:
    """Remind the person responsible, or everybody who holds the role."""
    person = _person(uow, duty)
    _tell(uow, duty, "reminder", person, "" if person else duty.role)
    uow.note(_case(uow, duty), SYSTEM, "reminded", duty.kind)


def miss_term(uow: UnitOfWork, duty: Duty, row: Deadline) -> None:
    """Mark the breach, with the person where there is but one, and tell the head, or the reviewing body of its own."""
    case = _case(uow, duty)
    mark_breach(uow, case, row, _person(uow, duty) or _only_holder(uow, duty))
    if duty.role == "reviewer":
        _tell(uow, duty, "escalation", None, "reviewer")
        uow.note(case, SYSTEM, "reviewer_told", term=duty.kind)
    else:
        _tell(uow, duty, "escalation", None, "head")
        uow.note(case, SYSTEM, "head_told", term=duty.kind)


def _remind(uow: UnitOfWork, calendar: WorkCalendar, duty: Duty) -> None:
    for moment in reminders(calendar, duty.counted_from, duty.due_at, uow.now):
        uow.add(Deadline(None, duty.kind, DeadlineKind.REMINDER, moment, moment, duty_id=duty.id))


def _waiting(uow: UnitOfWork, duty: Duty) -> list[Deadline]:
    return [row for row in uow.list(Deadline, duty_id=duty.id) if row.waits]


def _case(uow: UnitOfWork, duty: Duty) -> Case | None:
    return uow.get(Case, duty.case_id) if duty.case_id is not None else None


def _tell(uow: UnitOfWork, duty: Duty, kind: str, officer_id: int | None, role: str) -> None:
    told = {"part": duty.part} if duty.part else {}
    uow.add(OfficerNote(duty.case_id, kind, uow.now, duty.kind, officer_id, role, told, duty_id=duty.id))


def _person(uow: UnitOfWork, duty: Duty) -> int | None:
    """Who has the duty by name: the signer of minutes, or the officer in charge of the case; None for a whole role."""
    if duty.kind == "sign_minutes" and "minutes" in duty.details:
        minutes = uow.get(Minutes, duty.details["minutes"])
        if (signer := signer_of(uow, minutes, Part(duty.details["part"]))) is not None:
            return signer
    case = _case(uow, duty)
    return in_charge(uow, case) if case and duty.role == "unit" else None


def _only_holder(uow: UnitOfWork, duty: Duty) -> int | None:
    holders = uow.people.holding(duty.role, local(duty.due_at).date())
    return holders[0].id if len(holders) == 1 else None
