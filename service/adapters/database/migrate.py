"""Brings a database to the newest tables with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from service.adapters.database.connection import connect

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's configuration without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(database: str | Engine) -> None:
    """Apply every migration that is missing; nothing happens on a database that is up to date."""
    engine = connect(database) if isinstance(database, str) else database
    config = configuration()
    with engine.begin() as connection:
        newest = ScriptDirectory.from_config(config).get_current_head()
        if MigrationContext.configure(connection).get_current_revision() != newest:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    if isinstance(database, str):
        engine.dispose()
