"""Every letter with a decision says how it is contested; the term of a complaint follows from what the paper says."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from service.adapters.database import tables
from service.domain.case import Case
from service.domain.decisions import IssuedDocument
from service.usecases.appeal_attachment import carries_attachment
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.people import ADMINISTRATOR
from tests.complaints import Complaints, complaints
from tests.papers import pdf_text
from tests.program import Story
from tests.web.cabinet import Cabinet, text

__all__ = ["complaints"]

BODY = "мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі уәкілетті орган"
ANNEX = b'{% include "_appeal.html" %}'


def document_of(story: Story, case: Case, kind: str) -> IssuedDocument:
    return next(each for each in story.program.queries.case(case.id).documents if each.kind == kind)


def said_by(story: Story, document: IssuedDocument) -> str:
    return " ".join(pdf_text(story.program.files.read(document.sha256)).split())


def without_annex(story: Story, *templates: str) -> None:
    """From now on these documents of new cases come without their attachment on complaints."""
    files = dict(collect(story.program.settings.processes, story.program.settings.forms))
    for name in templates:
        path = f"forms/documents/{name}.html"
        assert ANNEX in files[path]
        files[path] = files[path].replace(ANNEX, b"")
    deploy_edition(story.program, files, ADMINISTRATOR)


@pytest.mark.printed
@pytest.mark.law("L80.5", "R8.1", "L73.3")
def test_a_preliminary_decision_is_answered_by_an_objection_and_carries_none(complaints: Complaints) -> None:
    case = complaints.invited()
    document = document_of(complaints, case, "preliminary_decision")
    said = said_by(complaints, document)
    assert "Шағымдану тәртібі" not in said
    assert "қарсылықты «жеке кабинет» арқылы жіберуге болады" in said
    assert "Түпкілікті шешімге шағымдану тәртібі сол шешімде көрсетіледі" in said
    page = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{case.id}"))
    assert "Complain : " not in page
    with complaints.program.reading() as uow:
        assert not carries_attachment(complaints.program, uow, document)


@pytest.mark.printed
@pytest.mark.law("L80.5", "A4.3", "R6.2")
@pytest.mark.parametrize("contests", ["refusal", "not_considered"])
def test_the_decisions_that_end_an_application_name_them(complaints: Complaints, contests: str) -> None:
    case = complaints.refused() if contests == "refusal" else complaints.not_considered()
    kind = "refusal" if contests == "refusal" else "notice_not_considered"
    said = said_by(complaints, document_of(complaints, case, kind))
    assert "Шағымдану тәртібі" in said
    assert BODY in said


@pytest.mark.law("L80.5", "L92.1")
def test_against_a_refusal_with_its_attachment_there_are_three_months(complaints: Complaints) -> None:
    refused = complaints.refused()
    assert complaints.complaint(complaints.complained(refused, "refusal")).months == 3


@pytest.mark.law("L80.5", "L92.1")
def test_against_a_refusal_without_its_attachment_there_are_six_months(complaints: Complaints) -> None:
    without_annex(complaints, "refusal")
    refused = complaints.refused()
    assert "Шағымдану тәртібі" not in said_by(complaints, document_of(complaints, refused, "refusal"))
    page = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{refused.id}"))
    assert "Complain : Reasoned refusal № BT-2023-000001 in time until 18.03.2024" in page
    assert complaints.complaint(complaints.complained(refused, "refusal")).months == 6


@pytest.mark.law("L80.5", "L92.1", "L69.1")
def test_the_months_follow_what_was_signed_whatever_is_done_to_the_paper_it_was_prepared_from(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    with complaints.program.database.engine.begin() as connection:
        connection.execute(update(tables.prepared_document).values(content={"kind": "refusal"}))
    assert complaints.complaint(complaints.complained(refused, "refusal")).months == 3
