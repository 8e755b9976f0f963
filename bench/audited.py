"""How fast the audit is over very many cases, and whether its memory stays flat: `python -m bench.audited [CASES]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from bench.town import Town, opened
from service.adapters.database import tables
from service.adapters.database.row_said import MARKED
from service.demo.world import World
from service.domain.case import Case, JournalEntry
from service.domain.chain import BEGUN, GENESIS, Head, link
from service.domain.row_marks import NEW
from service.usecases.audit import audit
from service.usecases.seal_journal import seal_journal

COPIED = (
    tables.task, tables.deadline, tables.attachment, tables.signature, tables.notice, tables.consent, tables.outbox,
    tables.state_data,
)  # fmt: skip
AT_ONCE = 500

Row = dict[str, Any]


def multiply(town: Town, case: Case, cases: int) -> None:
    """Let there be so many more cases like this one, each with a chain of its own that is right."""
    with town.program.database.engine.begin() as connection:
        rows = {table: _rows(connection, table, table.c.case_id == case.id) for table in COPIED}
        rows = {tables.case: _rows(connection, tables.case, tables.case.c.id == case.id)} | rows
        lines = _rows(connection, tables.journal, tables.journal.c.case_id == case.id)
        keys = {table: count(10_000_000) for table in COPIED}
        for start in range(0, cases, AT_ONCE):
            copies = [
                _copies(rows, number, keys)
                for number in range(case.id + 1 + start, case.id + 1 + min(start + AT_ONCE, cases))
            ]
            for table in rows:
                given = [row for copy in copies for row in copy[table]]
                if given:
                    connection.execute(insert(table), given)
            _chains(connection, lines, copies)
        numbers = tables.counter.c
        connection.execute(update(tables.counter).where(numbers.name == "case").values(value=numbers.value + cases))


def _copies(
    rows: Mapping[Table, list[Row]], number: int, keys: Mapping[Table, Iterator[int]]
) -> dict[Table, list[Row]]:
    """The rows once more for the case with this number, under keys and names of their own."""
    own = {"id": number, "number": f"P-2026-C{number}", "submission_id": f"copy-{number}"}
    free = {"case_id": number, "task_id": None, "draft_id": None}
    made = {tables.case: [{**row, **own} for row in rows[tables.case]]}
    for table in COPIED:
        fixed = {name: value for name, value in free.items() if name in table.c}
        made[table] = [{**row, **fixed, "id": next(keys[table])} for row in rows[table]]
    made[tables.outbox] = [{**row, "message_id": f"{number}/{row['id']}"} for row in made[tables.outbox]]
    return made


def _mark(table: Table, row: Row) -> list[Any]:
    said = MARKED[table.name]
    return [table.name, row["id"], said.of_thing([row[name] for name in said.names]), NEW]


def _chains(connection: Connection, lines: list[Row], copies: list[dict[Table, list[Row]]]) -> None:
    """The last line of each chain marks every row of its case."""
    entries, ends = [], []
    for rows in copies:
        key = rows[tables.case][0]["id"]
        marks = [_mark(table, row) for table, found in rows.items() for row in found]
        fresh = [{name: value for name, value in line.items() if name != "id"} | {"case_id": key} for line in lines]
        chain = [JournalEntry(**{**line, "rows": []}) for line in fresh]
        chain[0].rows, chain[-1].rows = [BEGUN], marks
        ends.append(link(chain, Head(key, 0, GENESIS)))
        entries += chain
    names = [column.name for column in tables.journal.c if column.name != "id"]
    connection.execute(insert(tables.journal), [{name: getattr(entry, name) for name in names} for entry in entries])
    heads = [{"chain": end.chain, "length": end.length, "hash": end.hash, "sealed": 0} for end in ends]
    connection.execute(insert(tables.journal_head), heads)


def _rows(connection: Connection, table: Table, where: object) -> list[Row]:
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
