"""More askers than connections: a person is asked to come again, and is never shown a fault."""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from service.adapters.database.clock import DemoClock
from service.adapters.database.connection import (
    CONNECTIONS,
    RESTED_SECONDS,
    THREADS,
    Pool,
    answering,
    connect,
    for_reading,
)
from service.adapters.database.stash import DatabaseStash
from service.adapters.database.unit_of_work import SqlUnitOfWork
from service.domain.errors import Unavailable
from tests.databases import KEPT, PostgresDatabases

NOW = datetime(2023, 9, 12, 10, tzinfo=UTC)


def test_every_thread_may_hold_two_connections(database_url: str) -> None:
    engine = connect(database_url).execution_options(reading=True)
    held = [engine.connect() for _ in range(2 * THREADS + 2)]
    assert len(held) <= CONNECTIONS
    for connection in held:
        connection.close()
    engine.dispose()


@pytest.mark.one_database("PostgreSQL does so by itself")
def test_on_sqlite_many_read_beside_one_writer_and_references_hold(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    assert found == ["wal", 1]
    engine.dispose()


def test_a_pool_that_is_empty_is_a_database_that_does_not_answer(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=Pool, pool_size=1, max_overflow=0, pool_timeout=0.01)
    with engine.connect(), pytest.raises(Unavailable):
        engine.connect()
    engine.dispose()


def test_a_table_that_is_changed_beneath_a_running_server_costs_one_request(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL has planned for the table as it was; whoever asks is told to come again, and finds it as it is."""
    monkeypatch.setattr(KEPT, "put", lambda connection: connection.close())  # in production it does not serve again
    engine = connect(empty_url)

    def ask() -> int:
        with answering(), for_reading(engine).connect() as connection:
            return len(connection.execute(text("SELECT * FROM planned")).keys())

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE planned (a INTEGER)"))
    assert [ask() for _ in range(10)] == [1] * 10
    other = connect(empty_url)
    with other.begin() as connection:
        connection.execute(text("ALTER TABLE planned ADD COLUMN b INTEGER"))
    other.dispose()
    with suppress(Unavailable):
        ask()
    assert [ask() for _ in range(10)] == [2] * 10
    engine.dispose()


ACTS: dict[str, Callable[[Engine], object]] = {
    "put": lambda engine: DatabaseStash(engine).put("key", b"", NOW),
    "get": lambda engine: DatabaseStash(engine).get("key", NOW),
    "remove": lambda engine: DatabaseStash(engine).remove("key"),
    "sweep": lambda engine: DatabaseStash(engine).sweep(NOW),
    "now": lambda engine: DemoClock(engine).now(),
    "set": lambda engine: DemoClock(engine).set(NOW),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_lost_database_does_not_answer_the_stash_and_the_clock_either(database_url: str, act: str) -> None:
    engine = connect(database_url)

    def lose(_connection: object) -> None:
        raise OperationalError("BEGIN", {}, Exception("the server is gone"))

    event.listen(engine, "begin", lose)
    with pytest.raises(Unavailable):
        ACTS[act](engine)
    engine.dispose()


def test_what_is_only_read_keeps_nobody_waiting(database_url: str) -> None:
    """On PostgreSQL it has no transaction that would have to begin and end; on SQLite it does not take the turn."""
    engine = connect(database_url)
    with for_reading(engine).connect() as reading, engine.begin() as writing:
        reading.execute(text("SELECT count(*) FROM counter"))
        writing.execute(text("INSERT INTO counter (name, year, value) VALUES ('case', 2026, 1)"))
        if engine.dialect.name == "postgresql":
            writing.execute(text("LOCK TABLE counter IN ACCESS EXCLUSIVE MODE NOWAIT"))
    engine.dispose()


@pytest.fixture
def postgres(postgres_databases: PostgresDatabases) -> Iterator[Engine]:
    with postgres_databases.create() as url:
        engine = connect(url)
        yield engine
        engine.dispose()


def process(engine: Engine) -> int:
    """The server's process behind the connection that is used next."""
    with for_reading(engine).connect() as connection:
        return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)


def connected(engine: Engine) -> psycopg.Connection[Any]:
    """Another connection to the same database."""
    return psycopg.connect(engine.url.set(drivername="postgresql").render_as_string(False), autocommit=True)


def cut_off(engine: Engine, rests: int | None) -> None:
    """End one of the server's processes."""
    with connected(engine) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [rests])


@pytest.mark.one_database("SQLite has no server")
def test_a_connection_that_the_server_has_closed_meanwhile_is_opened_anew(postgres: Engine) -> None:
    rests = process(postgres)
    cut_off(postgres, rests)
    assert process(postgres) != rests


@pytest.mark.one_database("SQLite has no server")
def test_a_connection_in_use_is_not_asked_each_time_but_after_a_rest(
    postgres: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    ask = postgres.dialect.do_ping

    def listening(connection: Any) -> bool:
        asked.append(connection)
        return bool(ask(connection))

    monkeypatch.setattr(postgres.dialect, "do_ping", listening)
    assert process(postgres) == process(postgres)
    assert asked == []
    later = time.monotonic() + RESTED_SECONDS + 1
    monkeypatch.setattr("service.adapters.database.connection.time.monotonic", lambda: later)
    process(postgres)
    assert len(asked) == 1


def planned(engine: Engine) -> int:
    """How many statements stand ready on the connection that is used next."""
    with for_reading(engine).connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")) or 0)


def ask_often(connection: Connection, different: int = 1) -> None:
    """Ask each of these statements so often that the driver has it planned for good."""
    for number in range(different):
        for _time in range(6):
            connection.exec_driver_sql(f"SELECT {number}")


@pytest.mark.one_database("SQLite's driver keeps what is compiled by itself")
def test_a_look_at_one_moment_leaves_what_was_planned_before(postgres: Engine) -> None:
    with SqlUnitOfWork(for_reading(postgres), lambda: NOW) as uow:
        uow.at_one_moment()
        ask_often(uow.session.connection())
    assert planned(postgres) >= 1


@pytest.mark.one_database("SQLite has no server")
def test_a_connection_lost_at_the_end_of_a_look_is_a_database_that_does_not_answer(postgres: Engine) -> None:
    uow = SqlUnitOfWork(for_reading(postgres), lambda: NOW)
    with pytest.raises(Unavailable), uow:
        uow.at_one_moment()
        cut_off(postgres, uow.session.connection().scalar(text("SELECT pg_backend_pid()")))
    assert process(postgres)


@pytest.mark.one_database("SQLite has no server")
def test_a_transaction_that_rested_too_long_for_its_server_is_a_database_that_does_not_answer(postgres: Engine) -> None:
    uow = SqlUnitOfWork(postgres, lambda: NOW)
    with pytest.raises(Unavailable), uow:
        connection = uow.session.connection()
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '1ms'")
        driver: Any = connection.connection.driver_connection
        assert select.select([driver.fileno()], [], [], 20)[0]  # the server has said that it ends it
        uow.session.execute(text("SELECT 1"))
    assert process(postgres)


@pytest.mark.one_database("SQLite has no server")
def test_a_loss_that_somebody_has_dealt_with_is_not_told_again_at_the_end_of_a_look(postgres: Engine) -> None:
    with SqlUnitOfWork(for_reading(postgres), lambda: NOW) as uow:
        uow.at_one_moment()
        cut_off(postgres, uow.session.connection().scalar(text("SELECT pg_backend_pid()")))
        with suppress(OperationalError):
            uow.session.execute(text("SELECT 1"))
    assert process(postgres)


@pytest.mark.one_database("SQLite's driver keeps what is compiled by itself")
def test_what_one_page_has_had_planned_outlives_the_next_pages(postgres: Engine) -> None:
    with for_reading(postgres).connect() as connection:
        ask_often(connection, different=200)
    assert planned(postgres) >= 200
