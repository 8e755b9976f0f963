"""How the rows of a case's terms came about, in each round of the case: for the proof and the paper (D25)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.appeal import Complaint
from service.domain.calendar import WorkCalendar
from service.domain.case import Breach, Case, Deadline, DeadlineKind, JournalEntry, Task
from service.domain.deadlines import local
from service.domain.ports import UnitOfWork
from service.domain.steps import Element
from service.domain.terms import Explanation
from service.domain.timers import Anchors, counted_terms, names_a_day
from service.engine.catalogue import Catalogue
from service.usecases.case_terms import anchors
from service.usecases.editions import EditionShelf, LoadedEdition
from service.usecases.kept_calendars import Counted, KeptCalendars
from service.usecases.times import TimeShelf


@dataclass(frozen=True)
class CountedRows:
    """The terms of one case with all that tells how each was counted; `rounds` are the days that they count from.

    The newest round comes first: a case that was taken up again counts anew, and its earlier terms stay (L100.1).
    `earlier` are the editions under which the case ran before, the last of them first (O1).
    """

    calendars: KeptCalendars
    edition: LoadedEdition
    earlier: Sequence[LoadedEdition]
    rows: Sequence[Deadline]
    lines: Sequence[JournalEntry]
    rounds: Sequence[Anchors]
    breaches: Sequence[Breach]
    tasks: Mapping[int, Task]

    @classmethod
    def of(cls, uow: UnitOfWork, times: TimeShelf, editions: EditionShelf, case: Case) -> CountedRows:
        """Read what the terms of a case are told by; reminders are no terms."""
        lines = uow.cases.journal(case.id)
        ran_under = dict.fromkeys(line.edition_id for line in reversed(lines) if line.edition_id)
        now = anchors(case, uow.find(Complaint, case_id=case.id))
        return cls(
            KeptCalendars.of(uow, times),
            editions.of_case(uow, case),
            [editions.of(uow, each, case.procedure) for each in ran_under if each != case.edition_id],
            [row for row in uow.cases.deadlines(case.id) if row.kind is not DeadlineKind.REMINDER],
            lines,
            (now, *({**now, **days} for days in _earlier_rounds(case, lines))),
            uow.cases.breaches(case.id),
            {task.id: task for task in uow.cases.tasks(case.id)},
        )

    def drawing(self, row: Deadline) -> Catalogue:
        """The drawing of a term: that of the case's edition, or the last earlier one that knows the term (O1)."""
        drawn = (edition.catalogue for edition in (self.edition, *self.earlier))
        return next((each for each in drawn if row.element in each), self.edition.catalogue)

    def element(self, row: Deadline) -> Element:
        """The timer of a term on its drawing."""
        return self.drawing(row).element(row.element)

    def counted(self, row: Deadline) -> Counted | None:
        """How a term was counted, by the days of the round that it ends in; None where no working days are counted.

        It was counted by the calendar that held when it was over; an end that the head has set leaves the count of its
        first end, by the calendar of then (L76.3, D28).
        """
        expression = self.element(row).expression
        rounds = (*self.rounds, *self._invited()) if expression else ()
        return self.ending_as(
            row,
            lambda calendar: (
                (term.anchor_name, term.explanation)
                for days in rounds
                for term in counted_terms(expression, days, calendar)
            ),
        )

    def _invited(self) -> Iterator[Anchors]:
        """The days of this round with those on which other invitations were sent: each hearing has its own term."""
        for line in self.lines:
            if line.action == "invitation_sent":
                yield {**self.rounds[0], "notified_on": local(line.happened_at or line.at).date()}

    def ending_as(
        self, row: Deadline, count: Callable[[WorkCalendar], Iterable[tuple[str, Explanation]]]
    ) -> Counted | None:
        """The count that gives the end of a row, or its first end, by the calendars of its time; the newest first."""
        for end in dict.fromkeys((local(row.due_at).date(), local(row.first_due_at).date())):
            for numbered in self.calendars.known_at(row.fired_at or row.cancelled_at):
                for anchor, told in count(numbered.calendar):
                    if told.due_on == end:
                        return Counted(anchor, told, numbered)
        return None

    def begin(self, row: Deadline) -> date | None:
        """The day from which a term counts, or which it names as it is; None where its count is not known any more."""
        counted = self.counted(row)
        if counted:
            return counted.explanation.anchor
        return local(row.due_at).date() if names_a_day(self.element(row).expression) else None

    def missed(self, row: Deadline) -> bool:
        """Whether the term was missed (R8.2)."""
        return any((breach.element, breach.task_id) == (row.element, row.task_id) for breach in self.breaches)

    def ended_at(self, row: Deadline) -> datetime | None:
        """When what the term is for was over: the task, or the case where the term hangs on none."""
        task = self.tasks.get(row.task_id or 0)
        if task is not None:
            return task.completed_at or task.cancelled_at
        closed = (line.at for line in self.lines if line.action == "case_closed" and row.fired_at)
        return row.cancelled_at or next((at for at in closed if row.fired_at and at >= row.fired_at), None)

    def why_moved(self, row: Deadline) -> str:
        """Why a term has another end than at first."""
        return why_moved(self.lines, row) if row.due_at != row.first_due_at else ""


def why_moved(lines: Sequence[JournalEntry], row: Deadline) -> str:
    """What the head has written about a longer term (L76.3), or the act that changed the calendar (D28)."""
    extended = [line.details.get("reason") for line in lines if line.action == "term_extended"]
    acts = [
        line.details.get("act") for line in lines if line.action == "term_recounted" and line.element == row.element
    ]
    return str((extended or acts or [""])[-1] or "")


def _earlier_rounds(case: Case, lines: Sequence[JournalEntry]) -> Iterator[Anchors]:
    """The days from which the terms counted before the case was taken up again, as the journal tells them."""
    days: dict[str, date | None] = {"registered_on": case.registered_on}
    for line in lines:
        on = local(line.happened_at or line.at).date()
        match line.action:
            case "completeness_established":
                days["completeness_on"] = on
            case "invitation_sent":
                days["notified_on"] = on
            case "case_reopened":
                yield days
                days = {"registered_on": date.fromisoformat(line.details["reopened_on"])}
