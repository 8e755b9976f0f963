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
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.adapters.database.connection import connect

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's configuration without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


class DatabaseUnusable(OSError):
    """The database cannot be opened, read or written; says why in one line, without its password."""


@contextmanager
def usable(url: str) -> Iterator[Engine]:
    """An engine for this address alone; what is wrong with the database becomes `DatabaseUnusable`."""
    try:
        engine = connect(url)
        try:
            yield engine
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as wrong:
        reason = " ".join(str(getattr(wrong, "orig", None) or wrong).split())
        raise DatabaseUnusable(f"the database cannot be used (RUQSAT_DATABASE_URL): {reason}") from wrong


@cache
def newest() -> str | None:
    """The name of the last migration."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def migrate(database: str | Engine) -> None:
    """Apply every migration that is missing; nothing happens on a database that is up to date.

    Raises `DatabaseUnusable` when an address leads to no database that can be written.
    """
    if isinstance(database, str):
        with usable(database) as engine:
            migrate(engine)
            return
    with database.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() != newest():
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
