"""The outbox: sent once by however many workers, never stopped by one message that cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from service.domain.channels import MONITORING, Message, NotDelivered, Trouble
from service.domain.errors import CaseChanged, OperationFailed
from service.domain.messages import Challenge, Edition, OutboxMessage
from service.domain.people import Officer
from service.program import Program
from service.usecases.applicant_acts import withdraw_case
from service.usecases.send_outbox import send_outbox
from service.usecases.sign_in import new_challenge
from tests.program import Story
from tests.soak.together import at_once


@pytest.mark.law("R10.2", "L66.1")
def test_two_workers_send_each_letter_once(story: Story) -> None:
    story.filed()
    at_once(lambda: send_outbox(story.program), lambda: send_outbox(story.program))
    subjects = [letter.subject for letter in story.world.mail.letters]
    assert len(subjects) == len(set(subjects)) == 2
    assert not story.program.queries.unsent()


@pytest.mark.law("R10.2", "D12")
def test_a_message_that_cannot_be_made_does_not_stop_those_behind_it(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        uow.add(OutboxMessage("lost/1", "a channel that nobody knows", {}, uow.now, uow.now))
        uow.commit()
    case = story.filed()
    send_outbox(story.program)
    assert story.world.portal.statuses(case.number)
    (lost,) = [row.message for row in story.program.queries.unsent()]
    assert (lost.message_id, lost.attempts, lost.sent_at) == ("lost/1", 1, None)


class Silent:
    """A system that never answers; what else happens `meanwhile` is told to it."""

    def __init__(self, meanwhile: Callable[[Message], object] = lambda _message: None) -> None:
        self.asked: list[str] = []
        self._meanwhile = meanwhile

    def send(self, message: Message) -> Mapping[str, Any]:
        self.asked.append(message.message_id)
        self._meanwhile(message)
        raise NotDelivered(Trouble.NO_ANSWER, "timeout")


@pytest.mark.law("R10.1", "R10.2", "L66.1")
def test_where_a_system_is_silent_nothing_else_waits_for_it(story: Story) -> None:
    stages = Silent()
    program = replace(story.program, channels={**story.program.channels, MONITORING: stages})
    cases = [story.filed(), story.filed("company2_head")]
    before = len(story.world.mail.letters)
    send_outbox(program)
    assert len(stages.asked) == 1
    assert len(story.world.mail.letters) - before == 2 * len(cases)
    send_outbox(program)
    assert len(set(stages.asked)) == 2, "the other one is asked the next time, and the first one later"


@pytest.mark.law("R10.2")
def test_a_message_that_another_worker_has_delivered_is_not_told_as_delayed(story: Story) -> None:
    def by_another(message: Message) -> None:
        with story.program.unit_of_work() as uow:
            row = uow.find(OutboxMessage, message_id=message.message_id)
            assert row is not None
            row.sent_at = uow.now
            uow.commit()

    program = replace(story.program, channels={**story.program.channels, MONITORING: Silent(by_another)})
    case = story.filed()
    send_outbox(program)
    with program.reading() as uow:
        (row,) = uow.list(OutboxMessage, channel=MONITORING)
    assert (row.attempts, row.failed_at) == (0, None)
    assert "message_delayed" not in story.said(case)


@pytest.mark.law("R10.2")
def test_no_stage_changes_without_its_message_in_the_outbox(story: Story) -> None:
    case = story.assigned()
    engine = story.program.database.engine

    def break_it(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT INTO outbox"):
            raise OSError("no room")

    event.listen(engine, "before_cursor_execute", break_it)
    with pytest.raises(OperationFailed):
        story.work("unit", case, "task_check_completeness", complete="yes")
    event.remove(engine, "before_cursor_execute", break_it)
    assert story.open_task(case).element == "task_check_completeness"
    assert "completeness_recorded" not in story.said(case)
    assert story.now(case).version == case.version
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert story.open_task(case).element == "task_examine"


@pytest.mark.law("R4.2")
def test_the_portal_learns_that_a_withdrawn_request_is_over(story: Story) -> None:
    case = story.filed()
    withdraw_case(story.program, case.id, story.applicant("company_head"), "")
    send_outbox(story.program)
    told = [record.text("processingStatus") for record in story.world.portal.statuses(case.number)]
    assert told == ["IN_PROGRESS", "IN_PROGRESS", "COMPLETED"]


def officer(login: str) -> Officer:
    return Officer(login, "", "Бір", "Екі", "", "900101300017", {"kk": "Маман"})


def test_who_takes_a_name_that_is_taken_is_told_that_somebody_was_faster(program: Program) -> None:
    with program.unit_of_work() as uow, pytest.raises(CaseChanged):
        uow.add(officer("unit"))
        uow.commit()


def test_a_broken_rule_of_the_tables_is_not_taken_for_a_faster_colleague(program: Program) -> None:
    with program.unit_of_work() as uow, pytest.raises(IntegrityError):
        uow.add(*(OutboxMessage("twice", "mail", {}, uow.now, uow.now) for _ in range(2)))
        uow.commit()
    with program.unit_of_work() as uow, pytest.raises(IntegrityError):
        uow.add(OutboxMessage("of no case", "mail", {}, uow.now, uow.now, case_id=404))
        uow.commit()


@pytest.mark.law("R1.1")
def test_challenges_that_nobody_can_sign_any_more_do_not_pile_up(story: Story) -> None:
    new_challenge(story.program)
    story.at("2023-09-12T11:00:00", chores=True)
    nonce, _ = new_challenge(story.program)
    with story.program.reading() as uow:
        assert [challenge.nonce for challenge in uow.list(Challenge)] == [nonce]


def test_the_files_of_an_edition_are_fetched_only_when_they_are_asked_for(program: Program) -> None:
    with program.reading() as uow:
        (edition,) = uow.list(Edition)
        assert "bundle" not in vars(edition)
        assert edition.bundle
