"""The journal, its chains and seals, and who has read which case."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from service.adapters.database.tables.columns import key, metadata, of_case, text
from service.adapters.database.types import Instant

journal = Table(
    "journal",
    metadata,
    key(),
    of_case(nullable=True),
    Column("at", Instant, nullable=False),
    text("actor", 400),
    text("role", 64),
    text("action", 64),
    text("element", 80),
    Column("edition_id", ForeignKey("edition.id")),
    Column("details", JSON, nullable=False),
    Column("happened_at", Instant),
    Column("sequence", Integer, nullable=False),
    text("previous", 64),
    text("hash", 64),
    Column("rows", JSON, nullable=False),
    UniqueConstraint("case_id", "sequence"),
)
_of_office = journal.c.case_id.is_(None)
Index("ix_journal_office", journal.c.at, sqlite_where=_of_office, postgresql_where=_of_office)

case_reading = Table(
    "case_reading",
    metadata,
    Column("officer_id", ForeignKey("officer.id"), primary_key=True),
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("hour", Instant, primary_key=True),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("chain", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    text("hash", 64),
    Column("sealed", Integer, nullable=False),
)
head_is_unsealed = journal_head.c.sealed < journal_head.c.length
Index("ix_head_unsealed", journal_head.c.chain, sqlite_where=head_is_unsealed, postgresql_where=head_is_unsealed)

seal = Table(
    "seal",
    metadata,
    key(),
    Column("number", Integer, nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    text("previous", 64),
    Column("heads", JSON, nullable=False),
    text("key_id", 64),
    text("hash", 64),
    text("signature", 128),
)
