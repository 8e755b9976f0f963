"""Whatever is done in the database or in the store behind the program is found, and named where it begins."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from service.adapters.database import tables
from service.adapters.system_key import SystemKey
from service.demo.people import pdf
from service.domain.audited import FILES
from service.domain.canonical import canonical, digest
from service.domain.case import Case, Deadline, DeadlineKind, JournalEntry
from service.domain.chain import GENESIS, Head, Seal, link, seal_content
from service.domain.claims import DEFENCE
from service.program import Program
from service.usecases.audit import audit
from service.usecases.claims import attach_claim_document, record_claim
from service.usecases.seal_journal import seal_journal
from service.usecases.sign_in import new_challenge, sign_in_applicant
from tests.complaints import Complaints
from tests.program import TITLE, TRADE, Story
from tests.usecases.test_audit_rows import behind

line, head = tables.journal, tables.journal_head


def first(program: Program) -> tuple[str, str]:
    """The case and the kind of records that the audit names first."""
    found = next(iter(audit(program)))
    return found.case_number, found.what


@pytest.fixture
def case(story: Story) -> Case:
    """A case whose journal is sealed."""
    case = story.complete()
    assert seal_journal(story.program)
    assert list(audit(story.program)) == []
    return case


def of(case: Case, sequence: int) -> ColumnElement[bool]:
    return (line.c.case_id == case.id) & (line.c.sequence == sequence)


def changed(connection: Connection, case: Case) -> None:
    connection.execute(update(line).where(of(case, 5)).values(actor="БАСҚА БІРЕУ"))


def backdated(connection: Connection, case: Case) -> None:
    at = connection.scalar(select(line.c.at).where(of(case, 5)))
    assert at is not None
    connection.execute(update(line).where(of(case, 5)).values(at=at.replace(hour=1)))


def removed(connection: Connection, case: Case) -> None:
    connection.execute(delete(line).where(of(case, 5)))


def inserted(connection: Connection, case: Case) -> None:
    kept = connection.execute(select(line).where(of(case, 5))).mappings().one()
    last = connection.scalar(select(head.c.length).where(head.c.chain == case.id)) or 0
    forged = {name: value for name, value in kept.items() if name != "id"}
    connection.execute(insert(line).values({**forged, "sequence": last + 1}))


def tail_cut_off(connection: Connection, case: Case) -> None:
    last = connection.scalar(select(head.c.length).where(head.c.chain == case.id)) or 0
    connection.execute(delete(line).where(of(case, last)))


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("harm", [changed, backdated, removed, inserted, tail_cut_off])
def test_a_harmed_line_is_found_where_it_stands(
    story: Story, case: Case, harm: Callable[[Connection, Case], None]
) -> None:
    with story.program.database.engine.begin() as connection:
        harm(connection, case)
    found = list(audit(story.program))
    assert (case.number, "journal") in [(each.case_number, each.what) for each in found]
    if harm in (changed, backdated):
        assert found[0].data["line"] == 5


def rewritten(connection: Connection, case: Case, keep: Callable[[JournalEntry], bool]) -> None:
    """Who knows how the chain is made writes it anew, its end included: only the seals tell."""
    rows = connection.execute(select(line).where(line.c.case_id == case.id).order_by(line.c.sequence)).mappings().all()
    entries = [JournalEntry(**{name: value for name, value in row.items() if name != "id"}) for row in rows]
    connection.execute(delete(line).where(line.c.case_id == case.id))
    kept = [entry for entry in entries if keep(entry)]
    end = link(kept, Head(case.id, 0, GENESIS))
    names = [column.name for column in line.c if column.name != "id"]
    connection.execute(insert(line), [{name: getattr(entry, name) for name in names} for entry in kept])
    connection.execute(update(head).where(head.c.chain == case.id).values(length=end.length, hash=end.hash))


@pytest.mark.law("L69.1")
def test_a_tail_that_is_cut_off_with_its_end_is_found_by_the_seal(story: Story, case: Case) -> None:
    length = len(story.said(case))
    with story.program.database.engine.begin() as connection:
        rewritten(connection, case, lambda entry: entry.sequence < length)
    assert first(story.program) == ("", "seals")


@pytest.mark.law("L69.1")
def test_a_chain_that_is_written_anew_is_found_by_the_seal(story: Story, case: Case) -> None:
    with story.program.database.engine.begin() as connection:
        connection.execute(update(line).where(of(case, 2)).values(actor="БАСҚА БІРЕУ"))
        rewritten(connection, case, lambda entry: True)
    assert first(story.program) == ("", "seals")


@pytest.mark.law("L69.1")
def test_a_case_that_is_taken_away_whole_is_found(story: Story) -> None:
    case = story.filed()
    seal_journal(story.program)
    with story.program.database.engine.begin() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            if "case_id" in table.c:
                connection.execute(delete(table).where(table.c.case_id == case.id))
        connection.execute(delete(head).where(head.c.chain == case.id))
        connection.execute(delete(tables.case).where(tables.case.c.id == case.id))
    assert first(story.program) == ("", "seals")


@pytest.mark.law("L69.1")
def test_a_case_of_which_only_the_row_is_gone_is_found(story: Story) -> None:
    case, _other = story.filed(), story.filed("entrepreneur")
    with behind(story.program) as connection:
        connection.execute(delete(tables.case).where(tables.case.c.id == case.id))
    assert {"case_gone", "counter"} == {each.code for each in audit(story.program)}


@pytest.mark.law("L69.1")
def test_a_seal_that_is_taken_away_is_known_beside_the_files(story: Story, case: Case) -> None:
    with story.program.database.engine.begin() as connection:
        connection.execute(delete(tables.seal))
    assert [(found.what, "gone" in found.code) for found in audit(story.program)] == [("seals", True)]


@pytest.mark.law("L69.1")
def test_a_seal_by_another_key_is_none(story: Story, case: Case, tmp_path: Path) -> None:
    forger = SystemKey.made(tmp_path / "forger.pem")
    with story.program.reading() as uow:
        (seal,) = uow.list(Seal)
    seal.key_id = forger.key_id
    signature = base64.b64encode(forger.sign(canonical(seal_content(seal)))).decode()
    forged = {"key_id": seal.key_id, "hash": digest(seal_content(seal)), "signature": signature}
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.seal).values(**forged))
    codes = [found.code for found in audit(story.program)]
    assert "seal_unsigned" in codes
    assert "seal_other" in codes


@pytest.mark.law("L69.1", "R2.4")
def test_a_swapped_file_is_found(story: Story, case: Case) -> None:
    sha256 = story.program.queries.case(case.id).attachments[0].sha256
    stored = story.program.settings.instance / "files" / "kept" / sha256[:2] / sha256
    stored.write_bytes(b"%PDF-1.7 other")
    assert first(story.program) == (case.number, "files")
    assert list(audit(story.program, files=False)) == []


@pytest.mark.law("L69.1", "R8.2")
def test_rows_that_say_other_than_the_journal_are_found(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T12:00:00")
    assert list(audit(story.program)) == []
    with story.program.database.engine.begin() as connection:
        connection.execute(delete(tables.breach))
    assert first(story.program) == (case.number, "breaches")


@pytest.mark.law("L69.1")
def test_an_edition_whose_files_were_swapped_is_found(story: Story) -> None:
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.edition).values(bundle=b"PK"))
    assert first(story.program) == ("", "edition")


@pytest.mark.law("L69.1")
def test_a_case_that_began_before_rows_were_marked_is_not_accused(story: Story, case: Case) -> None:
    with story.program.database.engine.begin() as connection:
        connection.execute(update(line).values(rows=[]))
        rewritten(connection, case, lambda entry: True)
    assert {found.what for found in audit(story.program)} == {"seals", "journal"}


@pytest.mark.law("R13.3", "R8.2", "L69.1")
def test_a_term_that_is_put_off_behind_the_program_is_named_and_fires_all_the_same(complaints: Complaints) -> None:
    program = complaints.program
    complaint = complaints.registered(complaints.not_considered(), "notice_not_considered")
    term = tables.deadline.c
    of_forwarding = term.case_id == complaint.id, term.element == "deadline_forward", term.kind == DeadlineKind.TERM
    never = update(tables.deadline).where(*of_forwarding).values(retry_at=datetime(2099, 1, 1, tzinfo=UTC))
    with program.database.engine.begin() as connection:
        connection.execute(never)
    (found,) = audit(program)
    assert (found.case_number, found.what, found.code) == (complaint.number, "deadlines", "tried_too_late")
    complaints.at("2023-09-16T10:00")
    assert complaints.complaint(complaint).forwarded_at is not None
    assert list(audit(program)) == []


@pytest.mark.law("R8.2", "L69.1")
def test_a_term_that_has_ended_and_has_not_fired_is_named(story: Story, case: Case) -> None:
    with story.program.reading() as uow:
        due = min(row.due_at for row in uow.list(Deadline) if row.waits)
    story.program.set_clock(due + Deadline.PAUSE - timedelta(minutes=1))
    assert list(audit(story.program)) == []
    story.program.set_clock(due + Deadline.PAUSE + timedelta(seconds=1))
    assert {(found.case_number, found.code) for found in audit(story.program)} == {(case.number, "not_fired")}
    story.program.sweep()
    assert list(audit(story.program)) == []


def claimed(complaints: Complaints) -> tuple[str, str]:
    """The defence to a claim that contests none of our cases."""
    claim = {"court": "СМАС", "number": "7119-23", "filed_on": date(2023, 9, 12), "plaintiff": "ЖШС"}
    made = record_claim(complaints.program, complaints.officer("head"), {**claim, "contests": "inaction"})
    content = pdf("Пікір", "defence")
    file = attach_claim_document(complaints.program, made.id, complaints.officer("unit"), DEFENCE, "п.pdf", content)
    return "", file.sha256


def drafted(complaints: Complaints) -> tuple[str, str]:
    """A file of an application that is not sent yet."""
    nonce, text = new_challenge(complaints.program)  # what is signed to enter is kept by its hash alone
    sign_in_applicant(complaints.program, nonce, complaints.pki.sign_cms("company_head", text))
    draft = complaints.draft("company_head", TRADE, [TITLE])
    with complaints.program.reading() as uow:
        return "", uow.drafts.attachments(draft)[0].sha256


def kept(complaints: Complaints) -> tuple[str, str]:
    """A permit that is signed and waits for the decision that issues it."""
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    complaints.considered(complaint, "adopt", new_permit="true", action="Рұқсат беру")
    complaints.work("reviewer", complaint, "task_sign_new_act", decision="sign")
    return complaint.number, complaints.complaint(complaint).new_act["sha256"]


@pytest.mark.law("L69.1", "R2.4", "R15.2")
@pytest.mark.parametrize("named", [claimed, drafted, kept])
def test_a_file_that_any_row_names_is_missed(
    complaints: Complaints, named: Callable[[Complaints], tuple[str, str]]
) -> None:
    number, sha256 = named(complaints)
    assert list(audit(complaints.program)) == []
    (complaints.program.settings.instance / "files" / "kept" / sha256[:2] / sha256).unlink()
    (found,) = audit(complaints.program)
    assert (found.case_number, found.what) == (number, "files")
    assert sha256 in found.data["fault"]
    assert list(audit(complaints.program, files=False)) == []


def test_the_audit_knows_every_column_that_names_a_stored_file() -> None:
    hashes = {(table.name, column.name) for table in tables.metadata.sorted_tables for column in table.c
              if column.name.endswith("sha256")}  # fmt: skip
    beside = {"edition", "calendar_version", "prepared_document"}  # of their own contents; a paper waits half an hour
    assert {place for place in hashes if place[0] not in beside} == set(FILES.items())
