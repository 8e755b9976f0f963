"""Hearings with positions and minutes; the rights of the applicant beside the procedure."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Table, Text

from service.adapters.database.tables.columns import key, metadata, of_case, text
from service.adapters.database.types import Day, Instant

hearing = Table(
    "hearing",
    metadata,
    key(),
    of_case(),
    Column("notified_at", Instant),
    Column("held_on", Day),
    text("held_at", 5),
    text("way", 32),
    Column("place", Text, nullable=False),
    Column("grounds", JSON, nullable=False),
    text("result", 32),
    text("outcome", 32),
    text("exemption", 64),
    Column("exemption_reason", Text, nullable=False),
    Column("late_basis", Text, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("settled_at", Instant),
)

position = Table(
    "position",
    metadata,
    key(),
    of_case(),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("wants_oral", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("attachment_id", ForeignKey("attachment.id")),
    Column("of_holder", Boolean, nullable=False, default=False),
)

minutes = Table(
    "minutes",
    metadata,
    key(),
    of_case(),
    Column("hearing_id", ForeignKey("hearing.id"), nullable=False, unique=True),
    Column("place", Text, nullable=False),
    text("way", 32),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    text("chair"),
    text("secretary"),
    Column("participants", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("explanations", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("drawn_at", Instant, nullable=False),
    Column("chair_id", ForeignKey("officer.id")),
    Column("secretary_id", ForeignKey("officer.id")),
    text("number", 40),
    text("code", 32),
    text("first_sha256", 64),
    Column("chair_signed_at", Instant),
    Column("secretary_signed_at", Instant),
    Column("document_id", ForeignKey("document.id")),
    Column("sent_at", Instant),
)

minutes_remark = Table(
    "minutes_remark",
    metadata,
    key(),
    of_case(),
    Column("minutes_id", ForeignKey("minutes.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Instant),
    Column("document_id", ForeignKey("document.id")),
    Column("of_holder", Boolean, nullable=False, default=False),
)

file_access = Table(
    "file_access",
    metadata,
    key(),
    of_case(),
    Column("asked_at", Instant, nullable=False),
    text("asked_by", 400),
    Column("reason", Text, nullable=False),
    Column("granted_at", Instant),
    Column("granted_by", ForeignKey("officer.id")),
    Column("open_until", Day),
    Column("note", Text, nullable=False),
)

consent = Table(
    "consent",
    metadata,
    key(),
    Column("case_id", ForeignKey("case.id"), nullable=False, unique=True),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("reason", Text, nullable=False),
)
