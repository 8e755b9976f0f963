"""Small things that must survive a redirect or the end of a session."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, bindparam, delete, insert, select

from service.adapters.database import tables
from service.adapters.database.connection import answering, for_reading

_row = tables.stash.c
KEPT = select(_row.value).where(_row.key == bindparam("wanted"), _row.expires_at > bindparam("now"))
"""What every page asks for, made once."""


class DatabaseStash:
    """Bytes under a key until an instant; what has passed is swept away with the next thing kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = for_reading(engine)

    def put(self, key: str, value: bytes, until: datetime) -> None:
        """Keep the bytes until then; the same key again replaces them."""
        with answering(), self._engine.begin() as connection:
            connection.execute(delete(tables.stash).where(_row.key == key))
            connection.execute(insert(tables.stash).values(key=key, value=value, expires_at=until))

    def get(self, key: str, now: datetime) -> bytes | None:
        """The bytes, or None when there are none or their time has passed."""
        with answering(), self._reader.connect() as connection:
            return connection.scalar(KEPT, {"wanted": key, "now": now})

    def remove(self, key: str) -> None:
        """Forget the key."""
        with answering(), self._engine.begin() as connection:
            connection.execute(delete(tables.stash).where(tables.stash.c.key == key))

    def sweep(self, now: datetime) -> None:
        """Forget everything whose time has passed."""
        past = tables.stash.c.expires_at <= now
        # Asked first: on SQLite a deletion of nothing would still take the only writer's turn, every few seconds.
        with answering(), self._reader.connect() as connection:
            if connection.scalar(select(tables.stash.c.key).where(past).limit(1)) is None:
                return
        with answering(), self._engine.begin() as connection:
            connection.execute(delete(tables.stash).where(past))
