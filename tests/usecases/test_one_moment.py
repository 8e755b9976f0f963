"""What is signed shows one moment: what arrives while a package or a proof is made is in all of it or in none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from service.adapters.database.repositories import CaseRepository
from service.domain.case import Case, Deadline
from service.domain.channels import Message
from service.domain.decisions import Position
from service.domain.file_access import FileAccess
from service.domain.people import SYSTEM
from service.usecases.case_package import package_of
from service.usecases.file_access import fetch_file
from service.usecases.review_package import send_package
from service.usecases.terms_paper import terms_proof_paper
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.complaints import Complaints
from tests.one_page import OnePage

Meanwhile = Callable[[Case], None]


@pytest.fixture
def meanwhile(complaints: Complaints, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let a position be handed in, and a term be moved, right after the journal was read for the first time."""

    def begin(case: Case) -> None:
        read, waiting = CaseRepository.journal, [case.id]

        def reading(self: CaseRepository, case_id: int) -> object:
            lines = read(self, case_id)
            if case_id in waiting:
                waiting.remove(case_id)
                with complaints.program.unit_of_work() as uow:
                    case = uow.cases.lock(case_id)
                    uow.add(Position(case_id, uow.now, "Келіспеймін", wants_oral=False, late=False))
                    for row in uow.list(Deadline, case_id=case_id):
                        row.due_at = uow.now
                    uow.note(case, SYSTEM, "position_submitted")
                    uow.commit()
            return lines

        monkeypatch.setattr(CaseRepository, "journal", reading)

    return begin


class Spelled(OnePage):
    """Prints what a letter holds."""

    def render(self, letter: Any, *, at: datetime, edition: str, files: Mapping[str, bytes]) -> bytes:
        return repr(letter).encode()


def of_the_program(complaints: Complaints, case: Case) -> bytes:
    return package_of(complaints.program, case.id).content


def of_the_applicant(complaints: Complaints, case: Case) -> bytes:
    with complaints.program.unit_of_work() as uow:
        today = uow.now.date()
        uow.add(FileAccess(case.id, uow.now, "", granted_at=uow.now, open_until=today))
        uow.commit()
    return fetch_file(complaints.program, case.id, complaints.applicant("company_head")).content


def of_the_review(complaints: Complaints, case: Case) -> bytes:
    message = Message("1", "review.package", case.id, {"complaint": case.number}, complaints.program.clock.now())
    send_package(complaints.program, message)
    complaint = complaints.program.queries.case(case.id).complaint
    assert complaint is not None
    return complaints.program.files.read(complaint.package_sha256)


@pytest.mark.law("L69.1", "R13.3")
@pytest.mark.parametrize("made", [of_the_program, of_the_applicant, of_the_review])
def test_a_package_holds_no_fact_of_which_its_journal_does_not_tell(
    complaints: Complaints, meanwhile: Meanwhile, made: Callable[[Complaints, Case], bytes]
) -> None:
    case = complaints.complained(complaints.granted(), "permit")
    meanwhile(case)
    with zipfile.ZipFile(io.BytesIO(made(complaints, case))) as archive:
        told, lines = (json.loads(archive.read(name)) for name in ("case.json", "journal.json"))
        end = json.loads(archive.read("manifest.json"))["content"]
    said = [line for line in lines if line["action"] == "position_submitted"]
    assert (len(told["positions"]), len(said)) == (0, 0)
    assert (end["journal"]["length"], end["journal"]["hash"]) == (len(lines), lines[-1]["hash"])
    assert complaints.said(case)[-1] != lines[-1]["action"] or made is of_the_applicant


@pytest.mark.law("D25", "L69.1")
@pytest.mark.parametrize("made", [terms_proof, terms_proof_paper])
def test_the_proof_of_terms_and_its_paper_are_of_one_moment(
    complaints: Complaints, meanwhile: Meanwhile, made: Callable[..., bytes]
) -> None:
    case, program = complaints.assigned(), replace(complaints.program, press=Spelled())
    before = made(program, case.id, term_words())
    meanwhile(case)
    assert made(program, case.id, term_words()) == before
    assert complaints.said(case)[-1] == "position_submitted"
