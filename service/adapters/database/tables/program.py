"""What the program keeps for itself: numbers, settings, figures, and small things that outlive a session."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, LargeBinary, String, Table

from service.adapters.database.tables.columns import key, metadata
from service.adapters.database.types import Day, Instant

stash = Table(
    "stash",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

month_figures = Table(
    "month_figures",
    metadata,
    key(),
    Column("month", Day, nullable=False, unique=True),
    Column("kept_at", Instant, nullable=False),
    Column("figures", JSON, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
)
