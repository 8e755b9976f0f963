"""More askers than connections: a person is asked to come again, and is never shown a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from service.adapters.database.connection import CONNECTIONS, THREADS, Pool, connect, for_reading
from service.domain.errors import Unavailable


def test_every_thread_may_hold_two_connections(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}").execution_options(reading=True)
    held = [engine.connect() for _ in range(2 * THREADS + 2)]
    assert len(held) <= CONNECTIONS
    for connection in held:
        connection.close()


def test_a_pool_that_is_empty_is_a_database_that_does_not_answer(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = create_engine(url, poolclass=Pool, pool_size=1, max_overflow=0, pool_timeout=0.01)
    with engine.connect(), pytest.raises(Unavailable):
        engine.connect()


def test_what_is_only_read_keeps_nobody_waiting(database_url: str) -> None:
    """On PostgreSQL it has no transaction that would have to begin and end; on SQLite it does not take the turn."""
    engine = connect(database_url)
    with for_reading(engine).connect() as reading, engine.begin() as writing:
        reading.execute(text("SELECT count(*) FROM counter"))
        writing.execute(text("INSERT INTO counter (name, year, value) VALUES ('case', 2026, 1)"))
        if engine.dialect.name == "postgresql":
            writing.execute(text("LOCK TABLE counter IN ACCESS EXCLUSIVE MODE NOWAIT"))
    engine.dispose()
