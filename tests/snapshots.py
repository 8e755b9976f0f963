"""Cases in the middle of their way, kept and put back: what many tests begin with is done once for each database."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from psycopg.sql import SQL, Identifier
from sqlalchemy import Engine, event

from service.adapters.database.tables import metadata
from service.program import Program

Key = tuple[str, ...]
SEALS = "seals.jsonl"
TABLES = [table.name for table in metadata.sorted_tables]


@dataclass(frozen=True)
class Snapshot:
    """The database and the files of a program, at an instant of its clock."""

    at: datetime
    files: Path
    database: Any


class Snapshots:
    """Keeps what a fresh program came to by the same acts, for the tests of one worker."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count(1)
        self._found: dict[tuple[Key, ...], Snapshot] = {}
        self._stands: WeakKeyDictionary[Engine, tuple[Key, ...]] = WeakKeyDictionary()

    def watch(self, program: Program) -> None:
        """From now on notice whether anything is saved in a program in which nothing has happened yet."""
        engine = program.database.engine
        self._stands[engine] = ()
        event.listen(engine, "commit", lambda _connection: self._stands.pop(engine, None))

    def reach(self, program: Program, key: Key, act: Callable[[], object]) -> None:
        """Do it, or put back what the same acts once came to: in a program in which nothing but such acts happened."""
        engine = program.database.engine
        if engine not in self._stands:
            act()
            return
        began = f"{program.clock.now():%Y-%m-%d}"
        key = (_kind(program), type(program.press).__name__, type(program.signatures).__name__, began, *key)
        way = (*self._stands[engine], key)
        if way in self._found:
            self._put_back(program, self._found[way])
        else:
            act()
            self._found[way] = self._take(program)
        self._stands[engine] = way

    def _take(self, program: Program) -> Snapshot:
        files = self._folder / f"{next(self._numbers)}"
        shutil.copytree(program.settings.instance / "files", files)
        if (seals := program.settings.instance / SEALS).exists():
            shutil.copyfile(seals, files.with_suffix(".seals"))
        kept = _copy_of(program, files.with_suffix(".sqlite")) if _kind(program) == "sqlite" else _rows_of(program)
        return Snapshot(program.clock.now(), files, kept)

    def _put_back(self, program: Program, snapshot: Snapshot) -> None:
        shutil.copytree(snapshot.files, program.settings.instance / "files", dirs_exist_ok=True)
        if (seals := snapshot.files.with_suffix(".seals")).exists():
            shutil.copyfile(seals, program.settings.instance / SEALS)
        if _kind(program) == "sqlite":
            program.database.engine.dispose()
            shutil.copyfile(snapshot.database, str(program.database.engine.url.database))
        else:
            _fill(program, snapshot.database)
        program.set_clock(snapshot.at)


def _kind(program: Program) -> str:
    return program.database.engine.dialect.name


def _copy_of(program: Program, path: Path) -> Path:
    with sqlite3.connect(str(program.database.engine.url.database)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    connection.close()
    return path


def _rows_of(program: Program) -> Mapping[str, bytes]:
    """The rows of each table as PostgreSQL copies them out."""
    found = {}
    with program.database.engine.connect() as connection:
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]  # psycopg's own
        for name in TABLES:
            with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as copied:
                found[name] = b"".join(bytes(part) for part in copied)
    return {name: rows for name, rows in found.items() if rows}


def _fill(program: Program, rows: Mapping[str, bytes]) -> None:
    """Let the tables hold these rows and nothing else, and the numbers go on after them."""
    with program.database.engine.begin() as connection:
        cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]  # psycopg's own
        cursor.execute(SQL("; ").join(SQL("DELETE FROM {}").format(Identifier(name)) for name in reversed(TABLES)))
        for name in TABLES:
            if name in rows:
                with cursor.copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copied:
                    copied.write(rows[name])
        for table in metadata.sorted_tables:
            if table.name in rows and table.autoincrement_column is not None:
                name = table.name
                cursor.execute(
                    SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                        f'"{name}"', Identifier(name)
                    )
                )
