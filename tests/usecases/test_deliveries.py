"""Every notice has a delivery record on each of its two channels, and what is not delivered is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.channels import MAIL, Message, NotDelivered, Trouble
from service.domain.deliveries import CABINET, Delivery
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.audit import audit
from service.usecases.post_papers import post_paper, record_delivery
from service.usecases.record_reading import record_notices_read
from service.usecases.send_outbox import FIRST_PAUSE, LONGEST_PAUSE, send_outbox
from service.usecases.tell_otherwise import tell_otherwise
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.on_paper import answered_on_paper


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


@pytest.mark.law("L66.1")
def test_a_notice_without_an_address_is_listed_until_the_person_has_read_it(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.filed(), contests="inaction", official="Бөлім", email="")
    listed = complaints.program.queries.untold()
    assert {row.case_number for row in listed} == {complaint.number}
    applicant = complaints.applicant("company_head")
    record_notices_read(complaints.program, complaints.program.queries.case(complaint.id), applicant)
    assert complaints.said(complaint)[-1] == "notices_read"
    assert complaints.program.queries.untold() == []
    assert all(record.read_at for record in complaints.program.queries.deliveries(complaint.id))
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L66.1")
def test_or_until_an_officer_has_told_it_in_another_way(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.filed(), contests="inaction", official="Бөлім", email="")
    notice, clerk = complaints.program.queries.untold()[0].notice, complaints.officer("chancellery")
    with pytest.raises(Forbidden):
        tell_otherwise(complaints.program, notice.id, complaints.officer("unit"), "by telephone", "2023-09-12")
    for how, day in (("", "2023-09-12"), ("by telephone", "2023-09-11"), ("by telephone", "2023-09-13")):
        with pytest.raises(InvalidAnswers):
            tell_otherwise(complaints.program, notice.id, clerk, how, day)
    tell_otherwise(complaints.program, notice.id, clerk, "+7 717 274 00 00, Сәуле", "2023-09-12")
    assert notice.id not in {row.notice.id for row in complaints.program.queries.untold()}
    assert "notice_told" in complaints.said(complaint)
    with pytest.raises(NotLawful):
        tell_otherwise(complaints.program, notice.id, clerk, "again", "2023-09-12")
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L66.1", "L64.1")
def test_a_letter_that_was_handed_over_tells_its_notice(complaints: Complaints) -> None:
    _complaint, duty = answered_on_paper(complaints)
    clerk = complaints.officer("chancellery")

    def waits() -> bool:
        return duty.document_id in {row.notice.document_id for row in complaints.program.queries.untold()}

    post_paper(complaints.program, duty.id, clerk, "RR-1", "2023-09-12")
    assert waits()
    record_delivery(complaints.program, duty.id, clerk, "handed_over", "2023-09-12")
    assert not waits()
