"""The demo's clock: how far it runs ahead of or behind the machine's is a row, shared by every process."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy import Engine, insert, select, update

from service.adapters.database import tables
from service.adapters.database.connection import answering, for_reading

NAME = "clock"
FRESH_SECONDS = 0.5
"""Another process may move the clock: its row is read again after this."""


class DemoClock:
    """A clock that keeps running and can be set; used by the demo and the tests, refused in production."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = for_reading(engine)
        self._lock = Lock()
        self._offset, self._read_at = timedelta(0), float("-inf")

    def now(self) -> datetime:
        """The present instant of the demo."""
        with self._lock:
            if time.monotonic() - self._read_at > FRESH_SECONDS:
                self._offset, self._read_at = self._stored() or timedelta(0), time.monotonic()
            return datetime.now(UTC) + self._offset

    @property
    def is_set(self) -> bool:
        """Whether somebody has set the clock already."""
        return self._stored() is not None

    def set(self, to: datetime) -> None:
        """Let it be this instant now."""
        offset = to - datetime.now(UTC)
        value = {"seconds": offset.total_seconds()}
        row = tables.setting.c
        with answering(), self._lock:
            with self._engine.begin() as connection:
                changed = connection.execute(update(tables.setting).where(row.name == NAME).values(value=value))
                if not changed.rowcount:
                    connection.execute(insert(tables.setting).values(name=NAME, value=value))
            self._offset, self._read_at = offset, time.monotonic()

    def _stored(self) -> timedelta | None:
        with answering(), self._reader.connect() as connection:
            value = connection.scalar(select(tables.setting.c.value).where(tables.setting.c.name == NAME))
        return None if value is None else timedelta(seconds=value["seconds"])
