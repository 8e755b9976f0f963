"""Every notice has a delivery record on each of its two channels, and what is not delivered is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.channels import MAIL, Message, NotDelivered, Trouble
from service.domain.deliveries import CABINET, Delivery
from service.usecases.send_outbox import FIRST_PAUSE, LONGEST_PAUSE, send_outbox
from tests.program import Story


def by_mail(story: Story, case_id: int) -> list[Delivery]:
    return [record for record in story.program.queries.deliveries(case_id) if record.channel == MAIL]


@pytest.mark.law("L66.1")
def test_a_notice_is_in_the_cabinet_at_once_and_by_mail_when_the_server_has_taken_it(story: Story) -> None:
    case = story.filed()
    before = story.program.queries.deliveries(case.id)
    assert {record.channel for record in before} == {CABINET, MAIL}
    assert all((record.accepted_at is not None) == (record.channel == CABINET) for record in before)
    send_outbox(story.program)
    assert all(record.accepted_at and not record.problem for record in story.program.queries.deliveries(case.id))


class Away:
    """A mail server that does not answer."""

    def send(self, message: Message) -> None:
        raise NotDelivered(Trouble.NO_CONNECTION, "")


@pytest.mark.law("L66.1", "R10.2")
def test_an_undelivered_letter_is_tried_with_growing_pauses_and_listed_until_it_is_taken(story: Story) -> None:
    case, pauses = story.filed(), []
    unlucky = replace(story.program, channels={**story.program.channels, MAIL: Away()})
    for _ in range(9):
        send_outbox(unlucky)
        waiting = next(row.message for row in story.program.queries.unsent() if row.message.channel == MAIL)
        assert waiting.failed_at is not None
        pauses.append(waiting.due_at - waiting.failed_at)
        story.program.set_clock(waiting.due_at + timedelta(seconds=1))
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pauses[-1] == LONGEST_PAUSE
    record = by_mail(story, case.id)[0]
    assert (record.accepted_at, record.attempts, record.problem) == (None, 9, "no_connection")
    assert record.failed_at is not None
    send_outbox(story.program)
    assert by_mail(story, case.id)[0].accepted_at is not None
    assert not story.program.queries.unsent()


@pytest.mark.law("L66.1", "R10.2")
def test_a_message_that_nobody_tries_to_send_is_listed_too(story: Story) -> None:
    story.filed()
    now = story.program.clock.now()
    assert not story.program.queries.unsent(now - timedelta(minutes=10))
    assert story.program.queries.unsent(now + timedelta(minutes=10))
