"""Whoever changes something leaves in the journal what was so before: each act says its old value and its new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from service.domain.case import Case, JournalEntry
from service.domain.deadlines import ZONE
from service.domain.permit_life import PermitAct
from service.usecases.applicant_acts import withdraw_case
from service.usecases.change_permit import change_permit
from service.usecases.correct_error import Correction
from service.usecases.dated_settings import change_setting
from service.usecases.duties import finish_duty
from service.usecases.file_access import grant_access, request_access
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR, appoint_acting
from service.usecases.tasks import assign_task, return_task
from tests.calendars import ACT, with_day
from tests.complaints import Complaints
from tests.editions import deployed
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.usecases.beside import duties, heard, signed, with_signers
from tests.usecases.test_duty_terms import opened
from tests.usecases.test_hearing import GROUND_1, sent_back

DECREE = "ҚР Президентінің 2023 жылғы 14 қыркүйектегі № 1 Жарлығы"
HOURS = {"opens": "09:00", "closes": "18:00", "break_from": "13:00", "break_until": "14:00"}
WEDNESDAY = date(2023, 9, 13)


def told(story: Story, action: str, case: Case | None = None) -> list[Mapping[str, Any]]:
    """What the entries of an action say beside who and when, of a case or of the office."""
    with story.program.reading() as uow:
        entries = uow.list(JournalEntry, case_id=case.id if case else None)
    return [entry.details for entry in entries if entry.action == action]


def granted(story: Story) -> Case:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    return story.work("head", case, "task_sign_permit", decision="sign")


@pytest.mark.law("L69.1", "R5.3")
def test_a_task_that_changes_hands_names_who_had_it(story: Story) -> None:
    case = story.assigned()
    task, unit, acting = story.open_task(case), story.officer("unit"), story.officer("acting")
    assign_task(story.program, task.id, story.officer("head"), acting.officer_id or 0)
    return_task(story.program, task.id, acting)
    assign_task(story.program, task.id, story.officer("head"), unit.officer_id or 0)
    assert [(each["before"], each["to"]) for each in told(story, "task_assigned", case)] == [
        (unit.name, acting.name),
        ("", unit.name),
    ]
    assert [each["before"] for each in told(story, "task_returned", case)] == [acting.name]
    assert [each["before"] for each in told(story, "executor_assigned", case)] == [""]


@pytest.mark.law("L69.1")
def test_a_task_that_is_done_says_every_answer_even_none_at_all(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **{**DOES_NOT, "nodes_count": "0"})
    (examined,) = [each for each in told(story, "task_completed", case) if "conforms" in each]
    assert (examined["nodes_count"], examined["conclusion"]) == (0, DOES_NOT["conclusion"])
    assert "ground_1_data" not in examined


@pytest.mark.law("L69.1", "R11.2")
def test_a_change_of_the_register_says_the_status_before_and_after(story: Story) -> None:
    case = granted(story)
    with story.program.reading() as uow:
        entry = uow.register.of_case(case.id)
    assert entry is not None
    for act in (PermitAct.SUSPEND, PermitAct.RESUME, PermitAct.CANCEL):
        change_permit(story.program, entry.id, story.officer("head"), act, WEDNESDAY, "№ 77-Ө", "Тексеру")
    moves = [told(story, f"permit_{done}", case)[0] for done in ("suspended", "resumed", "cancelled")]
    assert [(each["before"], each["after"]) for each in moves] == [
        ("in_force", "suspended"),
        ("suspended", "in_force"),
        ("in_force", "cancelled"),
    ]


@pytest.mark.law("L69.1", "R11.2")
def test_a_complaint_that_moves_the_register_says_from_where_and_to_where(complaints: Complaints) -> None:
    case = complaints.granted()
    complaint = complaints.complained(case, "permit")
    withdraw_case(complaints.program, complaint.id, complaints.applicant("company_head"), "Келістік")
    (suspended,) = told(complaints, "act_suspended", complaint)
    (lifted,) = told(complaints, "suspension_lifted", complaint)
    assert (suspended["before"], suspended["after"]) == ("in_force", "suspended")
    assert (lifted["before"], lifted["after"]) == ("suspended", "in_force")


@pytest.mark.law("L69.1", "L100.1")
def test_a_case_that_is_taken_up_again_says_how_it_had_ended(complaints: Complaints) -> None:
    case = complaints.refused()
    complaint = complaints.forwarded(case, "refusal")
    complaints.at("2023-09-20T10:00")
    complaints.reviewed(complaint, "send_back", violations="Кепілдік хат қаралмаған")
    assert [each["before"] for each in told(complaints, "case_reopened", case)] == ["refused"]


@pytest.mark.law("L69.1", "L82.1")
def test_a_correction_of_the_register_says_the_wrong_text_and_the_right_one(story: Story) -> None:
    case = granted(story)
    (document,) = story.program.queries.case(case.id).documents
    platform = {"platform": "QazToken сауда алаңы"}
    signed(story, "head", Correction(), case, document=document.id, reason="Атауы қате", changes=platform)
    (corrected,) = told(story, "register_corrected", case)
    assert corrected["changed"] == ["QazToken сауда платформасы → QazToken сауда алаңы"]


@pytest.mark.law("L69.1", "R2.2", "A1.8.1")
def test_a_setting_says_what_held_before_by_the_edition_or_by_an_earlier_entry(story: Story) -> None:
    for closes in ("18:00", "17:30"):
        change_setting(
            story.program, "working_hours", date(2023, 9, 20), {**HOURS, "closes": closes}, DECREE, ADMINISTRATOR
        )
    first, second = told(story, "setting_changed")
    assert (first["before"]["closes"], first["value"]["closes"]) == ("18:30", "18:00")
    assert (second["before"]["closes"], second["value"]["closes"]) == ("18:00", "17:30")
    assert first["act"] == DECREE


@pytest.mark.law("L69.1", "R9.1")
def test_an_order_names_its_period_and_who_acted_for_the_head_before(story: Story) -> None:
    acting = story.officer("acting").name
    period = (date(2023, 10, 17), date(2023, 10, 20))
    for order in ("61-Ж", "62-Ж"):
        appoint_acting(story.program, "acting", *period, order)
    first, second = told(story, "acting_head")[-2:]
    assert (first["order"], first["since"], first["until"], first["before"]) == ("61-Ж", *map(str, period), [])
    assert (second["order"], second["before"]) == ("62-Ж", [acting])


@pytest.mark.law("L69.1", "O1", "D28")
def test_a_calendar_and_an_edition_name_the_one_whose_place_they_take(story: Story) -> None:
    load_calendar(story.program, with_day("2023-11-17", "holiday"), ACT, ADMINISTRATOR)
    deployed(story, told="change_told_days = 4  ")
    calendar, edition = told(story, "calendar_loaded")[-1], told(story, "edition_deployed")[-1]
    assert (calendar["before"], calendar["number"]) == (1, 2)
    assert (edition["before"], edition["number"]) == (1, 2)


@pytest.mark.law("L69.1", "R8.1")
def test_another_invitation_says_the_day_of_the_hearing_before_it(story: Story) -> None:
    case = sent_back(story)
    story.work("unit", case, "task_examine", **{**DOES_NOT, "grounds": ["ground_1"], **GROUND_1})
    story.work("unit", case, "task_invite_hearing", **{**HEARING, "hearing_on": "2023-09-18"}, late_basis="L76.3")
    first, second = told(story, "invitation_sent", case)
    assert (first["before"], first["hearing_on"]) == ("", "2023-09-14")
    assert (second["before"], second["hearing_on"]) == ("2023-09-14", "2023-09-18")


@pytest.mark.law("L69.1", "L74.1")
def test_other_signers_of_the_minutes_stand_beside_those_before(story: Story) -> None:
    case = heard(story)
    with_signers(story, case)
    with_signers(story, case, chair="acting", secretary="chancellery")
    first, second = told(story, "minutes_signers", case)
    assert second["before"] == [first["chair"], first["secretary"]]


def done(line: Mapping[str, Any]) -> tuple[object, ...]:
    """What a line about a done duty says of it before and after, until when it was due, and whether it came late."""
    return line["before"], line["after"], datetime.fromisoformat(line["due_at"]), line["late"]


@pytest.mark.law("L69.1", "R12.1")
def test_a_duty_that_is_done_says_that_it_was_open_and_until_when(story: Story) -> None:
    duty = opened(story)
    finish_duty(story.program, duty.id, story.officer("head"), "№ 12-3/456")
    (line,) = told(story, "duty_done")
    assert done(line) == ("open", "done", datetime(2023, 9, 15, 18, 30, tzinfo=ZONE), False)
    assert (line["duty"], line["result"]) == ("inform_operator", "№ 12-3/456")


@pytest.mark.law("L69.1", "L75.1", "D28")
def test_a_duty_done_late_says_the_end_of_its_term_as_the_calendar_had_moved_it(story: Story) -> None:
    case = story.assigned()
    access = request_access(story.program, case.id, story.applicant("company_head"))
    (duty,) = duties(story, case, "give_case_file")
    assert duty.due_at == datetime(2023, 9, 15, 18, 30, tzinfo=ZONE)
    load_calendar(story.program, with_day("2023-09-15", "holiday"), ACT, ADMINISTRATOR)
    story.at("2023-09-19T10:00:00")
    grant_access(story.program, access.id, story.officer("unit"), date(2023, 10, 2), "")
    (line,) = told(story, "duty_done", case)
    assert done(line) == ("open", "done", datetime(2023, 9, 18, 18, 30, tzinfo=ZONE), True)
