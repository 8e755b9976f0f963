"""Very many cases at once: copies of one real case, each with its own number and names, written by the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table, func, select, text

from bench.town import Town
from service.adapters.database import tables
from service.domain.case import Case

LINES = 10
"""Journal lines of each case."""


def multiply(town: Town, case: Case, cases: int) -> None:
    """Let there be so many more cases like this one, with their task, terms and ten journal lines each."""
    with town.program.database.engine.begin() as connection:
        before = _highest(connection, tables.case)
        copy = f"({before} + n)"
        own = {
            "id": copy,
            "number": f"'P-2026-C' || {copy}",
            "submission_id": f"'copy-' || {copy}",
            "applicant_name": f"'Көшірме ' || {copy}",
            "search_name": f"'көшірме ' || {copy}",
            "bin": f"'30' || (1000000000 + {copy})",
        }
        _copy(connection, tables.case, cases, f"source.id = {case.id}", own)
        task = _highest(connection, tables.task)
        open_task = town.open_task(case).id
        _copy(connection, tables.task, cases, f"source.id = {open_task}", {"id": f"({task} + n)", "case_id": copy})
        terms = {"case_id": copy, "task_id": f"CASE WHEN source.task_id = {open_task} THEN {task} + n END"}
        _copy(connection, tables.deadline, cases, f"source.case_id = {case.id}", terms)
        _copy(connection, tables.journal, cases, f"source.case_id = {case.id}", {"case_id": copy}, LINES)
        _copy(connection, tables.journal_head, cases, f"source.chain = {case.id}", {"chain": copy})
        if connection.dialect.name == "postgresql":
            for table in (tables.case, tables.task):
                name, last = f'"{table.name}"', _highest(connection, table)
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})"))
    with town.program.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"))


def _highest(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.max(table.c.id))) or 0)


def _copy(
    connection: Connection, table: Table, times: int, where: str, changed: Mapping[str, str], rows: int = 1000
) -> None:
    """Copy the rows of a table so many times, at most `rows` each time, with these columns changed."""
    given = [column.name for column in table.columns if column.name != "id" or "id" in changed]
    chosen = ", ".join(changed.get(name, f'source."{name}"') for name in given)
    into = ", ".join(f'"{name}"' for name in given)
    connection.execute(
        text(
            f'INSERT INTO "{table.name}" ({into}) WITH RECURSIVE counted(n) AS '
            f"(SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {times}) "
            f'SELECT {chosen} FROM counted, (SELECT * FROM "{table.name}" AS source WHERE {where} LIMIT {rows}) source'
        )
    )
