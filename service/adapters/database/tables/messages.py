"""What leaves the program and what reminds people: messages, notices, notes, duties."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text

from service.adapters.database.tables.columns import key, metadata, of_case, text
from service.adapters.database.types import Day, Instant

outbox = Table(
    "outbox",
    metadata,
    key(),
    text("message_id", 64, unique=True),
    text("channel", 40),
    Column("payload", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    of_case(nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("stopped_at", Instant),
    Column("last_error", Text, nullable=False, default=""),
    Column("failed_at", Instant),
)
outbox_waits = outbox.c.sent_at.is_(None) & outbox.c.stopped_at.is_(None)
Index("ix_outbox_due", outbox.c.due_at, sqlite_where=outbox_waits, postgresql_where=outbox_waits)

notice = Table(
    "notice",
    metadata,
    key(),
    of_case(),
    text("kind", 40),
    Column("at", Instant, nullable=False),
    Column("details", JSON, nullable=False),
    Column("document_id", ForeignKey("document.id")),
    Column("read_at", Instant),
    text("key", 64),
    Column("told_on", Day),
    Column("told_how", Text, nullable=False, default=""),
)

officer_note = Table(
    "officer_note",
    metadata,
    key(),
    of_case(nullable=True),
    text("kind", 40),
    Column("at", Instant, nullable=False),
    text("element", 80),
    Column("officer_id", ForeignKey("officer.id"), index=True),
    text("role", 32, index=True),
    Column("details", JSON, nullable=False),
    Column("read_at", Instant),
    Column("duty_id", ForeignKey("duty.id"), index=True),
)

duty = Table(
    "duty",
    metadata,
    key(),
    text("kind", 40),
    text("law", 16),
    text("role", 32),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("counted_from", Day, nullable=False),
    Column("days", Integer, nullable=False),
    of_case(nullable=True),
    Column("edition_id", ForeignKey("edition.id")),
    Column("document_id", ForeignKey("document.id")),
    Column("details", JSON, nullable=False),
    Column("done_at", Instant),
    Column("done_by", ForeignKey("officer.id")),
    Column("result", Text, nullable=False, default=""),
)
duty_waits = duty.c.done_at.is_(None)
Index("ix_duty_waits", duty.c.due_at, sqlite_where=duty_waits, postgresql_where=duty_waits)
