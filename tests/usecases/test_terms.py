"""Terms as they run: missed between two sweeps, missed twice, extended, moved away from under a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from unittest.mock import Mock

import pytest

from service.domain.case import Case, Deadline, DeadlineKind
from service.domain.deadlines import ZONE, local
from service.domain.errors import InvalidAnswers, NotLawful, Unavailable
from service.operations import escalation
from service.usecases import fire_deadlines as firing
from service.usecases.audit import audit
from service.usecases.extend_term import extend_term
from service.usecases.fire_deadlines import fire_deadlines, fire_one
from service.usecases.moves import Move
from service.usecases.send_outbox import send_outbox
from tests.program import CONFORMS, DOES_NOT, Story

OCTOBER = date(2023, 10, 2)


def at_silently(story: Story, text: str) -> None:
    """Let it be this local time while no sweep has run yet, as when the worker was down."""
    story.program.set_clock(datetime.fromisoformat(text).replace(tzinfo=ZONE))


def running(story: Story, case: Case) -> dict[str, date]:
    """The last days of the terms that run."""
    rows = story.program.queries.case(case.id).running_deadlines()
    return {row.element: local(row.due_at).date() for row in rows if row.kind is DeadlineKind.TERM}


def missed(story: Story, case: Case) -> list[str]:
    """The terms of the case that were missed; those of duties beside it aside."""
    return [each.element for each in story.program.queries.case(case.id).breaches if each.duty_id is None]


def reminders(story: Story, case: Case, element: str) -> Sequence[Deadline]:
    rows = story.program.queries.case(case.id).running_deadlines()
    return [row for row in rows if row.kind is DeadlineKind.REMINDER and row.element == element]


def extended(story: Story, case: Case, until: date = OCTOBER) -> None:
    extend_term(story.program, case.id, story.officer("head"), until, "Сараптама қажет")


@pytest.mark.law("L76.3", "R6.1")
def test_a_task_is_due_when_its_term_ends_also_on_the_worklist(story: Story) -> None:
    first, second = story.complete(), story.complete("entrepreneur")

    def worklist() -> list[tuple[int, date | None]]:
        rows = story.program.queries.worklist(["unit"], story.program.clock.now()).rows
        return [(row.case_id, row.due_at and local(row.due_at).date()) for row in rows]

    assert worklist() == [(first.id, date(2023, 9, 15)), (second.id, date(2023, 9, 15))]
    extended(story, first)
    assert worklist() == [(second.id, date(2023, 9, 15)), (first.id, OCTOBER)]
    story.work("unit", first, "task_examine", **CONFORMS)
    (row,) = story.program.queries.worklist(["head"], story.program.clock.now()).rows
    assert row.due_at is not None
    assert local(row.due_at).date() == OCTOBER


@pytest.mark.law("R8.2", "R6.1")
def test_who_is_late_between_two_sweeps_is_late_and_the_head_is_told(story: Story) -> None:
    case = story.assigned()
    at_silently(story, "2023-09-14T18:31:00")
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert missed(story, case) == ["deadline_completeness"]
    assert [note.kind for note in story.program.queries.notes(0, {"head"})] == ["escalation"]
    told = [entry for entry in story.program.queries.case(case.id).journal if entry.action == "head_told"]
    assert [entry.role for entry in told] == ["system"]
    assert fire_deadlines(story.program).failed == 0
    assert missed(story, case) == ["deadline_completeness"]


@pytest.mark.law("R8.2", "R10.1")
def test_the_same_lane_may_be_late_twice_and_no_message_stands_in_the_way(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-14T18:31:00")
    story.work("unit", case, "task_check_completeness", complete="yes")
    story.at("2023-09-19T18:31:00")
    assert sorted(missed(story, case)) == ["deadline_completeness", "deadline_examination", "deadline_service"]
    assert "deadline_failed" not in story.said(case)
    send_outbox(story.program)
    stages = [record.text("stage") for record in story.world.monitoring.stages(case.number)]
    assert stages == ["task_assign", "task_check_completeness", "task_examine"]


@pytest.mark.law("R8.2")
def test_a_term_that_cannot_be_fired_stops_nobody_and_is_a_breach_all_the_same(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.assigned()

    def broken(*_anything: object, **_more: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(escalation, "OfficerNote", broken)
    at_silently(story, "2023-09-14T18:31:00")
    assert fire_deadlines(story.program).failed == 1
    assert missed(story, case) == []
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert missed(story, case) == ["deadline_completeness"]
    assert list(audit(story.program)) == []


@pytest.mark.law("R8.2", "A1.8.1")
def test_a_term_that_ends_while_the_database_does_not_answer_is_fired_as_soon_as_it_does(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.assigned()
    at_silently(story, "2023-09-14T18:31:00")
    with monkeypatch.context() as outage:
        outage.setattr(firing, "fire_one", Mock(side_effect=Unavailable(what="database")))
        assert fire_deadlines(story.program).failed == 3, "two reminders and the term"
    assert "deadline_failed" not in story.said(case)
    assert fire_deadlines(story.program).fired == 3
    assert missed(story, case) == ["deadline_completeness"]


@pytest.mark.law("R8.2")
def test_a_term_that_another_has_fired_meanwhile_is_not_told_as_failed(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.assigned()
    at_silently(story, "2023-09-14T18:31:00")

    def by_another(*row: Any) -> bool:
        assert fire_one(*row)
        raise RuntimeError("out of order")

    monkeypatch.setattr(firing, "fire_one", by_another)
    assert fire_deadlines(story.program).failed == 3
    assert missed(story, case) == ["deadline_completeness"]
    assert "deadline_failed" not in story.said(case)


@pytest.mark.law("L76.3", "R8.1", "D26")
def test_what_begins_after_an_extension_ends_with_it(story: Story) -> None:
    case = story.assigned()
    extended(story, case)
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert running(story, case) == {"deadline_examination": OCTOBER, "deadline_service": OCTOBER}
    story.work("unit", case, "task_examine", **DOES_NOT)
    assert running(story, case)["deadline_hearing_notice"] == date(2023, 9, 27)
    assert list(audit(story.program)) == []
    story.at("2023-09-27T18:00:00")
    assert missed(story, case) == []
    story.at("2023-09-27T18:31:00")
    assert missed(story, case) == ["deadline_hearing_notice"]


@pytest.mark.law("L76.3", "R8.1")
def test_an_extension_moves_the_notice_of_the_hearing_to_three_days_before_the_new_end(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    extended(story, case)
    assert running(story, case) == {"deadline_hearing_notice": date(2023, 9, 27), "deadline_service": OCTOBER}


@pytest.mark.law("L76.3")
def test_a_term_is_only_ever_made_longer(story: Story) -> None:
    case = story.complete()
    extended(story, case)
    for until in (date(2023, 9, 29), OCTOBER, date(2023, 11, 20)):
        with pytest.raises(InvalidAnswers) as refused:
            extended(story, case, until)
        assert refused.value.data["errors"]["until"].code == "outside_extension"
    extended(story, case, date(2023, 11, 17))
    assert story.now(case).extended_until == date(2023, 11, 17)
    assert set(running(story, case).values()) == {date(2023, 11, 17)}


@pytest.mark.law("L76.3")
@pytest.mark.parametrize(
    ("now", "passed", "lawful"),
    [
        ("2023-10-04T10:00:00", date(2023, 10, 3), date(2023, 10, 4)),
        ("2023-10-04T18:30:00", date(2023, 10, 4), date(2023, 10, 5)),
        ("2023-10-07T10:00:00", date(2023, 10, 6), date(2023, 10, 9)),
    ],
)
def test_a_term_is_not_extended_to_a_day_that_is_over(story: Story, now: str, passed: date, lawful: date) -> None:
    case = story.complete()
    story.at(now)
    with pytest.raises(InvalidAnswers) as refused:
        extended(story, case, passed)
    assert refused.value.data["errors"]["until"].data == {"first": lawful.isoformat(), "last": "2023-11-17"}
    extended(story, case, lawful)
    assert story.now(case).extended_until == lawful


@pytest.mark.law("L76.3")
def test_where_no_lawful_day_is_left_a_term_is_not_extended(story: Story) -> None:
    case = story.complete()
    story.at("2023-11-17T18:31:00")
    with pytest.raises(NotLawful, match="extension_over"):
        extended(story, case, date(2023, 11, 17))


@pytest.mark.law("L76.3")
def test_an_extended_term_reminds_at_its_new_half_and_on_its_new_last_day(story: Story) -> None:
    case = story.complete()
    before = [row.due_at for row in reminders(story, case, "deadline_examination")]
    extended(story, case)
    moments = [local(row.due_at) for row in reminders(story, case, "deadline_examination")]
    assert len(before) == len(moments) == 2
    assert moments[0].date() == date(2023, 9, 21)
    assert moments[1] == datetime(2023, 10, 2, 9, 0, tzinfo=ZONE)


@pytest.mark.law("R6.1", "D25")
def test_a_term_that_begins_after_both_its_reminders_reminds_once_at_half_of_what_is_left(story: Story) -> None:
    case = story.filed()
    at_silently(story, "2023-09-14T17:00:00")
    unit = str(story.officer("unit").officer_id)
    story.work("chancellery", case, "task_assign", executor=unit)
    (only,) = reminders(story, case, "deadline_completeness")
    assert f"{local(only.due_at):%Y-%m-%d %H:%M}" in ("2023-09-14 17:44", "2023-09-14 17:45")
    at_silently(story, "2023-09-14T17:46:00")
    fire_deadlines(story.program)
    fire_deadlines(story.program)
    told = [line for line in story.program.queries.case(case.id).journal if line.action == "reminded"]
    assert [line.element for line in told].count("deadline_completeness") == 1


@pytest.mark.law("L76.3")
def test_a_term_that_is_moved_after_both_its_reminders_reminds_once_at_half_of_what_is_left(story: Story) -> None:
    case = story.complete()
    at_silently(story, "2023-09-19T17:00:00")
    extended(story, case, date(2023, 9, 20))
    at_silently(story, "2023-09-20T17:00:00")
    fire_deadlines(story.program)
    before = story.said(case).count("reminded")
    with story.program.unit_of_work() as uow:
        found = uow.cases.lock(case.id)
        move = Move(story.program, uow, found, story.officer("head"))
        row = next(each for each in move.terms.rows if each.waits and each.element == "deadline_service")
        move.terms.recount(row, row.due_at)
        uow.commit()
    at_silently(story, "2023-09-20T17:46:00")
    fire_deadlines(story.program)
    assert story.said(case).count("reminded") == before + 1


@pytest.mark.law("L76.3", "R8.2")
def test_an_extension_does_not_undo_what_was_missed_before_it(story: Story) -> None:
    case = story.assigned()
    at_silently(story, "2023-09-14T18:31:00")
    extended(story, case)
    assert missed(story, case) == ["deadline_completeness"]


@pytest.mark.law("L76.3", "D25")
def test_a_sweep_fires_nothing_that_was_moved_after_it_had_looked(story: Story) -> None:
    case = story.complete()
    at_silently(story, "2023-09-18T09:00:00")
    with story.program.reading() as uow:
        due = uow.deadlines.due(uow.now, 10)
    extended(story, case)
    assert due
    assert [fire_one(story.program, *row) for row in due] == [False] * len(due)
    assert "reminded" not in story.said(case)


@pytest.mark.law("D26", "A1.4")
def test_the_permit_is_granted_within_an_extended_term_without_a_breach(story: Story) -> None:
    case = story.complete()
    extended(story, case)
    story.at("2023-09-28T10:00:00")
    story.work("unit", case, "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    assert (story.now(case).outcome, missed(story, case)) == ("granted", [])


@pytest.mark.law("R8.2", "A1.4")
def test_a_service_term_is_missed_by_whoever_has_the_case_then(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    at_silently(story, "2023-09-20T10:00:00")
    fire_deadlines(story.program)
    missed = {breach.element: breach.responsible_id for breach in story.program.queries.case(case.id).breaches}
    assert missed["deadline_service"] is None, "the permit waited for its signature, not with the unit"
