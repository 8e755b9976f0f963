"""From an application to its ending, through the whole program on both databases."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service.demo.people import Paper
from service.domain.case import DeadlineKind
from service.domain.completeness import GUARANTEE_LETTER, TITLE_DOCUMENTS
from service.domain.deadlines import ZONE, local
from service.domain.decisions import PermitStatus
from service.domain.errors import CaseChanged, InvalidAnswers, NotLawful, SignatureRefused, TaskClosed
from service.domain.refusals import GROUND_FACTS, require_grounds_with_facts
from service.usecases.applicant_acts import submit_position, withdraw_case
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.tasks import complete_task
from tests.program import CONFORMS, DOES_NOT, LETTER, TITLE, TRADE, Story


@pytest.mark.printed
@pytest.mark.law("R3.2", "R4.1", "R4.2", "R5.1", "R6.1", "R7.1", "R7.2", "R9.1", "R9.2", "R11.1", "A3.2", "A1.6")
def test_an_application_becomes_a_permit_in_the_register(story: Story) -> None:
    case = story.complete()
    story.work("unit", case, "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    view = story.program.queries.case(case.id)
    assert view.case.outcome == "granted"
    (document,) = view.documents
    assert (document.kind, document.number, document.test) == ("permit", "KZ-2023-000001", True)
    assert document.delivered_at is not None
    assert view.entry is not None
    assert (view.entry.issued_on, view.entry.valid_until) == (date(2023, 9, 12), date(2026, 9, 12))
    entry = story.program.queries.entry(document.number, date(2026, 9, 12))
    assert entry is not None
    assert entry.status is PermitStatus.IN_FORCE
    expired = story.program.queries.entry(document.number, date(2026, 9, 13))
    assert expired is not None
    assert expired.status is PermitStatus.EXPIRED


@pytest.mark.law("R5.2", "D24", "D5")
def test_filed_at_night_is_accepted_at_once_and_registered_the_next_working_day(story: Story) -> None:
    story.at("2023-09-15T18:30:01")
    case = story.filed()
    assert case.registered_on == date(2023, 9, 18)
    assert case.registered_at is None
    assert [notice.kind for notice in story.program.queries.case(case.id).notices] == ["accepted"]
    story.at("2023-09-18T00:00:05")
    registered = story.now(case).registered_at
    assert registered is not None
    assert local(registered).date() == date(2023, 9, 18)
    assert story.open_task(case).element == "task_assign"


@pytest.mark.law("A1.8.2", "D5")
def test_the_portal_takes_an_application_at_three_in_the_night_of_a_day_off(story: Story) -> None:
    story.at("2023-09-16T03:00:00")
    case = story.filed()
    assert local(case.received_at).isoformat(timespec="minutes") == "2023-09-16T03:00+06:00"
    assert (case.registered_on, story.said(case)[0]) == (date(2023, 9, 18), "filed")


@pytest.mark.law("A1.9.2")
def test_both_extracts_come_together_and_are_filed_as_what_they_are(story: Story) -> None:
    papers = [Paper(kind, kind, "1") for kind in TITLE_DOCUMENTS]
    case = story.file("company_head", TRADE, [*papers, LETTER])
    filed = story.program.queries.case(case.id).attachments
    assert [file.kind for file in filed] == [*TITLE_DOCUMENTS, GUARANTEE_LETTER]


@pytest.mark.printed
@pytest.mark.law("R6.2", "R6.3", "D7", "A1.9.2", "A1.9.3")
def test_incomplete_documents_end_with_a_signed_notice(story: Story) -> None:
    unit = str(story.officer("unit").officer_id)
    case = story.file("company_head", TRADE, [TITLE])
    story.work("chancellery", case, "task_assign", executor=unit)
    story.work("unit", case, "task_check_completeness", complete="no", missing_items=["guarantee_letter"])
    story.work("head", case, "task_sign_not_considered", decision="sign")
    view = story.program.queries.case(case.id)
    assert view.case.outcome == "not_considered"
    assert [document.kind for document in view.documents] == ["notice_not_considered"]


@pytest.mark.printed
@pytest.mark.law("R7.3", "R8.1", "R8.3", "R8.4", "L73.1", "L73.3", "A1.10.2")
def test_a_refusal_comes_only_after_a_hearing_and_three_working_days(story: Story) -> None:
    case = story.invited()
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=False)
    story.at("2023-09-14T12:00:00")
    answers = {"hearing_result": "written", "outcome": "refuse", "outcome_reasons": "Негіз сақталды"}
    story.work("unit", case, "task_hold_hearing", **answers)
    assert not story.program.queries.case(case.id).open_tasks()
    story.at("2023-09-15T00:00:05")
    story.work("head", case, "task_sign_refusal", decision="sign")
    view = story.program.queries.case(case.id)
    assert view.case.outcome == "refused"
    assert [document.kind for document in view.documents] == ["preliminary_decision", "refusal"]
    assert view.entry is None


@pytest.mark.law("R8.4")
def test_a_hearing_can_end_with_the_permit(story: Story) -> None:
    case = story.invited()
    submit_position(story.program, case.id, story.applicant("company_head"), "Шартты ұсынамын.", wants_oral=False)
    answers = {"hearing_result": "written", "outcome": "grant", "outcome_reasons": "Шарт ұсынылды"}
    story.work("unit", case, "task_hold_hearing", **answers)
    story.work("head", case, "task_sign_permit", decision="sign")
    assert story.now(case).outcome == "granted"


@pytest.mark.law("L73.4")
def test_silence_can_be_recorded_only_when_the_two_days_are_over(story: Story) -> None:
    case = story.invited()
    silent = {"hearing_result": "silent", "outcome": "refuse", "outcome_reasons": "Үнсіз"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_hold_hearing", **silent)
    assert refused.value.data["errors"]["hearing_result"].code == "silence_not_over"
    story.at("2023-09-14T18:30:01")
    story.work("unit", case, "task_hold_hearing", **silent)
    assert "hearing_recorded" in story.said(case)


@pytest.mark.law("A1.10.1", "A1.10.6", "R7.3")
def test_a_ground_without_its_facts_is_not_accepted(story: Story) -> None:
    case = story.complete()
    answers = {**DOES_NOT, "ground_2_article": ""}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_examine", **answers)
    assert set(refused.value.data["errors"]) == {"ground_2_article"}
    assert story.open_task(case).element == "task_examine"


@pytest.mark.law("A1.10.1", "A1.10.2", "A1.10.3", "A1.10.4", "A1.10.5", "A1.10.6")
@pytest.mark.parametrize(
    ("ground", "fact"), [(ground, fact) for ground, facts in GROUND_FACTS.items() for fact in facts]
)
def test_every_ground_needs_each_of_its_facts(ground: str, fact: str) -> None:
    told = {"conforms": "no", "grounds": [ground], **dict.fromkeys(GROUND_FACTS[ground], "бар")}
    assert require_grounds_with_facts(told) == (ground,)
    with pytest.raises(InvalidAnswers) as refused:
        require_grounds_with_facts({**told, fact: ""})
    assert set(refused.value.data["errors"]) == {fact}


@pytest.mark.law("A1.9.3")
def test_a_letter_without_nodes_and_lease_does_not_conform(story: Story) -> None:
    case = story.complete()
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_examine", **{**CONFORMS, "nodes_count": "4", "server_lease": "no"})
    assert refused.value.data["errors"]["conforms"].code == "guarantee_letter_does_not_conform"


@pytest.mark.law("R9.1")
def test_the_head_sends_back_with_a_reason(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="return", return_reason="Мекенжайды нақтылаңыз")
    task = story.open_task(case)
    assert task.element == "task_examine"
    assert task.assignee_id == story.officer("unit").officer_id


@pytest.mark.law("L69.1")
def test_the_applicant_withdraws_and_everything_stops(story: Story) -> None:
    case = story.assigned()
    withdraw_case(story.program, case.id, story.applicant("company_head"), "Өзгертемін")
    view = story.program.queries.case(case.id)
    assert view.case.outcome == "withdrawn"
    assert not view.open_tasks()
    assert not view.running_deadlines()
    with pytest.raises(NotLawful):
        withdraw_case(story.program, case.id, story.applicant("company_head"), "Қайта")


@pytest.mark.law("O2")
def test_filing_is_open_to_the_last_day_of_the_edition_and_closed_after_it(story: Story) -> None:
    story.at("2026-04-30T18:00:00")
    assert story.filed().number
    story.at("2026-05-01T00:00:30")
    with pytest.raises(NotLawful) as closed:
        story.filed()
    assert closed.value.code == "no_edition"


@pytest.mark.law("R3.3")
@pytest.mark.parametrize(
    ("signer", "reason"),
    [("company_employee", "role"), ("company2_head", "bin_mismatch"), ("revoked", "revoked"), ("person", "role")],
)
def test_a_foreign_or_bad_signature_is_refused_with_its_reason(story: Story, signer: str, reason: str) -> None:
    draft, applicant = story.draft("company_head", TRADE, [TITLE, LETTER]), story.applicant("company_head")
    content = prepare_filing(story.program, draft, applicant, "kk")
    with pytest.raises(SignatureRefused) as refused:
        file_application(story.program, draft, applicant, story.pki.sign_cms(signer, content))
    assert reason in refused.value.data["reasons"]
    assert not story.program.queries.cases().rows


@pytest.mark.law("R3.2")
def test_a_second_press_of_send_gives_the_same_case(story: Story) -> None:
    draft, applicant = story.draft("company_head", TRADE, [TITLE, LETTER]), story.applicant("company_head")
    cms = story.pki.sign_cms("company_head", prepare_filing(story.program, draft, applicant, "kk"))
    first = file_application(story.program, draft, applicant, cms)
    second = file_application(story.program, draft, applicant, cms)
    assert first.number == second.number
    assert story.program.queries.cases().total == 1


@pytest.mark.law("A2.3", "R2.1")
def test_nothing_can_be_signed_without_both_statements_and_the_platform(story: Story) -> None:
    fields = {**TRADE, "consent_data": None, "platform": ""}
    draft = story.draft("company_head", fields, [TITLE, LETTER])
    with pytest.raises(InvalidAnswers) as refused:
        prepare_filing(story.program, draft, story.applicant("company_head"), "kk")
    assert set(refused.value.data["errors"]) == {"consent_data", "platform"}


def test_two_officers_on_one_task_and_only_the_first_is_taken(story: Story) -> None:
    case = story.complete()
    task, raw = story.open_task(case), {key: [str(value)] for key, value in CONFORMS.items()}
    complete_task(story.program, task.id, story.officer("unit"), raw)
    with pytest.raises(TaskClosed) as closed:
        complete_task(story.program, task.id, story.officer("acting"), raw)
    assert closed.value.data["by"]


def test_an_answer_to_an_outdated_page_is_refused_and_harms_nothing(story: Story) -> None:
    case = story.complete()
    task = story.open_task(case)
    with pytest.raises(CaseChanged):
        complete_task(story.program, task.id, story.officer("unit"), {}, version=case.version - 1)
    assert story.open_task(case).id == task.id


@pytest.mark.law("R8.2", "D26")
def test_a_missed_term_reminds_escalates_and_stays_as_a_breach(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-14T18:30:05")
    view = story.program.queries.case(case.id)
    assert story.said(case).count("reminded") == 2
    assert [breach.element for breach in view.breaches] == ["deadline_completeness"]
    assert view.breaches[0].responsible_id == story.officer("unit").officer_id
    kinds = [note.kind for note in story.program.queries.notes(0, {"head"})]
    assert kinds == ["escalation"]
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert story.program.queries.case(case.id).breaches


@pytest.mark.law("A1.4", "D26")
def test_the_service_term_runs_over_the_whole_case(story: Story) -> None:
    case = story.filed()
    rows = story.program.queries.case(case.id).deadlines
    (due,) = (row.due_at for row in rows if row.element == "deadline_service" and row.kind is DeadlineKind.TERM)
    assert due == datetime(2023, 9, 19, 18, 30, tzinfo=ZONE)


@pytest.mark.law("R6.2")
def test_incomplete_needs_at_least_one_missing_or_expired_item(story: Story) -> None:
    case = story.assigned()
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_check_completeness", complete="no", missing_facts="Бір нәрсе жоқ")
    assert set(refused.value.data["errors"]) == {"missing_items"}
    story.work("unit", case, "task_check_completeness", complete="no", expired_items=["trade_mark_extract"])
    assert story.open_task(case).element == "task_sign_not_considered"


@pytest.mark.law("L73.2", "A1.10.3")
def test_a_court_act_is_a_basis_only_where_the_grounds_are_court_acts(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    answers = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **answers)
    assert refused.value.data["errors"]["exemption"].code == "no_court_ground"
