"""Officers with their roles, and the challenges by which applicants sign in."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Table

from service.adapters.database.tables.columns import key, metadata, text
from service.adapters.database.types import Day, Instant

officer = Table(
    "officer",
    metadata,
    key(),
    text("login", 64, unique=True),
    text("password_hash"),
    text("surname"),
    text("given"),
    text("patronymic"),
    text("iin", 12),
    Column("position", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    text("certificate_serial", 64),
    Column("certificate_until", Instant),
)

role_assignment = Table(
    "role_assignment",
    metadata,
    key(),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    text("role", 32),
    Column("valid_from", Day, nullable=False),
    Column("valid_until", Day),
    Column("acting", Boolean, nullable=False),
    text("basis"),
)

challenge = Table(
    "challenge",
    metadata,
    key(),
    text("nonce", 64, unique=True),
    Column("created_at", Instant, nullable=False, index=True),
    Column("used_at", Instant),
)
