"""The administrative case: one application from its filing to its ending, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from service.domain.identifiers import masked
from service.domain.worktime import local

PERMIT, APPEAL = "permit", "appeal"
"""The procedures: a case walks the diagram of this name in its edition."""


class ApplicantKind(StrEnum):
    """Who may apply: a sole proprietor or a legal entity of Kazakhstan (R1.1)."""

    ENTREPRENEUR = "entrepreneur"
    COMPANY = "company"


class CaseState(StrEnum):
    """Beside its open tasks a case knows only whether it is open; where it stands is told by the tasks."""

    OPEN = "open"
    CLOSED = "closed"


LONGEST_NAME = 400
"""The longest name of an applicant, a holder or a plaintiff, in characters."""


NOON = time(12)
"""The hour of a paper of which only the day is known: within working hours, so that the day itself counts (D24)."""


def searched(name: str) -> str:
    """A name as it is looked for; small letters may be more than the capitals were, so the end may be lost."""
    return name.casefold()[:LONGEST_NAME]


@dataclass(eq=False)
class Case:
    """The administrative case of one application (L69.1); `version` guards it against two hands at once."""

    number: str
    procedure: str
    edition_id: int
    submission_id: str
    applicant_kind: ApplicantKind
    iin: str
    bin: str
    applicant_name: str
    language: str
    received_at: datetime
    registered_on: date
    engine_state: bytes = b""
    state: CaseState = CaseState.OPEN
    outcome: str = ""
    registered_at: datetime | None = None
    completeness_on: date | None = None
    notified_on: date | None = None
    extended_until: date | None = None
    closed_at: datetime | None = None
    executor_id: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    manifest: bytes = b""
    search_name: str = ""
    reopened_on: date | None = None
    rounds: int = 0
    id: int = field(init=False)
    version: int = 0

    @property
    def identifier(self) -> str:
        """The number by which the state knows the applicant: BIN of a legal entity, IIN of a sole proprietor."""
        return self.bin or self.iin

    @property
    def listed_identifier(self) -> str:
        """The same as lists show it: of a person's IIN the last digits only (L75.1)."""
        return self.bin or masked(self.iin)

    @property
    def came_on_paper(self) -> bool:
        """Whether it is a complaint that nobody signed in a cabinet: the chancellery took it in (L64.1)."""
        return self.procedure == APPEAL and not self.manifest

    @property
    def came_at(self) -> datetime | date:
        """When it was received; of a paper that was entered on a later day, the day alone, which is all one knows."""
        received = local(self.received_at)
        return received.date() if self.came_on_paper and received.time() == NOON else self.received_at

    @property
    def counted_from(self) -> date:
        """The day from which its terms count: of registration, or of its latest reopening (L76.1, L100.1)."""
        return self.reopened_on or self.registered_on

    def close(self, outcome: str, at: datetime) -> None:
        """End the case with its outcome; only a decision on a complaint or a court act opens it again (L100.1)."""
        self.state = CaseState.CLOSED
        self.outcome = outcome
        self.closed_at = at

    def reopen(self, day: date) -> None:
        """Take the case up again with new terms, counted from this day (L100.1); its rows and papers stay."""
        self.state = CaseState.OPEN
        self.outcome = ""
        self.closed_at = None
        self.reopened_on = day
        self.rounds += 1
        self.completeness_on = self.notified_on = self.extended_until = None


NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""When a task without a term is due: after all others."""


@dataclass(eq=False)
class Task:
    """A user task of a case: whose lane, who has it, what was answered. `draft` is what is typed but not sent.

    `due_at` repeats the end of its term, by which the worklist is sorted.
    """

    case_id: int
    engine_id: str
    element: str
    role: str
    opened_at: datetime
    assignee_id: int | None = None
    claimed_at: datetime | None = None
    completed_at: datetime | None = None
    completed_by: int | None = None
    cancelled_at: datetime | None = None
    answers: dict[str, Any] | None = None
    draft: dict[str, Any] | None = None
    failure: str = ""
    due_at: datetime = NEVER
    id: int = field(init=False)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.completed_at is None and self.cancelled_at is None


def latest_answers(tasks: Sequence[Task], element: str) -> Mapping[str, Any]:
    """The latest answers that were given at a user task; none if it was never done."""
    given = (task.answers for task in reversed(tasks) if task.element == element and task.answers is not None)
    return next(given, {})


class DeadlineKind(StrEnum):
    """A legal term; a wait for a day that must come; a reminder of a term."""

    TERM = "term"
    WAIT = "wait"
    REMINDER = "reminder"


@dataclass(eq=False)
class Deadline:
    """A due instant (UTC) of a case, or of a duty, whose `element` is its kind.

    Of a case the row is the legal deadline, and the engine's timer is set from it.
    """

    PAUSE: ClassVar[timedelta] = timedelta(hours=1)
    """One that failed is tried again after this; nothing holds it back for longer."""

    case_id: int | None
    element: str
    kind: DeadlineKind
    due_at: datetime
    first_due_at: datetime
    engine_id: str = ""
    task_id: int | None = None
    fired_at: datetime | None = None
    cancelled_at: datetime | None = None
    retry_at: datetime | None = None
    failure: str = ""
    duty_id: int | None = None
    id: int = field(init=False)

    @property
    def waits(self) -> bool:
        """Whether its time is still to come, or to be noticed."""
        return self.fired_at is None and self.cancelled_at is None

    def is_due(self, now: datetime) -> bool:
        """Whether its time has come and nothing has noticed; one that failed waits for its next try."""
        pauses = self.retry_at is not None and now < self.retry_at <= now + self.PAUSE
        return self.waits and self.due_at <= now and not pauses


READINGS = frozenset({"case_read", "paper_read", "package_fetched", "status_told"})
"""Lines of who has looked into a case and changed nothing (L69.1, L75.1)."""

BESIDE_THE_WORK = READINGS | {"notices_read", "message_sent", "rows_written"}
"""The same and what else changes nothing that an officer works on."""


@dataclass(eq=False)
class JournalEntry:
    """One line of the case's journal (L69.1): who, in which role, when, what, by which edition, and the values.

    `at` is when it was recorded; `happened_at` when it happened, where that was earlier. `sequence`, `previous` and
    `hash` chain it to the line before; they are given with the commit, as are the marks of the `rows` it has written.
    """

    case_id: int | None
    at: datetime
    actor: str
    role: str
    action: str
    element: str = ""
    edition_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    sequence: int = 0
    previous: str = ""
    hash: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    id: int = field(init=False)


@dataclass(eq=False)
class Breach:
    """A term that was missed (R8.2): it stays visible for ever, with the task or duty and the person responsible."""

    case_id: int | None
    element: str
    due_at: datetime
    marked_at: datetime
    responsible_id: int | None = None
    reason: str = ""
    task_id: int | None = None
    duty_id: int | None = None
    id: int = field(init=False)


OF_APPLICATION, OF_POSITION, OF_TASK = "application", "position", "task"
"""What an attachment belongs to: the application, the applicant's position, or an officer's task."""


@dataclass(eq=False)
class Attachment:
    """A file of a draft or of a case: its kind (A1.9), number, date, validity, and where its bytes lie by hash."""

    kind: str
    name: str
    sha256: str
    size: int
    media_type: str
    added_at: datetime
    number: str = ""
    dated: date | None = None
    valid_until: date | None = None
    draft_id: str | None = None
    case_id: int | None = None
    purpose: str = OF_APPLICATION
    id: int = field(init=False)

    def has_expired(self, received_on: date) -> bool:
        """Whether it had expired on the day of receipt; a paper valid to that very day has not (R6.3)."""
        return self.valid_until is not None and self.valid_until < received_on


@dataclass(eq=False)
class Draft:
    """An application or a complaint that is being filled in; what was typed is kept here until it is sent."""

    id: str
    iin: str
    bin: str
    applicant_kind: ApplicantKind
    created_at: datetime
    changed_at: datetime
    answers: dict[str, Any] = field(default_factory=dict)
    manifest: bytes = b""
    case_id: int | None = None
    procedure: str = PERMIT
    version: int = 0


@dataclass(eq=False)
class StateData:
    """What a state system answered about the applicant, with its source and time (R4.1)."""

    case_id: int
    source: str
    requested_at: datetime
    answered_at: datetime | None = None
    answer: dict[str, Any] | None = None
    id: int = field(init=False)
