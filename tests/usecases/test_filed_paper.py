"""The application is a paper like the others: kept at filing, known by its code and its bytes, seen by officers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.adapters.pdf_templates import TemplateProblem
from service.adapters.press import EditionPress
from service.adapters.verification import read_code
from service.bootstrap import FONTS
from service.cli import main
from service.domain.case import Case
from service.domain.deadlines import ZONE
from service.domain.decisions import IssuedDocument
from service.domain.documents import Document
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.signatures import Verdict
from service.usecases.case_package import package_of
from service.usecases.claims import record_claim
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.report_error import report_error
from service.usecases.take_complaint import take_complaint
from service.usecases.verify_document import verify_code, verify_file
from tests.papers import pdf_text
from tests.program import Story


def paper_of(story: Story, case: Case) -> tuple[IssuedDocument, bytes]:
    """The application's paper and its bytes."""
    found = story.program.queries.case(case.id).application
    assert found is not None
    return found, story.program.files.read(found.sha256)


@pytest.mark.printed
@pytest.mark.law("R3.2", "A2.1", "A3.5")
def test_the_application_bears_its_code_and_the_local_time_of_filing(story: Story) -> None:
    story.program.set_clock(datetime(2023, 9, 12, 18, 30, 1, tzinfo=ZONE))
    case = story.filed()
    story.at("2023-09-14T12:00")
    paper, pdf = paper_of(story, case)
    said = " ".join(pdf_text(pdf).split())
    assert "Берілді / Подано: 12.09.2023, 18:30 (UTC+06:00)" in said
    assert "Қол қоюға дайындалды" not in said
    assert read_code(pdf) == paper.verification_code
    assert f"/verify/{paper.verification_code}" in said.replace("- ", "-")
    assert (paper.kind, paper.number, paper.signed_by) == (
        "application",
        case.number,
        story.applicant("company_head").name,
    )
    assert paper.delivered_at == case.received_at


@pytest.mark.printed
@pytest.mark.law("R2.4", "R3.3", "A3.5")
def test_the_application_is_recognised_by_its_file_and_by_its_code(story: Story) -> None:
    case = story.filed()
    paper, pdf = paper_of(story, case)
    by_file, by_code = verify_file(story.program, pdf), verify_code(story.program, paper.verification_code)
    assert by_file.genuine
    assert by_file.document is not None
    assert by_file.document.id == paper.id
    assert by_file.judgement is not None
    assert by_file.judgement.verdict is Verdict.VALID
    assert by_code.document is not None
    assert (by_code.document.id, by_code.case_number) == (paper.id, case.number)
    forged = verify_file(story.program, pdf + b"\n")
    assert (forged.genuine, forged.altered, forged.judgement) == (False, True, None)


@pytest.mark.law("R2.4", "R3.3")
def test_whose_application_was_signed_over_other_data_is_not_valid(story: Story) -> None:
    case = story.filed()
    _, pdf = paper_of(story, case)
    with story.program.unit_of_work() as uow:
        kept = uow.get(Case, case.id)
        kept.manifest = kept.manifest.replace(b'"language":"kk"', b'"language":"ru"', 1)
        uow.commit()
    judgement = verify_file(story.program, pdf).judgement
    assert judgement is not None
    assert judgement.verdict is Verdict.INVALID


@pytest.mark.law("R2.4")
def test_the_command_verifies_the_application(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = story.filed()
    file = tmp_path / "application.pdf"
    file.write_bytes(paper_of(story, case)[1])
    monkeypatch.setattr("service.cli.proof.program", lambda: story.program)
    answer = CliRunner().invoke(main, ["verify", str(file), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert (told["ours"], told["kind"], told["case"], told["signature"]) == (True, "application", case.number, "valid")


@pytest.mark.law("R3.2", "R10.2")
def test_a_press_that_fails_holds_up_no_filing_and_prints_later(story: Story) -> None:
    whole = story.program
    story.program = replace(whole, press=Jammed(FONTS))
    case = story.filed()
    assert [task.element for task in story.program.queries.case(case.id).open_tasks()] == ["task_assign"]
    assert story.program.queries.case(case.id).application is None
    story.program = whole
    story.at("2023-09-12T11:00:00", chores=True)
    paper, _pdf = paper_of(story, case)
    assert paper.delivered_at == case.received_at
    lines = story.said(case)
    assert lines.index("message_delayed") < lines.index("application_printed")
    story.program.sweep()
    assert story.said(case).count("application_printed") == 1


class Jammed(EditionPress):
    """A press that prints nothing today."""

    def render(self, document: Document, *, at: datetime, edition: str, files: Mapping[str, bytes]) -> bytes:
        raise TemplateProblem(file="application.html", problem="no paper")


@pytest.mark.law("L69.1", "R13.3")
def test_the_package_holds_the_application_on_paper(story: Story) -> None:
    case = story.filed()
    _, pdf = paper_of(story, case)
    with zipfile.ZipFile(io.BytesIO(package_of(story.program, case.id).content)) as archive:
        assert archive.read(f"application/{case.number}.pdf") == pdf
        lines = json.loads(archive.read("journal.json"))
    printed = next(line for line in lines if line["action"] == "application_printed")
    assert printed["details"]["sha256"] == paper_of(story, case)[0].sha256


@pytest.mark.law("R13.2", "R15.2", "L82.1")
def test_nobody_contests_or_corrects_what_the_applicant_has_filed(story: Story) -> None:
    case = story.filed()
    paper, _ = paper_of(story, case)
    applicant = story.applicant("company_head")
    with pytest.raises(NotFound):
        open_complaint(story.program, applicant, Contested(case.id, paper.id))
    with pytest.raises(InvalidAnswers) as refused:
        today = story.program.clock.now().date()
        claim = {"court": "СМАС", "number": "1-23", "filed_on": today, "plaintiff": "ЖШС", "contests": "refusal"}
        named = {"case_number": case.number, "document_number": paper.number}
        record_claim(story.program, story.officer("unit"), {**claim, **named})
    assert set(refused.value.data["errors"]) == {"document_number"}
    with pytest.raises(InvalidAnswers) as refused:
        on_paper = {"iin": applicant.iin, "bin": applicant.bin, "name": case.applicant_name, "channel": "post"}
        take_complaint(story.program, story.officer("chancellery"), {**on_paper, **named, "contests": "refusal"})
    assert refused.value.data["errors"]["document_number"].code == "no_such_number"
    with pytest.raises(NotLawful):
        report_error(story.program, paper.id, story.officer("unit"), "қате")
