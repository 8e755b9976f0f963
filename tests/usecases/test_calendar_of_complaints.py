"""A new calendar moves what runs in a complaint at every stage, and what a decision binds the provider to (D28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from service.domain.case import Case, DeadlineKind
from service.domain.deadlines import local
from service.usecases.audit import audit
from service.usecases.file_access import request_access
from service.usecases.load_calendar import load_calendar, preview_calendar
from service.usecases.people import ADMINISTRATOR
from tests.calendars import ACT, with_day
from tests.complaints import INVITED, Complaints

FRIDAY_OFF = with_day("2023-09-15", "day_off")
INACTION = {"contests": "inaction", "official": "Бас сарапшы"}


def unregistered(story: Complaints) -> Case:
    """The chancellery has not looked at it yet."""
    return story.complained(story.assigned(), **INACTION)


def before_its_day(story: Complaints) -> Case:
    """It came after hours, and its day of registration is still to come."""
    case = story.assigned()
    story.at("2023-09-14T18:31")
    return story.complained(case, **INACTION)


def reviewed_by_the_unit(story: Complaints) -> Case:
    """The unit looks at it within three days."""
    return story.registered(story.assigned(), **INACTION)


def before_the_head(story: Complaints) -> Case:
    """The head is to sign that it is satisfied."""
    complaint = reviewed_by_the_unit(story)
    done = {"remedy": "action", "opinion": "Негізді", "action_done": "Жасалды", "action_on": "2023-09-12"}
    return story.work("unit", complaint, "task_review_complaint", proposal="satisfy", **done)


def answered(story: Complaints) -> Case:
    """A matter of the service that the provider answers."""
    return story.registered(story.filed(), track="service", contests="service", official="Кеңсе")


def sent_on(story: Complaints) -> Case:
    """The reviewing body has not registered it yet; it was sent on the day before the new day off."""
    complaint = reviewed_by_the_unit(story)
    story.at("2023-09-14T10:00")
    return story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Заңды")


def considered(story: Complaints) -> Case:
    """The reviewing body considers it."""
    return story.forwarded(story.assigned(), **INACTION)


def heard(story: Complaints) -> Case:
    """The three days before an unfavourable decision run."""
    complaint = considered(story)
    story.considered(complaint, "unsatisfied")
    story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    story.says(complaint)
    spoken = {"hearing_result": "written", "outcome_reasons": "Қаралды"}
    return story.work("reviewer", complaint, "task_hold_review_hearing", **spoken)


MOVES: dict[Callable[[Complaints], Case], dict[str, tuple[str, str]]] = {
    unregistered: {"deadline_forward_unregistered": ("09-15 18:30", "09-18 18:30")},
    before_its_day: {
        "timer_registration_day": ("09-15 00:00", "09-18 00:00"),
    },
    reviewed_by_the_unit: {"deadline_forward": ("09-15 18:30", "09-18 18:30")},
    before_the_head: {"deadline_forward_satisfaction": ("09-15 18:30", "09-18 18:30")},
    answered: {"deadline_answer": ("09-19 18:30", "09-20 18:30")},
    sent_on: {"deadline_review_registration": ("09-15 18:30", "09-18 18:30")},
    considered: {"deadline_review": ("10-03 18:30", "10-04 18:30")},
    heard: {"timer_review_earliest": ("09-15 00:00", "09-18 00:00")},
}


def runs(story: Complaints, complaint: Case) -> dict[str, datetime]:
    """The ends of what runs, but reminders."""
    rows = story.program.queries.case(complaint.id).running_deadlines()
    return {row.element: local(row.due_at) for row in rows if row.kind is not DeadlineKind.REMINDER}


def said(moment: datetime) -> str:
    return f"{local(moment):%m-%d %H:%M}"


@pytest.mark.law("D28", "D27", "R13.3", "R14.1", "R14.2", "L64.1")
@pytest.mark.parametrize("stage", MOVES, ids=lambda stage: stage.__name__)
def test_every_open_end_of_a_complaint_moves_with_both_days_in_its_journal(
    complaints: Complaints, stage: Callable[[Complaints], Case]
) -> None:
    complaint = stage(complaints)
    shown = {
        moved.element: (said(moved.before), said(moved.after))
        for moved in preview_calendar(complaints.program, FRIDAY_OFF)
        if moved.case_id == complaint.id
    }
    assert shown == MOVES[stage]
    before = {element: said(end) for element, end in runs(complaints, complaint).items()}
    load_calendar(complaints.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    after = {element: said(end) for element, end in runs(complaints, complaint).items()}
    assert after == before | {element: end for element, (_, end) in MOVES[stage].items()}
    lines = [line for line in complaints.program.queries.case(complaint.id).journal if line.action == "term_recounted"]
    assert {line.element for line in lines} == set(MOVES[stage])
    assert list(audit(complaints.program)) == []


@pytest.mark.law("D28", "D27")
def test_a_complaint_that_is_not_registered_yet_is_forwarded_on_the_moved_day(complaints: Complaints) -> None:
    complaint = unregistered(complaints)
    load_calendar(complaints.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    complaints.at("2023-09-18T18:29")
    assert complaints.complaint(complaint).forwarded_at is None
    complaints.at("2023-09-18T18:31")
    assert complaints.complaint(complaint).forwarded_at is not None


@pytest.mark.law("D28", "R5.2")
def test_a_complaint_whose_registration_is_still_to_come_is_registered_on_the_moved_day(
    complaints: Complaints,
) -> None:
    complaint = before_its_day(complaints)
    load_calendar(complaints.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert complaints.now(complaint).registered_on.isoformat() == "2023-09-18"
    complaints.at("2023-09-18T09:00")
    assert {element: said(end) for element, end in runs(complaints, complaint).items()} == {
        "deadline_registration": "09-18 18:30",
        "deadline_forward_unregistered": "09-20 18:30",
    }


@pytest.mark.law("D28", "L64.1")
def test_of_two_terms_of_a_task_the_first_stays_the_one_by_which_it_is_late(complaints: Complaints) -> None:
    complaint = unregistered(complaints)
    assert said(complaints.open_task(complaint).due_at) == "09-12 18:30"
    load_calendar(complaints.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert said(complaints.open_task(complaint).due_at) == "09-12 18:30"
    complaints.at("2023-09-13T10:00")
    load_calendar(complaints.program, with_day("2023-09-14", "day_off", FRIDAY_OFF), ACT, ADMINISTRATOR)
    assert said(complaints.open_task(complaint).due_at) == "09-12 18:30"
    assert runs(complaints, complaint)["deadline_forward_unregistered"].day == 19


@pytest.mark.law("D28", "L100.1", "L75.1")
def test_the_open_duties_of_a_complaint_move_although_its_case_is_closed(complaints: Complaints) -> None:
    complaint = considered(complaints)
    complaints.reviewed(complaint, "order", action="Мекенжайды түзету")
    request_access(complaints.program, complaint.id, complaints.applicant("company_head"))
    moved = load_calendar(complaints.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert {each.duty: (said(each.before), said(each.after)) for each in moved if each.duty} == {
        "carry_out_decision": ("09-19 18:30", "09-20 18:30"),
        "give_case_file": ("09-15 18:30", "09-18 18:30"),
    }
    assert complaints.said(complaint).count("duty_recounted") == 2
    assert list(audit(complaints.program)) == []
