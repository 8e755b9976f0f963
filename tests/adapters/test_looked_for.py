"""What is looked for among very many rows is read from an index alone, the newest first."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Select, select, text

from service.adapters.database import tables
from service.adapters.database.case_search import matches
from service.adapters.database.connection import connect
from service.adapters.database.public_queries import found_by

CASE, ENTRY = tables.case.c, tables.register_entry.c
FEW = 20

QUESTIONS = {
    "a part of a name": (select(CASE.id).where(matches("үлгі")).order_by(CASE.id.desc()), "ix_case_looked_for"),
    "a part of a number": (select(CASE.id).where(matches("00012")).order_by(CASE.id.desc()), "ix_case_looked_for"),
    "of those that are open": (
        select(CASE.id).where(matches("үлгі"), CASE.state == "open").order_by(CASE.id.desc()), "ix_case_looked_for"
    ),
    "a part of a holder's name": (
        select(ENTRY.id)
        .where(ENTRY.issued_on <= date(2026, 4, 21), found_by("үлгі"))
        .order_by(ENTRY.issued_on.desc(), ENTRY.id.desc()),
        "ix_register_entry_looked_for",
    ),
}  # fmt: skip


@pytest.mark.law("R11.2")
@pytest.mark.parametrize("what", QUESTIONS)
def test_a_search_reads_its_index_from_the_newest_on_and_not_the_rows(database_url: str, what: str) -> None:
    query, index = QUESTIONS[what]
    plan = planned(database_url, query.limit(FEW))
    if database_url.startswith("sqlite"):
        assert f"USING COVERING INDEX {index}" in plan
        assert "TEMP B-TREE" not in plan
    else:
        assert f"Index Only Scan Backward using {index}" in plan
        assert "Sort" not in plan


def planned(url: str, query: Select[tuple[int]]) -> str:
    """How the database answers a question."""
    engine = connect(url)
    said = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # There are hardly any rows: it would rather read them all.
            connection.execute(text("SET enable_seqscan = off"))
            connection.execute(text("SET enable_bitmapscan = off"))
        asked = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        rows = connection.exec_driver_sql(f"{asked} {said}").all()
    engine.dispose()
    return "\n".join(str(row[-1]) for row in rows)
