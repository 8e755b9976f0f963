"""Cases with their tasks and terms, what is filed with them and what other systems answered."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from service.adapters.database.tables.columns import key, metadata, of_case, text
from service.adapters.database.types import Day, Instant, Word
from service.domain.case import ApplicantKind, CaseState, DeadlineKind

case = Table(
    "case",
    metadata,
    key(),
    text("number", 32, unique=True),
    text("procedure", 40),
    Column("edition_id", ForeignKey("edition.id"), nullable=False),
    text("submission_id", 64, unique=True),
    Column("applicant_kind", Word(ApplicantKind), nullable=False),
    text("iin", 12, index=True),
    text("bin", 12, index=True),
    text("applicant_name", 400),
    text("search_name", 400),
    text("language", 2),
    Column("received_at", Instant, nullable=False),
    Column("registered_on", Day, nullable=False),
    Column("engine_state", LargeBinary, nullable=False),
    Column("state", Word(CaseState), nullable=False),
    text("outcome", 32),
    Column("registered_at", Instant),
    Column("completeness_on", Day),
    Column("notified_on", Day),
    Column("extended_until", Day),
    Column("closed_at", Instant),
    Column("executor_id", ForeignKey("officer.id")),
    Column("fields", JSON, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("reopened_on", Day),
    Column("rounds", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
# Read from its end until a page is full: the newest whose name or number holds what was typed.
Index("ix_case_looked_for", case.c.id, case.c.search_name, case.c.number, case.c.state)

Index("ix_case_received", case.c.received_at, case.c.procedure)
Index("ix_case_closed", case.c.closed_at, case.c.received_at, case.c.procedure, case.c.outcome)

task = Table(
    "task",
    metadata,
    key(),
    of_case(),
    text("engine_id", 64),
    text("element", 80),
    text("role", 32),
    Column("opened_at", Instant, nullable=False),
    Column("assignee_id", ForeignKey("officer.id")),
    Column("claimed_at", Instant),
    Column("completed_at", Instant),
    Column("completed_by", ForeignKey("officer.id")),
    Column("cancelled_at", Instant),
    Column("answers", JSON),
    Column("draft", JSON),
    Column("failure", Text, nullable=False, default=""),
    Column("due_at", Instant, nullable=False),
)
task_is_open = task.c.completed_at.is_(None) & task.c.cancelled_at.is_(None)
_of_all, _of_one = (task.c.due_at, task.c.id, task.c.role, task.c.assignee_id), (task.c.assignee_id, task.c.due_at)
Index("ix_task_open", *_of_all, sqlite_where=task_is_open, postgresql_where=task_is_open)
Index("ix_task_of", *_of_one, task.c.id, task.c.role, sqlite_where=task_is_open, postgresql_where=task_is_open)

_is_done = task.c.completed_at.is_not(None)
_of_done = (task.c.completed_at, task.c.element, task.c.opened_at, task.c.completed_by)
Index("ix_task_completed", *_of_done, sqlite_where=_is_done, postgresql_where=_is_done)

deadline = Table(
    "deadline",
    metadata,
    key(),
    of_case(nullable=True),
    text("element", 80),
    Column("kind", Word(DeadlineKind), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("first_due_at", Instant, nullable=False),
    text("engine_id", 64),
    Column("task_id", ForeignKey("task.id"), index=True),
    Column("fired_at", Instant),
    Column("cancelled_at", Instant),
    Column("retry_at", Instant),
    Column("failure", Text, nullable=False, default=""),
    Column("duty_id", ForeignKey("duty.id"), index=True),
)
deadline_waits = deadline.c.fired_at.is_(None) & deadline.c.cancelled_at.is_(None)
Index("ix_deadline_due", deadline.c.due_at, sqlite_where=deadline_waits, postgresql_where=deadline_waits)

breach = Table(
    "breach",
    metadata,
    key(),
    of_case(nullable=True),
    text("element", 80),
    Column("due_at", Instant, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Column("responsible_id", ForeignKey("officer.id")),
    Column("reason", Text, nullable=False),
    Column("task_id", ForeignKey("task.id")),
    Column("duty_id", ForeignKey("duty.id")),
)

Index("ix_breach_marked", breach.c.marked_at, breach.c.task_id, breach.c.element)

draft = Table(
    "draft",
    metadata,
    Column("id", String(36), primary_key=True),
    text("iin", 12, index=True),
    text("bin", 12),
    Column("applicant_kind", Word(ApplicantKind), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    of_case(nullable=True),
    text("procedure", 32),
    Column("version", Integer, nullable=False),
)

draft_is_unsent = draft.c.case_id.is_(None)
Index("ix_draft_unsent", draft.c.changed_at, sqlite_where=draft_is_unsent, postgresql_where=draft_is_unsent)

attachment = Table(
    "attachment",
    metadata,
    key(),
    text("kind", 64),
    text("name"),
    text("sha256", 64),
    Column("size", Integer, nullable=False),
    text("media_type", 64),
    Column("added_at", Instant, nullable=False),
    text("number", 100),
    Column("dated", Day),
    Column("valid_until", Day),
    Column("draft_id", ForeignKey("draft.id", ondelete="CASCADE"), index=True),
    of_case(nullable=True),
    text("purpose", 32),
)

state_data = Table(
    "state_data",
    metadata,
    key(),
    of_case(),
    text("source", 40),
    Column("requested_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answer", JSON),
)
