"""What the program does by itself: nothing that fails or waits in one place keeps anything else waiting."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta, tzinfo
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from service import scheduler
from service.domain.appeal import Complaint
from service.domain.case import DeadlineKind
from service.domain.channels import REVIEW, Message
from service.domain.errors import RuqsatError, Unavailable
from service.domain.messages import OutboxMessage
from service.program import Chore, Program
from service.usecases import fire_deadlines, review_package, send_outbox
from service.usecases.case_package import CasePackage
from service.usecases.receive_answer import receive_answer
from service.usecases.review_package import send_package
from tests.complaints import Complaints
from tests.program import Story


@pytest.mark.law("R10.2", "R13.3")
def test_every_chore_has_a_job_of_its_own(story: Story) -> None:
    planned = BackgroundScheduler(timezone="UTC")
    scheduler._plan(planned, story.program)
    jobs = {job.id: job.trigger.interval.total_seconds() for job in planned.get_jobs()}
    assert jobs == {chore.name: chore.seconds for chore in story.program.chores}
    assert jobs["deadlines"] == jobs["outbox"] == 2


def test_a_chore_that_fails_is_told_of_and_done_again(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError("away")

    with caplog.at_level(logging.ERROR):
        scheduler._do(Chore("outbox", 2, fail))
    assert "outbox could not be done and is tried again" in caplog.text


def test_no_chore_waits_until_a_clock_that_has_stepped_back_is_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    back, done = [timedelta(0)], Event()

    class Machine(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # ours alone
            return datetime.now(tz) - back[0]

    for module in ("apscheduler.schedulers.base", "apscheduler.executors.base", "service.scheduler"):
        monkeypatch.setattr(f"{module}.datetime", Machine)
    running = scheduler.start(cast(Program, SimpleNamespace(chores=[Chore("outbox", 0.05, done.set)])))
    try:
        assert done.wait(10)
        back[0] = timedelta(hours=1)
        Event().wait(0.2)  # what was begun before has ended
        done.clear()
        assert done.wait(10)
    finally:
        running.shutdown()


@pytest.mark.law("R10.2")
def test_a_delivery_that_cannot_be_written_down_stops_no_other(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.filed()
    waiting = unsent(story)
    write_down, failed = receive_answer, list[int]()

    def away(services: Any, outbox_id: int, *told: Any) -> None:
        if not failed:
            failed.append(outbox_id)
            raise Unavailable(what="database")
        write_down(services, outbox_id, *told)

    monkeypatch.setattr(send_outbox, "receive_answer", away)
    assert send_outbox.send_outbox(story.program) == waiting - 1
    assert unsent(story) == 1
    story.at("2023-09-12T10:10:00", chores=True)
    assert unsent(story) == 0


def unsent(story: Story) -> int:
    with story.program.reading() as uow:
        return sum(row.sent_at is None for row in uow.list(OutboxMessage))


@pytest.mark.law("R8.2", "D25")
def test_a_term_that_fails_makes_no_later_term_late(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = story.filed(), story.assigned("entrepreneur")
    fire = fire_deadlines.fire_one

    def fire_others(services: Any, deadline_id: int, case_id: int | None, duty_id: int | None) -> bool:
        if case_id == broken.id:
            raise OSError("this case cannot be moved")
        return fire(services, deadline_id, case_id, duty_id)

    monkeypatch.setattr(fire_deadlines, "fire_one", fire_others)
    story.at("2023-09-14T19:00:00", chores=True)
    rows = story.program.queries.case(other.id).deadlines
    fired = [row for row in rows if row.fired_at and row.kind is DeadlineKind.TERM]
    assert [row.element for row in fired] == ["deadline_completeness"]
    assert all((row.fired_at - row.due_at).total_seconds() < 5 for row in fired if row.fired_at)


def test_a_clock_that_is_moved_through_too_many_terms_says_so(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.filed()
    monkeypatch.setattr("service.program.MOST_STEPS", 1)
    with pytest.raises(RuqsatError, match="clock_moved_too_far"):
        story.at("2023-09-20T10:00:00", chores=True)


@pytest.mark.law("R13.3", "L69.1")
def test_a_case_of_any_size_reaches_the_reviewing_body(complaints: Complaints, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = complaints.forwarded(complaints.refused(), "refusal")
    large = CasePackage("large.zip", b"\0" * (21 * 1024 * 1024), "")
    monkeypatch.setattr(review_package, "build_package", lambda *_of, **_for: large)
    with complaints.program.unit_of_work() as uow:
        kept = uow.find(Complaint, case_id=complaint.id)
        assert kept is not None
        kept.package_sha256 = ""
        uow.commit()
    message = Message("again", REVIEW, complaint.id, {"complaint": True}, complaints.program.clock.now())
    answer = send_package(complaints.program, message)
    assert complaints.program.files.read(answer["sha256"]) == large.content
