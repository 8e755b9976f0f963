"""Who waits for whom: a step keeps others from moving its case, and nobody who only leaves a line in its journal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from service.domain.case import Breach, Case, Deadline, DeadlineKind, JournalEntry
from service.domain.deadlines import ZONE
from service.domain.duties import Duty
from service.domain.errors import InvalidAnswers, NotLawful, RuqsatError
from service.domain.minutes import Minutes
from service.domain.people import RoleAssignment
from service.usecases.accounts import close_account, end_order
from service.usecases.audit import audit
from service.usecases.carry_out import carry_out
from service.usecases.case_package import fetch_package
from service.usecases.dated_settings import change_setting
from service.usecases.duties import finish_duty
from service.usecases.file_access import grant_access, request_access
from service.usecases.fire_deadlines import fire_one
from service.usecases.officer_notes import dismiss_note
from service.usecases.people import ADMINISTRATOR, appoint_acting
from service.usecases.post_papers import post_paper, record_delivery
from service.usecases.record_reading import record_notices_read, record_paper_reading, record_reading
from service.usecases.remind_holders import remind_holders
from service.usecases.report_error import no_error, report_error
from service.usecases.tasks import record_refusal
from service.usecases.tell_otherwise import tell_otherwise
from tests.complaints import Complaints
from tests.program import Story
from tests.soak.together import MOMENT, SOON, at_once, meeting
from tests.usecases.beside import heard, with_signers
from tests.usecases.on_paper import answered_on_paper
from tests.usecases.test_carrying_out import ordered
from tests.usecases.test_duty_terms import opened

LINES: dict[str, Callable[[Story, Case], Any]] = {
    "case_read": lambda story, case: record_reading(story.program, story.officer("head"), case.id),
    "paper_read": lambda story, case: record_paper_reading(story.program, story.officer("head"), case.id, "№ 1"),
    "package_fetched": lambda story, case: fetch_package(story.program, story.officer("head"), case.id),
    "forbidden": lambda story, case: record_refusal(story.program, story.officer("unit"), "task", case.id),
    "notices_read": lambda story, case: record_notices_read(
        story.program, story.program.queries.case(case.id), story.applicant("company_head")
    ),
}


@pytest.mark.law("L69.1", "L75.1")
@pytest.mark.parametrize("action", LINES)
def test_who_leaves_a_line_in_the_journal_waits_for_no_step_of_the_case(
    story: Story, database_kind: str, action: str
) -> None:
    case = story.complete()
    with ThreadPoolExecutor(1) as reader:
        with story.program.unit_of_work() as uow:
            uow.cases.lock(case.id)
            written = reader.submit(LINES[action], story, case)
            # SQLite has one writer at a time: there it comes after the step.
            if database_kind == "postgresql":
                written.result(SOON)
        written.result(SOON)
    assert story.said(case).count(action) == 1
    assert not list(audit(story.program))


def both(story: Story, *acts: Callable[[], Any]) -> list[Any]:
    """Two acts of which each has read what it reads before the other wrote; the journal knows of everything written."""
    with meeting(story.program.database.engine):
        done = at_once(*acts)
    assert list(audit(story.program)) == []
    return done


def one(done: list[Any], code: str) -> None:
    """One has done it, the other is told that it is done."""
    (late,) = [each for each in done if isinstance(each, RuqsatError)]
    assert isinstance(late, NotLawful)
    assert late.code == code


@pytest.mark.law("L74.1", "L69.1")
def test_signers_who_are_named_twice_at_once_are_named_one_after_the_other(story: Story) -> None:
    case = heard(story)
    named = both(
        story,
        lambda: with_signers(story, case, "unit", "chancellery"),
        lambda: with_signers(story, case, "chancellery", "unit"),
    )
    assert all(isinstance(each, Minutes) for each in named)
    lines = [line for line in story.program.queries.case(case.id).journal if line.action == "minutes_signers"]
    first, second = (line.details for line in lines)
    assert second["before"] == [first["chair"], first["secretary"]]


@pytest.mark.law("A3.2", "L66.1")
def test_of_two_workers_one_tells_the_holder_that_the_permit_ends(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaints.program.set_clock(datetime(2026, 8, 14, 10, tzinfo=ZONE))
    told = both(complaints, *[lambda: remind_holders(complaints.program)] * 2)
    assert sorted(told) == [0, 1]
    assert complaints.said(granted).count("expiry_told") == 1


@pytest.mark.law("L75.1", "L69.1")
def test_access_to_a_case_file_is_given_once(story: Story) -> None:
    case = story.assigned()
    access = request_access(story.program, case.id, story.applicant("company_head"))
    one(both(story, *[lambda: grant_access(story.program, access.id, story.officer("unit"))] * 2), "access_was_given")


@pytest.mark.law("L66.1", "L69.1")
def test_that_a_person_was_told_in_another_way_is_recorded_once(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.filed(), contests="inaction", official="Бөлім", email="")
    notice, clerk = complaints.program.queries.untold()[0].notice, complaints.officer("chancellery")
    acts = [lambda: tell_otherwise(complaints.program, notice.id, clerk, "телефонмен", "2023-09-12")] * 2
    one(both(complaints, *acts), "notice_was_told")
    assert complaints.said(complaint).count("notice_told") == 1


@pytest.mark.law("L66.1", "L69.1")
def test_a_notice_that_is_read_while_it_is_told_in_another_way_keeps_both(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.filed(), contests="inaction", official="Бөлім", email="")
    view, applicant = complaints.program.queries.case(complaint.id), complaints.applicant("company_head")
    clerk, notice = complaints.officer("chancellery"), view.notices[0]
    both(
        complaints,
        lambda: record_notices_read(complaints.program, view, applicant),
        lambda: tell_otherwise(complaints.program, notice.id, clerk, "телефонмен", "2023-09-12"),
    )
    kept = complaints.program.queries.case(complaint.id).notices[0]
    assert (kept.read_at is None, kept.told_how) == (False, "телефонмен")


@pytest.mark.law("L66.1", "L69.1")
def test_notices_that_two_windows_open_at_once_are_read_once(story: Story) -> None:
    case, applicant = story.complete(), story.applicant("company_head")
    view = story.program.queries.case(case.id)
    both(story, *[lambda: record_notices_read(story.program, view, applicant)] * 2)
    assert story.said(case).count("notices_read") == 1


@pytest.mark.law("R8.2", "L69.1")
@pytest.mark.parametrize("of_case", [True, False])
def test_a_note_that_is_put_away_twice_at_once_is_put_away_once(story: Story, *, of_case: bool) -> None:
    if of_case:
        request_access(story.program, story.assigned().id, story.applicant("company_head"))
    else:
        opened(story)
    story.at("2023-09-18T10:00:00")
    head = story.officer("head")
    row = story.program.queries.notes_with_cases(head.officer_id or 0, head.roles, open_only=True)[0]
    both(story, *[lambda: dismiss_note(story.program, row.note.id, head)] * 2)
    with story.program.reading() as uow:
        lines = uow.list(JournalEntry, action="note_dismissed")
    assert [line.case_id is not None for line in lines] == [of_case]


@pytest.mark.law("R12.1", "L69.1")
def test_a_duty_is_done_while_its_reminder_is_put_away(story: Story) -> None:
    duty, head = opened(story, role="head"), story.officer("head")
    story.at("2023-09-15T10:00:00")
    row = story.program.queries.notes_with_cases(head.officer_id or 0, head.roles, open_only=True)[0]
    done = both(
        story,
        lambda: finish_duty(story.program, duty.id, head, "№ 7"),
        lambda: dismiss_note(story.program, row.note.id, head),
    )
    assert isinstance(done[0], Duty)


@pytest.mark.law("L66.1", "L64.1")
def test_a_letter_is_handed_over_while_its_notice_is_read_in_the_cabinet(complaints: Complaints) -> None:
    complaint, duty = answered_on_paper(complaints)
    program, clerk = complaints.program, complaints.officer("chancellery")
    post_paper(program, duty.id, clerk, "RR-1", "2023-09-12")
    view, applicant = program.queries.case(complaint.id), complaints.applicant("company_head")
    both(
        complaints,
        lambda: record_notices_read(program, view, applicant),
        lambda: record_delivery(program, duty.id, clerk, "handed_over", "2023-09-12"),
    )
    (kept,) = (each for each in program.queries.case(complaint.id).notices if each.document_id == duty.document_id)
    assert None not in (kept.read_at, kept.told_on)


@pytest.mark.law("R5.3", "L69.1")
def test_an_account_is_closed_once(story: Story) -> None:
    story.assigned()
    closed = both(story, *[lambda: close_account(story.program, "unit", "№ 1")] * 2)
    assert sorted(type(each) is int for each in closed) == [False, True]
    assert any(isinstance(each, InvalidAnswers) for each in closed)


@pytest.mark.law("R5.3", "L100.1")
def test_an_account_is_closed_while_a_step_reaches_an_older_case(story: Story) -> None:
    older, younger = story.complete(), story.complete("entrepreneur")
    with ThreadPoolExecutor(1) as administrator:
        with story.program.unit_of_work() as uow:
            uow.cases.lock(younger.id)
            closed = administrator.submit(close_account, story.program, "unit", "№ 1")
            # Long enough to come to a lock that this step holds.
            wait([closed], MOMENT)
            uow.cases.lock(older.id)
        assert closed.result(SOON) == 2


@pytest.mark.law("R9.1", "L69.1")
def test_an_order_that_two_end_at_once_ends_on_the_first_day_that_was_said(story: Story) -> None:
    program, actor = story.program, story.officer("administrator")
    appoint_acting(program, "acting", date(2023, 9, 20), date(2023, 9, 29), "61-Ж")
    with program.reading() as uow:
        order = next(each for each in uow.list(RoleAssignment, role="head") if each.basis == "61-Ж")
    days = ("2023-09-21", "2023-09-27")
    done = both(story, *[lambda day=day: end_order(program, order.id, day, "x", actor) for day in days])
    ends = [each.valid_until for each in done if isinstance(each, RoleAssignment) and each.valid_until]
    with program.reading() as uow:
        assert uow.get(RoleAssignment, order.id).valid_until == min(ends), "no power is given back"


@pytest.mark.law("A1.8.1", "R2.2")
def test_other_working_hours_that_are_sent_twice_at_once_are_entered_one_after_the_other(story: Story) -> None:
    hours = {"opens": "09:00", "closes": "18:00", "break_from": "13:00", "break_until": "14:00"}
    case, program = story.complete(), story.program
    acts = [lambda: change_setting(program, "working_hours", date(2023, 9, 14), hours, "№ 1", ADMINISTRATOR)] * 2
    moved = both(story, *acts)
    assert [isinstance(each, list) for each in moved] == [True, True], moved
    assert sorted(len(each) > 0 for each in moved) == [False, True]
    assert story.said(case).count("term_recounted") == max(map(len, moved))


@pytest.mark.law("L100.1", "R8.2")
def test_what_a_decision_orders_is_done_while_its_term_ends(complaints: Complaints) -> None:
    _granted, _complaint, duty = ordered(complaints)
    unit = complaints.officer("unit")
    ends_under_the_hand(
        complaints, duty, lambda: carry_out(complaints.program, duty.id, unit, "Түзетілді", "2023-09-13")
    )


@pytest.mark.law("L82.1", "R8.2")
def test_no_error_is_found_while_the_term_ends(complaints: Complaints) -> None:
    permit, head = complaints.document(complaints.granted(), "permit"), complaints.officer("head")
    duty = report_error(complaints.program, permit.id, complaints.officer("unit"), "Атауы қате")
    ends_under_the_hand(complaints, duty, lambda: no_error(complaints.program, duty.id, head, "Атауы дұрыс"))


def ends_under_the_hand(story: Story, duty: Duty, act: Callable[[], Any]) -> None:
    """The term of a duty fires while the officer does it: it is missed once and done once, in whichever order."""
    story.program.set_clock(duty.due_at + timedelta(seconds=1))
    with story.program.reading() as uow:
        (term,) = (row for row in uow.list(Deadline, duty_id=duty.id) if row.kind is DeadlineKind.TERM)
    fired, done = both(story, lambda: fire_one(story.program, term.id, None, duty.id), act)
    assert isinstance(fired, bool), fired
    assert not isinstance(done, RuqsatError), done
    with story.program.reading() as uow:
        assert not uow.get(Duty, duty.id).is_open
        assert len(uow.list(Breach, duty_id=duty.id)) == 1
