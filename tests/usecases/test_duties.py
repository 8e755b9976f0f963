"""Duties beside the diagrams: opened with a term, done by their role, the late ones listed first."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service.domain.deadlines import ZONE
from service.domain.duties import DUTIES, Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotFound, NotLawful
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.usecases.duties import finish_duty, open_duties
from tests.program import Story

FRIDAY = date(2023, 9, 15)


def opened(story: Story, kind: str, counted_from: date = date(2023, 9, 12), in_case: bool = False) -> Duty:
    """A duty that arose on its own or in a case."""
    case = story.filed() if in_case else None
    with story.program.unit_of_work() as uow:
        duty = open_duty(
            uow, story.program.calendar, kind, counted_from=counted_from, periods=EDITION_TERMS, case=case, act="№ 1"
        )
        uow.commit()
        return duty


@pytest.mark.law("R12.1")
def test_a_duty_ends_at_the_closing_of_its_last_working_day(story: Story) -> None:
    duty = opened(story, "inform_operator")
    assert duty.due_at == datetime(2023, 9, 15, 18, 30, tzinfo=ZONE)
    assert (duty.law, duty.role, duty.details) == ("R12.1", "head", {"act": "№ 1"})
    assert not duty.is_late(datetime(2023, 9, 15, 18, 30, tzinfo=ZONE))
    assert duty.is_late(datetime(2023, 9, 15, 18, 30, 1, tzinfo=ZONE))


@pytest.mark.law("R15.2")
def test_a_duty_without_a_number_of_days_ends_on_the_day_that_is_said(story: Story) -> None:
    assert opened(story, "prepare_for_court", FRIDAY).due_at == datetime(2023, 9, 15, 18, 30, tzinfo=ZONE)


@pytest.mark.law("R12.1", "O4")
def test_the_late_duties_are_listed_first_and_each_role_sees_its_own(story: Story) -> None:
    later, sooner = opened(story, "report_to_legal_department"), opened(story, "inform_operator")
    other = opened(story, "sign_minutes")
    assert [duty.id for duty in open_duties(story.program, {"head"})] == [sooner.id, later.id]
    assert [duty.id for duty in open_duties(story.program)] == [other.id, sooner.id, later.id]
    assert open_duties(story.program, set()) == []


@pytest.mark.law("R12.1")
def test_a_duty_is_done_once_by_its_role_with_what_was_done(story: Story) -> None:
    duty, head = opened(story, "inform_operator"), story.officer("head")
    with pytest.raises(Forbidden):
        finish_duty(story.program, duty.id, story.officer("unit"), "№ 12-3/456")
    with pytest.raises(InvalidAnswers):
        finish_duty(story.program, duty.id, head, "  ")
    with pytest.raises(NotFound):
        finish_duty(story.program, 4711, head, "№ 12-3/456")
    done = finish_duty(story.program, duty.id, head, "№ 12-3/456, 14.09.2023 ")
    assert (done.done_by, done.result) == (head.officer_id, "№ 12-3/456, 14.09.2023")
    with pytest.raises(NotLawful, match="duty_is_done"):
        finish_duty(story.program, duty.id, head, "again")
    assert open_duties(story.program) == []
    with story.program.reading() as uow:
        assert [each.id for each in uow.duties.done(1)] == [duty.id]


@pytest.mark.law("L74.1")
def test_a_duty_with_an_act_of_its_own_cannot_be_ticked_off(story: Story) -> None:
    duty = opened(story, "sign_minutes")
    with pytest.raises(NotLawful, match="duty_has_an_act"):
        finish_duty(story.program, duty.id, story.officer("unit"), "done")


@pytest.mark.law("L69.1")
def test_the_journal_of_the_case_tells_of_its_duties(story: Story) -> None:
    duty = opened(story, "give_case_file", in_case=True)
    assert duty.case_id is not None
    with story.program.reading() as uow:
        assert [each.id for each in uow.duties.of_case(duty.case_id)] == [duty.id]
        (line,) = [each for each in uow.cases.journal(duty.case_id) if each.action == "duty_opened"]
    assert (line.details["duty"], line.details["law"]) == ("give_case_file", "L75.1")


@pytest.mark.law("L69.1")
def test_every_kind_of_duty_names_its_point_and_a_term_or_none(story: Story) -> None:
    assert all(rule.law and rule.role and (not rule.term or rule.term in EDITION_TERMS) for rule in DUTIES.values())
