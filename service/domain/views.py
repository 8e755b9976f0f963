"""What the pages are shown: rows and whole pages of data, read in one transaction that changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from service.domain.appeal import Complaint
from service.domain.case import Attachment, Breach, Case, Deadline, DeadlineKind, JournalEntry, StateData, Task
from service.domain.corrections import RegisterCorrection
from service.domain.decisions import (
    Hearing,
    IssuedDocument,
    PermitStatus,
    Position,
    RegisterChange,
    RegisterEntry,
    SignatureRecord,
)
from service.domain.messages import Notice, OfficerNote, OutboxMessage

Row = TypeVar("Row")


@dataclass(frozen=True)
class WorkRow:
    """One open task on the worklist; `due_at` is the end of its term, None where the task has none.

    A term that was missed stays its `due_at`; `runs_until` is the end of the next one, None where none runs (R8.2).
    `identifier` is the BIN, or of a person's IIN the last digits only (L75.1). `sent_back_at` is when a paper was sent
    back to be worked over, while nothing has been done in the case since (R9.1); `given_back_at` when nobody has the
    task because somebody gave it back. `hearing_on` and `hearing_at` are the day and the hour of the hearing that is
    held at it.
    """

    task_id: int
    case_id: int
    case_number: str
    edition_id: int
    procedure: str
    applicant_name: str
    identifier: str
    element: str
    role: str
    opened_at: datetime
    due_at: datetime | None
    service_due_at: datetime | None
    assignee_id: int | None
    assignee_name: str
    late: bool
    registered_on: date
    notified_on: date | None
    runs_until: datetime | None = None
    sent_back_at: datetime | None = None
    given_back_at: datetime | None = None
    hearing_on: date | None = None
    hearing_at: str = ""


MOST_COUNTED = 1000
"""So many rows of a list are counted and can be turned over; who looks for one among more searches for it."""


@dataclass(frozen=True)
class WorkCounts:
    """How many open tasks stand behind each tab of the worklist; one more than `MOST_COUNTED` means: more than that."""

    mine: int
    unassigned: int
    all: int


@dataclass(frozen=True)
class NoteRow:
    """A reminder or an escalation with the case it belongs to; that of a duty may have none."""

    note: OfficerNote
    case_number: str
    applicant_name: str
    edition_id: int | None
    procedure: str


@dataclass(frozen=True)
class UnsentRow:
    """A message that could not be sent yet, with the case it belongs to (R10.2)."""

    message: OutboxMessage
    case_number: str


@dataclass(frozen=True)
class UncheckedRow:
    """A case that waits until its applicant's signature can be checked, and when that was tried last (R3.3)."""

    case_id: int
    case_number: str
    received_at: datetime
    checked_at: datetime


@dataclass(frozen=True)
class UntoldRow:
    """A notice of which nobody knows that the person has it, with its case (L66.1).

    Only the cabinet holds it and nobody has read it there; or it goes by post, since the complaint came `on_paper`.
    """

    notice: Notice
    case_number: str
    edition_id: int
    procedure: str
    on_paper: bool


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list and how many rows there are in all; with `more` there are more than were counted."""

    rows: Sequence[Row]
    total: int
    number: int
    size: int
    more: bool = False


@dataclass(frozen=True)
class CaseView:
    """Everything a case page shows: `documents` are those that an authority has issued, `application` is filed (R3.2).

    A complaint has no application. `shared` are papers of another case that came to the cabinet with a notice: minutes
    of the hearing of a permit's holder on a complaint (L74.1).
    """

    case: Case
    tasks: Sequence[Task]
    deadlines: Sequence[Deadline]
    attachments: Sequence[Attachment]
    documents: Sequence[IssuedDocument]
    state_data: Sequence[StateData]
    hearing: Hearing | None
    positions: Sequence[Position]
    breaches: Sequence[Breach]
    journal: Sequence[JournalEntry]
    notices: Sequence[Notice]
    signatures: Sequence[SignatureRecord]
    entry: RegisterEntry | None
    officers: dict[int, str] = field(default_factory=dict)
    complaint: Complaint | None = None
    application: IssuedDocument | None = None
    shared: Sequence[IssuedDocument] = ()

    @property
    def papers(self) -> Sequence[IssuedDocument]:
        """The application and then every document, in the order in which they came."""
        return [*([self.application] if self.application else []), *self.documents]

    @property
    def in_cabinet(self) -> Sequence[IssuedDocument]:
        """Every document that stands in the cabinet of this case, in the order in which they were issued."""
        return sorted((*self.documents, *self.shared), key=lambda document: document.id)

    def open_tasks(self) -> Sequence[Task]:
        """The tasks that somebody still has to do."""
        return [task for task in self.tasks if task.is_open]

    def running_deadlines(self) -> Sequence[Deadline]:
        """The terms and waits that still run."""
        return [row for row in self.deadlines if row.fired_at is None and row.cancelled_at is None]

    def term_of(self, task_id: int, now: datetime) -> TaskTerm | None:
        """The term of a task: what was missed of it, and what runs now; None for a task without any (R8.2)."""
        return task_term(self.deadlines, task_id, now)


@dataclass(frozen=True)
class TaskTerm:
    """The term of a task that runs, or was missed where none runs any more; and the first that was missed (R8.2)."""

    row: Deadline
    missed: Deadline | None


def was_kept(rows: Iterable[Deadline]) -> bool:
    """Whether a term of a task has passed and made nobody late, though the task goes on: with the service (L73.4)."""
    return any(row.fired_at and row.cancelled_at for row in rows)


def task_term(deadlines: Sequence[Deadline], task_id: int, now: datetime) -> TaskTerm | None:
    """Of the terms of a task the one that ends first of those that run, and the first that was missed (R8.2).

    A task whose term was kept though it is open has the service term.
    """
    terms = [row for row in deadlines if row.kind is DeadlineKind.TERM]
    own = [row for row in terms if row.task_id == task_id]
    told = terms if was_kept(own) else own
    rows = [row for row in told if row.cancelled_at is None and row.task_id in (task_id, None)]
    missed = min((row for row in rows if row.due_at < now), key=_end, default=None)
    runs = min((row for row in rows if row.waits and row.due_at >= now), key=_end, default=None)
    following = runs or missed
    return TaskTerm(following, missed) if following else None


def _end(row: Deadline) -> datetime:
    return row.due_at


@dataclass(frozen=True)
class OwnCase:
    """One of an applicant's own cases; while it is open, its open tasks, terms and waits say where it stands."""

    case: Case
    tasks: Sequence[Task]
    deadlines: Sequence[Deadline]


@dataclass(frozen=True)
class EntryView:
    """One entry of the public register with its changes and its status on a day.

    `withdrawn` are the changes that were withdrawn before their day: the office sees them, the register does not.
    """

    entry: RegisterEntry
    changes: Sequence[RegisterChange]
    status: PermitStatus
    on: date
    corrections: Sequence[RegisterCorrection] = ()
    withdrawn: Sequence[RegisterChange] = ()
