"""More askers than connections: a person is asked to come again, and is never shown a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from service.adapters.database.connection import CONNECTIONS, THREADS, Pool, connect
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
