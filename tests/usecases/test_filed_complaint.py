"""The complaint is a paper like the application: kept at filing, known by its code and its bytes, seen by everybody."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.adapters.verification import read_code
from service.bootstrap import FONTS
from service.cli import main
from service.domain.case import Case
from service.domain.decisions import IssuedDocument
from service.domain.signatures import Verdict
from service.usecases.audit import audit
from service.usecases.case_package import package_of
from service.usecases.verify_document import verify_code, verify_file
from tests.complaints import SAYS, Complaints
from tests.papers import pdf_text
from tests.usecases.test_filed_paper import Jammed
from tests.web.cabinet import Cabinet, text
from tests.web.office import Office

pytestmark = pytest.mark.printed


def paper_of(story: Complaints, case: Case) -> tuple[IssuedDocument, bytes]:
    """The complaint's paper and its bytes."""
    found = story.program.queries.case(case.id).application
    assert found is not None
    return found, story.program.files.read(found.sha256)


@pytest.mark.law("R13.2", "L93.1", "A3.5")
def test_the_complaint_says_all_that_was_filed_with_its_code_and_the_hash_of_what_was_signed(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    case = complaints.complained(refused, "refusal")
    paper, pdf = paper_of(complaints, case)
    said = " ".join(pdf_text(pdf).split())
    for part in (*SAYS.values(), "ШАҒЫМ", case.number, "дәлелді бас тарту", "№ BT-2023-000001", "БАСШЫҒАЛИЕВ"):
        assert part in said
    assert "Берілді / Подано: 18.09.2023, 10:00 (UTC+06:00)" in said
    assert f"Шағым / Жалоба: № {case.number}" in said
    assert hashlib.sha256(complaints.now(case).manifest).hexdigest() in said.replace(" ", "")
    assert read_code(pdf) == paper.verification_code
    assert (paper.kind, paper.number, paper.delivered_at) == ("complaint", case.number, case.received_at)
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R2.4", "R13.2")
def test_the_complaint_is_recognised_by_its_file_and_by_its_code(complaints: Complaints, tmp_path: Path) -> None:
    case = complaints.complained(complaints.refused(), "refusal")
    paper, pdf = paper_of(complaints, case)
    by_file, by_code = verify_file(complaints.program, pdf), verify_code(complaints.program, paper.verification_code)
    assert by_file.genuine
    assert by_file.judgement is not None
    assert by_file.judgement.verdict is Verdict.VALID
    assert by_code.case_number == case.number
    assert not verify_file(complaints.program, pdf + b"\n").genuine


@pytest.mark.law("R2.4", "R13.2")
def test_the_command_tells_that_it_is_a_complaint(
    complaints: Complaints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = complaints.complained(complaints.refused(), "refusal")
    file = tmp_path / "complaint.pdf"
    file.write_bytes(paper_of(complaints, case)[1])
    monkeypatch.setattr("service.cli.proof.program", lambda: complaints.program)
    answer = CliRunner().invoke(main, ["verify", str(file), "--lang", "ru"])
    assert answer.exit_code == 0, answer.output
    assert "Это жалоба, которую нам подали, без изменений." in answer.output


@pytest.mark.law("R13.2", "R10.2")
def test_a_press_that_fails_holds_up_no_complaint_and_prints_later(complaints: Complaints) -> None:
    refused, whole = complaints.refused(), complaints.program
    complaints.program = replace(whole, press=Jammed(FONTS))
    case = complaints.complained(refused, "refusal")
    assert complaints.open_elements(case) == {"task_register_complaint"}
    assert complaints.program.queries.case(case.id).application is None
    complaints.program = whole
    complaints.at("2023-09-18T11:00:00", chores=True)
    assert paper_of(complaints, case)[0].delivered_at == case.received_at
    complaints.program.sweep()
    assert complaints.said(case).count("complaint_printed") == 1


@pytest.mark.law("R13.2", "A1.11.3", "L69.1", "R13.3")
def test_everybody_reads_the_same_complaint(complaints: Complaints) -> None:
    case = complaints.complained(complaints.refused(), "refusal")
    _, pdf = paper_of(complaints, case)
    seat = Cabinet(complaints).seat("company_head")
    assert f"Complaint as filed № {case.number} (PDF)" in text(seat.get(f"/cabinet/cases/{case.id}/complaint"))
    assert "Download the complaint (PDF)" in text(seat.get(f"/cabinet/cases/{case.id}/complaint/receipt"))
    assert seat.download(f"/cabinet/cases/{case.id}/filed.pdf").data == pdf
    assert f"Complaint {case.number} (PDF)" in text(
        Office(complaints).desk("chancellery").get(f"/office/cases/{case.id}")
    )
    with zipfile.ZipFile(io.BytesIO(package_of(complaints.program, case.id).content)) as archive:
        assert any(archive.read(name) == pdf for name in archive.namelist() if name.endswith(".pdf"))
        lines = json.loads(archive.read("journal.json"))
    assert "complaint_printed" in [line["action"] for line in lines]
