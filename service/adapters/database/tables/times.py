"""Editions, calendars, dated settings and breaks: what holds from a day on."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, LargeBinary, Table, Text

from service.adapters.database.tables.columns import key, metadata, text
from service.adapters.database.types import Day, Instant

edition = Table(
    "edition",
    metadata,
    key(),
    Column("number", Integer, nullable=False, unique=True),
    text("act"),
    Column("in_force_from", Day, nullable=False),
    Column("in_force_until", Day),
    text("sha256", 64),
    Column("bundle", LargeBinary, nullable=False),
    Column("deployed_at", Instant, nullable=False),
)

calendar_version = Table(
    "calendar_version",
    metadata,
    key(),
    Column("number", Integer, nullable=False, unique=True),
    text("sha256", 64),
    Column("content", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    text("entered_by", 400),
)

dated_setting = Table(
    "dated_setting",
    metadata,
    key(),
    text("name", 40),
    Column("valid_from", Day, nullable=False),
    Column("value", JSON, nullable=False),
    Column("basis", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    text("entered_by", 400),
)

portal_break = Table(
    "portal_break",
    metadata,
    key(),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("reason", JSON, nullable=False),
    Column("announced_at", Instant, nullable=False),
    text("announced_by", 400),
    Column("withdrawn_at", Instant),
)
