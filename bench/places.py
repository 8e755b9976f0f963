"""On what it was measured: the databases as they are set, which must be as in production."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine

from tests.databases import FASTER_BUT_NOT_SAFE

FULL = 2
"""SQLite's number for `synchronous = FULL`: a commit is on the disk when it is told."""


class NotSafe(Exception):
    """A database on which a commit is told before it is on the disk says nothing about production."""


def conditions(engine: Engine) -> str:
    """The database and how it is set, in words; `NotSafe` where a commit need not reach the disk."""
    with engine.connect() as connection:
        return _sqlite(connection) if engine.dialect.name == "sqlite" else _postgresql(connection)


def _asked(connection: Connection, what: str) -> Any:
    return connection.exec_driver_sql(what).scalar_one()


def _sqlite(connection: Connection) -> str:
    mode, synchronous = _asked(connection, "PRAGMA journal_mode"), _asked(connection, "PRAGMA synchronous")
    if synchronous < FULL:
        raise NotSafe(f"SQLite with synchronous = {synchronous}")
    version = _asked(connection, "SELECT sqlite_version()")
    return f"SQLite {version}, journal_mode {mode}, synchronous FULL, as the program opens it"


def _postgresql(connection: Connection) -> str:
    shown = {
        name: str(_asked(connection, f"SHOW {name}"))
        for name in (*FASTER_BUT_NOT_SAFE, "server_version", "shared_buffers")
    }
    off = [name for name in FASTER_BUT_NOT_SAFE if shown[name] != "on"]
    if off:
        raise NotSafe(f"PostgreSQL with {', '.join(off)} off")
    on = ", ".join(f"{name} on" for name in FASTER_BUT_NOT_SAFE)
    return f"PostgreSQL {shown['server_version'].split()[0]}, {on}, shared_buffers {shown['shared_buffers']}"
