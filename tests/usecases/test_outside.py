"""What goes out to other systems and what comes back, over real sockets."""

from __future__ import annotations

import pytest

from service.sandbox.weather import Weather
from service.usecases.send_outbox import send_outbox
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
    story.world.shep.weather = Weather.FINE
    story.at("2023-09-12T10:30:00")
    send_outbox(story.program)
    assert all(row.answered_at for row in story.program.queries.case(case.id).state_data)
    assert not story.program.queries.unsent()


@pytest.mark.law("R10.1", "R10.2")
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


@pytest.mark.law("R10.2")
def test_a_message_that_can_never_arrive_waits_for_a_person(story: Story) -> None:
    story.file("company_head", {**TRADE, "email": "not-an-address"}, [TITLE, LETTER])
    send_outbox(story.program)
    (stopped,) = [row.message for row in story.program.queries.unsent() if row.message.channel == "mail"][:1]
    assert stopped.stopped_at is not None
