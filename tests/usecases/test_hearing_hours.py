"""A hearing begins in working hours, also a written one: who asks for it is heard then (R8.1, L73.3, A1.8.1)."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.errors import InvalidAnswers
from service.usecases.dated_settings import change_setting
from service.usecases.people import ADMINISTRATOR
from tests.program import DOES_NOT, HEARING, Story
from tests.usecases.test_dated_settings import DECREE, SEPTEMBER_14, SHORT


@pytest.mark.law("R8.1", "A1.8.1", "L73.3")
@pytest.mark.parametrize("hour", ["03:00", "08:59", "13:00", "14:29", "18:30", "23:30"])
@pytest.mark.parametrize("way", ["online", "office", "written"])
def test_a_hearing_outside_of_working_hours_is_refused_with_the_hours(story: Story, hour: str, way: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    answers = {**HEARING, "hearing_on": "2023-09-14", "hearing_time": hour, "hearing_way": way}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **answers)
    assert set(refused.value.data["errors"]) == {"hearing_time"}
    problem = refused.value.data["errors"]["hearing_time"]
    assert problem.code == "outside_hours"
    assert problem.data == {"opens": "09:00", "closes": "18:30", "break_from": "13:00", "break_until": "14:30"}


@pytest.mark.law("R8.1", "A1.8.1")
@pytest.mark.parametrize(
    ("hour", "way"), [("09:00", "online"), ("12:59", "office"), ("14:30", "office"), ("18:29", "written")]
)
def test_a_hearing_in_working_hours_is_invited_to(story: Story, hour: str, way: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    answers = {**HEARING, "hearing_on": "2023-09-14", "hearing_time": hour, "hearing_way": way}
    assert story.work("unit", case, "task_invite_hearing", **answers).notified_on == date(2023, 9, 12)


@pytest.mark.law("R8.1", "A1.8.1")
def test_the_hours_of_a_hearing_are_those_of_its_day(story: Story) -> None:
    change_setting(story.program, "working_hours", SEPTEMBER_14, SHORT, DECREE, ADMINISTRATOR)
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    late = {**HEARING, "hearing_on": "2023-09-14", "hearing_time": "18:00", "hearing_way": "office"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **late)
    assert refused.value.data["errors"]["hearing_time"].data["closes"] == SHORT["closes"]
