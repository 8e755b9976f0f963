"""A row of any table that was changed, removed or put in behind the program is found and named (L69.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    text,
    update,
)

from service.adapters.database import tables
from service.adapters.database.row_said import MARKED, OF_THE_OFFICE, UNMARKED, UNSAID
from service.adapters.database.types import Day, Instant, Word
from service.domain.audited import Disagreement
from service.domain.case import Breach, Case
from service.domain.corrections import RegisterCorrection
from service.domain.minutes import Minutes, MinutesRemark
from service.domain.overview import KeptMonth
from service.domain.people import SYSTEM
from service.domain.permit_life import PermitAct
from service.program import Program
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from service.usecases.claims import record_claim
from service.usecases.dated_settings import announce_break, change_setting
from service.usecases.file_access import request_access
from service.usecases.load_calendar import load_calendar
from service.usecases.seal_journal import seal_journal
from service.usecases.send_outbox import send_outbox
from tests.calendars import with_day
from tests.complaints import Complaints
from tests.program import CONFORMS, Story
from tests.usecases.beside import heard

NAMES = {"kk": "Министрлік", "ru": "Министерство", "en": "Ministry"}

Rows = Mapping[Table, dict[str, Any]]


@pytest.fixture
def eventful(complaints: Complaints) -> Complaints:
    """A town with a row in every table that the journal marks."""
    program, refusing = complaints.program, heard(complaints)
    granted = complaints.work("unit", complaints.complete("entrepreneur"), "task_examine", **CONFORMS)
    complaints.work("head", granted, "task_sign_permit", decision="sign")
    head, administrator = complaints.officer("head"), complaints.officer("administrator")
    now, today = program.clock.now(), program.clock.now().date()
    with program.unit_of_work() as uow:
        entry, minutes = uow.register.of_case(granted.id), uow.find(Minutes)
        assert entry is not None
        assert minutes is not None
        paper = uow.cases.documents(granted.id)[-1]
        uow.add(
            Breach(refusing.id, "deadline_review", now, now),
            RegisterCorrection(entry.id, "address", "Астна", "Астана", paper.id, now),
            MinutesRemark(refusing.id, minutes.id, now, "Шарт аталмаған.", late=False),
            KeptMonth(today.replace(day=1), now, {}),
        )
        uow.note(uow.get(Case, refusing.id), SYSTEM, "term_missed", "deadline_review")
        uow.commit()
    change_permit(program, entry.id, head, PermitAct.SUSPEND, today, "№ 12", "Заңның 6-бабы")
    request_access(program, refusing.id, complaints.applicant("company_head"), "Танысу үшін")
    complaints.complained(refusing)
    claim = {"court": "СМАС", "number": "7119-23", "filed_on": today, "plaintiff": "ЖШС", "contests": "inaction"}
    record_claim(program, head, {**claim, "case_number": refusing.number})
    change_setting(program, "provider_name", today, NAMES, "№ 1", administrator)
    announce_break(program, now + timedelta(days=2), now + timedelta(days=3), NAMES, administrator)
    load_calendar(program, with_day("2023-11-17", "holiday"), "№ 2", administrator)
    send_outbox(program)
    assert list(audit(program)) == []
    return complaints


def other(column: Column[Any], value: Any) -> Any:
    """Another value that the column can hold."""
    kind = column.type
    if isinstance(kind, Word):
        return next(word for word in kind.words if word != value)
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, JSON):
        return {"other": 1}
    if isinstance(kind, LargeBinary):
        return value + b"x"
    if isinstance(kind, Integer):
        return (value or 0) + 1000
    if isinstance(kind, Instant):
        return (value or datetime(2023, 1, 1, tzinfo=UTC)) + timedelta(hours=1)
    if isinstance(kind, Day):
        return (value or date(2023, 1, 1)) + timedelta(days=1)
    letters = len(value or "z")
    return ("y" if value == "z" * letters else "z") * letters


@contextmanager
def behind(program: Program) -> Iterator[Connection]:
    """Somebody writes into the database by SQL and asks no foreign key."""
    with program.database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=ON")


def latest(program: Program) -> Rows:
    """The last row of each table that the journal marks; of files the last that belongs to a case."""
    found = {}
    with program.database.engine.connect() as connection:
        for said in MARKED.values():
            query = select(said.table).order_by(said.table.c.id.desc())
            if said.table is tables.attachment:
                query = query.where(said.table.c.case_id.is_not(None))
            row = connection.execute(query).mappings().first()
            assert row is not None, f"the town has no {said.table.name}"
            found[said.table] = dict(row)
    return found


def named(told: list[Disagreement], rows: Rows, code: str) -> set[str]:
    """The tables whose row the audit does not name with this finding."""
    places = {(each.what, each.data.get("row")) for each in told if each.code == code}
    return {table.name for table, row in rows.items()} - {
        table.name for table, row in rows.items() if (table.name, row["id"]) in places
    }


@pytest.mark.law("L69.1", "R11.2")
def test_a_row_of_any_table_that_is_changed_removed_or_put_in_is_found_and_named(eventful: Complaints) -> None:
    program, rows = eventful.program, latest(eventful.program)
    for table, row in rows.items():
        said = MARKED[table.name]
        held = said.of_thing([row[name] for name in said.names])
        for column in said.columns:
            changed = {**row, column.name: other(column, row[column.name])}
            assert said.of_thing([changed[name] for name in said.names]) != held, column

    def put_back(connection: Connection, row: dict[str, Any], table: Table) -> None:
        connection.execute(update(table).where(table.c.id == row["id"]).values(row))

    with behind(program) as connection:
        for table, row in rows.items():
            column = MARKED[table.name].columns[-1]
            connection.execute(
                update(table).where(table.c.id == row["id"]).values({column.name: other(column, row[column.name])})
            )
    assert named(list(audit(program, files=False)), rows, "row_changed") == set()

    with behind(program) as connection:
        for table, row in rows.items():
            put_back(connection, row, table)
            if table is not tables.case:  # a case that is gone as a whole leaves its journal
                connection.execute(delete(table).where(table.c.id == row["id"]))
    gone = {table: row for table, row in rows.items() if table is not tables.case}
    assert named(list(audit(program, files=False)), gone, "row_taken_away") == set()

    copies = {table: copied(program, table, row) for table, row in gone.items()}
    with behind(program) as connection:
        for table, row in gone.items():
            connection.execute(insert(table), [row, copies[table]])
    assert named(list(audit(program, files=False)), copies, "row_put_in") == set()

    with behind(program) as connection:
        for table, row in copies.items():
            connection.execute(delete(table).where(table.c.id == row["id"]))
    assert list(audit(program)) == []


def copied(program: Program, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The same row once more, with another key and other numbers, at a case that may have it."""
    rules = [set(rule.columns.keys()) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    unique = set[str]().union(*rules) - {"case_id"}
    copy = {name: other(table.c[name], value) if name in unique else value for name, value in row.items()}
    copy["id"] = 9000 + row["id"]
    if {"case_id"} in rules:
        with program.database.engine.connect() as connection:
            free = select(tables.case.c.id).where(tables.case.c.id.not_in(select(table.c.case_id)))
            copy["case_id"] = connection.scalars(free.where(tables.case.c.id != row["case_id"])).first()
    return copy


@pytest.mark.law("L69.1")
def test_what_is_changed_before_the_program_writes_on_it_is_found_afterwards(story: Story) -> None:
    case = story.assigned()
    task = story.open_task(case)
    with behind(story.program) as connection:
        connection.execute(update(tables.task).where(tables.task.c.id == task.id).values(role="head"))
        connection.execute(
            update(tables.task).where(tables.task.c.id == task.id).values(role="unit", opened_at=task.due_at)
        )
    story.work("unit", case, "task_check_completeness", complete="yes")
    (found,) = audit(story.program)
    assert (found.case_number, found.what, found.code) == (case.number, "task", "row_changed_before")
    assert found.data["row"] == task.id


@pytest.mark.law("L69.1")
def test_a_closed_case_that_ends_otherwise_is_found(complaints: Complaints) -> None:
    case = complaints.not_considered()
    with behind(complaints.program) as connection:
        connection.execute(update(tables.case).where(tables.case.c.id == case.id).values(outcome="withdrawn"))
    assert [(each.case_number, each.what, each.code) for each in audit(complaints.program)] == [
        (case.number, "case", "row_changed")
    ]


@pytest.mark.law("L69.1", "A3.3")
def test_a_counter_that_is_turned_is_found(story: Story) -> None:
    story.filed()
    with behind(story.program) as connection:
        connection.execute(update(tables.counter).where(tables.counter.c.name == "case").values(value=7))
    assert [(each.what, each.data["value"], each.data["used"]) for each in audit(story.program)] == [("counter", 7, 1)]


@pytest.mark.law("L69.1", "A3.3")
def test_a_counter_that_is_taken_away_is_found_before_a_number_is_given_twice(eventful: Complaints) -> None:
    assert seal_journal(eventful.program)
    with behind(eventful.program) as connection:
        gone = connection.scalars(select(tables.counter.c.name)).all()
        connection.execute(delete(tables.counter))
    found = [each for each in audit(eventful.program) if each.what == "counter"]
    assert sorted(each.data["series"] for each in found) == sorted(gone)
    assert {"KZ", "AS", "case", "complaint", "seal"} <= set(gone)
    assert all(each.data["value"] == 0 < each.data["used"] for each in found)


@pytest.mark.law("L69.1")
def test_every_table_and_column_is_marked_or_says_why_it_is_not() -> None:
    every = set(tables.metadata.tables)
    assert MARKED.keys() | UNMARKED.keys() == every
    assert not MARKED.keys() & UNMARKED.keys()
    assert UNMARKED.keys() <= every
    for name, said in MARKED.items():
        beside = set(UNSAID.get(name, {})) | {"id", "case_id"}
        assert set(said.names) | beside >= {column.name for column in said.table.c}, name
        assert set(UNSAID.get(name, {})) <= {column.name for column in said.table.c}, name
        assert said.table in OF_THE_OFFICE or said.chains, name
