"""Claims in court: two documents before the end, and a court act in force changes the register (R15.1, R15.2, D8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.demo.people import pdf
from service.domain.case import Breach, Case, CaseState
from service.domain.claims import DEFENCE, LONGEST_COURT, LONGEST_NUMBER, POSITION, Claim, ClaimResult, CourtAct
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus
from service.domain.duties import Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.forms import LONGEST_SENTENCES
from service.domain.permit_life import PermitAct
from service.usecases.audit import audit
from service.usecases.carry_out import carry_out
from service.usecases.change_permit import change_permit
from service.usecases.claims import attach_claim_document, close_claim, court_order, record_claim
from service.usecases.correct_claim import CORRECTED, correct_claim
from service.usecases.correct_error import Correction
from tests.complaints import Complaints
from tests.usecases.beside import signed

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


def faults(wrong: pytest.ExceptionInfo[InvalidAnswers]) -> dict[str, str]:
    return {name: problem.code for name, problem in wrong.value.data["errors"].items()}


def corrected(story: Complaints, claim: Claim, reason: str = "Қате терілген", **more: Any) -> Claim:
    kept = {name: getattr(claim, name) for name in CORRECTED}
    return correct_claim(story.program, claim.id, story.officer("unit"), {**kept, **more}, reason)


@pytest.mark.law("R15.1", "R15.2")
def test_every_fault_of_a_claim_is_named_at_once_each_at_its_field(complaints: Complaints) -> None:
    granted = complaints.granted()
    days = {"filed_on": date(2023, 9, 11), "hearing_on": date(2023, 9, 10)}
    with pytest.raises(InvalidAnswers) as wrong:
        recorded(complaints, granted.number, "", contests="permit", court="", **days)
    assert faults(wrong) == {"court": "required", "filed_on": "before_act", "hearing_on": "before_claim"}
    assert wrong.value.data["errors"]["filed_on"].data == {"earliest": "2023-09-12"}
    unknown = {"filed_on": date(2023, 9, 13), "hearing_on": date(2033, 1, 1), "contests": "x"}
    with pytest.raises(InvalidAnswers) as wrong:
        recorded(complaints, "P-2023-000099", "НЕТ", **unknown)
    assert faults(wrong) == {
        "filed_on": "in_the_future", "hearing_on": "beyond_calendar", "contests": "required",
        "case_number": "no_such_number", "document_number": "no_such_number",
    }  # fmt: skip
    recorded(complaints, granted.number, "", contests="permit", hearing_on=date(2023, 9, 12))


@pytest.mark.law("R15.1", "L82.1")
def test_an_act_is_there_from_its_first_version_on_and_a_change_of_the_register_from_its_entry(
    complaints: Complaints,
) -> None:
    granted = complaints.granted()
    program, head, permit = complaints.program, complaints.officer("head"), complaints.document(granted, "permit")
    complaints.at("2023-09-14T10:00")
    told = {"document": permit.id, "reason": "Атауы қате", "changes": {"platform": "QazToken сауда алаңы"}}
    signed(complaints, "head", Correction(), granted, **told)
    claim = recorded(complaints, granted.number, "", contests="permit")
    assert claim.contested_document_id != permit.id
    with pytest.raises(InvalidAnswers) as twice:
        recorded(complaints, "", permit.number, contests="permit", number="№ 7194-23-00-4 / 12")
    assert faults(twice) == {"number": "claim_is_recorded"}
    entry = program.queries.case(granted.id).entry
    assert entry is not None
    change_permit(program, entry.id, head, PermitAct.SUSPEND, date(2023, 9, 18), "№ 7", "Тексеру")
    with pytest.raises(InvalidAnswers) as early:
        recorded(complaints, granted.number, "", contests="suspension")
    assert early.value.data["errors"]["filed_on"].data == {"earliest": "2023-09-14"}


@pytest.mark.law("R15.1")
def test_one_number_is_recorded_once_against_an_act_and_again_only_after_a_mistake(complaints: Complaints) -> None:
    granted, head = complaints.granted(), complaints.officer("head")
    claim = recorded(complaints, granted.number, "", contests="permit")
    with pytest.raises(InvalidAnswers) as twice:
        recorded(complaints, granted.number, "", contests="permit", number=" 7194-23-00-4/12 ")
    (problem,) = twice.value.data["errors"].values()
    assert (problem.code, problem.data["number"], problem.data["filed_on"]) == (
        "claim_is_recorded", "7194-23-00-4/12", "2023-09-12",
    )  # fmt: skip
    recorded(complaints, granted.number, "", contests="action")
    recorded(complaints, "", "", contests="permit")
    with pytest.raises(InvalidAnswers):
        recorded(complaints, "", "", contests="permit")
    other = recorded(complaints, granted.number, "", contests="permit", number="7194-23/13")
    with pytest.raises(InvalidAnswers) as taken:
        corrected(complaints, other, number=claim.number)
    assert faults(taken) == {"number": "claim_is_recorded"}
    close_claim(complaints.program, claim.id, head, CourtAct(ClaimResult.MISTAKEN, mistake="Басқа іс"))
    recorded(complaints, granted.number, "", contests="permit")


@pytest.mark.law("R15.2", "L69.1")
def test_a_claim_by_mistake_ends_without_papers_stays_marked_and_nobody_prepares_for_it(
    complaints: Complaints,
) -> None:
    granted, head = complaints.granted(), complaints.officer("head")
    claim = recorded(complaints, granted.number, "", contests="permit")
    with pytest.raises(InvalidAnswers) as silent:
        close_claim(complaints.program, claim.id, head, CourtAct(ClaimResult.MISTAKEN, mistake=" "))
    assert faults(silent) == {"mistake": "required"}
    act = replace(ACT, result=ClaimResult.MISTAKEN, mistake="Басқа ұйымға қарсы талап")
    ended = close_claim(complaints.program, claim.id, head, act)
    assert (ended.is_open, ended.result, ended.mistake) == (False, "mistaken", "Басқа ұйымға қарсы талап")
    assert (ended.act_number, ended.act_on) == ("", None)
    assert [(duty.is_open, duty.result) for duty in duties(complaints)] == [(False, "Басқа ұйымға қарсы талап")]
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    (line,) = [each for each in complaints.program.queries.case(granted.id).journal if each.action == "claim_closed"]
    assert (line.details["result"], line.details["reason"]) == ("mistaken", "Басқа ұйымға қарсы талап")
    with pytest.raises(NotLawful, match="claim_closed"):
        corrected(complaints, claim, court="Басқа сот")
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R15.2", "L69.1")
def test_what_was_typed_wrong_is_corrected_with_a_reason_and_the_journal_keeps_both(complaints: Complaints) -> None:
    granted = complaints.granted()
    claim = recorded(complaints, granted.number, "", contests="permit", hearing_on=date(2023, 9, 14))
    for reason, more in (("", {"court": "СМАС"}), ("Қате", {}), ("Қате", {"filed_on": date(2023, 9, 11)})):
        with pytest.raises(InvalidAnswers):
            corrected(complaints, claim, reason, **more)
    with pytest.raises(Forbidden):
        correct_claim(complaints.program, claim.id, complaints.officer("supervisor"), {}, "Қате")
    day = date(2023, 10, 12)
    fresh = corrected(complaints, claim, number="7194-23-00-4/21", hearing_on=day, after_complaint=True)
    assert (fresh.number, fresh.hearing_on, fresh.after_complaint) == ("7194-23-00-4/21", day, True)
    journal = complaints.program.queries.case(granted.id).journal
    (line,) = [each for each in journal if each.action == "claim_corrected"]
    assert line.details["before"] == {
        "number": "7194-23-00-4/12", "hearing_on": "2023-09-14", "after_complaint": False
    }  # fmt: skip
    assert line.details["after"] == {"number": "7194-23-00-4/21", "hearing_on": "2023-10-12", "after_complaint": True}
    assert line.details["reason"] == "Қате терілген"
    assert [local(duty.due_at).date() for duty in duties(complaints)] == [date(2023, 10, 11)]
    assert [each.details["duty"] for each in journal if each.action == "duty_moved"] == ["prepare_for_court"]
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R15.2", "R8.2")
def test_a_day_in_court_that_is_corrected_after_it_was_missed_begins_another_term(complaints: Complaints) -> None:
    granted = complaints.granted()
    claim = recorded(complaints, granted.number, "", contests="permit", hearing_on=date(2023, 9, 14))
    complaints.at("2023-09-14T10:00")
    corrected(complaints, claim, hearing_on=date(2023, 9, 20))
    complaints.at("2023-09-21T10:00")
    with complaints.program.reading() as uow:
        missed = [breach for breach in uow.list(Breach) if breach.element == "prepare_for_court"]
    assert [local(breach.due_at).date() for breach in missed] == [date(2023, 9, 13), date(2023, 9, 19)]


@pytest.mark.law("R15.2", "D8")
@pytest.mark.parametrize(
    ("at", "hearing_on", "due"),
    [
        ("2023-09-12T10:00", date(2023, 9, 18), "2023-09-15T18:30"),
        ("2023-09-12T10:00", date(2023, 9, 16), "2023-09-15T18:30"),
        ("2023-09-12T10:00", date(2023, 9, 13), "2023-09-12T18:30"),
        ("2023-09-12T10:00", date(2023, 9, 12), "2023-09-12T18:30"),
        ("2023-09-12T18:31", date(2023, 9, 13), "2023-09-13T18:30"),
        ("2023-09-16T12:00", date(2023, 9, 18), "2023-09-16T18:30"),
        ("2023-09-12T10:00", None, "2023-09-15T18:30"),
    ],
    ids=["Monday", "Saturday", "tomorrow", "today", "tomorrow, after closing", "Monday, known on Saturday", "no day"],
)
def test_the_papers_for_the_court_are_due_before_its_hearing_begins(
    complaints: Complaints, at: str, hearing_on: date | None, due: str
) -> None:
    complaints.at(at)
    recorded(complaints, "", "", contests="inaction", hearing_on=hearing_on)
    assert [local(duty.due_at).isoformat()[:16] for duty in duties(complaints)] == [due]
