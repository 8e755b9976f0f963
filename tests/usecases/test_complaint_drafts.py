"""The beginning of a complaint: nothing is asked that the program knows already."""

from __future__ import annotations

import pytest

from service.domain.case import APPEAL
from service.domain.errors import Forbidden, NotFound
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.file_application import prepare_filing
from tests.program import DOES_NOT, HEARING, Story


def refused(story: Story) -> tuple[int, int]:
    """A refusal that has come to the cabinet on 18 September 2023: the case and the document."""
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-14")
    story.at("2023-09-15T10:00")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
    story.at("2023-09-18T10:00")
    story.work("head", case, "task_sign_refusal", decision="sign")
    return case.id, story.program.queries.case(case.id).documents[-1].id


@pytest.mark.law("R13.2", "L92.1", "L93.1")
def test_a_complaint_against_a_refusal_begins_with_who_when_and_against_whom(story: Story) -> None:
    case_id, document_id = refused(story)
    story.at("2023-09-20T10:00")
    applicant = story.applicant("company_head")
    draft = open_complaint(story.program, applicant, Contested(case_id, document_id), {"demands": "Рұқсат беру"})
    answers = draft.answers
    assert draft.procedure == APPEAL
    assert (answers["contests"], answers["_case"], answers["_document"]) == (
        "refusal",
        case_id,
        document_id,
    )
    assert answers["learned_on"] == "2023-09-18"
    assert answers["official"] == story.program.queries.case(case_id).documents[-1].signed_by
    assert (answers["bin"], answers["name"]) == (applicant.bin, story.program.queries.case(case_id).case.applicant_name)
    assert answers["residence"] == answers["postal_address"] != ""
    assert answers["demands"] == "Рұқсат беру"


@pytest.mark.law("R13.2", "R8.2", "L92.1")
def test_a_complaint_about_a_missed_term_names_who_is_late_and_since_when(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T10:00")
    draft = open_complaint(story.program, story.applicant("company_head"), Contested(case.id))
    assert draft.answers["contests"] == "inaction"
    assert draft.answers["official"].startswith(story.officer("unit").name)
    assert draft.answers["learned_on"] == "2023-09-14"


@pytest.mark.law("R13.2", "L64.1")
@pytest.mark.parametrize("persona", ["company_head", "person", "branch_head"])
def test_anybody_may_begin_a_complaint_without_a_case(story: Story, persona: str) -> None:
    draft = open_complaint(story.program, story.applicant(persona), Contested())
    assert draft.answers["learned_on"] == "2023-09-12"
    assert "_case" not in draft.answers


@pytest.mark.law("R13.2", "A1.11.3")
def test_nobody_complains_in_the_case_of_another(story: Story) -> None:
    case = story.filed()
    with pytest.raises(Forbidden):
        open_complaint(story.program, story.applicant("entrepreneur"), Contested(case.id))


@pytest.mark.law("R3.2")
def test_a_complaint_is_never_filed_as_an_application(story: Story) -> None:
    applicant = story.applicant("company_head")
    draft = open_complaint(story.program, applicant, Contested())
    with pytest.raises(NotFound):
        prepare_filing(story.program, draft.id, applicant, "kk")
