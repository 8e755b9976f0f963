"""What somebody types into SQLite and is no instant, day or JSON is named by the audit, and harms nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text as sql

from service import scheduler
from service.adapters.clock import MachineClock
from service.cli import main
from service.domain.errors import Unreadable
from service.usecases.audit import audit
from service.usecases.drafts import open_draft
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.retention import remove_old_drafts
from service.usecases.seal_journal import seal_journal
from service.usecases.times import TimeShelf
from tests.complaints import Complaints
from tests.program import LETTER, TITLE, TRADE, Story
from tests.web.ground_visitor import heading
from tests.web.office import Office

pytestmark = pytest.mark.one_database("PostgreSQL takes no such value")
SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"])
"""PostgreSQL takes no such value."""


def typed(story: Story, table: str, column: str, value: str | int | bytes, where: str = "1") -> None:
    """Type a value into the first of these rows."""
    with story.program.database.engine.begin() as connection:
        row = connection.scalar(sql(f'SELECT min(rowid) FROM "{table}" WHERE {where}'))
        assert row is not None
        connection.execute(sql(f'UPDATE "{table}" SET "{column}" = :value WHERE rowid = {row}'), {"value": value})


@dataclass(frozen=True)
class Nonsense:
    """Where it stands, and what the audit says of it."""

    table: str
    column: str
    value: str | int | bytes
    says: tuple[str, str]
    where: str = "1"


OF_CASE = [
    Nonsense("journal", "at", "ертең", ("journal", "chain_broken"), "case_id = 1"),
    Nonsense("journal", "happened_at", "", ("journal", "chain_broken"), "case_id = 1"),
    Nonsense("journal", "details", "{", ("journal", "chain_broken"), "case_id = 1 AND action = 'refusal_issued'"),
    Nonsense("journal", "details", "3", ("journal", "chain_broken"), "case_id = 1 AND action = 'refusal_issued'"),
    Nonsense("journal", "rows", "[[", ("journal", "chain_broken"), "case_id = 1"),
    Nonsense("deadline", "due_at", "2023-13-45 99:00:00", ("deadline", "row_changed")),
    Nonsense("deadline", "due_at", 17, ("deadline", "row_changed")),
    Nonsense("case", "received_at", "", ("case", "row_changed")),
    Nonsense("case", "fields", "{", ("case", "row_changed")),
    Nonsense("case", "engine_state", "мәтін", ("case", "row_changed")),
    Nonsense("case", "applicant_name", b"\xff\xfe", ("case", "row_changed")),
    Nonsense("case", "registered_on", "ертең", ("case", "row_changed")),
    Nonsense("hearing", "held_on", 17, ("hearing", "row_changed")),
    Nonsense("document", "content", "ештеңе", ("document", "row_changed")),
    Nonsense("document", "annulled_at", "кеше", ("document", "row_changed")),
]
OF_NONE = [
    Nonsense("journal", "at", "ертең", ("journal", "chain_broken"), "case_id IS NULL"),
    Nonsense("journal", "details", "", ("journal", "chain_broken"), "case_id IS NULL"),
    Nonsense("seal", "at", "ертең", ("seals", "seal_broken")),
    Nonsense("seal", "heads", "{", ("seals", "seal_broken")),
    Nonsense("seal", "signature", 7, ("seals", "seal_unsigned")),
    Nonsense("journal_head", "sealed", "көп", ("seals", "office_unsealed"), "chain = 0"),
    Nonsense("edition", "bundle", "мәтін", ("edition", "row_changed")),
    Nonsense("role_assignment", "acting", "иә", ("role_assignment", "row_changed")),
    Nonsense("counter", "value", "сан", ("counter", "counter"), "name = 'seal'"),
    Nonsense("task", "draft", "{", ("task", "value_unreadable")),
    Nonsense("task", "claimed_at", "", ("task", "value_unreadable"), "claimed_at IS NULL"),
    Nonsense("deadline", "fired_at", "", ("deadline", "value_unreadable"), "fired_at IS NULL"),
    Nonsense("deadline", "retry_at", "ертең", ("deadline", "value_unreadable")),
    Nonsense("outbox", "due_at", "", ("outbox", "value_unreadable")),
    Nonsense("draft", "answers", "", ("draft", "value_unreadable")),
]


def name(nonsense: Any) -> str:
    return f"{nonsense.table}.{nonsense.column} {nonsense.value!r}"


@SQLITE
@pytest.mark.law("L69.1")
@pytest.mark.parametrize("nonsense", [*OF_CASE, *OF_NONE], ids=name)
def test_the_audit_names_what_cannot_be_read_and_goes_on(complaints: Complaints, nonsense: Nonsense) -> None:
    case = complaints.refused()
    assert seal_journal(complaints.program)
    assert not list(audit(complaints.program))
    typed(complaints, nonsense.table, nonsense.column, nonsense.value, nonsense.where)
    typed(complaints, "counter", "value", 17, "name = 'case'")
    found = list(audit(complaints.program))
    number = case.number if nonsense in OF_CASE else ""
    assert (number, *nonsense.says) in [(each.case_number, each.what, each.code) for each in found]
    assert found[-1].code == "counter"


OF_OTHER_SIGNS = [
    ("case", "applicant_name", ("case", "row_changed")),
    ("case", "number", ("case", "row_changed")),
    ("case", "received_at", ("case", "row_changed")),
    ("journal", "actor", ("journal", "chain_broken")),
    ("journal", "hash", ("journal", "chain_broken")),
    ("journal_head", "hash", ("journal", "chain_end")),
    ("journal_head", "sealed", ("seals", "office_unsealed")),
    ("seal", "signature", ("seals", "seal_unsigned")),
    ("document", "content", ("document", "row_changed")),
    ("attachment", "sha256", ("files", "fault")),
    ("edition", "act", ("edition", "row_changed")),
    ("task", "failure", ("task", "value_unreadable")),
    ("outbox", "due_at", ("outbox", "value_unreadable")),
    ("outbox", "attempts", ("outbox", "value_unreadable")),
    ("draft", "id", ("draft", "value_unreadable")),
    ("counter", "name", ("counter", "counter")),
]


@SQLITE
@pytest.mark.law("L69.1")
@pytest.mark.parametrize(("table", "column", "says"), OF_OTHER_SIGNS)
def test_the_audit_names_a_text_that_is_no_utf_8_and_goes_on(
    complaints: Complaints, monkeypatch: pytest.MonkeyPatch, table: str, column: str, says: tuple[str, str]
) -> None:
    complaints.refused()
    assert seal_journal(complaints.program)
    with complaints.program.database.engine.begin() as connection:
        nonsense = f'UPDATE "{table}" SET "{column}" = CAST(x\'d2ff\' AS TEXT) WHERE rowid = (SELECT min(rowid)'
        connection.execute(sql(f'{nonsense} FROM "{table}")'))
        connection.execute(sql("UPDATE counter SET value = 17 WHERE value = 1"))
    found = list(audit(complaints.program))
    assert says in [(each.what, each.code) for each in found]
    assert found[-1].code == "counter"
    monkeypatch.setattr("service.cli.audit.program", lambda: complaints.program)
    assert CliRunner().invoke(main, ["audit", "--lang", "en"]).stdout.count("\n") == len(found) + 1
    with pytest.raises(Unreadable), complaints.program.reading() as uow:
        uow.session.execute(sql(f'SELECT "{column}" FROM "{table}"')).all()  # type: ignore[attr-defined]


@SQLITE
@pytest.mark.law("L69.1")
@pytest.mark.parametrize(("column", "value"), [("received_at", "ертең"), ("fields", "{"), ("closed_at", "")])
def test_a_case_that_cannot_be_read_gives_the_page_that_says_so_and_the_others_go_on(
    story: Story, column: str, value: str
) -> None:
    broken, whole = story.filed(), story.file("entrepreneur", TRADE, [TITLE, LETTER])
    typed(story, "case", column, value, f"id = {broken.id}")
    office = Office(story)
    said = {"kk": "Біздің жақта ақау болды", "ru": "У нас произошёл сбой", "en": "Something broke on our side"}
    for language, title in said.items():
        desk = office.desk("chancellery", language)
        answer = desk.get(f"/office/cases/{broken.id}")
        assert (answer.status_code, heading(answer)) == (500, title)
        assert desk.get(f"/office/cases/{whole.id}").status_code == 200
    story.work("chancellery", whole, "task_assign", executor=str(story.officer("unit").officer_id))
    assert story.open_task(whole).element == "task_check_completeness"


@SQLITE
@pytest.mark.law("R10.2")
@pytest.mark.parametrize(
    ("table", "column", "command"),
    [
        ("case", "received_at", ["prove", "P-2023-000001", "terms.json"]),
        ("case", "registered_on", ["prove", "P-2023-000001", "terms.json"]),
        ("case", "registered_on", ["migrate", "permit", "--to", "1", "--dry-run"]),
        ("edition", "in_force_from", ["deploy"]),
        ("role_assignment", "valid_until", ["user", "list"]),
    ],
)
def test_commands_that_meet_such_a_value_say_so_in_one_line(
    story: Story, monkeypatch: pytest.MonkeyPatch, table: str, column: str, command: list[str]
) -> None:
    story.filed()
    typed(story, table, column, "ертең")
    just_started = replace(story.program, times=TimeShelf(story.program.database.reading, MachineClock().now))
    monkeypatch.setattr("service.cli.common.build", lambda settings: just_started)
    said = {
        "kk": "Дерекқорда оқылмайтын мән бар: ертең.",
        "ru": "В базе есть значение, которое не читается: ертең.",
        "en": "The database holds a value that cannot be read: ертең.",
    }
    for language, sentence in said.items():
        monkeypatch.setenv("LC_ALL", f"{language}_KZ.UTF-8")
        told = CliRunner().invoke(main, command)
        assert (told.exit_code, sentence in told.stderr, told.stderr.count("\n")) == (2, True, 1), told.output


@SQLITE
@pytest.mark.law("R8.2")
def test_terms_of_other_cases_end_beside_one_that_cannot_be_read(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = story.assigned(), story.file("entrepreneur", TRADE, [TITLE, LETTER])
    story.work("chancellery", whole, "task_assign", executor=str(story.officer("unit").officer_id))
    typed(story, "deadline", "first_due_at", "ертең", f"case_id = {broken.id} AND fired_at IS NULL")
    story.program.set_clock(story.program.clock.now().replace(day=15))
    swept = fire_deadlines(story.program)
    assert swept.failed
    assert "term_missed" in story.said(whole)


@SQLITE
@pytest.mark.law("L69.1")
def test_a_draft_that_cannot_be_read_keeps_no_other_from_being_removed(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    broken = open_draft(story.program, story.applicant("company_head"))
    open_draft(story.program, story.applicant("entrepreneur"))
    typed(story, "draft", "answers", "{", f"id = '{broken.id}'")
    story.program.set_clock(story.program.clock.now().replace(year=2024))
    assert remove_old_drafts(story.program) == 1
    assert f"draft {broken.id} could not be removed" in caplog.text


@SQLITE
@pytest.mark.law("R8.2")
@pytest.mark.parametrize("value", ["''", "17", "CAST(x'ff' AS TEXT)"])
def test_a_month_that_cannot_be_counted_is_told_in_a_line_and_stops_no_other_chore(
    story: Story, caplog: pytest.LogCaptureFixture, value: str
) -> None:
    story.filed()
    with story.program.database.engine.begin() as connection:
        connection.execute(sql(f'UPDATE "case" SET received_at = {value}'))
    story.program.set_clock(story.program.clock.now().replace(month=10))
    story.program.stash.put("form", b"kept", datetime(2020, 1, 1, tzinfo=UTC))
    story.program.sweep()
    assert story.program.stash.get("form", datetime(2019, 1, 1, tzinfo=UTC)) is None, "swept after the month"
    for chore in story.program.chores:
        scheduler._do(chore)
    told = [record for record in caplog.records if record.getMessage().startswith("month could not be done: ")]
    assert [record.exc_info for record in told] == [None, None]
    assert all("`ruqsat audit` says where" in record.getMessage() for record in told)
