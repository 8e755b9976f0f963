"""Accounts of officers: who may act for the head."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.errors import InvalidAnswers
from service.domain.people import Officer, RoleAssignment
from service.usecases.people import ADMINISTRATOR, appoint_acting
from tests.program import Story

PERIOD = (date(2023, 9, 12), date(2023, 9, 20))


@pytest.mark.law("R9.1", "R5.3")
def test_nobody_but_an_officer_of_the_provider_at_work_acts_for_the_head(story: Story) -> None:
    administrator, supervisor = story.officer("administrator"), story.officer("supervisor").officer_id or 0
    with story.program.unit_of_work() as uow:
        uow.get(Officer, story.officer("acting").officer_id).active = False
        uow.add(RoleAssignment(supervisor, "unit", date(2020, 1, 1), date(2023, 9, 11)))
        uow.commit()
    for login in ("acting", "supervisor", "reviewer", "centre", "administrator"):
        for actor in (administrator, ADMINISTRATOR):
            with pytest.raises(InvalidAnswers) as refused:
                appoint_acting(story.program, login, *PERIOD, "62-Ж", actor)
            assert refused.value.data["errors"]["login"].code == "not_an_option", (login, actor.name)
    assert story.officer("administrator").roles == {"administrator"}
    appoint_acting(story.program, "unit", *PERIOD, "62-Ж", administrator)
    assert story.officer("unit").roles == {"unit", "head"}


@pytest.mark.law("R9.1", "R5.3")
def test_an_administrator_who_also_works_on_cases_does_not_appoint_the_own_person(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        uow.add(RoleAssignment(story.officer("unit").officer_id or 0, "administrator", date(2020, 1, 1)))
        uow.commit()
    with pytest.raises(InvalidAnswers):
        appoint_acting(story.program, "unit", *PERIOD, "62-Ж", story.officer("unit"))
    assert story.officer("unit").roles == {"unit", "administrator"}
