"""Cases in the middle of their way, kept and put back: what many tests begin with is done once for each database."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import Engine, event

from service.program import Program
from tests.databases import Rows

Key = tuple[str, ...]
SEALS = "seals.jsonl"


@dataclass(frozen=True)
class Snapshot:
    """The database and the files of a program, at an instant of its clock."""

    at: datetime
    files: Path
    database: Path | Rows


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
        return Snapshot(program.clock.now(), files, kept(program, files.with_suffix(".sqlite")))

    def _put_back(self, program: Program, snapshot: Snapshot) -> None:
        shutil.copytree(snapshot.files, program.settings.instance / "files", dirs_exist_ok=True)
        if (seals := snapshot.files.with_suffix(".seals")).exists():
            shutil.copyfile(seals, program.settings.instance / SEALS)
        put_back(program, snapshot.database)
        program.set_clock(snapshot.at)


def _kind(program: Program) -> str:
    return program.database.engine.dialect.name


def kept(program: Program, path: Path) -> Path | Rows:
    """What a program's database holds; that of SQLite is copied to a file at `path`."""
    if _kind(program) == "postgresql":
        with connected(program) as connection:
            return Rows.of(connection)
    with sqlite3.connect(str(program.database.engine.url.database)) as source:
        source.execute("VACUUM INTO ?", (str(path),))
    source.close()
    return path


def put_back(program: Program, held: Path | Rows) -> None:
    """Let a program's database hold this and nothing else."""
    if isinstance(held, Rows):
        with connected(program) as connection:
            held.put_back(connection)
        return
    stands = Path(str(program.database.engine.url.database))
    program.database.engine.dispose()
    for beside in ("-wal", "-shm"):
        stands.with_name(f"{stands.name}{beside}").unlink(missing_ok=True)
    shutil.copyfile(held, stands)


@contextmanager
def connected(program: Program) -> Iterator[psycopg.Connection[Any]]:
    """A connection of PostgreSQL's own kind to a program's database, in a transaction."""
    with program.database.engine.begin() as connection:
        yield cast(psycopg.Connection[Any], connection.connection.driver_connection)
