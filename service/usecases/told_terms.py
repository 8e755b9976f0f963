"""Every term of a case as its proof and its paper tell it: the drawing's, of duties, and the person's own (D25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from service.domain.appeal import WRITTEN_ACTS, Complaint, explain_until
from service.domain.case import Case, Deadline, DeadlineKind
from service.domain.counted_units import within
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument
from service.domain.document_parts import Words
from service.domain.duties import Duty
from service.domain.languages import LANGUAGES
from service.domain.minutes import Minutes
from service.domain.ports import UnitOfWork
from service.domain.terms import explain
from service.usecases.complaint_intake import months_against
from service.usecases.counted_rows import CountedRows, why_moved
from service.usecases.kept_calendars import Counted
from service.usecases.services import Services

Names = Mapping[str, Words]
"""What duties, documents and the person's own terms are called, by their kinds."""

LEARNED = "learned_on"
OBJECTION, REMARKS, COMPLAINT = "objection", "minutes_remarks", "complaint_term"
"""The person's own terms: to object to what is announced, to remark on minutes, to complain."""


@dataclass(frozen=True)
class ToldTerm:
    """One term: what it is for, what it says, its points, its end, and how that was counted.

    `kind` is that of a deadline, "duty", or "own" for a term of the person. `begins` is the day from which it counts,
    or which it names as it is.
    """

    element: str
    kind: str
    what: Words
    says: Words
    law: Sequence[str]
    first_due_at: datetime
    due_at: datetime
    counted: Counted | None
    begins: date | None
    expression: str = ""
    fired_at: datetime | None = None
    ended_at: datetime | None = None
    missed: bool = False
    moved: str = ""


def told_terms(services: Services, uow: UnitOfWork, case: Case, rows: CountedRows, names: Names) -> Sequence[ToldTerm]:
    """Every term of the case: of the drawing by their ends, then of its duties, then of the person."""
    drawn = [_drawn(rows, row) for row in rows.rows]
    duties = [_of_duty(uow, rows, duty, names) for duty in uow.duties.of_case(case.id)]
    return [*drawn, *duties, *_own(services, uow, case, rows, names)]


def _drawn(rows: CountedRows, row: Deadline) -> ToldTerm:
    element, catalogue = rows.element(row), rows.drawing(row)
    # The task it hangs on, the service as a whole, or what comes after a wait.
    holder = element.attached_to or element.within or next(iter(element.flows_to), "")
    return ToldTerm(
        element=row.element,
        kind=row.kind.value,
        what=Words.of(catalogue.element(holder).names) if holder in catalogue else Words(""),
        says=Words.of(element.names),
        law=element.law,
        first_due_at=row.first_due_at,
        due_at=row.due_at,
        counted=rows.counted(row),
        begins=rows.begin(row),
        expression=element.expression,
        fired_at=row.fired_at,
        ended_at=row.cancelled_at if row.kind is DeadlineKind.WAIT else rows.ended_at(row),
        missed=rows.missed(row),
        moved=rows.why_moved(row),
    )


def _of_duty(uow: UnitOfWork, rows: CountedRows, duty: Duty, names: Names) -> ToldTerm:
    """The term of a duty within the case; its row is missing where it was done before duties had rows."""
    kept = [row for row in uow.list(Deadline, duty_id=duty.id) if row.kind is DeadlineKind.TERM]
    due = duty.due_at
    row = kept[0] if kept else Deadline(None, duty.kind, DeadlineKind.TERM, due, due, cancelled_at=duty.done_at)
    lines = [line for line in rows.lines if line.details.get("duty") == duty.kind]
    return ToldTerm(
        element=duty.kind,
        kind="duty",
        what=names[duty.kind] if duty.days > 0 else Words(""),
        says=Words.of(within(duty.days, "working_days")) if duty.days > 0 else names[duty.kind],
        law=[duty.law],
        first_due_at=row.first_due_at,
        due_at=row.due_at,
        counted=_counted_duty(rows, duty, row) if duty.days > 0 else None,
        begins=min(duty.counted_from, local(due).date()),
        fired_at=row.fired_at,
        ended_at=duty.done_at,
        missed=any(breach.duty_id == duty.id for breach in rows.breaches),
        moved=why_moved(lines, row) if row.due_at != row.first_due_at else "",
    )


def _counted_duty(rows: CountedRows, duty: Duty, row: Deadline) -> Counted | None:
    return rows.ending_as(row, lambda calendar: [("counted_from", explain(calendar, duty.counted_from, duty.days))])


def _own(services: Services, uow: UnitOfWork, case: Case, rows: CountedRows, names: Names) -> Iterator[ToldTerm]:
    """The terms of the person: no timer carries them, and nothing happens by itself when they end."""
    periods = rows.edition.terms
    for days in reversed(rows.rounds):
        if (notified_on := days.get("notified_on")) is not None:
            yield _in_days(rows, OBJECTION, "L73.3", ("notified_on", notified_on), periods["objection_days"], names)
    for minutes in uow.list(Minutes, case_id=case.id):
        if minutes.sent_at is not None:
            sent = "sent_on", local(minutes.sent_at).date()
            yield _in_days(rows, REMARKS, "L74.1", sent, periods["minutes_remarks_days"], names)
    for document in uow.cases.documents(case.id):
        if document.kind in WRITTEN_ACTS:
            yield _against(services, uow, rows, document, names)
    complaint = uow.find(Complaint, case_id=case.id)
    if complaint is not None:
        yield _of_complaint(rows, complaint, names)


def _in_days(rows: CountedRows, term: str, law: str, begins: tuple[str, date], days: int, names: Names) -> ToldTerm:
    anchor, day = begins
    counted = rows.calendars.held_at_the_end(lambda calendar: explain(calendar, day, days), anchor)
    due_at, says = counted.explanation.due_at, Words.of(within(days, "working_days"))
    return ToldTerm(term, "own", names[term], says, [law], due_at, due_at, counted, day)


def _against(
    services: Services, uow: UnitOfWork, rows: CountedRows, document: IssuedDocument, names: Names
) -> ToldTerm:
    """Until when an act can be contested in time, by what its own attachment says (L80.5, L92.1)."""
    months = months_against(services, uow, rows.edition.terms, document)
    made = next(_complaints_of_the_person(uow, document), None)
    learned_on = local(document.delivered_at or document.signed_at).date()
    counted = rows.calendars.held_at_the_end(lambda calendar: explain_until(calendar, learned_on, months), LEARNED)
    told = _in_months(replace(counted, months=months), names, names[document.kind], document.number)
    return replace(told, ended_at=made.received_at) if made is not None else told


def _complaints_of_the_person(uow: UnitOfWork, document: IssuedDocument) -> Iterator[Complaint]:
    person = uow.get(Case, document.case_id).identifier
    for complaint in uow.list(Complaint, contested_document_id=document.id):
        if uow.get(Case, complaint.case_id).identifier == person:
            yield complaint


def _of_complaint(rows: CountedRows, complaint: Complaint, names: Names) -> ToldTerm:
    """Until when this complaint was in time (L92.1)."""
    by = next(rows.calendars.known_at(rows.lines[0].at if rows.lines else None))
    told = explain_until(by.calendar, complaint.learned_on, complaint.months)
    counted = Counted(LEARNED, told, by, complaint.months)
    return replace(_in_months(counted, names), ended_at=complaint.received_at, missed=complaint.late)


def _in_months(counted: Counted, names: Names, act: Words | None = None, number: str = "") -> ToldTerm:
    told, says, what = counted.explanation, Words.of(within(counted.months, "months")), names[COMPLAINT]
    if act is not None:
        what = Words(*(f"{what.say(lang)} ({act.say(lang)} {number})" for lang in LANGUAGES))
    return ToldTerm(COMPLAINT, "own", what, says, ["L92.1"], told.due_at, told.due_at, counted, told.anchor)
