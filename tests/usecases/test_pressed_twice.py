"""A button pressed twice in the same moment: what is said, asked or ordered stands once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from service.domain.case import Case
from service.domain.dated import PortalBreak
from service.domain.deadlines import ZONE, local
from service.domain.decisions import Position
from service.domain.file_access import FileAccess
from service.domain.minutes import MinutesRemark
from service.domain.people import RoleAssignment
from service.usecases.applicant_acts import keep_position_file, submit_position
from service.usecases.audit import audit
from service.usecases.dated_settings import announce_break
from service.usecases.file_access import request_access
from service.usecases.minutes import add_remark
from service.usecases.people import ADMINISTRATOR, appoint_acting
from tests.complaints import Complaints
from tests.program import Story
from tests.soak.together import at_once, meeting
from tests.usecases.beside import duties, heard, minutes_of, signed_minutes
from tests.usecases.by_post import answered, delivered, invited

COMPANY = "company_head"
REASON = {"kk": "Жаңарту", "ru": "Обновление", "en": "An update"}


def twice(story: Story, act: Callable[[], object]) -> None:
    """Press once more while the first press is on its way, and both are answered alike."""
    with meeting(story.program.database.engine):
        first, second = at_once(act, act)
    assert type(first) is type(second), (first, second)
    assert getattr(first, "id", 1) == getattr(second, "id", 2)
    assert not list(audit(story.program))


def held(story: Story, thing: type, **values: object) -> int:
    """How many such things stand."""
    with story.program.reading() as uow:
        return len(uow.list(thing, **values))


def says(story: Story, case: Case, text: str, content: bytes = b"") -> Position:
    """State a position, with a file of this content."""
    file = keep_position_file(story.program, case.id, "a.pdf", content, "application/pdf") if content else None
    return submit_position(story.program, case.id, story.applicant(COMPANY), text, wants_oral=True, file=file)


@pytest.mark.law("L73.3")
def test_an_answer_to_the_preliminary_decision_stands_once_and_another_beside_it(story: Story) -> None:
    case = story.invited()
    twice(story, lambda: says(story, case, "Келіспеймін.", b"%PDF-1.7 a"))
    assert held(story, Position, case_id=case.id) == 1
    says(story, case, "Келіспеймін.", b"%PDF-1.7 b")
    says(story, case, "Келіспеймін!")
    assert held(story, Position, case_id=case.id) == 3
    story.at("2023-09-12T15:00:00")
    says(story, case, "Келіспеймін!")
    assert held(story, Position, case_id=case.id) == 4


@pytest.mark.law("L73.3")
def test_a_paper_that_was_recorded_under_a_wrong_day_is_recorded_under_its_own_a_moment_later(
    complaints: Complaints,
) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-15")
    complaints.at("2023-09-20T09:00")
    assert answered(complaints, complaint).late
    again = answered(complaints, complaint, received_on="18.09.2023")
    assert (local(again.at).date(), again.late) == (date(2023, 9, 18), False)
    assert answered(complaints, complaint, received_on="18.09.2023").id == again.id
    assert held(complaints, Position, case_id=complaint.id) == 2
    assert not list(audit(complaints.program))


@pytest.mark.law("L74.1")
def test_a_remark_on_the_minutes_stands_once_with_one_duty_to_answer(story: Story) -> None:
    case = heard(story)
    signed_minutes(story, case)
    minutes, applicant = minutes_of(story, case), story.applicant(COMPANY)
    twice(story, lambda: add_remark(story.program, minutes.id, applicant, "Менің сөзім жазылмаған."))
    assert held(story, MinutesRemark, case_id=case.id) == 1
    assert len(duties(story, case, "answer_remarks")) == 1


@pytest.mark.law("L75.1")
def test_the_case_file_is_asked_for_once(story: Story) -> None:
    case, applicant = story.assigned(), story.applicant(COMPANY)
    twice(story, lambda: request_access(story.program, case.id, applicant))
    assert held(story, FileAccess, case_id=case.id) == len(duties(story, case, "give_case_file")) == 1


@pytest.mark.law("A1.8.2")
def test_a_break_of_the_portal_is_announced_once(story: Story) -> None:
    starts, ends = (datetime(2023, 9, 20, hour, tzinfo=ZONE) for hour in (1, 3))
    twice(story, lambda: announce_break(story.program, starts, ends, REASON, ADMINISTRATOR))
    assert held(story, PortalBreak) == 1
    announce_break(story.program, starts, ends, {**REASON, "en": "New parts"}, ADMINISTRATOR)
    assert held(story, PortalBreak) == 2


@pytest.mark.law("R9.1")
def test_an_order_to_act_for_the_head_is_given_once(story: Story) -> None:
    first, last = date(2023, 11, 12), date(2023, 11, 14)
    before = held(story, RoleAssignment, role="head")
    twice(story, lambda: appoint_acting(story.program, "unit", first, last, "58-Ж"))
    assert held(story, RoleAssignment, role="head") == before + 1
