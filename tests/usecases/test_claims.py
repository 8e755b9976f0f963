"""Claims in court: two documents before the end, and a court act in force changes the register (R15.1, R15.2, D8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.domain.case import Case, CaseState
from service.domain.claims import DEFENCE, LONGEST_COURT, LONGEST_NUMBER, POSITION, Claim, ClaimResult, CourtAct
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.forms import LONGEST_SENTENCES
from service.usecases.audit import audit
from service.usecases.carry_out import carry_out
from service.usecases.claims import close_claim, court_order, record_claim
from service.usecases.correct_error import Correction
from tests.complaints import Complaints
from tests.usecases.beside import signed
from tests.usecases.claimed import ACT, duties, faults, recorded, with_papers


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


@pytest.mark.law("R15.1", "L82.1")
def test_a_court_act_cancels_the_paper_with_its_corrected_version(complaints: Complaints) -> None:
    granted = complaints.granted()
    original = complaints.document(granted, "permit")
    claim = recorded(complaints, granted.number, original.number, contests="permit")
    with_papers(complaints, claim, DEFENCE, POSITION)
    told = {"document": original.id, "reason": "Атауы қате жазылған", "changes": {"platform": "QazToken сауда алаңы"}}
    signed(complaints, "head", Correction(), granted, **told)
    complaints.at("2023-09-18T10:00")
    close_claim(complaints.program, claim.id, complaints.officer("head"), ACT)
    papers = [each for each in complaints.program.queries.case(granted.id).documents if each.kind == "permit"]
    assert [(each.correction, each.annulled_by) for each in papers] == [
        (0, claim_basis(complaints, claim)), (1, claim_basis(complaints, claim)),
    ]  # fmt: skip
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R15.1", "L100.1")
def test_a_refusal_cancelled_by_the_court_leaves_the_application_to_be_decided_anew(complaints: Complaints) -> None:
    refused = complaints.refused()
    day, number = date(2023, 9, 18), complaints.document(refused, "refusal").number
    claim = recorded(complaints, refused.number, number, contests="refusal", filed_on=day)
    with_papers(complaints, claim, DEFENCE, POSITION)
    close_claim(complaints.program, claim.id, complaints.officer("head"), replace(ACT, on=day))
    assert complaints.open_elements(refused) == {"task_examine"}
    assert list(audit(complaints.program)) == []


def against_what_was_done(story: Complaints, case: Case, contests: str) -> Claim:
    """A claim against an action or an inaction in a case, with both documents; it is Monday 18 September."""
    claim = recorded(story, case.number, "", contests=contests)
    with_papers(story, claim, DEFENCE, POSITION)
    story.at("2023-09-18T10:00")
    return claim


@pytest.mark.law("R15.1", "L69.1")
@pytest.mark.parametrize(
    ("contests", "until", "due"),
    [("inaction", None, "2023-09-25"), ("inaction", date(2023, 9, 20), "2023-09-20"), ("action", None, "2023-09-25")],
)
def test_what_a_court_orders_after_an_unlawful_action_or_inaction_is_a_duty_and_no_act_is_cancelled(
    complaints: Complaints, contests: str, until: date | None, due: str
) -> None:
    case = complaints.assigned()
    claim = against_what_was_done(complaints, case, contests)
    head, unit, program = complaints.officer("head"), complaints.officer("unit"), complaints.program
    close_claim(program, claim.id, head, replace(ACT, ordered=" Өтінішті қарау ", until=until))
    with program.reading() as uow:
        duty = court_order(uow, claim)
    assert duty is not None
    assert (duty.role, duty.law, local(duty.due_at).date().isoformat(), duty.case_id) == ("unit", "R15.1", due, case.id)
    assert (duty.details["text"], duty.details["court_act"]) == ("Өтінішті қарау", claim_basis(complaints, claim))
    said = complaints.said(case)
    assert "act_cancelled" not in said and "complaint_decision_received" not in said
    lines = {line.action: line.details for line in program.queries.case(case.id).journal}
    assert lines["found_unlawful"] == {"basis": duty.details["court_act"], "contests": contests}
    assert lines["court_act_received"] == {"basis": duty.details["court_act"], "reason": "Өтінішті қарау"}
    assert complaints.now(case).state is CaseState.OPEN
    with pytest.raises(InvalidAnswers) as early:
        carry_out(program, duty.id, unit, "Қаралды", "2023-09-14")
    assert early.value.data["errors"]["done_on"].data == {"earliest": "2023-09-15"}
    carry_out(program, duty.id, unit, "Қаралды", "2023-09-15")
    done = program.queries.case(case.id).journal[-1]
    assert (done.action, done.details["duty"], done.details["done_on"]) == ("duty_done", duty.kind, "2023-09-15")
    assert list(audit(program)) == []


def claim_basis(story: Complaints, claim: Claim) -> str:
    with story.program.reading() as uow:
        return uow.get(Claim, claim.id).basis


@pytest.mark.law("R15.1")
def test_of_an_unlawful_inaction_the_court_says_what_is_to_be_done_and_orders_nothing_without_that(
    complaints: Complaints,
) -> None:
    case, head = complaints.assigned(), complaints.officer("head")
    claim, other = (against_what_was_done(complaints, case, each) for each in ("inaction", "action"))
    for act, wrong in (
        (ACT, {"ordered": "required"}),
        (replace(ACT, ordered="Қарау", until=date(2023, 9, 14)), {"until": "not_before"}),
        (replace(ACT, ordered="Қарау", until=date(2033, 9, 14)), {"until": "beyond_calendar"}),
        (replace(ACT, ordered="Қ" * (LONGEST_SENTENCES + 1)), {"ordered": "too_long"}),
        (replace(ACT, result=ClaimResult.DISMISSED, ordered="Қарау"), {"ordered": "nothing_ordered"}),
        (CourtAct(ClaimResult.WITHDRAWN, until=date(2023, 9, 20)), {"ordered": "nothing_ordered"}),
    ):
        with pytest.raises(InvalidAnswers) as refused:
            close_claim(complaints.program, claim.id, head, act)
        assert faults(refused) == wrong
    with pytest.raises(InvalidAnswers) as without:
        close_claim(complaints.program, other.id, head, replace(ACT, until=date(2023, 9, 20)))
    assert faults(without) == {"ordered": "required"}
    close_claim(complaints.program, other.id, head, ACT)
    with complaints.program.reading() as uow:
        assert court_order(uow, other) is None
    assert "found_unlawful" in complaints.said(case)


@pytest.mark.law("R15.1", "L100.1")
def test_what_a_court_orders_beside_cancelling_an_act_is_a_duty_also_without_a_case_of_ours(
    complaints: Complaints,
) -> None:
    refused, day = complaints.refused(), date(2023, 9, 18)
    of_case = recorded(complaints, refused.number, "", contests="refusal", filed_on=day)
    without = recorded(complaints, "", "", contests="inaction", filed_on=day, number="7194-23/13")
    for claim in (of_case, without):
        with_papers(complaints, claim, DEFENCE, POSITION)
        close_claim(complaints.program, claim.id, complaints.officer("head"), replace(ACT, on=day, ordered="Қарау"))
        with complaints.program.reading() as uow:
            duty = court_order(uow, claim)
        assert duty is not None
        assert (duty.case_id, duty.is_open) == (claim.contested_case_id, True)
    said = complaints.said(refused)
    assert {"act_cancelled", "court_act_received", "case_reopened"} <= set(said)
    assert "complaint_decision_received" not in said
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
    other = complaints.filed("entrepreneur")
    with pytest.raises(InvalidAnswers) as elsewhere:
        recorded(complaints, other.number, permit.number, contests="permit")
    assert elsewhere.value.data["errors"]["document_number"].code == "of_another_case"


@pytest.mark.law("R15.1")
def test_the_number_of_the_act_or_of_its_case_is_enough(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit = complaints.document(granted, "permit")
    for number, document in ((granted.number.lower(), ""), ("", permit.number)):
        claim = recorded(complaints, number, document, contests="permit", number=f"7194-23/{document}")
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
