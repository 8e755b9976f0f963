"""Brings a database to the newest tables with Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from service.adapters.database.connection import connect, why
from service.domain.errors import RuqsatError
from service.domain.files import StorageFull

MIGRATIONS = Path(__file__).parent / "migrations"
TURN = 280624
"""The number of the advisory lock by which PostgreSQL lets one process migrate at a time."""


def configuration() -> Config:
    """Alembic's configuration without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


class DatabaseUnusable(RuqsatError):
    """The database cannot be opened, read or written; `reason` says why in one line, without its password."""

    code = "database_unusable"


class DatabaseOfAnother(RuqsatError):
    """Another version of the program has changed the tables of the database."""

    code = "database_of_another"


@contextmanager
def usable(url: str) -> Iterator[Engine]:
    """An engine for this address alone; what is wrong with the database becomes `DatabaseUnusable`."""
    with _telling():
        engine = _connected(url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError) as wrong:
        if isinstance(wrong, OperationalError) and isinstance(full := why(wrong), StorageFull):
            raise full from wrong
        raise _unusable(str(getattr(wrong, "orig", None) or wrong)) from wrong


def _unusable(reason: str) -> DatabaseUnusable:
    return DatabaseUnusable(reason=" ".join(reason.split()))


def _connected(url: str) -> Engine:
    try:
        return connect(url)
    except ValueError as wrong:  # such as a port that is no number
        raise _unusable(str(wrong)) from wrong


@cache
def newest() -> str | None:
    """The name of the last migration."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def opened(url: str) -> Engine:
    """The engine of a database that is brought to its newest tables; raises `DatabaseUnusable`."""
    with _telling():
        engine = _connected(url)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def migrate(database: str | Engine) -> None:
    """Apply every migration that is missing; nothing happens on a database that is up to date.

    Raises `DatabaseUnusable` when an address leads to no database that can be written, `DatabaseOfAnother` when another
    version of the program has changed it.
    """
    if isinstance(database, str):
        with usable(database) as engine:
            migrate(engine)
            return
    with database.begin() as connection:
        # Of two processes that start together one migrates: SQLite's transaction keeps the other out by itself.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
        if MigrationContext.configure(connection).get_current_revision() != newest():
            config = configuration()
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as unknown:
                raise DatabaseOfAnother from unknown
