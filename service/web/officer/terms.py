"""Why a term ends when it does: the days counted, the days skipped and their legal basis, what was extended (D25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.calendar import WorkCalendar
from service.domain.case import Deadline, DeadlineKind
from service.domain.deadlines import TERMS, Explanation, explain, local, working_time_left
from service.domain.terms import counted
from service.domain.timers import counted_terms
from service.domain.views import CaseView
from service.usecases.case_terms import anchors
from service.usecases.counted_rows import why_moved
from service.web.boxes import DeadlineBox, deadline_box, time_left
from service.web.languages import language
from service.web.officer.outline import current, ways_of
from service.web.officer.reading import Words
from service.web.preliminary import reaches_unconfirmed

NOTICE = TERMS["hearing_notice_latest"]
NOTICE_PAPER = "preliminary_decision"
"""The paper that invites to the hearing (R8.1)."""


@dataclass(frozen=True)
class Day:
    """One day of a count: its number among the working days, 0 when it was skipped, then why."""

    day: dt.date
    number: int
    reason: str = ""
    basis: str = ""


@dataclass(frozen=True)
class TermBox:
    """A term as the office shows it; `was` is its first end when it has been moved since (L76.3).

    `missed` is the end of an earlier term of the same task that was missed and stays so for ever (R8.2).
    """

    box: DeadlineBox
    days: Sequence[Day] = ()
    was: dt.datetime | None = None
    moved: str = ""
    notes: Sequence[str] = field(default=())
    quiet: bool = False
    by_calendar: bool = False
    missed: dt.datetime | None = None

    @property
    def days_title(self) -> str:
        """Say how many days were counted and how many were skipped."""
        skipped = sum(1 for day in self.days if not day.number)
        counted = ngettext("%(num)s day counted", "%(num)s days counted", len(self.days) - skipped)
        rest = ngettext("%(num)s skipped", "%(num)s skipped", skipped) if skipped else ""
        return ", ".join(text for text in (counted, rest) if text)


def task_term(view: CaseView, words: Words, calendar: WorkCalendar, now: dt.datetime, task_id: int) -> TermBox | None:
    """The term of one task, or None where the drawing sets none; of several the one that ends next (R8.2)."""
    term = view.term_of(task_id, now)
    if term is None:
        return None
    box = _of_row(term.row, view, words, calendar, now)
    return box if term.missed in (None, term.row) else replace(box, missed=term.missed.due_at)


def service_row(view: CaseView) -> Deadline | None:
    """The term of the whole service: the one that hangs on no task (A1.4)."""
    rows = [row for row in view.deadlines if row.kind is DeadlineKind.TERM and row.task_id is None]
    return max(rows, key=lambda row: row.due_at) if rows else None


def service_term(view: CaseView, words: Words, calendar: WorkCalendar, now: dt.datetime) -> TermBox | None:
    """The end of the service term (A1.4, D26)."""
    row = service_row(view)
    return _of_row(row, view, words, calendar, now, title=_("End of the service term")) if row else None


def notice_term(view: CaseView, words: Words, calendar: WorkCalendar, now: dt.datetime) -> TermBox | None:
    """The latest day for a hearing notice, shown from the first day of the case (R8.1, D2).

    None once the notice is sent and where none can follow, as at the signing of the permit: then the day says nothing
    any more.
    """
    row = service_row(view)
    may_follow = ways_of(words).leads_to(NOTICE_PAPER, current(view))
    if row is None or view.case.notified_on is not None or not may_follow:
        return None
    explanation = explain(calendar, local(row.due_at).date(), words.edition.terms[NOTICE.key])
    box = deadline_box(
        calendar, now, explanation.due_at, title=_("Latest day for a hearing notice"), law=NOTICE.law,
        explanation=explanation,
    )  # fmt: skip
    notes = [_("Passed. A refusal now needs a basis to skip the hearing, or a longer term.")] if box.late else []
    return TermBox(box, _days(explanation), notes=notes, quiet=True)


def notice_latest(
    calendar: WorkCalendar, periods: Mapping[str, int], registered: dt.date, service_due: dt.datetime | None
) -> dt.date:
    """The latest day for a hearing notice of a case on the worklist (R8.1)."""
    end = local(service_due).date() if service_due else calendar.after(registered, periods["service_due"])
    return counted(calendar, end, periods[NOTICE.key])


def left_in_words(calendar: WorkCalendar, now: dt.datetime, due_at: dt.datetime) -> str:
    """What is left of a term in working days and hours, or by how much it has passed; told when preliminary (D28)."""
    left = time_left(working_time_left(calendar, now, due_at), late=now > due_at)
    mark = _("preliminary")
    return f"{left}, {mark}" if reaches_unconfirmed(calendar, due_at) else left


def _of_row(
    row: Deadline, view: CaseView, words: Words, calendar: WorkCalendar, now: dt.datetime, title: str = ""
) -> TermBox:
    element = words.element(row.element)
    moved = row.due_at != row.first_due_at
    counted = _governing(element.expression if element else "", view, calendar)
    explanation = counted if counted and counted.due_at == row.due_at else None
    box = deadline_box(
        calendar,
        now,
        row.due_at,
        title=title or _("This task is due"),
        law=",".join(element.law) if element else "",
        explanation=explanation,
    )
    notes = [] if explanation or moved else [words.name(row.element)]
    return TermBox(
        box,
        _days(explanation) if explanation else (),
        was=row.first_due_at if moved else None,
        moved=why_moved(view.journal, row) if moved else "",
        notes=notes,
        by_calendar=moved and view.case.extended_until is None,
    )


def _governing(expression: str, view: CaseView, calendar: WorkCalendar) -> Explanation | None:
    """The counted term of an expression that ends first; None where nothing is counted."""
    terms = counted_terms(expression, anchors(view.case, view.complaint), calendar) if expression else ()
    return terms[0].explanation if terms else None


def _days(explanation: Explanation) -> Sequence[Day]:
    found = [Day(day, number) for number, day in enumerate(explanation.count.counted, 1)]
    found += [Day(day, 0, why.names[language()], why.basis) for day, why in explanation.count.skipped]
    return sorted(found, key=lambda day: day.day, reverse=explanation.days < 0)
