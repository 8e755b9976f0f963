"""Complaints and claims in court."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, Table, Text

from service.adapters.database.tables.columns import key, metadata, text
from service.adapters.database.types import Day, Instant, Word
from service.domain.appeal import Contests

complaint = Table(
    "complaint",
    metadata,
    key(),
    Column("case_id", ForeignKey("case.id"), nullable=False, unique=True),
    Column("contests", Word(Contests), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("learned_on", Day, nullable=False),
    Column("months", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    text("body", 32),
    text("official"),
    Column("official_id", ForeignKey("officer.id")),
    Column("contested_case_id", ForeignKey("case.id"), index=True),
    Column("contested_document_id", ForeignKey("document.id")),
    Column("contested_entry_id", ForeignKey("register_entry.id"), index=True),
    Column("circumstances", Text, nullable=False),
    Column("demands", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("residence", Text, nullable=False),
    Column("postal_address", Text, nullable=False),
    text("channel", 32),
    text("track", 16),
    Column("suspended", Boolean, nullable=False),
    Column("suspension_id", ForeignKey("register_change.id")),
    text("before", 32),
    Column("forwarded_at", Instant, index=True),
    text("package_sha256", 64),
    text("review_number", 64),
    Column("review_registered_on", Day),
    Column("silent_since", Day),
    text("outcome", 32),
    Column("decided_on", Day),
    Column("decision_id", ForeignKey("document.id")),
    Column("violations", Text, nullable=False),
    Column("new_act", JSON, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    key(),
    Column("contests", Word(Contests), nullable=False),
    text("court"),
    text("number", 64),
    Column("filed_on", Day, nullable=False),
    text("plaintiff", 400),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", ForeignKey("officer.id")),
    Column("after_complaint", Boolean, nullable=False),
    Column("hearing_on", Day),
    Column("contested_case_id", ForeignKey("case.id"), index=True),
    Column("contested_document_id", ForeignKey("document.id")),
    Column("contested_entry_id", ForeignKey("register_entry.id"), index=True),
    Column("defence_id", ForeignKey("attachment.id")),
    Column("position_id", ForeignKey("attachment.id")),
    text("result", 32),
    text("act_number", 64),
    Column("act_on", Day),
    Column("act_in_force_on", Day),
    Column("closed_at", Instant),
    Column("mistake", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
