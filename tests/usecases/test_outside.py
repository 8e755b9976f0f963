"""What goes out to other systems and what comes back, over real sockets."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.deadlines import ZONE
from service.sandbox.weather import Weather
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.send_outbox import send_outbox
from tests.calendars import ACT, calendar_text
from tests.complaints import INVITED, Complaints
from tests.program import CONFORMS, LETTER, TITLE, TRADE, Story


@pytest.mark.law("R4.1", "D5")
def test_state_data_is_asked_for_and_kept_with_its_source_and_time(story: Story) -> None:
    case = story.filed()
    send_outbox(story.program)
    answers = {row.source: row for row in story.program.queries.case(case.id).state_data}
    assert set(answers) == {"shep.person", "shep.company"}
    company = answers["shep.company"].answer
    assert company is not None
    assert company["bin"] == case.bin
    assert answers["shep.person"].answered_at is not None


@pytest.mark.law("R4.1", "R10.2")
def test_a_gateway_that_is_down_is_asked_again_and_stops_nobody(story: Story) -> None:
    case = story.filed()
    story.world.shep.weather = Weather.DOWN
    send_outbox(story.program)
    assert {row.answered_at for row in story.program.queries.case(case.id).state_data} == {None}
    waiting = {row.message.channel for row in story.program.queries.unsent()}
    assert {"shep.person", "shep.company", "monitoring.stage"} <= waiting
    story.at("2023-09-12T10:20:00", chores=True)
    delayed = [row.message for row in story.program.queries.unsent()]
    assert {message.attempts for message in delayed} == {2}
    assert story.said(case).count("message_delayed") == len(delayed)  # told once, however often it is tried
    story.world.shep.weather = Weather.FINE
    story.at("2023-09-12T10:30:00", chores=True)
    send_outbox(story.program)
    assert all(row.answered_at for row in story.program.queries.case(case.id).state_data)
    assert not story.program.queries.unsent()


@pytest.mark.law("R10.1", "R10.2", "D12")
def test_every_change_of_stage_reaches_the_monitoring_exactly_once(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    send_outbox(story.program)
    send_outbox(story.program)
    stages = [record.text("stage") for record in story.world.monitoring.stages(case.number)]
    expected = ["task_assign", "task_check_completeness", "task_examine", "task_sign_permit", "end_granted"]
    assert stages == expected


@pytest.mark.law("R4.2", "R9.2", "L66.1")
def test_statuses_reach_the_portal_and_letters_the_applicant(story: Story) -> None:
    case = story.filed(language="ru")
    send_outbox(story.program)
    statuses = story.world.portal.statuses(case.number)
    assert [record.text("processingStatus") for record in statuses] == ["IN_PROGRESS", "IN_PROGRESS"]
    subjects = [letter.subject for letter in story.world.mail.letters]
    assert subjects == [
        f"{case.number}: электронный запрос на оказание государственной услуги принят",
        f"{case.number}: заявление зарегистрировано",
    ]


@pytest.mark.law("R4.2", "U14")
def test_a_status_says_what_comes_next_and_by_when(story: Story) -> None:
    case = story.filed()
    send_outbox(story.program)
    status = story.world.portal.statuses(case.number)[-1]
    assert status.text("nextStepTextKk") == "Жауапты бөлімшеге орындауға жіберу"
    assert status.text("nextStepTextRu") == "Направить в ответственное подразделение на исполнение"
    assert status.text("nextStepDueDate") == "2023-09-12T18:30:00+06:00"
    assert status.text("nextStepDueDateNoteRu") == ""


@pytest.mark.law("R4.2", "R8.2", "R13.3")
@pytest.mark.parametrize(
    ("sent", "due"),
    [("2023-09-12T11:00", "2023-09-12T18:30"), ("2023-09-13T10:00", "2023-09-15T18:30")],
)
def test_a_status_tells_of_a_tasks_terms_the_one_that_runs_and_ends_first(
    complaints: Complaints, sent: str, due: str
) -> None:
    complaint = complaints.complained(None, contests="inaction", official="Бөлім")
    complaints.program.move_clock(datetime.fromisoformat(sent).replace(tzinfo=ZONE), send=False)
    send_outbox(complaints.program)
    status = complaints.world.portal.statuses(complaint.number)[-1]
    assert status.text("nextStepTextRu") == "Определить порядок, направить на исполнение"
    assert status.text("nextStepDueDate") == f"{due}:00+06:00"


@pytest.mark.law("R4.2", "D28")
def test_a_status_marks_a_day_of_a_year_that_is_not_settled(story: Story) -> None:
    content = calendar_text().replace("2023,confirmed_year", "2023,preliminary_year")
    assert load_calendar(story.program, content, ACT, ADMINISTRATOR) == []
    case = story.filed()
    send_outbox(story.program)
    status = story.world.portal.statuses(case.number)[-1]
    assert status.text("nextStepDueDate") == "2023-09-12T18:30:00+06:00"
    assert (status.text("nextStepDueDateNoteKk"), status.text("nextStepDueDateNoteRu")) == (
        "алдын ала",
        "предварительно",
    )


@pytest.mark.law("R9.2", "R6.2")
def test_a_notice_of_point_6_names_at_the_portal_what_is_missing(story: Story) -> None:
    case = story.work(
        "unit", story.assigned(), "task_check_completeness",
        complete="no", missing_items=["guarantee_letter"], missing_facts="Хат жоқ",
    )  # fmt: skip
    story.work("head", case, "task_sign_not_considered", decision="sign")
    send_outbox(story.program)
    status = story.world.portal.statuses(case.number)[-1]
    assert status.text("processingStatus") == "COMPLETED"
    assert "гарантийное письмо" in status.text("negativeResolutionMissingDocumentsListRu")
    assert status.text("negativeResolutionReasonTextKk") != ""
    assert status.text("nextStepTextKk") == ""


@pytest.mark.law("R9.2", "R7.3")
def test_a_refusal_tells_the_portal_its_grounds_in_both_languages(story: Story) -> None:
    case = story.invited()
    story.at("2023-09-15T10:00", chores=True)
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
    story.at("2023-09-18T10:00", chores=True)
    story.work("head", case, "task_sign_refusal", decision="sign")
    send_outbox(story.program)
    status = story.world.portal.statuses(case.number)[-1]
    assert status.text("negativeResolutionReasonTextRu").startswith("несоответствие услугополучателя")
    assert "сәйкес келмеуі" in status.text("negativeResolutionReasonTextKk")


@pytest.mark.law("R10.2")
def test_a_message_that_can_never_arrive_waits_for_a_person(story: Story) -> None:
    story.file("company_head", {**TRADE, "email": "not-an-address"}, [TITLE, LETTER])
    send_outbox(story.program)
    (stopped,) = [row.message for row in story.program.queries.unsent() if row.message.channel == "mail"][:1]
    assert stopped.stopped_at is not None


@pytest.mark.law("R9.2", "R8.1", "R6.2", "L66.1")
def test_every_paper_that_ends_or_announces_something_bears_the_instant_of_its_delivery(complaints: Complaints) -> None:
    refused = complaints.refused()
    contested = complaints.forwarded(refused, "refusal")
    complaints.considered(contested, "unsatisfied")
    complaints.work("reviewer", contested, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-19")
    cases = (refused, complaints.not_considered(), complaints.granted(), contested)
    delivered = {
        document.kind: document.delivered_at is not None and document.delivered_at >= document.signed_at
        for case in cases
        for document in complaints.program.queries.case(case.id).documents
    }
    decided = {"preliminary_decision", "refusal", "notice_not_considered", "permit", "review_invitation"}
    assert decided <= set(delivered)
    assert [kind for kind, is_delivered in delivered.items() if not is_delivered] == []
