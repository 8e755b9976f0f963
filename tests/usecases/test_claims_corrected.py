"""A claim that was typed wrong: every fault is named, and corrected with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.domain.case import Breach
from service.domain.claims import Claim, ClaimResult, CourtAct
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.permit_life import PermitAct
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from service.usecases.claims import close_claim
from service.usecases.correct_claim import CORRECTED, correct_claim
from service.usecases.correct_error import Correction
from tests.complaints import Complaints
from tests.usecases.beside import signed
from tests.usecases.claimed import ACT, duties, faults, recorded


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
