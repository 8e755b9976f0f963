"""The reviewing body: six outcomes, each with its effect in the transaction of the decision (R14.2, L95.1, L100)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import update

from service.adapters.database import tables
from service.domain.appeal import Unconsidered
from service.domain.deadlines import ZONE, local
from service.domain.decisions import PermitStatus
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.people import Officer
from service.usecases.audit import audit
from tests.complaints import INVITED, Complaints
from tests.program import CONFORMS
from tests.soak.sound import require_sound

HELD = {"hearing_result": "silent", "outcome_reasons": "Позиция білдірілмеді"}


@pytest.mark.law("L100.1", "R11.2")
def test_a_cancelled_permit_changes_the_register_in_the_same_transaction(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    complaints.reviewed(complaint, "cancel")
    decision = complaints.document(complaint, "review_decision")
    assert complaints.now(complaint).outcome == "cancelled"
    assert (complaints.status(granted), complaints.basis(granted)) == (PermitStatus.CANCELLED, decision.number)
    assert complaints.document(granted, "permit").annulled_by == decision.number
    assert complaints.now(granted).outcome == "granted"
    assert complaints.told(complaint)[-1] == "complaint_cancelled"
    assert decision.delivered_at is not None
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "L76.1")
def test_a_cancelled_refusal_leaves_the_application_to_be_decided_anew(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaints.reviewed(complaints.forwarded(refused, "refusal"), "cancel")
    again = complaints.now(refused)
    assert (again.state, again.reopened_on, again.registered_on) == ("open", date(2023, 9, 18), date(2023, 9, 12))
    assert complaints.open_elements(refused) == {"task_examine"}
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "R11.1", "R9.1")
def test_a_refusal_cancelled_with_a_new_act_issues_the_permit_with_its_entry(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    complaints.considered(complaint, "adopt", new_permit="true", action="Рұқсат беру")
    complaints.work("reviewer", complaint, "task_sign_new_act", decision="sign")
    assert complaints.now(refused).outcome == "refused"
    with complaints.program.database.engine.begin() as connection:  # what was signed counts, not what it was made from
        connection.execute(update(tables.prepared_document).values(number="99", content={"kind": "permit"}))
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    assert (complaints.now(refused).outcome, complaints.now(complaint).outcome) == ("granted", "adopted")
    assert complaints.status(refused) is PermitStatus.IN_FORCE
    permit = complaints.document(refused, "permit")
    with complaints.program.reading() as uow:
        assert permit.signed_by == uow.get(Officer, complaints.officer("reviewer").officer_id).full_name
    assert complaints.document(refused, "refusal").annulled_by
    assert complaints.told(refused)[-1] == "granted"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1")
def test_an_ordered_action_binds_the_provider_and_the_act_stays(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    complaints.reviewed(complaint, "order", action="Мекенжайды түзету")
    assert complaints.now(complaint).outcome == "ordered"
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    decision = complaints.document(complaint, "review_decision")
    received = next(line for line in complaints.program.queries.case(granted.id).journal
                    if line.action == "complaint_decision_received")  # fmt: skip
    assert decision.number in str(received.details)
    seen = complaints.program.queries.cases_for(complaints.officer("unit")).rows
    assert complaint.number in {case.number for case in seen}


@pytest.mark.law("L100.1", "L73.1")
def test_a_complaint_is_left_unsatisfied_only_after_a_hearing_and_three_working_days(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    complaints.considered(complaint, "unsatisfied")
    assert complaints.open_elements(complaint) == {"task_invite_review_hearing"}
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    assert complaints.told(complaint)[-1] == "review_invitation"
    complaints.says(complaint)
    spoken = {"hearing_result": "written", "outcome_reasons": "Дәлелдер қаралды"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **spoken)
    assert complaints.open_elements(complaint) == set()
    complaints.at("2023-09-15T09:00")
    complaints.reviewed(complaint, "unsatisfied")
    assert complaints.now(complaint).outcome == "unsatisfied"
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    assert complaints.told(complaint)[-1] == "complaint_unsatisfied"


@pytest.mark.law("L100.1", "R11.1")
def test_a_permit_that_takes_the_place_of_another_leaves_everything_sound(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    complaints.considered(complaint, "adopt", new_permit="true", action="Рұқсат беру")
    complaints.work("reviewer", complaint, "task_sign_new_act", decision="sign")
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    complaints.program.sweep()
    assert complaints.now(granted).rounds == 1
    require_sound(complaints.program)


@pytest.mark.law("L73.3", "L73.1")
def test_an_oral_hearing_asked_for_in_time_is_owed_also_after_the_result_was_recorded(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    complaints.says(complaint)
    spoken = {"hearing_result": "written", "outcome_reasons": "Дәлелдер қаралды"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **spoken)
    complaints.says(complaint, oral=True)
    complaints.at("2023-09-15T09:00")
    complaints.considered(complaint, "unsatisfied")
    assert complaints.open_elements(complaint) == {"task_invite_review_hearing"}
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-19")
    complaints.at("2023-09-19T18:31")
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **HELD)
    complaints.at("2023-09-20T09:00")
    complaints.reviewed(complaint, "unsatisfied")
    assert complaints.now(complaint).outcome == "unsatisfied"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L73.4")
def test_silence_at_the_hearing_of_a_complaint_is_recorded_only_when_the_two_days_are_over(
    complaints: Complaints,
) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    with pytest.raises(InvalidAnswers):
        complaints.work("reviewer", complaint, "task_hold_review_hearing", **HELD)
    complaints.at("2023-09-14T18:31")
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **HELD)
    assert "hearing_recorded" in complaints.said(complaint)


@pytest.mark.law("L100.1", "L76.1", "R8.1")
def test_a_case_that_is_sent_back_reopens_with_new_terms_and_the_violations_named(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    complaints.at("2023-09-20T10:00")
    complaints.reviewed(complaint, "send_back", violations="Кепілдік хат қаралмаған")
    assert complaints.now(complaint).outcome == "sent_back"
    view = complaints.program.queries.case(refused.id)
    assert (view.case.reopened_on, view.case.completeness_on) == (date(2023, 9, 20), date(2023, 9, 20))
    waiting = {row.element: row.due_at.isoformat() for row in view.deadlines if row.waits and row.engine_id}
    assert waiting["deadline_service"] == "2023-09-27T12:30:00+00:00"
    reopened = next(entry for entry in view.journal if entry.action == "case_reopened")
    assert reopened.details["violations"] == "Кепілдік хат қаралмаған"
    notes = complaints.program.queries.notes_with_cases(view.case.executor_id or 0, {"unit"}, open_only=True, limit=50)
    assert any(row.note.kind == "sent_back" and row.note.details["text"] for row in notes)
    assert complaints.told(refused)[-1] == "reopened"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1")
def test_the_unit_reads_the_reasons_of_a_decision_that_cancels_as_reasons_and_not_as_violations(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    complaints.reviewed(complaints.forwarded(refused, "refusal"), "cancel")
    view = complaints.program.queries.case(refused.id)
    reopened = next(entry for entry in view.journal if entry.action == "case_reopened")
    assert "violations" not in reopened.details
    notes = complaints.program.queries.notes_with_cases(view.case.executor_id or 0, {"unit"}, open_only=True, limit=50)
    (told,) = [row.note for row in notes if row.note.kind in {"sent_back", "act_cancelled"}]
    assert (told.kind, told.details["text"]) == ("act_cancelled", reopened.details["reasons"])
    assert told.details["text"]


@pytest.mark.law("L95.1", "L100.1")
@pytest.mark.parametrize("reason", list(Unconsidered))
def test_a_complaint_is_left_unconsidered_on_one_of_five_reasons(complaints: Complaints, reason: Unconsidered) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    complaints.reviewed(complaint, "unconsidered", unconsidered_reason=reason.value)
    assert complaints.now(complaint).outcome == "unconsidered"
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    notice = complaints.program.queries.case(complaint.id).notices[-1]
    assert (notice.kind, local(notice.at).date()) == ("complaint_unconsidered", date(2023, 9, 12))


@pytest.mark.law("L95.1", "L100.1")
def test_the_list_of_reasons_for_leaving_unconsidered_is_closed(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    with pytest.raises(InvalidAnswers):
        complaints.considered(complaint, "unconsidered", unconsidered_reason="dislike")
    with pytest.raises(InvalidAnswers):
        complaints.considered(complaint, "send_back")


@pytest.mark.law("L95.1", "L100.1")
def test_an_act_that_was_cancelled_before_is_not_cancelled_again(complaints: Complaints) -> None:
    refused = complaints.refused()
    first, second = complaints.forwarded(refused, "refusal"), complaints.forwarded(refused, "refusal")
    complaints.reviewed(first, "cancel")
    with pytest.raises(NotLawful) as decided:
        complaints.reviewed(second, "cancel")
    assert decided.value.code == "act_already_cancelled"
    complaints.work("reviewer", second, "task_sign_review", decision="return", return_reason="Шешілген")
    complaints.reviewed(second, "unconsidered", unconsidered_reason="already_decided")
    assert complaints.now(second).outcome == "unconsidered"


@pytest.mark.law("L100.5", "R14.2", "D27")
def test_no_decision_in_term_counts_as_refusal_and_the_person_is_told_of_the_court(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    row = complaints.complaint(complaint)
    assert row.review_registered_on == date(2023, 9, 18)
    complaints.at("2023-10-09T18:29")
    assert complaints.complaint(complaint).silent_since is None
    complaints.at("2023-10-09T18:31")
    assert complaints.complaint(complaint).silent_since == date(2023, 10, 9)
    assert complaints.told(complaint)[-1] == "complaint_silence"
    breaches = complaints.program.queries.case(complaint.id).breaches
    assert [breach.element for breach in breaches] == ["deadline_review"]
    complaints.reviewed(complaint, "cancel")
    assert complaints.complaint(complaint).silent_since == date(2023, 10, 9)


@pytest.mark.law("L100.5")
def test_silence_counts_from_the_day_of_expiry_also_when_it_is_noticed_later(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    complaints.program.set_clock(datetime(2023, 10, 11, 9, tzinfo=ZONE))
    complaints.program.sweep()
    assert complaints.complaint(complaint).silent_since == date(2023, 10, 9)


@pytest.mark.law("L100.5")
@pytest.mark.parametrize("outcome", ["unsatisfied", "cancel"])
def test_silence_at_whatever_task_counts_from_the_end_of_the_term(complaints: Complaints, outcome: str) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    complaints.considered(complaint, outcome)
    complaints.at("2023-10-16T09:00")
    assert complaints.complaint(complaint).silent_since == date(2023, 10, 9)


@pytest.mark.law("L100.5", "R11.2")
def test_silence_changes_neither_the_contested_case_nor_the_suspension(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    complaints.at("2023-10-16T09:00")
    assert complaints.complaint(complaint).silent_since is not None
    assert complaints.now(granted).outcome == "granted"
    assert complaints.status(granted) is PermitStatus.SUSPENDED
    complaints.considered(complaint, "unconsidered", unconsidered_reason="returned")
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    assert complaints.status(granted) is PermitStatus.IN_FORCE


@pytest.mark.law("R14.2")
def test_the_day_of_registration_at_the_reviewing_body_is_never_before_the_forwarding(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    for day in ("2023-09-15", "2023-09-19"):
        with pytest.raises(InvalidAnswers):
            complaints.work("reviewer", complaint, "task_register_review", review_registered_on=day)


@pytest.mark.law("L100.1", "R11.2")
def test_a_permit_that_is_sent_back_leaves_the_register_and_may_be_issued_anew(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaints.reviewed(complaints.forwarded(granted, "permit"), "send_back", violations="Мекенжай қате")
    assert complaints.status(granted) is PermitStatus.CANCELLED
    assert complaints.open_elements(granted) == {"task_examine"}
    assert list(audit(complaints.program)) == []
    complaints.work("unit", granted, "task_examine", **CONFORMS)
    complaints.work("head", granted, "task_sign_permit", decision="sign")
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    assert complaints.now(granted).outcome == "granted"
    assert list(audit(complaints.program)) == []
