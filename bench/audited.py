"""Very many cases that the audit finds right, each its own: `python -m bench.audited [CASES]` times it on SQLite."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text, update

from bench.town import FIRST, Town, look_through, opened
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
OWN = 100_000
"""The number of a copy is its key and this: six digits, which take the place of those of the case that is copied."""

Row = dict[str, Any]


def multiply(town: Town, case: Case, cases: int) -> None:
    """Let there be so many more cases like this one, of the town's first applicant.

    Each has numbers, names, answers and files of its own, and a chain of its own that is right.
    """
    with town.program.database.engine.begin() as connection:
        rows = {table: _rows(connection, table, table.c.case_id == case.id) for table in COPIED}
        rows = {tables.case: _rows(connection, tables.case, tables.case.c.id == case.id)} | rows
        lines = _rows(connection, tables.journal, tables.journal.c.case_id == case.id)
        last = connection.scalars(select(tables.case.c.id).order_by(tables.case.c.id.desc()).limit(1)).one()
        keys = {table: count(10_000_000 + 100 * last) for table in COPIED}
        for start in range(last + 1, last + 1 + cases, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, last + 1 + cases))
            copies = [_copies(town, rows, number, keys) for number in numbers]
            for table in rows:
                given = [row for copy in copies for row in copy[table]]
                if given:
                    connection.execute(insert(table), given)
            _chains(connection, lines, copies)
        counter = tables.counter.c
        connection.execute(update(tables.counter).where(counter.name == "case").values(value=counter.value + cases))
        if connection.dialect.name == "postgresql":  # its own numbers go on after the keys that were given here
            last = '(SELECT max(id) FROM "case")'
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('\"case\"', 'id'), {last})"))
    look_through(town.program.database.engine)


def _copies(
    town: Town, rows: Mapping[Table, list[Row]], number: int, keys: Mapping[Table, Iterator[int]]
) -> dict[Table, list[Row]]:
    """The rows once more for the case with this key, under keys, numbers and names of their own."""
    said = str(OWN + number)
    own = {"id": number, "number": f"P-2026-{said}", "submission_id": f"copy-{number}"}
    made = {tables.case: [{**_own(row, said), **own} for row in rows[tables.case]]}
    tasks = {row["id"]: next(keys[tables.task]) for row in rows[tables.task]}
    for table in COPIED:
        made[table] = []
        for row in rows[table]:
            key = tasks[row["id"]] if table is tables.task else next(keys[table])
            copy = {**_own(row, said), "id": key, "case_id": number}
            if "task_id" in row:
                copy["task_id"] = tasks.get(row["task_id"])
            made[table].append(copy)
    made[tables.outbox] = [{**row, "message_id": f"{number}/{row['id']}"} for row in made[tables.outbox]]
    for file in made[tables.attachment]:
        file["sha256"] = _file(town, file["sha256"], said)
    return made


def _own(row: Row, said: str) -> Row:
    """A row with the number of its case in place of that of the case that is copied."""
    return {name: _with(value, said) for name, value in row.items()}


def _with(value: Any, said: str) -> Any:
    if isinstance(value, str):
        return value.replace(str(FIRST), said)
    if isinstance(value, bytes):
        return value.replace(str(FIRST).encode(), said.encode())
    if isinstance(value, dict | list):
        return json.loads(json.dumps(value).replace(str(FIRST), said))
    return value


def _file(town: Town, sha256: str, said: str) -> str:
    """A file of its own, which says the number of its case; without the wait for the disk of a filing."""
    content = town.program.files.read(sha256).replace(str(FIRST).encode(), said.encode())
    found = hashlib.sha256(content).hexdigest()
    place = town.program.settings.instance / "files" / "kept" / found[:2] / found
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return found


def _mark(table: Table, row: Row) -> list[Any]:
    said = MARKED[table.name]
    return [table.name, row["id"], said.of_thing([row[name] for name in said.names]), NEW]


def _chains(connection: Connection, lines: list[Row], copies: list[dict[Table, list[Row]]]) -> None:
    """The last line of each chain marks every row of its case."""
    entries, ends = [], []
    for rows in copies:
        key = rows[tables.case][0]["id"]
        said = str(OWN + key)
        marks = [_mark(table, row) for table, found in rows.items() for row in found]
        fresh = [_own({name: line[name] for name in line if name not in {"id", "rows"}}, said) for line in lines]
        chain = [JournalEntry(**{**line, "case_id": key, "rows": []}) for line in fresh]
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


def main() -> None:
    """Measure on SQLite."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as made, World(Path(made)) as world:
        folder = Path(made)
        with opened(f"sqlite:///{folder / 'bench.db'}", folder, world) as town:
            multiply(town, town.filed(), cases)
            seal_journal(town.program)
            for files in (False, True):
                began, worked = time.perf_counter(), time.process_time()
                found = list(audit(town.program, files=files))
                taken, worked = time.perf_counter() - began, time.process_time() - worked
                print(
                    f"{cases} cases, files {files}: {taken:.1f} s, {cases / taken:.0f} cases/s, "
                    f"{cases / worked:.0f} cases a second of one core, {len(found)} disagreements {found[:2]}"
                )


if __name__ == "__main__":
    main()
