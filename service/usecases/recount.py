"""Counts every open term anew when the calendar or the working hours change; closed cases stay as they are (D28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import Case, Deadline
from service.domain.deadlines import local, registered_on
from service.domain.duties import duty_due
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.recount import Difference, MovedTerm
from service.domain.terms import is_preliminary
from service.domain.timers import diagram_functions
from service.operations.duty_terms import move_term
from service.usecases.case_terms import SERVICE_ANCHOR, CaseTerms
from service.usecases.services import Services


@dataclass
class Recount:
    """One change of the calendar, looked at or carried out within one unit of work.

    Without an actor nothing is changed: what would move is only told. `act` is written beside every moved date.
    """

    services: Services
    uow: UnitOfWork
    old: WorkCalendar
    new: WorkCalendar
    actor: Actor | None = None
    act: str = ""
    difference: Difference = field(init=False)

    def __post_init__(self) -> None:
        self.difference = Difference(self.old, self.new)
        self._old, self._new = diagram_functions(self.old), diagram_functions(self.new)

    def run(self) -> list[MovedTerm]:
        """Every end that moves, case by case, then the duties; the earliest new end of each case first."""
        first = self.difference.first
        if first is None:
            return []
        found: list[MovedTerm] = []
        for case_id in self.uow.deadlines.reaching(first):
            case = self.uow.cases.lock(case_id) if self.actor else self.uow.get(Case, case_id)
            found += sorted(self._case(case), key=lambda moved: moved.after)
        return [*found, *self._duties()]

    def _case(self, case: Case) -> Iterator[MovedTerm]:
        edition = self.services.editions.of_case(self.uow, case)
        old = CaseTerms(self.uow, self.old, edition, case, list(self.uow.cases.tasks(case.id)))
        new = CaseTerms(self.uow, self.new, edition, case, old.tasks)
        rows = [row for row in new.rows if row.engine_id and row.waits]
        since = local(case.received_at).date()
        until = max([local(row.due_at).date() for row in rows] + [case.extended_until or since])
        if not self.difference.touches(since, until):
            return
        runner, state = edition.runner, self._registered_anew(case)
        counted = [
            (row, runner.count(case.engine_state, row.element, self._old), runner.count(state, row.element, self._new))
            for row in rows
        ]
        if self.actor:
            case.engine_state = state
        for row, before, after in counted:
            end = _end(row, before, after, old, new)
            if end != row.due_at:
                moved = self._moved(row.due_at, end, since, case, element=row.element)
                if self.actor:
                    new.recount(row, end)
                    self.uow.note(case, self.actor, "term_recounted", row.element, act=self.act, **_said(moved))
                yield moved

    def _registered_anew(self, case: Case) -> bytes:
        """The case's state; with another day of registration where that is still to come and moves too (R5.2)."""
        if case.registered_at is not None or case.registered_on <= local(self.uow.now).date():
            return case.engine_state
        day, before = registered_on(self.new, case.received_at), case.registered_on
        if day == before:
            return case.engine_state
        if self.actor:
            case.registered_on = day
            told = {"before": before.isoformat(), "after": day.isoformat(), "act": self.act}
            self.uow.note(case, self.actor, "registration_recounted", **told)
        edition = self.services.editions.of_case(self.uow, case)
        return edition.runner.with_data(case.engine_state, **{SERVICE_ANCHOR: day.isoformat()})

    def _duties(self) -> Iterator[MovedTerm]:
        for duty in self.uow.duties.waiting():
            end = duty_due(self.new, duty.counted_from, duty.days)
            if end == duty.due_at:
                continue
            case = self.uow.get(Case, duty.case_id) if duty.case_id is not None else None
            since = min(duty.counted_from, local(duty.due_at).date(), local(end).date())
            moved = self._moved(duty.due_at, end, since, case, duty=duty.kind)
            if self.actor:
                move_term(self.uow, self.new, duty, end)
                self.uow.note(case, self.actor, "duty_recounted", act=self.act, duty=duty.kind, **_said(moved))
            yield moved

    def _moved(
        self, before: datetime, after: datetime, since: date, case: Case | None, element: str = "", duty: str = ""
    ) -> MovedTerm:
        days = self.difference.within(since, local(max(before, after)).date())
        bases = self.difference.bases(days)
        first, last = local(before).date(), local(after).date()
        return MovedTerm(
            case_id=case.id if case else None,
            case_number=case.number if case else "",
            element=element,
            duty=duty,
            before=before,
            after=after,
            days=days,
            bases=bases,
            is_past=after <= self.uow.now,
            by=self.difference.working_days(first, last),
            preliminary=(is_preliminary(self.old, first), is_preliminary(self.new, last)),
        )


def _end(row: Deadline, before: datetime, after: datetime, old: CaseTerms, new: CaseTerms) -> datetime:
    """The end of a row by the new calendar; an end that a person set to a day of its own stays.

    `before` and `after` are what its expression gives by the old and by the new calendar.
    """
    if row.due_at == before:
        return max(after, new.by_extension(row, begins_later=True) or after)
    if row.due_at == old.by_extension(row):
        return new.by_extension(row) or row.due_at
    return row.due_at


def _said(moved: MovedTerm) -> dict[str, Any]:
    return {
        "before": moved.before.isoformat(),
        "after": moved.after.isoformat(),
        "days": [day.isoformat() for day in moved.days],
        "bases": list(moved.bases),
    }
