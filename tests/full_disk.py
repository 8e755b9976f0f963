"""A disk that is full: the errors of the real database and of the real store of files when no room is left."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from service.adapters import files
from service.adapters.database.tables import metadata
from service.program import Program

LONG = "Ұзақ мәтін. " * 500
"""More than what is left free on the pages that the database has: it needs room of its own."""


@contextmanager
def full_disk(program: Program) -> Iterator[None]:
    """Neither the database nor the store of files takes a byte more."""
    with full_database(program.database.engine), full_store():
        yield


@contextmanager
def full_store() -> Iterator[None]:
    """Whatever is written into the store of files meets the end of the disk."""

    def write(*_anything: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with patch.object(files, "_copy", write):
        yield


@contextmanager
def full_database(engine: Engine) -> Iterator[None]:
    """SQLite may not grow; PostgreSQL answers every row with the error that it gives on a full disk."""
    with _sqlite(engine) if engine.dialect.name == "sqlite" else _postgresql(engine):
        yield


@contextmanager
def _sqlite(engine: Engine) -> Iterator[None]:
    def may_not_grow(connection: Any) -> None:
        # A database cannot be made smaller than it is: this keeps it at its size.
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    engine.dispose()
    event.listen(engine, "begin", may_not_grow, insert=True)
    try:
        yield
    finally:
        event.remove(engine, "begin", may_not_grow)
        engine.dispose()


@contextmanager
def _postgresql(engine: Engine) -> Iterator[None]:
    body = "BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END"
    writes = "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {} FOR EACH ROW EXECUTE FUNCTION full_disk()"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
        connection.exec_driver_sql("; ".join(writes.format(f'"{table.name}"') for table in metadata.sorted_tables))
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION full_disk() CASCADE")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: the rest of a write is refused by the system, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
