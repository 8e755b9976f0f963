"""A case that a decision on a complaint takes up again: new terms, new hearing, old rows (L100.1, L76.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from service.domain.case import OF_TASK, Case
from service.domain.claims import DEFENCE, POSITION
from service.domain.deadlines import local
from service.domain.errors import Forbidden, InvalidAnswers
from service.usecases.audit import audit
from service.usecases.claims import close_claim
from service.usecases.task_files import remove_task_file
from service.usecases.verify_document import verify_file
from service.web import create_app
from tests.complaints import Complaints
from tests.program import CONFORMS, DOES_NOT, HEARING, TITLE, TRADE
from tests.usecases.claimed import ACT, recorded, with_papers
from tests.usecases.hearings import REQUEST, with_paper
from tests.web.office import Office


@pytest.mark.law("R13.4", "L100.1")
def test_a_notice_that_is_cancelled_by_the_provider_takes_the_application_up_again(complaints: Complaints) -> None:
    refused = complaints.not_considered()
    complaint = complaints.registered(refused, "notice_not_considered")
    complaints.work(
        "unit", complaint, "task_review_complaint", proposal="satisfy", remedy="reconsider", opinion="Құжат болған"
    )
    complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    again = complaints.now(refused)
    assert (again.state, again.outcome, again.rounds) == ("open", "", 1)
    assert complaints.open_elements(refused) == {"task_check_completeness"}
    assert "case_reopened" in complaints.said(refused)
    assert list(audit(complaints.program)) == []


def notice_sent_back(story: Complaints, case: Case) -> None:
    story.reviewed(story.forwarded(case, "notice_not_considered"), "send_back", violations="Құжат болған")


def notice_cancelled(story: Complaints, case: Case) -> None:
    story.reviewed(story.forwarded(case, "notice_not_considered"), "cancel")


def notice_annulled_by_a_court(story: Complaints, case: Case) -> None:
    number = story.document(case, "notice_not_considered").number
    claim = recorded(story, case.number, number, contests="not_considered")
    with_papers(story, claim, DEFENCE, POSITION)
    close_claim(story.program, claim.id, story.officer("head"), ACT)


@pytest.mark.law("R6.1", "R6.2", "L100.1", "R15.1")
@pytest.mark.parametrize("taken_up", [notice_sent_back, notice_cancelled, notice_annulled_by_a_court])
def test_a_cancelled_notice_of_incompleteness_leads_back_to_the_check_of_completeness_with_its_term(
    complaints: Complaints, taken_up: Callable[[Complaints, Case], None]
) -> None:
    case = complaints.not_considered()
    complaints.at("2023-09-18T10:00")
    taken_up(complaints, case)
    assert complaints.open_elements(case) == {"task_check_completeness"}
    assert complaints.now(case).completeness_on is None
    (check,) = complaints.program.queries.case(case.id).open_tasks()
    assert local(check.due_at).isoformat()[:16] == "2023-09-20T18:30"
    complaints.at("2023-09-19T10:00")
    complaints.work("unit", case, "task_check_completeness", complete="yes")
    (examination,) = complaints.program.queries.case(case.id).open_tasks()
    assert local(examination.due_at).isoformat()[:16] == "2023-09-22T18:30"
    assert complaints.now(case).completeness_on == date(2023, 9, 19)
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R6.3", "L100.1")
def test_why_a_set_with_a_fault_is_complete_is_asked_of_a_case_that_came_back_too(complaints: Complaints) -> None:
    case = complaints.file("company_head", TRADE, [TITLE])
    complaints.work("chancellery", case, "task_assign", executor=str(complaints.officer("unit").officer_id))
    complaints.work("unit", case, "task_check_completeness", complete="no", missing_items=["guarantee_letter"])
    complaints.work("head", case, "task_sign_not_considered", decision="sign")
    notice_sent_back(complaints, case)
    with pytest.raises(InvalidAnswers) as refused:
        complaints.work("unit", case, "task_check_completeness", complete="yes")
    assert set(refused.value.data["errors"]) == {"despite_findings"}
    complaints.work("unit", case, "task_check_completeness", complete="yes", despite_findings="Хат екінші файлда")
    assert complaints.open_elements(case) == {"task_examine"}


@pytest.mark.law("R6.2", "L100.1")
def test_a_set_that_is_still_incomplete_is_told_so_by_a_notice_of_its_own(complaints: Complaints) -> None:
    case = complaints.not_considered()
    notice_sent_back(complaints, case)
    missing = {"complete": "no", "missing_items": ["guarantee_letter"], "missing_facts": "Басқа парағы жоқ"}
    complaints.work("unit", case, "task_check_completeness", **missing)
    complaints.work("head", case, "task_sign_not_considered", decision="sign")
    papers = [
        each for each in complaints.program.queries.case(case.id).documents if each.kind == "notice_not_considered"
    ]
    assert [bool(each.annulled_at) for each in papers] == [True, False]
    assert complaints.now(case).outcome == "not_considered"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "R6.1")
def test_the_journal_says_at_which_stage_a_case_goes_on(complaints: Complaints) -> None:
    case = complaints.not_considered()
    notice_sent_back(complaints, case)
    page = Office(complaints).desk("unit").get(f"/office/cases/{case.id}?lang=en").text
    assert "The completeness is checked again; the terms count from" in page
    assert "The examination begins again" not in page


def sent_back(story: Complaints) -> int:
    """A refusal whose case came back on Wednesday 20 September 2023."""
    refused = story.refused()
    complaint = story.forwarded(refused, "refusal")
    story.at("2023-09-20T10:00")
    story.reviewed(complaint, "send_back", violations="Кепілдік хат қаралмаған")
    return refused.id


@pytest.mark.law("L100.1", "R8.4", "R8.1")
def test_a_case_that_came_back_is_not_refused_again_without_a_hearing_of_its_own(complaints: Complaints) -> None:
    case = complaints.program.queries.case(sent_back(complaints)).case
    complaints.work("unit", case, "task_examine", **DOES_NOT)
    assert complaints.open_elements(case) == {"task_invite_hearing"}
    complaints.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-22")
    complaints.at("2023-09-25T10:00")
    complaints.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
    complaints.work("head", case, "task_sign_refusal", decision="sign")
    view = complaints.program.queries.case(case.id)
    refusals = [each for each in view.documents if each.kind == "refusal"]
    assert [bool(each.annulled_at) for each in refusals] == [True, False]
    assert view.case.outcome == "refused"
    assert list(audit(complaints.program)) == []
    second = complaints.complained(complaints.now(case), "refusal")
    assert complaints.complaint(second).contested_document_id == refusals[-1].id


def exempted(story: Complaints) -> Case:
    """A refusal without a hearing, which the applicant has asked for in a letter."""
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    with_paper(story, case)
    story.work("unit", case, "task_invite_hearing", **REQUEST)
    return story.work("head", case, "task_sign_refusal", decision="sign")


def sent_back_by_the_body(story: Complaints, refused: Case) -> None:
    complaint = story.forwarded(refused, "refusal")
    story.reviewed(complaint, "send_back", violations="Кепілдік хат қаралмаған")


def cancelled_by_a_court(story: Complaints, refused: Case) -> None:
    claim = recorded(story, refused.number, story.document(refused, "refusal").number, contests="refusal")
    with_papers(story, claim, DEFENCE, POSITION)
    close_claim(story.program, claim.id, story.officer("head"), ACT)


@pytest.mark.law("L73.2", "L100.1", "R15.1")
@pytest.mark.parametrize("taken_up", [sent_back_by_the_body, cancelled_by_a_court])
def test_an_exemption_in_a_case_that_came_back_rests_on_a_paper_of_its_own_round(
    complaints: Complaints, taken_up: Callable[[Complaints, Case], None]
) -> None:
    case = exempted(complaints)
    complaints.at("2023-09-18T10:00")
    taken_up(complaints, case)
    complaints.at("2023-09-18T11:00")
    complaints.work("unit", case, "task_examine", **DOES_NOT)
    with pytest.raises(InvalidAnswers) as refused:
        complaints.work("unit", case, "task_invite_hearing", **REQUEST)
    assert set(refused.value.data["errors"]) == {"exemption_document"}
    with_paper(complaints, case)
    complaints.work("unit", case, "task_invite_hearing", **REQUEST)
    complaints.work("head", case, "task_sign_refusal", decision="sign")
    view = complaints.program.queries.case(case.id)
    assert view.case.outcome == "refused"
    assert len([file for file in view.attachments if file.kind == "exemption_document"]) == 2
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L73.2", "L100.1", "L69.1")
def test_the_paper_of_an_earlier_round_is_neither_offered_nor_taken_away(complaints: Complaints) -> None:
    case = exempted(complaints)
    complaints.at("2023-09-18T10:00")
    sent_back_by_the_body(complaints, case)
    complaints.work("unit", case, "task_examine", **DOES_NOT)
    (old,) = (file for file in complaints.program.queries.case(case.id).attachments if file.purpose == OF_TASK)
    task, unit = complaints.open_task(case), complaints.officer("unit")
    remove = f'name="remove_file" value="{old.id}"'
    desk = Office(complaints).desk("unit")
    assert remove not in desk.open(case).text
    with pytest.raises(Forbidden):
        remove_task_file(complaints.program, task.id, unit, old.id)
    with_paper(complaints, case)
    new = complaints.program.queries.case(case.id).attachments[-1]
    assert remove.replace(str(old.id), str(new.id)) in desk.open(case).text
    remove_task_file(complaints.program, task.id, unit, new.id)
    assert [file.id for file in complaints.program.queries.case(case.id).attachments if file.purpose == OF_TASK] == [
        old.id
    ]


@pytest.mark.law("L100.1", "R10.2", "R11.1")
def test_a_case_that_came_back_may_end_with_a_permit(complaints: Complaints) -> None:
    case = complaints.program.queries.case(sent_back(complaints)).case
    complaints.work("unit", case, "task_examine", **CONFORMS)
    complaints.work("head", case, "task_sign_permit", decision="sign")
    assert complaints.now(case).outcome == "granted"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "L76.1", "A1.4")
def test_the_terms_of_a_case_that_came_back_are_missed_anew_and_the_old_rows_stay(complaints: Complaints) -> None:
    case_id = sent_back(complaints)
    before = complaints.program.queries.case(case_id).deadlines
    complaints.at("2023-09-27T18:31")
    view = complaints.program.queries.case(case_id)
    assert {row.id for row in before} <= {row.id for row in view.deadlines}
    missed = {breach.element: breach.due_at.isoformat() for breach in view.breaches}
    assert missed["deadline_service"] == "2023-09-27T12:30:00+00:00"
    assert missed["deadline_examination"] == "2023-09-25T12:30:00+00:00"


@pytest.mark.law("L100.1", "L76.1")
def test_a_case_that_comes_back_after_hours_counts_from_the_next_working_day(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    complaints.at("2023-09-22T20:00")
    complaints.reviewed(complaint, "send_back", violations="Кепілдік хат қаралмаған")
    assert complaints.now(refused).reopened_on == date(2023, 9, 25)


@pytest.mark.law("L100.1", "R2.4")
def test_a_cancelled_refusal_stays_genuine_and_says_that_it_has_no_force(complaints: Complaints) -> None:
    case_id = sent_back(complaints)
    refusal = complaints.program.queries.case(case_id).documents[-1]
    found = verify_file(complaints.program, complaints.program.files.read(refusal.sha256))
    assert found.genuine
    assert found.document is not None
    assert found.document.annulled_by.startswith("SS-2023-")
    page = create_app(complaints.program).test_client().get(f"/verify/{refusal.verification_code}?lang=en")
    assert refusal.annulled_by in page.get_data(as_text=True)
