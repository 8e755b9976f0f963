"""Claims in court: two documents before the end, and a court act in force changes the register (R15.1, R15.2, D8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.demo.people import pdf
from service.domain.claims import DEFENCE, LONGEST_COURT, LONGEST_NUMBER, POSITION, Claim, ClaimResult, CourtAct
from service.domain.decisions import PermitStatus
from service.domain.duties import Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.audit import audit
from service.usecases.claims import attach_claim_document, close_claim, record_claim
from tests.complaints import Complaints

ACT = CourtAct(ClaimResult.ANNULLED, "7194-23-00-4/77", date(2023, 9, 15), date(2023, 9, 18))


def recorded(story: Complaints, case_number: str, document_number: str, **more: Any) -> Claim:
    answers = {
        "court": "Астана қаласының мамандандырылған әкімшілік соты",
        "number": "7194-23-00-4/12",
        "plaintiff": "Алтын ЖШС",
        "filed_on": date(2023, 9, 12),
        "case_number": case_number,
        "document_number": document_number,
        **more,
    }
    return record_claim(story.program, story.officer("unit"), answers)


def with_papers(story: Complaints, claim: Claim, *kinds: str) -> None:
    for kind in kinds:
        content = pdf("Пікір", kind)
        attach_claim_document(story.program, claim.id, story.officer("unit"), kind, "пікір.pdf", content)


def duties(story: Complaints) -> list[Duty]:
    with story.program.reading() as uow:
        return [duty for duty in uow.list(Duty) if duty.kind == "prepare_for_court"]


@pytest.mark.law("R15.2", "D8")
def test_a_claim_is_not_closed_without_both_documents_and_leaves_the_act_as_it_is(complaints: Complaints) -> None:
    granted = complaints.granted()
    claim = recorded(complaints, granted.number, complaints.document(granted, "permit").number, contests="permit")
    head = complaints.officer("head")
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    assert [duty.is_open for duty in duties(complaints)] == [True]
    for kind in ((), (DEFENCE,), ()):
        with_papers(complaints, claim, *kind)
        with pytest.raises(NotLawful) as missing:
            close_claim(complaints.program, claim.id, head, CourtAct(ClaimResult.WITHDRAWN))
        assert missing.value.code == "claim_documents_missing"
    with_papers(complaints, claim, POSITION)
    assert [duty.is_open for duty in duties(complaints)] == [False]
    assert close_claim(complaints.program, claim.id, head, CourtAct(ClaimResult.WITHDRAWN)).result == "withdrawn"
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    with pytest.raises(NotLawful):
        close_claim(complaints.program, claim.id, head, ACT)


@pytest.mark.law("R15.1", "R11.2", "L66.1")
def test_a_court_act_in_force_changes_the_register_with_its_number_and_date(complaints: Complaints) -> None:
    granted = complaints.granted()
    claim = recorded(complaints, granted.number, complaints.document(granted, "permit").number, contests="permit")
    with_papers(complaints, claim, DEFENCE, POSITION)
    head = complaints.officer("head")
    with pytest.raises(InvalidAnswers) as early:
        close_claim(complaints.program, claim.id, head, ACT)
    assert set(early.value.data["errors"]) == {"act_on", "act_in_force_on"}
    complaints.at("2023-09-18T10:00")
    close_claim(complaints.program, claim.id, head, ACT)
    assert complaints.status(granted) is PermitStatus.CANCELLED
    basis = complaints.basis(granted)
    assert "7194-23-00-4/77" in basis and "15.09.2023" in basis
    assert complaints.document(granted, "permit").annulled_by == basis
    assert complaints.told(granted)[-1] == "permit_cancelled"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R15.1", "L100.1")
def test_a_refusal_cancelled_by_the_court_leaves_the_application_to_be_decided_anew(complaints: Complaints) -> None:
    refused = complaints.refused()
    claim = recorded(complaints, refused.number, complaints.document(refused, "refusal").number, contests="refusal")
    with_papers(complaints, claim, DEFENCE, POSITION)
    close_claim(complaints.program, claim.id, complaints.officer("head"), ACT)
    assert complaints.open_elements(refused) == {"task_examine"}
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R15.2")
def test_a_claim_names_court_number_plaintiff_and_an_act_of_ours(complaints: Complaints) -> None:
    with pytest.raises(InvalidAnswers) as wrong:
        recorded(complaints, "", "", court="", number="", plaintiff=" ", filed_on=None, contests="x")
    assert set(wrong.value.data["errors"]) == {"court", "number", "plaintiff", "filed_on", "contests"}
    with pytest.raises(InvalidAnswers):
        recorded(complaints, "P-2023-000099", "", contests="refusal")
    with pytest.raises(Forbidden):
        record_claim(complaints.program, complaints.officer("supervisor"), {})


@pytest.mark.law("R15.1", "D8")
def test_a_claim_against_an_act_that_the_case_does_not_hold_is_not_recorded(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit = complaints.document(granted, "permit")
    for number, document in ((granted.number, ""), (granted.number, permit.number), ("", permit.number)):
        with pytest.raises(InvalidAnswers) as wrong:
            recorded(complaints, number, document, contests="refusal")
        assert wrong.value.data["errors"]["contests"].code == "no_such_act"
    with pytest.raises(InvalidAnswers) as unknown:
        recorded(complaints, "", "НЕТ-ТАКОГО", contests="refusal")
    assert unknown.value.data["errors"]["document_number"].code == "no_such_number"


@pytest.mark.law("R15.1")
def test_the_number_of_the_act_or_of_its_case_is_enough(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit = complaints.document(granted, "permit")
    for number, document in ((granted.number.lower(), ""), ("", permit.number)):
        claim = recorded(complaints, number, document, contests="permit")
        assert (claim.contested_case_id, claim.contested_document_id) == (granted.id, permit.id)


@pytest.mark.law("R15.1", "R15.2")
def test_the_longest_court_and_number_stand_on_the_cancelled_paper_and_a_longer_one_is_refused(
    complaints: Complaints,
) -> None:
    granted = complaints.granted()
    permit, court = complaints.document(granted, "permit").number, "С" * LONGEST_COURT
    with pytest.raises(InvalidAnswers) as long:
        recorded(complaints, granted.number, permit, contests="permit", court=court + "С")
    assert long.value.data["errors"]["court"].data["limit"] == LONGEST_COURT
    claim = recorded(complaints, granted.number, permit, contests="permit", court=court)
    with_papers(complaints, claim, DEFENCE, POSITION)
    complaints.at("2023-09-18T10:00")
    close_claim(complaints.program, claim.id, complaints.officer("head"), replace(ACT, number="9" * LONGEST_NUMBER))
    assert complaints.document(granted, "permit").annulled_by == f"{court}, № {'9' * LONGEST_NUMBER}, 15.09.2023"
