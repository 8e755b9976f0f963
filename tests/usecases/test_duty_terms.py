"""The term of a duty is kept like that of a task: reminders, a breach that stays, and the head is told (R8.2)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service.domain.case import Breach, Deadline
from service.domain.deadlines import ZONE, local
from service.domain.duties import Duty
from service.domain.messages import OfficerNote
from service.domain.terms import EDITION_TERMS
from service.operations import duty_terms
from service.operations.duties import open_duty
from service.usecases.audit import audit
from service.usecases.duties import finish_duty
from service.usecases.file_access import grant_access, request_access
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.load_calendar import load_calendar
from service.usecases.officer_notes import dismiss_note
from service.usecases.oversee import month_report, overview
from service.usecases.people import ADMINISTRATOR
from tests.calendars import ACT, with_day
from tests.program import Story
from tests.usecases.beside import duties, heard, with_signers

TUESDAY = date(2023, 9, 12)


def opened(story: Story, kind: str = "inform_operator", **more: object) -> Duty:
    """A duty of three working days, from Tuesday to the closing of Friday."""
    with story.program.unit_of_work() as uow:
        duty = open_duty(
            uow,
            story.program.calendar,
            kind,
            counted_from=TUESDAY,
            periods=EDITION_TERMS,
            **more,  # type: ignore[arg-type]  # a role
        )
        uow.commit()
        return duty


def notes(story: Story, duty: Duty) -> list[tuple[str, str, int | None, bool]]:
    """What was told of a duty: kind, role, person, and whether it is put away."""
    with story.program.reading() as uow:
        found = uow.list(OfficerNote, duty_id=duty.id)
    return [(note.kind, note.role, note.officer_id, note.read_at is not None) for note in found]


def breaches(story: Story, duty: Duty) -> list[Breach]:
    with story.program.reading() as uow:
        return list(uow.list(Breach, duty_id=duty.id))


@pytest.mark.law("R8.2", "R12.1")
def test_who_has_a_duty_is_reminded_at_half_of_its_term_and_on_its_last_working_day(story: Story) -> None:
    duty = opened(story)
    story.at("2023-09-14T12:59:00")
    assert notes(story, duty) == []
    story.at("2023-09-14T13:01:00")
    assert notes(story, duty) == [("reminder", "head", None, False)]
    story.at("2023-09-15T09:01:00")
    assert notes(story, duty) == [("reminder", "head", None, False)] * 2


@pytest.mark.law("R8.2", "R12.1", "O5")
def test_a_missed_duty_is_a_breach_for_ever_and_the_head_is_told(story: Story) -> None:
    duty, head = opened(story), story.officer("head")
    story.at("2023-09-15T18:31:00")
    assert notes(story, duty)[-1] == ("escalation", "head", None, False)
    (breach,) = breaches(story, duty)
    assert (breach.case_id, breach.element, breach.responsible_id) == (None, "inform_operator", None)
    assert breach.due_at == duty.due_at
    finish_duty(story.program, duty.id, head, "№ 12-3/456")
    assert [each.id for each in breaches(story, duty)] == [breach.id]
    assert notes(story, duty) == [
        ("reminder", "head", None, True),
        ("reminder", "head", None, True),
        ("escalation", "head", None, False),
    ]
    (row,) = overview(story.program, head).breaches
    assert (row.role, row.case_number) == ("head", "")
    assert (row.duty_id, row.element, row.officer) == (duty.id, "inform_operator", "")
    report = month_report(story.program, head, date(2023, 9, 1))
    assert [(count.kind, count.name, count.number) for count in report.figures.breaches] == [("inform_operator", "", 1)]


@pytest.mark.law("R8.2", "L66.1")
def test_where_one_officer_alone_holds_the_role_the_breach_names_that_person(story: Story) -> None:
    duty = opened(story, "post_paper")
    story.at("2023-09-12T18:31:00")
    assert [breach.responsible_id for breach in breaches(story, duty)] == [story.officer("chancellery").officer_id]


@pytest.mark.law("R12.1")
def test_of_a_duty_done_in_time_nothing_more_is_told(story: Story) -> None:
    duty = opened(story)
    finish_duty(story.program, duty.id, story.officer("head"), "№ 12-3/456")
    story.at("2023-09-18T09:00:00")
    assert (notes(story, duty), breaches(story, duty)) == ([], [])


@pytest.mark.law("R8.2")
def test_a_duty_done_late_between_two_sweeps_leaves_its_breach(story: Story) -> None:
    duty = opened(story)
    story.program.set_clock(datetime(2023, 9, 15, 18, 30, 1, tzinfo=ZONE))
    finish_duty(story.program, duty.id, story.officer("head"), "№ 12-3/456")
    assert len(breaches(story, duty)) == 1
    assert fire_deadlines(story.program).fired == 0
    assert len(breaches(story, duty)) == 1


@pytest.mark.law("L75.1", "R8.2")
def test_in_a_case_the_officer_in_charge_is_reminded_and_the_breach_stands_in_the_case(story: Story) -> None:
    case, unit = story.assigned(), story.officer("unit")
    access = request_access(story.program, case.id, story.applicant("company_head"))
    (duty,) = duties(story, case, "give_case_file")
    story.at("2023-09-15T09:30:00")
    assert {note[2] for note in notes(story, duty)} == {unit.officer_id}
    story.at("2023-09-15T18:31:00")
    grant_access(story.program, access.id, unit, date(2023, 10, 2), "")
    found = [each for each in story.program.queries.case(case.id).breaches if each.duty_id == duty.id]
    assert [(each.element, each.responsible_id) for each in found] == [("give_case_file", unit.officer_id)]
    said = story.said(case)
    assert ("reminded" in said, said.count("head_told") >= 1, "term_missed" in said) == (True, True, True)
    assert list(audit(story.program)) == []


@pytest.mark.law("L74.1")
def test_each_signer_of_minutes_is_reminded_of_the_own_signature(story: Story) -> None:
    case = heard(story)
    with_signers(story, case)
    story.at("2023-09-18T18:31:00")
    people = {note[2] for duty in duties(story, case, "sign_minutes") for note in notes(story, duty) if note[2]}
    assert people == {story.officer(login).officer_id for login in ("unit", "chancellery")}


@pytest.mark.law("R13.1", "R8.2")
def test_of_a_missed_duty_of_the_reviewing_body_that_body_is_told(story: Story) -> None:
    duty = opened(story, "sign_minutes", role="reviewer")
    story.at("2023-09-15T18:31:00")
    assert notes(story, duty)[-1][:2] == ("escalation", "reviewer")


@pytest.mark.law("D28", "R12.1")
def test_another_calendar_moves_the_reminders_with_the_term(story: Story) -> None:
    duty = opened(story)
    load_calendar(story.program, with_day("2023-09-15", "day_off"), ACT, ADMINISTRATOR)
    story.at("2023-09-18T08:59:00")
    assert len(notes(story, duty)) == 1
    story.at("2023-09-18T18:29:00")
    assert (len(notes(story, duty)), breaches(story, duty)) == (2, [])
    story.at("2023-09-18T18:31:00")
    assert [local(breach.due_at).day for breach in breaches(story, duty)] == [18]


@pytest.mark.law("R12.1")
def test_a_reminder_of_a_duty_without_a_case_is_put_away_like_any_other(story: Story) -> None:
    opened(story)
    story.at("2023-09-15T09:01:00")
    head = story.officer("head")
    rows = story.program.queries.notes_with_cases(head.officer_id or 0, head.roles, open_only=True)
    assert [(row.note.kind, row.case_number) for row in rows] == [("reminder", "")] * 2
    dismiss_note(story.program, rows[0].note.id, head)
    assert len(story.program.queries.notes(head.officer_id or 0, head.roles)) == 1


@pytest.mark.law("R8.2")
def test_a_duty_whose_end_cannot_be_written_stops_no_other_and_is_tried_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = opened(story), opened(story, "inform_contact_centre")
    tell = duty_terms._tell

    def fails(uow: object, duty: Duty, *told: object) -> None:
        if duty.id == broken.id:
            raise RuntimeError("the pen is empty")
        tell(uow, duty, *told)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(duty_terms, "_tell", fails)
    story.program.set_clock(datetime(2023, 9, 15, 18, 31, tzinfo=ZONE))
    swept = fire_deadlines(story.program)
    assert (swept.failed, len(breaches(story, broken)), len(breaches(story, other))) == (3, 0, 1)
    with story.program.reading() as uow:
        assert all("the pen is empty" in row.failure for row in uow.list(Deadline, duty_id=broken.id))
    monkeypatch.undo()
    story.at("2023-09-15T20:00:00")
    assert len(breaches(story, broken)) == 1
