"""What is said while a decision is prepared, or lies before its signer, is read first (L73.3, A1.10.5)."""

from __future__ import annotations

import pytest

from service.adapters.database.unit_of_work import SqlUnitOfWork
from service.domain.case import Case, CaseState
from service.domain.errors import CaseChanged
from service.usecases.applicant_acts import submit_position
from service.usecases.consent import consent_of, withdraw_consent
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from tests.program import CONFORMS, Story


@pytest.mark.law("L73.3", "R8.4")
def test_an_answer_of_the_instant_in_which_the_paper_is_prepared_is_not_signed_over(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.invited()
    applicant, head = story.applicant("company_head"), story.officer("head")
    submit_position(story.program, case.id, applicant, "Шартты қоса ұсынамын", wants_oral=False)
    told = {"hearing_result": "written", "outcome": "grant", "outcome_reasons": "Шарт жеткілікті"}
    story.work("unit", case, "task_hold_hearing", **told)
    committed = SqlUnitOfWork.commit

    def commit(uow: SqlUnitOfWork) -> None:
        committed(uow)
        monkeypatch.setattr(SqlUnitOfWork, "commit", committed)
        submit_position(story.program, case.id, applicant, "Шарт бұзылды", wants_oral=False)

    monkeypatch.setattr(SqlUnitOfWork, "commit", commit)
    prepared = prepare_document(story.program, story.open_task(case).id, head, {"decision": ["sign"]})
    cms = story.pki.sign_cms("ministry_head", bytes_to_sign(story.program, prepared))
    with pytest.raises(CaseChanged, match="position"):
        sign_document(story.program, prepared.id, head, cms)
    assert story.now(case).state is CaseState.OPEN


@pytest.mark.law("A1.10.5", "R9.1")
def test_a_consent_withdrawn_since_the_permit_was_prepared_is_read_before_that_is_signed(story: Story) -> None:
    case, head = story.work("unit", story.complete(), "task_examine", **CONFORMS), story.officer("head")

    def signed() -> Case:
        prepared = prepare_document(story.program, story.open_task(case).id, head, {"decision": ["sign"]})
        cms = story.pki.sign_cms("ministry_head", bytes_to_sign(story.program, prepared))
        consent = consent_of(story.program, case.id)
        if consent is not None and consent.withdrawn_at is None:
            withdraw_consent(story.program, case.id, story.applicant("company_head"), "Келіспеймін")
        return sign_document(story.program, prepared.id, head, cms)

    with pytest.raises(CaseChanged, match="consent"):
        signed()
    assert story.now(case).state is CaseState.OPEN
    assert signed().state is CaseState.CLOSED, "who prepares it again has read it, and decides"
