"""What a decision on a complaint binds the provider to is a duty with a term, until it is done (L100.1)."""

from __future__ import annotations

import pytest

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.duties import CARRY_OUT, Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotFound, NotLawful
from service.usecases.audit import audit
from service.usecases.carry_out import carry_out
from service.usecases.duties import finish_duty, open_duties
from service.usecases.file_access import request_access
from tests.complaints import Complaints
from tests.usecases.beside import duties
from tests.usecases.test_edition_terms import deployed

ACTION = "Мекенжайды түзету"


def ordered(story: Complaints) -> tuple[Case, Case, Duty]:
    """The contested case, the complaint on which an action is ordered on 12 September, and the duty."""
    granted = story.granted()
    complaint = story.forwarded(granted, "permit")
    story.reviewed(complaint, "order", action=ACTION)
    (duty,) = duties(story, complaint, CARRY_OUT)
    return granted, complaint, duty


@pytest.mark.law("L100.1", "A1.4", "R14.2")
def test_an_ordered_action_is_a_duty_of_the_unit_within_the_term_of_the_service(complaints: Complaints) -> None:
    _granted, complaint, duty = ordered(complaints)
    decision = complaints.document(complaint, "review_decision")
    assert (duty.role, duty.law, duty.days) == ("unit", "L100.1", 5)
    assert local(duty.due_at).isoformat() == "2023-09-19T18:30:00+06:00"
    assert (duty.details["text"], duty.details["decision"], duty.document_id) == (ACTION, decision.number, decision.id)
    assert [each.id for each in open_duties(complaints.program, {"unit"})] == [duty.id]
    assert "duty_opened" in complaints.said(complaint)


@pytest.mark.law("L100.1", "L76.1")
def test_a_decision_signed_after_hours_counts_from_the_next_working_day(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.at("2023-09-15T18:31")
    complaints.reviewed(complaint, "order", action=ACTION)
    (duty,) = duties(complaints, complaint, CARRY_OUT)
    assert (duty.counted_from.isoformat(), local(duty.due_at).date().isoformat()) == ("2023-09-18", "2023-09-25")


@pytest.mark.law("L100.1", "R14.2")
@pytest.mark.parametrize("outcome", ["order", "adopt"])
def test_a_day_that_the_decision_sets_is_the_last_of_the_duty_and_stands_in_the_decision(
    complaints: Complaints, outcome: str
) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.reviewed(complaint, outcome, action=ACTION, carry_out_by="2023-09-28")
    (duty,) = duties(complaints, complaint, CARRY_OUT)
    assert (local(duty.due_at).isoformat()[:16], duty.details["text"]) == ("2023-09-28T18:30", ACTION)
    content = complaints.document(complaint, "review_decision").content or {}
    assert content["action_by"] == "2023-09-28"
    complaints.at("2023-09-29T09:00")
    assert "term_missed" in complaints.said(complaint)
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "L76.1")
@pytest.mark.parametrize(
    ("day", "code"),
    [("2023-09-11", "not_before"), ("2023-09-16", "not_a_working_day"), ("2033-09-15", "beyond_calendar")],
)
def test_the_day_of_a_decision_is_a_working_day_and_not_before_it(complaints: Complaints, day: str, code: str) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    with pytest.raises(InvalidAnswers) as refused:
        complaints.considered(complaint, "order", action=ACTION, carry_out_by=day)
    assert {name: each.code for name, each in refused.value.data["errors"].items()} == {"carry_out_by": code}


@pytest.mark.law("L100.1")
def test_a_decision_whose_day_is_over_when_it_is_signed_names_another(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.considered(complaint, "order", action=ACTION, carry_out_by="2023-09-13")
    complaints.at("2023-09-13T18:31")
    with pytest.raises(NotLawful, match="ordered_day_is_over"):
        complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    complaints.work("reviewer", complaint, "task_sign_review", decision="return", return_reason="Мерзімі өтті")
    complaints.reviewed(complaint, "order", action=ACTION, carry_out_by="2023-09-14")
    (duty,) = duties(complaints, complaint, CARRY_OUT)
    assert local(duty.due_at).isoformat()[:16] == "2023-09-14T18:30"


@pytest.mark.law("L100.1")
def test_a_permit_that_is_issued_with_the_decision_leaves_nothing_to_carry_out_by_a_day(
    complaints: Complaints,
) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    complaints.considered(complaint, "adopt", action=ACTION, new_permit=True, carry_out_by="2023-09-28")
    tasks = complaints.program.queries.case(complaint.id).tasks
    (answers,) = [task.answers for task in tasks if task.element == "task_consider_complaint"]
    assert answers is not None
    assert answers["carry_out_by"] is None


@pytest.mark.law("L100.1", "L66.1", "L69.1")
def test_it_ends_with_what_was_done_and_its_day_and_everybody_is_told(complaints: Complaints) -> None:
    granted, complaint, duty = ordered(complaints)
    complaints.at("2023-09-14T10:00")
    unit = complaints.officer("unit")
    done = carry_out(complaints.program, duty.id, unit, " Түзетілді ", "2023-09-13")
    assert (done.result, done.done_by, done.details["done_on"]) == ("Түзетілді", unit.officer_id, "2023-09-13")
    notice = complaints.program.queries.case(complaint.id).notices[-1]
    assert notice.kind == "decision_carried_out"
    told = {"decision": duty.details["decision"], "text": "Түзетілді", "done_on": "2023-09-13"}
    assert notice.details == told
    line = complaints.program.queries.case(granted.id).journal[-1]
    assert (line.action, line.details["result"], line.details["done_on"]) == (
        "decision_carried_out", "Түзетілді", "2023-09-13",
    )  # fmt: skip
    assert complaints.program.queries.case(complaint.id).journal[-1].action == "duty_done"
    notes = complaints.program.queries.notes_with_cases(0, {"reviewer"}, open_only=True, limit=9)
    assert [row.note.details for row in notes if row.note.kind == "carried_out"] == [told]
    assert open_duties(complaints.program, {"unit"}) == []
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1")
def test_nobody_else_ends_it_nor_without_a_true_day_nor_twice(complaints: Complaints) -> None:
    _granted, _complaint, duty = ordered(complaints)
    program, unit = complaints.program, complaints.officer("unit")
    with pytest.raises(Forbidden):
        carry_out(program, duty.id, complaints.officer("head"), "Түзетілді", "2023-09-12")
    with pytest.raises(NotLawful, match="duty_has_an_act"):
        finish_duty(program, duty.id, unit, "Түзетілді")
    for done, day, wrong in (
        (" ", "2023-09-12", {"result": "required"}),
        ("Түзетілді", "", {"done_on": "required"}),
        ("Түзетілді", "12.09", {"done_on": "not_a_date"}),
        ("Түзетілді", "2023-09-13", {"done_on": "in_the_future"}),
        (" ", "2023-09-11", {"result": "required", "done_on": "not_before"}),
        ("", "31.02.2023", {"result": "required", "done_on": "no_such_day"}),
    ):
        with pytest.raises(InvalidAnswers) as refused:
            carry_out(program, duty.id, unit, done, day)
        assert {name: found.code for name, found in refused.value.data["errors"].items()} == wrong
    carry_out(program, duty.id, unit, "Түзетілді", "2023-09-12")
    with pytest.raises(NotLawful, match="duty_is_done"):
        carry_out(program, duty.id, unit, "Түзетілді", "2023-09-12")


@pytest.mark.law("L100.1", "L75.1")
def test_another_duty_is_not_ended_so(complaints: Complaints) -> None:
    case = complaints.filed()
    request_access(complaints.program, case.id, complaints.applicant("company_head"))
    (duty,) = duties(complaints, case, "give_case_file")
    with pytest.raises(NotFound):
        carry_out(complaints.program, duty.id, complaints.officer("unit"), "Берілді", "2023-09-12")


@pytest.mark.law("O1", "L100.1")
def test_its_term_is_that_of_the_edition_of_the_complaint(complaints: Complaints) -> None:
    deployed(complaints, {"decision_carried_out_days": 3})
    _granted, _complaint, duty = ordered(complaints)
    assert (duty.days, local(duty.due_at).date().isoformat()) == (3, "2023-09-15")


@pytest.mark.law("L100.1")
def test_a_complaint_about_no_case_of_ours_binds_the_provider_all_the_same(complaints: Complaints) -> None:
    complaint = complaints.forwarded(None, contests="action", official="Кеңсе")
    complaints.reviewed(complaint, "order", action=ACTION)
    (duty,) = duties(complaints, complaint, CARRY_OUT)
    carry_out(complaints.program, duty.id, complaints.officer("unit"), "Жасалды", "2023-09-12")
    assert complaints.told(complaint)[-1] == "decision_carried_out"
