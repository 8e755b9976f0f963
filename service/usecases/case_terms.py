"""The terms, waits and reminders of a case: rows in step with the engine's timers (D25, D26, R8.2, L76.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from service.domain.appeal import Complaint
from service.domain.calendar import WorkCalendar
from service.domain.case import APPEAL, Case, Deadline, DeadlineKind, Task
from service.domain.deadlines import closing, local, reminders
from service.domain.people import SYSTEM, Actor
from service.domain.ports import UnitOfWork
from service.domain.steps import Element, WaitingTimer
from service.domain.terms import counted
from service.domain.timers import counted_terms
from service.domain.views import was_kept
from service.operations.escalation import mark_breach
from service.usecases.editions import LoadedEdition

SERVICE_ANCHOR = "registered_on"
"""A term that counts from this day belongs to the service term and is extended with it (L76.3)."""


class CaseTerms:
    """The deadlines of one locked case; `tasks` is the list that the move keeps up to date."""

    def __init__(
        self, uow: UnitOfWork, calendar: WorkCalendar, edition: LoadedEdition, case: Case, tasks: list[Task]
    ) -> None:
        self.uow, self.calendar, self.edition, self.case, self.tasks = uow, calendar, edition, case, tasks
        self.rows: list[Deadline] = list(uow.cases.deadlines(case.id)) if case.engine_state else []

    def due(self) -> Deadline | None:
        """A term or wait whose time has come and that nobody has fired; one that failed waits for its next try."""
        return next((row for row in self.rows if row.engine_id and row.is_due(self.uow.now)), None)

    def settle(self, timers: Sequence[WaitingTimer]) -> None:
        """End what the engine waits for no more, open what it has begun to wait for."""
        waiting = {timer.id for timer in timers}
        known = {row.engine_id for row in self.rows if row.engine_id}
        for row in self.rows:
            if row.engine_id and row.engine_id not in waiting:
                self._end(row)
        for timer in timers:
            if timer.id not in known:
                self._open(timer)

    def ends(self, timers: Sequence[WaitingTimer]) -> Mapping[str, datetime]:
        """When the tasks of these terms are due, by the engine's ids of the tasks; an extension counts (L76.3).

        Of several terms of a task the first counts: a complaint is registered on its day, and forwarded on the third.
        """
        found: dict[str, datetime] = {}
        for timer in timers:
            if timer.task_id:
                until = self._extended(self.edition.catalogue.element(timer.element))
                end = max(filter(None, (timer.due_at, until)))
                found[timer.task_id] = min(end, found.get(timer.task_id, end))
        return found

    def drop(self, timers: Collection[str], actor: Actor) -> None:
        """End the terms that the law no longer knows, with their reminders; one that passed before stays missed (O1).

        To be asked of the terms by the edition that the case leaves.
        """
        for row in [row for row in self.rows if row.engine_id in timers and row.waits]:
            self._end(row)
            self.uow.note(self.case, actor, "term_dropped", row.element, before=row.due_at.isoformat())

    def end_all(self) -> None:
        """Nothing runs any more in a closed case."""
        for row in self.rows:
            self._end(row)

    def miss(self, row: Deadline) -> bool:
        """A missed term becomes a breach that stays for ever (R8.2); whether it was missed.

        A wait that is over is none, and so is a term that does itself what the law wants, or that the drawing calls
        kept. Whose task goes on then has the service term for it.
        """
        self._end_reminders(row)
        if row.kind is not DeadlineKind.TERM or self._is_kept_by_firing(row):
            return False
        if self._is_kept(row):
            self._go_on(row)
            return False
        # The service term hangs on no task: it is missed where the case lies, not always with who examined it.
        lies_with = (task for task in self.tasks if (task.id == row.task_id if row.task_id else task.is_open))
        holder = next(lies_with, None)
        responsible = holder.assignee_id if holder else self.case.executor_id
        mark_breach(self.uow, self.case, row, responsible)
        return True

    def _is_kept(self, row: Deadline) -> bool:
        """Whether the case's data says so at the end of the term: a silent applicant could speak until then (L73.4)."""
        text = self.edition.catalogue.element(row.element).kept_when
        if not text:
            return False
        expression = self.edition.procedure.expression(text)
        data = self.edition.runner.look(self.case.engine_state).data
        return bool(expression.evaluate({name: data.get(name) for name in expression.names}, {}))

    def _go_on(self, row: Deadline) -> None:
        """The task of a term that was kept is due when the service term ends."""
        row.cancelled_at = self.uow.now
        self.uow.note(self.case, SYSTEM, "term_kept", row.element, due_at=row.due_at.isoformat())
        ends = [other.due_at for other in self.rows if other.kind is DeadlineKind.TERM and other.task_id is None]
        for task in self.tasks:
            if task.id == row.task_id and task.is_open and ends:
                task.due_at = max(task.due_at, *ends)

    def _goes_on(self, task: Task) -> bool:
        """Whether a term of this open task was kept, so that it is due with the service term."""
        return task.is_open and was_kept(row for row in self.rows if row.task_id == task.id)

    def _is_kept_by_firing(self, row: Deadline) -> bool:
        """Whether the timer itself does in time what the law wants, such as forwarding a complaint (R13.3)."""
        element = self.edition.catalogue.element(row.element)
        in_time = local(self.uow.now).date() <= local(row.due_at).date()
        return bool(element.attached_to) and element.interrupting and in_time

    def extend(self, until: date, actor: Actor) -> None:
        """Give every running term the new end; its first end stays on the row and in the journal (L76.3)."""
        self.case.extended_until = until
        for row in [row for row in self.rows if row.waits and row.kind is DeadlineKind.TERM]:
            before, after = row.due_at, self._end_with(until, self.edition.catalogue.element(row.element))
            if after > before:
                self._end_reminders(row)
                self._move(row, after)
                moved = {"before": before.isoformat(), "after": after.isoformat()}
                self.uow.note(self.case, actor, "term_moved", row.element, **moved)

    def recount(self, row: Deadline, due_at: datetime) -> None:
        """Give a term or a wait the end that another calendar gives it, and a term its reminders (D28)."""
        self._end_reminders(row)
        self._move(row, due_at)

    def by_extension(self, row: Deadline, *, begins_later: bool = False) -> datetime | None:
        """The end that the head's extension gives a term; None without one (L76.3).

        A term that began after the extension has it only where it belongs to the service term.
        """
        element = self.edition.catalogue.element(row.element)
        if row.kind is not DeadlineKind.TERM or self.case.extended_until is None:
            return None
        return self._extended(element) if begins_later else self._end_with(self.case.extended_until, element)

    def _open(self, timer: WaitingTimer) -> None:
        element = self.edition.catalogue.element(timer.element)
        is_term = bool(timer.attached_to or element.within)
        row = Deadline(
            self.case.id,
            timer.element,
            DeadlineKind.TERM if is_term else DeadlineKind.WAIT,
            timer.due_at,
            timer.due_at,
            timer.id,
            next((task.id for task in self.tasks if task.engine_id == timer.task_id), None),
        )
        self._add(row)
        later = self._extended(element) if is_term else None
        if later is not None and later > row.due_at:
            self._move(row, later)
        elif is_term:
            self._remind(row)

    def _extended(self, element: Element) -> datetime | None:
        """The end of a term that begins after an extension; None where the extension does not touch it."""
        until, expression = self.case.extended_until, self.edition.procedure.expression(element.expression)
        if until is None or SERVICE_ANCHOR not in expression.names:
            return None
        return self._end_with(until, element)

    def _end_with(self, until: date, element: Element) -> datetime:
        """When a term ends if the service ends on that day: the notice of a hearing 3 working days before (R8.1).

        A day that a later calendar takes from the working days gives its end to the next one (L76.1).
        """
        until = self.calendar.next_working(until)
        holder = self.edition.catalogue.element(element.attached_to) if element.attached_to else None
        if holder is not None and holder.document == "preliminary_decision":
            until = counted(self.calendar, until, self.edition.terms["hearing_notice_latest"])
        return closing(self.calendar, until)

    def _move(self, row: Deadline, due_at: datetime) -> None:
        """The row is the legal deadline; the engine's timer is set from it."""
        self.case.engine_state = self.edition.runner.move_timer(self.case.engine_state, row.engine_id, due_at)
        row.due_at = due_at
        for task in self.tasks:
            if task.id == row.task_id:
                task.due_at = min(each.due_at for each in self.rows if _is_term_of(each, task))
            elif row.task_id is None and row.kind is DeadlineKind.TERM and self._goes_on(task):
                task.due_at = row.due_at
        if row.kind is DeadlineKind.TERM:
            self._remind(row)

    def _remind(self, row: Deadline) -> None:
        expression = self.edition.catalogue.element(row.element).expression
        terms = counted_terms(expression, anchors(self.case, self._complaint()), self.calendar)
        anchor = terms[0].explanation.anchor if terms else None
        for moment in reminders(self.calendar, anchor, row.due_at, self.uow.now):
            reminder = DeadlineKind.REMINDER
            self._add(Deadline(self.case.id, row.element, reminder, moment, moment, task_id=row.task_id))

    def _complaint(self) -> Complaint | None:
        return self.uow.find(Complaint, case_id=self.case.id) if self.case.procedure == APPEAL else None

    def _add(self, row: Deadline) -> None:
        self.uow.add(row)
        self.rows.append(row)

    def _end(self, row: Deadline) -> None:
        if row.waits:
            if row.engine_id and row.due_at <= self.uow.now:
                self.miss(row)
            row.cancelled_at = self.uow.now
        if row.engine_id:
            self._end_reminders(row)

    def _end_reminders(self, row: Deadline) -> None:
        for reminder in self.rows:
            same = (reminder.element, reminder.task_id) == (row.element, row.task_id)
            if reminder.kind is DeadlineKind.REMINDER and same and reminder.waits:
                reminder.cancelled_at = self.uow.now


def _is_term_of(row: Deadline, task: Task) -> bool:
    """Whether a term belongs to a task and was not ended with something else; one that was missed still does."""
    return row.kind is DeadlineKind.TERM and row.task_id == task.id and row.cancelled_at is None


def anchors(case: Case, complaint: Complaint | None = None) -> dict[str, date | None]:
    """The days from which the terms of a case count, by the names that the diagram uses; D27 of a complaint."""
    found = {
        "registered_on": case.counted_from,
        "completeness_on": case.completeness_on,
        "notified_on": case.notified_on,
    }
    if complaint is None:
        return found
    forwarded_on = local(complaint.forwarded_at).date() if complaint.forwarded_at else None
    return found | {
        "received_on": local(case.received_at).date(),
        "forwarded_on": forwarded_on,
        "review_registered_on": complaint.review_registered_on,
    }
