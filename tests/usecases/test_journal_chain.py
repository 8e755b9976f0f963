"""The journal is one chain per case, sealed by the system's key; whatever is done behind the program is found."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from sqlalchemy import Engine, event, select

from service.adapters.database import tables
from service.domain.case import Case, JournalEntry
from service.domain.chain import GENESIS, OFFICE, Head, Seal, first_break
from service.domain.people import SYSTEM
from service.program import Program
from service.usecases.seal_journal import seal_journal
from service.usecases.tasks import complete_task
from tests.program import Story


def lines(program: Program, case: Case) -> list[JournalEntry]:
    return list(program.queries.case(case.id).journal)


def head(program: Program, chain: int) -> Head:
    row = tables.journal_head
    with program.database.engine.connect() as connection:
        found = connection.execute(select(row.c.chain, row.c.length, row.c.hash).where(row.c.chain == chain)).one()
    return Head(*found)


@contextmanager
def statements(engine: Engine) -> Iterator[tuple[list[str], list[object]]]:
    """What the last transaction meanwhile asks the database, and what it is told to keep."""
    asked: list[str] = []
    commits: list[object] = []

    def hear(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    def ended(connection: object) -> None:
        commits.append(connection)

    def begun(connection: object) -> None:
        asked.clear()

    event.listen(engine, "before_cursor_execute", hear)
    event.listen(engine, "commit", ended)
    event.listen(engine, "begin", begun)
    try:
        yield asked, commits
    finally:
        event.remove(engine, "before_cursor_execute", hear)
        event.remove(engine, "commit", ended)
        event.remove(engine, "begin", begun)


@pytest.mark.law("L69.1")
def test_every_line_of_a_case_hangs_on_the_one_before_it(story: Story) -> None:
    case = story.complete()
    written = lines(story.program, case)
    assert [line.sequence for line in written] == list(range(1, len(written) + 1))
    assert written[0].previous == GENESIS
    assert first_break(written, Head(case.id, 0, GENESIS)) is None
    assert head(story.program, case.id) == Head(case.id, len(written), written[-1].hash)


@pytest.mark.law("L69.1")
def test_what_happened_earlier_keeps_both_times(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T12:00:00", chores=True)
    missed = next(line for line in lines(story.program, case) if line.action == "term_missed")
    assert missed.happened_at is not None
    assert missed.happened_at < missed.at


@pytest.mark.law("L69.1")
def test_reading_and_writing_the_journal_leaves_the_version_of_the_case(story: Story) -> None:
    case = story.filed()
    with story.program.unit_of_work() as uow:
        uow.note(uow.get(Case, case.id), SYSTEM, "message_delayed", "mail")
        uow.commit()
    assert story.now(case).version == case.version


@pytest.mark.law("L69.1")
def test_two_writers_on_one_chain_continue_each_other(story: Story) -> None:
    case, program = story.filed(), story.program
    before, together = len(lines(program, case)), Barrier(4)

    def write(number: int) -> None:
        together.wait()
        for turn in range(5):
            with program.unit_of_work() as uow:
                uow.note(None, SYSTEM, "message_delayed", "mail", number=number)
                uow.note(uow.get(Case, case.id), SYSTEM, "message_delayed", "mail", number=number, turn=turn)
                uow.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    written = lines(program, case)
    assert len(written) == before + 20
    assert first_break(written, Head(case.id, 0, GENESIS)) is None
    with program.reading() as uow:
        office = uow.audit.office_lines(0, before + 100)
    assert len(office) >= 20
    assert first_break(office, Head(OFFICE, 0, GENESIS)) is None


@pytest.mark.law("L69.1")
def test_completing_a_task_costs_few_statements_and_one_commit(story: Story) -> None:
    # The program has read the calendar and the edition.
    story.work("unit", story.assigned("entrepreneur"), "task_check_completeness", complete="yes")
    case = story.assigned()
    task, officer = story.open_task(case), story.officer("unit")
    with statements(story.program.database.engine) as (asked, commits):
        complete_task(story.program, task.id, officer, {"complete": ["yes"]})
    steps = [text for text in asked if not text.startswith("BEGIN")]
    # Two write the journal with its chain, whose end came with the case; one makes sure of the calendar in force.
    assert len([text for text in steps if "INTO journal" in text]) == 2
    assert len(steps) <= 12, "\n".join(text[:90] for text in steps)
    assert len(commits) == 1


@pytest.mark.law("L69.1")
def test_who_knew_an_older_end_of_the_chain_continues_the_newest(story: Story) -> None:
    case, program = story.filed(), story.program
    with program.unit_of_work() as uow:
        locked = uow.cases.lock(case.id)
        uow.cases.ends[case.id] = Head(case.id, 1, GENESIS)  # type: ignore[attr-defined]  # as it was for a slow reader
        uow.note(locked, SYSTEM, "message_delayed", "mail")
        uow.commit()
    written = lines(program, case)
    assert written[-1].action == "message_delayed"
    assert first_break(written, Head(case.id, 0, GENESIS)) is None
    assert head(program, case.id) == Head(case.id, len(written), written[-1].hash)


@pytest.mark.law("L69.1")
def test_a_seal_names_the_ends_that_have_grown_and_hangs_on_the_seal_before(story: Story) -> None:
    seal_journal(story.program)
    case = story.filed()
    assert seal_journal(story.program) == 1
    assert seal_journal(story.program) == 0
    with story.program.reading() as uow:
        *_, before, last = uow.list(Seal)
    assert [case.id] == [chain for chain, *_rest in last.heads if chain != OFFICE]
    assert last.previous == before.hash
    assert [number for number, _hash in story.program.seals.hashes()] == [before.number, last.number]
