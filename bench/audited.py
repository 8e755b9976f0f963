"""How fast the audit is over very many cases, and whether its memory stays flat: `python -m bench.audited [CASES]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from bench.town import Town, opened
from service.adapters.database import tables
from service.adapters.database.row_marks import said_by
from service.demo.world import World
from service.domain.case import Case, JournalEntry
from service.domain.chain import GENESIS, Head, link
from service.domain.row_marks import row_hash
from service.usecases.audit import audit
from service.usecases.seal_journal import seal_journal

COPIED = (tables.task, tables.deadline, tables.attachment, tables.signature, tables.notice, tables.consent)
AT_ONCE = 500


def multiply(town: Town, case: Case, cases: int) -> None:
    """Let there be so many more cases like this one, each with a chain of its own that is right."""
    with town.program.database.engine.begin() as connection:
        whole = _rows(connection, tables.case, tables.case.c.id == case.id)[0]
        rows = {table: _rows(connection, table, table.c.case_id == case.id) for table in COPIED}
        lines = _rows(connection, tables.journal, tables.journal.c.case_id == case.id)
        for start in range(0, cases, AT_ONCE):
            keys = range(case.id + 1 + start, case.id + 1 + min(start + AT_ONCE, cases))
            own = [{"id": key, "number": f"P-2026-C{key}", "submission_id": f"copy-{key}"} for key in keys]
            connection.execute(insert(tables.case), [{**whole, **each} for each in own])
            for table, found in rows.items():
                free = {"task_id": None, "draft_id": None}
                given = [
                    {**{name: value for name, value in row.items() if name != "id"}, "case_id": key}
                    | {name: value for name, value in free.items() if name in table.c}
                    for key in keys
                    for row in found
                ]
                if given:
                    connection.execute(insert(table), given)
            _chains(
                connection,
                lines,
                {key: row_hash(_says({**whole, **each})) for key, each in zip(keys, own, strict=True)},
            )


def _says(row: dict[str, object]) -> dict[str, object]:
    return {column.name: row[column.name] for column in said_by(tables.case)}


def _own(row: list[Any], key: int | None, sha256: str | None) -> list[Any]:
    return [row[0], key, sha256 or row[2]]


def _chains(connection: Connection, lines: list[dict[str, Any]], hashes: Mapping[int, str]) -> None:
    """Each chain marks its own case; the other marked rows of the copies say the same as the first case's."""
    entries, ends = [], []
    consents = dict(connection.execute(select(tables.consent.c.case_id, tables.consent.c.id)).tuples().all())
    for key, sha256 in hashes.items():
        own = {"case": (key, sha256), "consent": (consents.get(key), None)}
        marked = [[_own(row, *own.get(row[0], (row[1], None))) for row in line["rows"]] for line in lines]
        fresh = [
            {name: value for name, value in line.items() if name != "id"} | {"case_id": key, "rows": rows}
            for line, rows in zip(lines, marked, strict=True)
        ]
        chain = [JournalEntry(**line) for line in fresh]
        ends.append(link(chain, Head(key, 0, GENESIS)))
        entries += chain
    names = [column.name for column in tables.journal.c if column.name != "id"]
    connection.execute(insert(tables.journal), [{name: getattr(entry, name) for name in names} for entry in entries])
    heads = [{"chain": end.chain, "length": end.length, "hash": end.hash, "sealed": 0} for end in ends]
    connection.execute(insert(tables.journal_head), heads)


def _rows(connection: Connection, table: Table, where: object) -> list[dict[str, object]]:
    found = connection.execute(select(table).where(where))  # type: ignore[arg-type]  # a condition
    return [dict(row) for row in found.mappings()]


def memory() -> int:
    """The most that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure on SQLite."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as made, World(Path(made)) as world:
        folder = Path(made)
        with opened(f"sqlite:///{folder / 'bench.db'}", folder, world) as town:
            case = town.filed()
            with town.program.database.engine.begin() as connection:
                connection.execute(update(tables.task).values(completed_by=None))
            multiply(town, case, cases)
            seal_journal(town.program)
            for files in (False, True):
                before, began, worked = memory(), time.perf_counter(), time.process_time()
                found = list(audit(town.program, files=files))
                taken, worked = time.perf_counter() - began, time.process_time() - worked
                lines = len(town.program.queries.case(case.id).journal)
                print(
                    f"{cases} cases of {lines} lines, files {files}: {taken:.1f} s, {cases / taken:.0f} cases/s, "
                    f"{cases / worked:.0f} cases a second of one core, "
                    f"memory {before} -> {memory()} MB, {len(found)} disagreements {found[:2]}"
                )


if __name__ == "__main__":
    main()
