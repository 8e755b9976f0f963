"""Very many cases at once: each has its own numbers, names and answers, written by the database from one real case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import JSON, Connection, Engine, LargeBinary, Table, func, select, text, update

from bench.town import FIRST, Town, look_through
from service.adapters.database import tables
from service.domain.case import Case

OWN = 100_001
"""The number of the first copy: six digits, which take the place of those of the case that is copied."""

SAID = frozenset({"iin", "bin", "applicant_name", "search_name", "fields", "manifest", "name", "actor", "details"})
"""The columns in which the number of the case that is copied may stand."""

LATE, ENTERED, SUSPENDED = 10, 2, 50
"""Every tenth case is late; every second applicant has a permit; every fiftieth permit is suspended."""

ENTRY = {
    "case_id": "source.id", "number": "'KZ-2026-' || substr(source.bin, 7)", "holder_name": "source.applicant_name",
    "holder_kind": "source.applicant_kind", "iin": "source.iin", "bin": "source.bin",
    "platform": "'Платформа ' || substr(source.bin, 7)", "purpose": "'Мақсат ' || substr(source.bin, 7)",
    "address": "'010000, Астана, ' || substr(source.bin, 7)", "search_name": "source.search_name", "round": "0",
}  # fmt: skip
"""What an entry of the register says, from its case."""


@dataclass
class Crowd:
    """So many copies of a case of the town's first applicant."""

    town: Town
    model: Case
    cases: int = 0

    @property
    def engine(self) -> Engine:
        """The town's database."""
        return self.town.program.database.engine

    def grow(self, cases: int) -> None:
        """Let there be so many more cases, with their tasks, terms, files, notices and lines of the journal."""
        with self.engine.begin() as connection:
            copy = _Copy(connection, self.model, cases, OWN + self.cases)
            copy.rows(tables.case, {"id": copy.key, "number": f"'P-2026-' || {copy.own}", "submission_id": copy.own})
            copy.rows(tables.task, {"id": copy.task("source.id"), "case_id": copy.key})
            copy.rows(tables.deadline, {"case_id": copy.key, "task_id": copy.task("source.task_id")})
            copy.rows(tables.attachment, {"case_id": copy.key, "sha256": f"{copy.own} || substr(source.sha256, 7)"})
            for table in (tables.notice, tables.journal):
                copy.rows(table, {"case_id": copy.key})
            copy.rows(tables.journal_head, {"chain": copy.key})
            copy.count_on()
        self.cases += cases
        look_through(self.engine)

    def settle(self) -> None:
        """Let some be late whose terms were noticed, and many applicants stand in the register, some suspended."""
        now = self.town.program.clock.now()
        task, deadline = tables.task.c, tables.deadline.c
        late = select(task.id).where(tables.task_is_open, task.case_id % LATE == 0)
        with self.engine.begin() as connection:
            passed = update(tables.deadline).where(tables.deadline_waits, deadline.task_id.in_(late))
            connection.execute(passed.values(fired_at=now))
            behind = update(tables.task).where(task.id.in_(late))
            connection.execute(behind.values(due_at=now - timedelta(days=1)))
            issued, until = (_day(connection, day, "source.id % 70") for day in ("2026-01-05", "2029-01-04"))
            entry = {**ENTRY, "issued_on": issued, "valid_until": until}
            with_permit = f"source.id <> {self.model.id} AND source.id % {ENTERED} = 0"
            _insert(connection, tables.register_entry, entry, tables.case, with_permit)
            change = {
                "entry_id": "source.id", "status": "'suspended'", "from_on": "source.issued_on", "basis": "'№ 1'",
                "recorded_at": "CURRENT_TIMESTAMP", "withdrawal_reason": "''",
            }  # fmt: skip
            _insert(connection, tables.register_change, change, tables.register_entry, f"source.id % {SUSPENDED} = 0")
        look_through(self.engine)


class _Copy:
    """Copies of the rows of one case: `key` and `own` are the key and the number of the n-th copy, as SQL."""

    def __init__(self, connection: Connection, model: Case, cases: int, first: int) -> None:
        self.connection, self.model, self.cases = connection, model, cases
        self.key = f"({_highest(connection, tables.case)} + n)"
        self.own = f"CAST({first - 1} + n AS {_text(connection)})"
        ids = select(tables.task.c.id).where(tables.task.c.case_id == model.id).order_by(tables.task.c.id)
        self._tasks, self._before = connection.scalars(ids).all(), _highest(connection, tables.task)

    def task(self, key: str) -> str:
        """The key of a copied task."""
        places = " ".join(f"WHEN {each} THEN {place}" for place, each in enumerate(self._tasks, 1))
        return f"({self._before} + (n - 1) * {len(self._tasks)} + CASE {key} {places} END)"

    def rows(self, table: Table, changed: Mapping[str, str]) -> None:
        """Copy the rows that a table has of the case, with its number everywhere replaced by the copy's."""
        given = {
            column.name: changed.get(column.name, self._said(table, column.name))
            for column in table.columns
            if column.name != "id" or "id" in changed
        }
        of_case = {tables.case: "id", tables.journal_head: "chain"}.get(table, "case_id")
        numbers = (
            "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL "
            f"SELECT n + 1 FROM counted WHERE n < {self.cases}) SELECT n FROM counted) AS numbers, "
        )
        _insert(self.connection, table, given, table, f"source.{of_case} = {self.model.id}", numbers)

    def count_on(self) -> None:
        """Let PostgreSQL's own numbers go on after the keys that were given here."""
        if self.connection.dialect.name == "postgresql":
            for table in (tables.case, tables.task):
                last = _highest(self.connection, table)
                told = f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {last})"
                self.connection.execute(text(told))

    def _said(self, table: Table, name: str) -> str:
        kind, column = table.c[name].type, f'source."{name}"'
        if name not in SAID:
            return column
        written = _text(self.connection)
        replaced = "replace({}, '" + f"{FIRST}', {self.own})"
        if isinstance(kind, LargeBinary) and written == "text":
            return f"convert_to({replaced.format(f'convert_from({column}, {UTF8})')}, {UTF8})"
        back = "json" if written == "text" else "text"
        if isinstance(kind, LargeBinary):
            back = "blob"
        kept = replaced.format(f"CAST({column} AS {written})")
        return f"CAST({kept} AS {back})" if isinstance(kind, JSON | LargeBinary) else kept


UTF8 = "'UTF8'"


def _insert(
    connection: Connection, table: Table, given: Mapping[str, str], source: Table, where: str, beside: str = ""
) -> None:
    """Write rows of a table from those of a source."""
    into = ", ".join(f'"{name}"' for name in given)
    rows = f'(SELECT * FROM "{source.name}" AS source WHERE {where}) AS source'
    connection.execute(
        text(f'INSERT INTO "{table.name}" ({into}) SELECT {", ".join(given.values())} FROM {beside}{rows}')
    )


def _highest(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.max(table.c.id))) or 0)


def _text(connection: Connection) -> str:
    return "text" if connection.dialect.name == "postgresql" else "TEXT"


def _day(connection: Connection, day: str, later: str) -> str:
    """A day so many days later, as each database counts."""
    if connection.dialect.name == "postgresql":
        return f"CAST('{day}' AS date) + CAST({later} AS integer)"
    return f"date('{day}', '+' || ({later}) || ' days')"
