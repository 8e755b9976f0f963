"""Opens the database: SQLite in WAL as the embedded default, PostgreSQL in production."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR_SHMSIZE
from sqlite3 import OperationalError as SqliteError
from typing import Any, TypeGuard

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

from service.adapters.database.types import json_read, json_stored
from service.domain.errors import Unavailable, Unreadable
from service.domain.files import StorageFull

THREADS = 16
"""How many requests the web server answers at once."""

CONNECTIONS = 2 * (THREADS + 10)
"""Enough for every thread of the server and of the scheduler to read in one connection while it writes in another."""

LOCK_WAIT_SECONDS = 30
"""How long a writer waits for another writer on SQLite before it gives up."""

RESTED_SECONDS = 30
"""A connection that has rested for longer is asked whether the server is still there: the way to it may be broken."""

PREPARED = 500
"""How many statements PostgreSQL keeps planned for one connection, about 27 kB each: nearly all that we ever ask.

With the driver's own hundred, what one page has had planned is thrown away by the next ones.
"""

PRAGMAS = {"synchronous": "FULL", "foreign_keys": "ON", "cache_size": "-20000"}
"""How SQLite is opened beside its write-ahead log: a commit is on the disk when it is told."""


SQLITE_NO_ROOM = (SQLITE_FULL, SQLITE_IOERR_SHMSIZE)
"""How SQLite says that the disk is full: for the database itself, and for the file by which its readers agree."""

NO_ROOM = "53100"
"""How PostgreSQL says that its disk is full."""


PLAN_TOO_OLD = ("0A000", "cached plan must not change result type")
"""How PostgreSQL says that a table was changed beneath a statement that it has planned for a connection."""


NO_TEXT = "Could not decode to UTF-8"
"""How the driver of SQLite begins what it says of a text that is none."""


def is_outage(error: BaseException | None) -> TypeGuard[DBAPIError]:
    """Whether the database could not do what it was asked, or has ended the connection.

    PostgreSQL ends one that rests in a transaction for longer than its administrator allows, and calls that by another
    name.
    """
    return isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def why(error: DBAPIError) -> StorageFull | Unavailable | Unreadable:
    """What people are told of a database that could not do what it was asked.

    It is full, it does not answer, or it holds what somebody has typed in as no program of ours would.
    """
    if str(error.orig).startswith(NO_TEXT):
        return Unreadable(error.orig)
    code, state = getattr(error.orig, "sqlite_errorcode", 0), getattr(error.orig, "sqlstate", "")
    full = code in SQLITE_NO_ROOM or state == NO_ROOM
    return StorageFull(what="database") if full else Unavailable(what="database")


@contextmanager
def answering() -> Iterator[None]:
    """A database that does not answer becomes `Unavailable`, one without room `StorageFull`."""
    try:
        yield
    except DBAPIError as error:
        if not is_outage(error):
            raise
        raise why(error) from error


class Pool(QueuePool):
    """Connections that are all taken are a database that does not answer: the person is asked to come again soon."""

    def connect(self) -> PoolProxiedConnection:
        """A connection; `Unavailable` when none comes free in time."""
        try:
            return super().connect()
        except NoneFree as error:
            raise Unavailable(what="database") from error


def connect(url: str) -> Engine:
    """An engine for a database address such as `sqlite:///ruqsat.db` or `postgresql+psycopg://...`."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        json_serializer=json_stored,
        poolclass=Pool,
        pool_size=10,
        max_overflow=CONNECTIONS - 10,
        isolation_level="READ COMMITTED",
    )
    _look_before_use(engine)

    @event.listens_for(engine, "connect")
    def keep_planned(connection: Any, _record: Any) -> None:
        connection.prepared_max = PREPARED

    @event.listens_for(engine, "handle_error")
    def plan_anew(wrong: ExceptionContext) -> None:
        """Whoever changes the tables beneath a running server makes its connections useless, not the server."""
        state, said = PLAN_TOO_OLD
        fault = wrong.original_exception
        if getattr(fault, "sqlstate", "") == state and said in str(fault):
            wrong.is_disconnect = True

    return engine


def _look_before_use(engine: Engine) -> None:
    """A connection that a server has closed meanwhile, as at its restart, is opened anew before anybody asks by it.

    Whether the server has hung up is seen on this side. To ask it each time would be a quarter of all that a page of
    the office asks.
    """

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:
        since = entry.info.pop("rests_since", None)
        if since is None:
            return
        try:
            if time.monotonic() - since > RESTED_SECONDS or _has_been_told(connection):
                engine.dialect.do_ping(connection)
        except engine.dialect.dbapi.Error as gone:  # type: ignore[union-attr]  # the driver is loaded
            raise DisconnectionError from gone


def _has_been_told(connection: Any) -> bool:
    """Whether a server has said something unasked, which is mostly that it goes, or has hung up."""
    waits = select.poll()
    waits.register(connection.fileno(), select.POLLIN)
    return bool(waits.poll(0))


def for_reading(engine: Engine) -> Engine:
    """The same engine for transactions that change nothing.

    On SQLite they neither wait for a writer nor keep one waiting; PostgreSQL is asked statement by statement, which
    sees what a READ COMMITTED transaction sees without the words that begin and end one. Who puts several answers
    together to one paper or proof asks for one moment first (`hold`).
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(reading=True)
    return engine.execution_options(reading=True, isolation_level="AUTOCOMMIT")


def hold(connection: Connection) -> Connection:
    """Let a connection for reading see one moment from here on; SQLite has no other way to read."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return connection


def let_go(connection: Connection) -> None:
    """End what `hold` began, if it has not ended with its connection.

    Nothing was changed. It is committed, for at a rollback the driver of PostgreSQL throws away every statement that it
    has prepared on this connection.
    """
    if connection.dialect.name == "postgresql" and not (connection.closed or connection.invalidated):
        connection.exec_driver_sql("COMMIT")


def read_as_found(connection: Connection) -> None:
    """Let SQLite tell a text that is no UTF-8 as it stands, in signs that can be written; PostgreSQL takes none such.

    It does so until the connection is given back: for all else such a text cannot be read.
    """
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.text_factory = lambda stored: stored.decode("utf-8", "backslashreplace")


def _write_ahead(connection: Any) -> None:
    """Switch to the write-ahead log, as is needed once in the life of a database.

    SQLite waits for nobody then who is in the way, such as another process that starts too; for the turn to have the
    database alone it waits. Who finds no turn in LOCK_WAIT_SECONDS is told.
    """
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except SqliteError as busy:
            if busy.sqlite_errorcode != SQLITE_BUSY:
                raise
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        else:
            return


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        json_serializer=json_stored,
        json_deserializer=json_read,
        poolclass=Pool,
        pool_size=10,
        max_overflow=CONNECTIONS - 10,
        connect_args={"timeout": LOCK_WAIT_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # We begin transactions ourselves: the driver's implicit BEGIN comes too late to lock before reading.
        connection.isolation_level = None
        _write_ahead(connection)
        for pragma, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {pragma}={value}")

    @event.listens_for(engine, "checkin")
    def read_strictly(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.text_factory = str

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
