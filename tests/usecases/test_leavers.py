"""Officers who come, move and leave: what each role gives and takes, and who has their tasks and notes then."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from functools import partial

import pytest

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.messages import OfficerNote
from service.usecases import leavers
from service.usecases.accounts import close_account, end_role, give_role
from service.usecases.applicant_acts import submit_position
from service.usecases.audit import audit
from service.usecases.leavers import give_back_what_was_left
from service.usecases.people import appoint_acting
from service.usecases.tasks import claim_task
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.test_accounts import PERIOD, noted, refused


def spoken_to(story: Story) -> Case:
    """The applicant has stated a position, and the officer in charge was told and has not read it."""
    case = story.invited()
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін", wants_oral=False)
    return case


def told_to(story: Story, case: Case) -> tuple[int | None, str]:
    """For whom the note of the position is."""
    with story.program.reading() as uow:
        (note,) = uow.list(OfficerNote, case_id=case.id, element="message_position")
    return note.officer_id, note.role


@pytest.mark.law("R5.3", "R8.2")
def test_the_day_after_a_role_has_ended_its_tasks_and_notes_are_for_the_lane(story: Story) -> None:
    case = spoken_to(story)
    end_role(story.program, "unit", "unit", date(2023, 9, 13), "№ 61-Ж")
    assert story.open_task(case).assignee_id == story.officer("unit").officer_id
    assert give_back_what_was_left(story.program) == 0
    story.at("2023-09-14T00:02:00", chores=True)
    assert story.open_task(case).assignee_id is None
    assert give_back_what_was_left(story.program) == 0
    assert told_to(story, case) == (None, "unit")
    (line,) = [line for line in story.program.queries.case(case.id).journal if line.action == "task_left"]
    assert (line.actor, line.details["reason"]) == ("system", "")
    assert list(audit(story.program)) == []


@pytest.mark.law("R5.3")
def test_a_case_that_cannot_be_given_back_keeps_no_other_back(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other, stuck = story.assigned(), story.assigned("entrepreneur")
    assert other.id != stuck.id
    for case in (other, stuck):
        claim_task(story.program, story.open_task(case).id, story.officer("unit"))
    end_role(story.program, "unit", "unit", date(2023, 9, 13), "№ 61-Ж")
    back = leavers._give_back
    with monkeypatch.context() as patch:
        patch.setattr(
            leavers, "_give_back", lambda uow, who, id, *by: 1 / 0 if id == stuck.id else back(uow, who, id, *by)
        )
        story.at("2023-09-14T00:02:00", chores=True)
    assert f"case {stuck.id} could not be given back" in caplog.text
    assert [story.open_task(case).assignee_id is None for case in (other, stuck)] == [True, False]
    assert give_back_what_was_left(story.program) == 1
    assert story.open_task(stuck).assignee_id is None


@pytest.mark.law("R5.3", "R13.1")
def test_a_task_of_a_reviewer_who_left_is_taken_by_another(complaints: Complaints) -> None:
    program, task = complaints.program, complaints.open_task(complaints.forwarded(complaints.refused(), "refusal"))
    claim_task(program, task.id, complaints.officer("reviewer"))
    yesterday = local(program.clock.now()).date() - timedelta(days=1)
    end_role(program, "reviewer", "reviewer", yesterday, "№ 62-Ж")
    other = complaints.officer("reviewer2")
    assert claim_task(program, task.id, other).assignee_id == other.officer_id


@pytest.mark.law("R9.1")
def test_an_order_to_act_for_the_head_ends_with_the_office_at_the_provider(story: Story) -> None:
    assert story.officer("acting").roles == {"unit", "head"}
    end_role(story.program, "acting", "unit", date(2023, 9, 11), "№ 62-Ж")
    assert story.officer("acting").roles == frozenset()
    assert refused(lambda: appoint_acting(story.program, "acting", *PERIOD, "63-Ж")) == {"login": "not_an_option"}


@pytest.mark.law("R5.3", "L69.1")
def test_an_account_is_given_another_role_for_a_time(story: Story) -> None:
    give = functools.partial(give_role, story.program, "chancellery")
    give("unit", date(2023, 9, 13), date(2023, 9, 14), "№ 60-Ж")
    assert story.officer("chancellery").roles == {"chancellery"}
    story.at("2023-09-14T10:00:00", chores=True)
    assert story.officer("chancellery").roles == {"chancellery", "unit"}
    assert refused(lambda: give("unit", date(2023, 9, 14), None, "№ 61-Ж")) == {"role": "held"}
    assert refused(lambda: give("head", date(2023, 9, 13), date(2023, 9, 12), "")) == {
        "reason": "required", "since": "in_the_past", "until": "before_start",
    }  # fmt: skip
    assert noted(story, "role_given") == [
        {"login": "chancellery", "role": "unit", "since": "2023-09-13", "until": "2023-09-14", "reason": "№ 60-Ж"}
    ]
    assert list(audit(story.program)) == []


@pytest.mark.law("R5.3", "R8.2")
@pytest.mark.parametrize(("since", "until"), [("2023-09-14", None), ("2023-10-01", None), ("2023-10-01", "2023-09-20")])
def test_what_was_said_to_the_unit_stays_with_the_unit_whatever_the_officer_becomes(
    story: Story, since: str, until: str | None
) -> None:
    case = spoken_to(story)
    give_role(story.program, "unit", "chancellery", date.fromisoformat(since), None, "№ 60-Ж")
    if until is not None:  # it was taken back before its first day
        end_role(story.program, "unit", "chancellery", date.fromisoformat(until), "№ 61-Ж")
    end_role(story.program, "unit", "unit", date(2023, 9, 13), "№ 62-Ж")
    story.at("2023-09-14T00:05:00", chores=True)
    assert told_to(story, case) == (None, "unit")


@pytest.mark.law("R5.3", "R8.2")
def test_a_note_of_an_account_that_is_closed_is_for_the_lane_that_it_concerns(story: Story) -> None:
    case = spoken_to(story)
    give_role(story.program, "unit", "chancellery", date(2023, 9, 12), date(2099, 1, 1), "№ 60-Ж")
    close_account(story.program, "unit", "№ 62-Ж")
    assert told_to(story, case) == (None, "unit")


@pytest.mark.law("R9.1")
@pytest.mark.parametrize("order", ["before", "after"])
def test_nobody_acts_for_the_head_on_a_day_without_an_own_office(story: Story, order: str) -> None:
    if order == "before":
        appoint_acting(story.program, "unit", date(2023, 9, 12), date(2023, 10, 12), "58-Ж", together=True)
    end_role(story.program, "unit", "unit", date(2023, 9, 13), "№ 62-Ж")
    if order == "after":
        appoint_acting(story.program, "unit", date(2023, 9, 12), date(2023, 10, 12), "58-Ж", together=True)
    give_role(story.program, "unit", "chancellery", date(2023, 10, 2), None, "№ 63-Ж")
    assert story.officer("unit").roles == {"unit", "head"}
    story.at("2023-09-14T10:00:00", chores=True)
    assert story.officer("unit").roles == frozenset()
    story.at("2023-10-02T10:00:00", chores=True)
    assert story.officer("unit").roles == {"chancellery", "head"}


@pytest.mark.law("L97.1", "R13.1")
def test_nobody_is_of_the_provider_and_of_the_reviewing_body(story: Story) -> None:
    today = date(2023, 9, 12)
    for login, role in (("head", "reviewer"), ("reviewer", "unit")):
        given = partial(give_role, story.program, login, role, today, None, "№ 1")
        assert refused(given) == {"role": "two_bodies"}
    end_role(story.program, "reviewer", "reviewer", today, "№ 2")
    give_role(story.program, "reviewer", "unit", today + timedelta(days=1), None, "№ 3")


@pytest.mark.law("R5.3")
def test_a_role_may_be_given_before_it_is_held_again_and_after_it_was_taken_back(story: Story) -> None:
    give = functools.partial(give_role, story.program, "chancellery", "unit")
    give(date(2023, 10, 1), None, "№ 1")
    give(date(2023, 9, 13), date(2023, 9, 14), "№ 2")
    end_role(story.program, "chancellery", "unit", date(2023, 9, 20), "№ 3")
    give(date(2023, 9, 20), None, "№ 4")
    assert list(audit(story.program)) == []
