"""The applicant reports a clerical error; papers of complaints are corrected too, each by its own body (L82.1)."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.deadlines import ZONE
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.acts_beside import prepare_act
from service.usecases.audit import audit
from service.usecases.correct_error import Correction
from service.usecases.report_error import no_error, report_error, report_own_error
from tests.complaints import Complaints
from tests.papers import pdf_text
from tests.usecases.beside import duties, signed


@pytest.mark.law("L82.1")
def test_the_applicant_reports_an_error_and_the_head_has_three_working_days(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit, applicant = complaints.document(granted, "permit"), complaints.applicant("company_head")
    duty = report_own_error(complaints.program, permit.id, applicant, " Атауы қате ")
    assert (duty.role, duty.due_at, duty.document_id) == ("head", datetime(2023, 9, 15, 18, 30, tzinfo=ZONE), permit.id)
    line = next(line for line in complaints.program.queries.case(granted.id).journal if line.action == "error_reported")
    assert (line.role, line.details["reason"]) == ("applicant", "Атауы қате")
    with pytest.raises(Forbidden):
        report_own_error(complaints.program, permit.id, complaints.applicant("entrepreneur"), "Қате")
    for reason, code in ((" ", "required"), ("х" * 2001, "too_long")):
        with pytest.raises(InvalidAnswers) as refused:
            report_own_error(complaints.program, permit.id, applicant, reason)
        assert refused.value.data["errors"]["reason"].code == code


@pytest.mark.law("L82.1", "L69.1")
def test_what_is_said_once_more_is_added_to_the_open_duty(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit = complaints.document(granted, "permit")
    report_own_error(complaints.program, permit.id, complaints.applicant("company_head"), "Атауы қате")
    report_error(complaints.program, permit.id, complaints.officer("unit"), "Көшесі де")
    (duty,) = duties(complaints, granted, "correct_error")
    assert duty.details["reason"] == "Атауы қате\nКөшесі де"
    assert complaints.said(granted).count("error_reported") == 2
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L82.1", "L66.1")
def test_where_there_is_no_error_the_duty_ends_and_the_person_is_told_why(complaints: Complaints) -> None:
    granted = complaints.granted()
    permit = complaints.document(granted, "permit")
    duty = report_own_error(complaints.program, permit.id, complaints.applicant("company_head"), "Мерзімі қысқа")
    with pytest.raises(Forbidden):
        no_error(complaints.program, duty.id, complaints.officer("unit"), "Мерзім заңда")
    with pytest.raises(InvalidAnswers):
        no_error(complaints.program, duty.id, complaints.officer("head"), " ")
    no_error(complaints.program, duty.id, complaints.officer("head"), "Мерзім заңда")
    notice = complaints.program.queries.case(granted.id).notices[-1]
    assert (notice.kind, notice.details) == ("not_corrected", {"document": permit.number, "reason": "Мерзім заңда"})
    assert [each.is_open for each in duties(complaints, granted, "correct_error")] == [False]
    with pytest.raises(NotLawful, match="duty_is_done"):
        no_error(complaints.program, duty.id, complaints.officer("head"), "Мерзім заңда")
    assert list(audit(complaints.program)) == []


@pytest.mark.printed
@pytest.mark.law("L82.1", "L100.1")
def test_the_reviewing_body_corrects_its_own_decision(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.reviewed(complaint, "order", action="Мекенжайды түзету")
    decision = complaints.document(complaint, "review_decision")
    duty = report_own_error(complaints.program, decision.id, complaints.applicant("company_head"), "Дәлелде қате")
    assert duty.role == "reviewer"
    answers = {"document": decision.id, "reason": "Қате", "changes": {"reasons": "Материалдар толық зерттелді"}}
    with pytest.raises(Forbidden):
        prepare_act(complaints.program, Correction(), complaint.id, complaints.officer("head"), answers)
    signed(complaints, "reviewer", Correction(), complaint, **answers)
    fresh = complaints.document(complaint, "review_decision")
    assert (fresh.number, fresh.corrects_id) == (decision.number, decision.id)
    said = " ".join(pdf_text(complaints.program.files.read(fresh.sha256)).split())
    assert "Материалдар толық зерттелді" in said
    assert complaints.told(complaint)[-1] == "corrected"
    assert [each.is_open for each in duties(complaints, complaint, "correct_error")] == [False]
    assert list(audit(complaints.program)) == []


@pytest.mark.printed
@pytest.mark.law("L82.1", "R13.4", "R14.1")
def test_the_head_corrects_the_provider_s_papers_on_a_complaint(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.assigned(), contests="inaction", official="Бас сарапшы")
    done = {"action_done": "Хат жолданды", "action_on": "2023-09-12"}
    review = {"proposal": "satisfy", "remedy": "action", "opinion": "Негізді"}
    complaints.work("unit", complaint, "task_review_complaint", **review, **done)
    complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    answered = complaints.registered(complaints.filed(), track="service", contests="service", official="Кеңсе")
    complaints.work("unit", answered, "task_answer_complaint", answer_result="unjustified", answer="Негізсыз")
    complaints.work("head", answered, "task_sign_answer", decision="sign")
    for case, kind, field, text in (
        (complaint, "complaint_satisfied", "action", "Хабарлама жолданды"),
        (answered, "complaint_answer", "answer", "Негізсіз"),
    ):
        document = complaints.document(case, kind)
        signed(complaints, "head", Correction(), case, document=document.id, reason="Қате", changes={field: text})
        fresh = complaints.document(case, kind)
        assert fresh.corrects_id == document.id
        assert text in " ".join(pdf_text(complaints.program.files.read(fresh.sha256)).split())


@pytest.mark.law("L82.1")
@pytest.mark.parametrize("field", ["outcome", "decision.kk", "demands", "registered_on"])
def test_what_a_review_has_decided_is_no_clerical_error(complaints: Complaints, field: str) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.reviewed(complaint, "order", action="Мекенжайды түзету")
    decision = complaints.document(complaint, "review_decision")
    answers = {"document": decision.id, "reason": "Қате", "changes": {field: "cancel"}}
    with pytest.raises(InvalidAnswers):
        prepare_act(complaints.program, Correction(), complaint.id, complaints.officer("reviewer"), answers)
