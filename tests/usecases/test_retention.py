"""Nothing is deleted without a record: old drafts by the announced time, unused files by a decision."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.decisions import PreparedDocument
from service.domain.errors import InvalidAnswers, NotFound
from service.domain.files import FileMissing
from service.domain.people import SYSTEM, Applicant
from service.program import Program
from service.usecases.audit import audit
from service.usecases.case_package import package_of
from service.usecases.draft_files import attach
from service.usecases.drafts import discard_draft, open_draft, save_draft
from service.usecases.retention import SETTLED, remove_old_drafts, remove_unused_files, unused_files
from service.usecases.sign_document import prepare_document
from tests.program import CONFORMS, Story
from tests.web.cabinet import PDF


def add_file(program: Program, draft_id: str, applicant: Applicant) -> None:
    attach(
        program, draft_id, applicant,
        kind="sale_contract", name="a.pdf", content=PDF, media_type="application/pdf",
    )  # fmt: skip


def office(program: Program) -> list[str]:
    return [line.action for line in program.queries.office_journal().rows]


def later(program: Program, days: int) -> None:
    program.set_clock(program.clock.now() + timedelta(days=days))


@pytest.mark.law("L69.1")
def test_an_unsent_draft_is_removed_a_set_time_after_its_last_change(story: Story) -> None:
    program, applicant = story.program, story.applicant("company_head")
    draft = open_draft(program, applicant)
    add_file(program, draft.id, applicant)
    later(program, 60)
    save_draft(program, draft.id, applicant, {"platform": "QazToken"})
    later(program, 89)
    assert remove_old_drafts(program) == 0
    later(program, 2)
    assert remove_old_drafts(replace(program, settings=replace(program.settings, draft_days=0))) == 0
    assert remove_old_drafts(program) == 1
    with pytest.raises(NotFound):
        program.queries.draft(draft.id)
    line = program.queries.office_journal().rows[0]
    assert (line.action, line.details["draft"], len(line.details["files"])) == ("draft_removed", draft.id, 1)


@pytest.mark.law("L69.1")
def test_what_was_filed_is_never_removed_and_a_discarded_draft_leaves_a_line(story: Story) -> None:
    program, applicant = story.program, story.applicant("company_head")
    case = story.filed()
    discard_draft(program, open_draft(program, applicant).id, applicant)
    assert office(program)[0] == "draft_discarded"
    later(program, 400)
    assert remove_old_drafts(program) == 0
    assert program.queries.case(case.id).attachments


def age(root: Path) -> None:
    """Let every stored file be two days old by the machine's clock."""
    for path in root.glob("kept/??/*"):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * 24 * 3600))


@pytest.mark.law("L69.1")
def test_files_that_nothing_refers_to_go_only_by_a_recorded_decision(story: Story) -> None:
    program, applicant = story.program, story.applicant("company_head")
    story.filed()
    draft = open_draft(program, applicant)
    add_file(program, draft.id, applicant)
    unused = program.files.put(b"%PDF-1.7 of nobody")
    assert list(unused_files(program)) == []
    age(program.settings.instance / "files")
    assert list(unused_files(program)) == [unused]
    with pytest.raises(InvalidAnswers):
        remove_unused_files(program, SYSTEM, " ")
    assert program.files.read(unused)
    assert remove_unused_files(program, SYSTEM, "№ 12, 01.09.2023") == [unused]
    with pytest.raises(FileMissing):
        program.files.read(unused)
    line = program.queries.office_journal().rows[0]
    assert (line.action, line.details["decision"]) == ("files_removed", "№ 12, 01.09.2023")
    assert list(audit(program)) == []


@pytest.mark.law("L69.1", "R9.1")
def test_a_paper_that_nobody_signed_is_unused_and_what_was_signed_stays(story: Story) -> None:
    program, head, sign = story.program, story.officer("head"), {"decision": ["sign"]}
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    unsigned = prepare_document(program, story.open_task(case).id, head, sign)
    assert list(unused_files(program)) == []
    story.work("head", case, "task_sign_permit", decision="sign")
    age(program.settings.instance / "files")
    with program.reading() as uow:
        papers = {paper.sha256 for paper in uow.list(PreparedDocument, case_id=case.id)}
    unused = set(unused_files(program))
    assert unsigned.sha256 in unused
    assert unused == papers
    remove_unused_files(program, SYSTEM, "№ 12, 01.09.2023")
    (document,) = program.queries.case(case.id).documents
    assert program.files.read(document.sha256)
    assert package_of(program, case.id).content
    assert list(audit(program)) == []


@pytest.mark.law("L69.1")
def test_a_file_that_is_handed_in_again_while_it_is_to_be_removed_stays(story: Story) -> None:
    files = story.program.files
    sha256 = files.put(b"%PDF-1.7 of nobody")
    age(story.program.settings.instance / "files")
    assert list(unused_files(story.program)) == [sha256]
    files.put(b"%PDF-1.7 of nobody")
    assert not files.remove(sha256, SETTLED)
    assert files.read(sha256) == b"%PDF-1.7 of nobody"
