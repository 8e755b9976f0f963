"""The calendar changes under running cases (D28): shown first, then moved in one transaction, in every process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from service.adapters.database import tables
from service.domain.calendar import CalendarError
from service.domain.case import Case, DeadlineKind
from service.domain.dated import CalendarVersion
from service.domain.days import OutsideCalendar
from service.domain.deadlines import ZONE, local
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.recount import MovedTerm
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.usecases.audit import audit
from service.usecases.claims import record_claim
from service.usecases.extend_term import extend_term
from service.usecases.load_calendar import load_calendar, preview_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.recount import Recount
from service.usecases.times import TimeShelf
from tests.calendars import ACT, calendar_text, with_day
from tests.complaints import Complaints
from tests.program import CONFORMS, Story, build_program

FRIDAY_OFF = with_day("2023-09-15", "day_off")


def ends(story: Story, case: Case, kind: DeadlineKind = DeadlineKind.TERM) -> dict[str, datetime]:
    """The ends of what runs, in local time, by element."""
    rows = story.program.queries.case(case.id).running_deadlines()
    return {row.element: local(row.due_at) for row in rows if row.kind is kind}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.law("D28")
def test_what_would_move_is_shown_first_and_nothing_is_changed(story: Story) -> None:
    case = story.complete()
    before = ends(story, case)
    found = preview_calendar(story.program, FRIDAY_OFF)
    assert {moved.element: (local(moved.before).day, local(moved.after).day) for moved in found} == {
        "deadline_examination": (15, 18),
        "deadline_service": (19, 20),
    }
    assert {moved.days for moved in found} == {(date(2023, 9, 15),)}
    assert {moved.bases for moved in found} == {(ACT,)}
    assert ends(story, case) == before
    assert story.program.calendar.is_working(date(2023, 9, 15))


@pytest.mark.law("D28")
def test_an_added_day_off_moves_the_open_terms_by_a_day_and_the_journal_keeps_both_days_and_the_act(
    story: Story,
) -> None:
    case = story.complete()
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert ends(story, case) == {
        "deadline_examination": moment("2023-09-18T18:30"),
        "deadline_service": moment("2023-09-20T18:30"),
    }
    lines = [entry for entry in story.program.queries.case(case.id).journal if entry.action == "term_recounted"]
    assert [(line.element, line.details["before"][:10], line.details["after"][:10]) for line in lines] == [
        ("deadline_examination", "2023-09-15", "2023-09-18"),
        ("deadline_service", "2023-09-19", "2023-09-20"),
    ]
    assert all((line.details["act"], line.details["days"]) == (ACT, ["2023-09-15"]) for line in lines)
    assert list(audit(story.program)) == []


@pytest.mark.law("D28", "R15.2")
def test_the_papers_for_the_court_are_due_on_the_working_day_before_its_hearing_by_every_calendar(
    complaints: Complaints,
) -> None:
    case = complaints.assigned()
    answers = {
        "court": "Астана қаласының әкімшілік соты", "number": "7194-23", "plaintiff": "Алтын ЖШС",
        "filed_on": date(2023, 9, 12), "hearing_on": date(2023, 9, 18), "contests": "inaction",
        "case_number": case.number,
    }  # fmt: skip
    record_claim(complaints.program, complaints.officer("unit"), answers)

    def due() -> datetime:
        with complaints.program.reading() as uow:
            (duty,) = [each for each in uow.duties.waiting() if each.kind == "prepare_for_court"]
        return local(duty.due_at)

    assert due() == moment("2023-09-15T18:30")
    (moved,) = [each for each in load_calendar(complaints.program, FRIDAY_OFF, ACT, ADMINISTRATOR) if each.duty]
    assert (moved.days, moved.bases, due()) == ((date(2023, 9, 15),), (ACT,), moment("2023-09-14T18:30"))


@pytest.mark.law("D28")
def test_reminders_move_with_their_term_and_what_happens_follows_the_new_day(story: Story) -> None:
    case = story.assigned()
    story.work("unit", case, "task_check_completeness", complete="yes")
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    reminders = ends(story, case, DeadlineKind.REMINDER)
    assert reminders["deadline_examination"] == moment("2023-09-18T09:00")
    story.at("2023-09-18T18:29:00")
    assert "term_missed" not in story.said(case)
    story.at("2023-09-18T18:31:00")
    assert "term_missed" in story.said(case)


@pytest.mark.law("D28")
def test_a_weekend_that_becomes_working_brings_the_end_nearer(story: Story) -> None:
    case = story.complete()
    load_calendar(story.program, with_day("2023-09-16", "working_weekend"), ACT, ADMINISTRATOR)
    assert ends(story, case)["deadline_service"] == moment("2023-09-18T18:30")
    assert ends(story, case)["deadline_examination"] == moment("2023-09-15T18:30")


@pytest.mark.law("D28")
def test_a_closed_case_does_not_change(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    before = story.program.queries.case(case.id)
    assert load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR) == []
    after = story.program.queries.case(case.id)
    assert [row.due_at for row in after.deadlines] == [row.due_at for row in before.deadlines]
    assert len(after.journal) == len(before.journal)


@pytest.mark.law("D28", "L76.3")
def test_an_end_that_the_head_has_set_stays_unless_its_day_is_taken_away(story: Story) -> None:
    case = story.complete()
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 2), "Сараптама қажет")
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert ends(story, case)["deadline_service"] == moment("2023-10-02T18:30")
    load_calendar(story.program, with_day("2023-10-02", "day_off", FRIDAY_OFF), ACT, ADMINISTRATOR)
    assert ends(story, case)["deadline_service"] == moment("2023-10-03T18:30")
    assert list(audit(story.program)) == []


@pytest.mark.law("D28", "R5.2")
def test_a_registration_that_is_still_to_come_moves_with_its_terms(story: Story) -> None:
    story.at("2023-09-14T18:31:00")
    case = story.filed()
    assert case.registered_on == date(2023, 9, 15)
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    now = story.now(case)
    assert now.registered_on == date(2023, 9, 18)
    assert ends(story, case, DeadlineKind.WAIT)["timer_registration_day"] == moment("2023-09-18T00:00")
    assert "registration_recounted" in story.said(case)
    story.at("2023-09-18T09:30:00")
    assert ends(story, case)["deadline_service"] == moment("2023-09-25T18:30")
    assert list(audit(story.program)) == []


@pytest.mark.law("D28", "R12.1")
def test_open_duties_move_too(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        calendar = story.program.calendar
        duty = open_duty(uow, calendar, "inform_operator", counted_from=date(2023, 9, 12), periods=EDITION_TERMS)
        uow.commit()
    (moved,) = load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert (moved.duty, local(moved.after)) == ("inform_operator", moment("2023-09-18T18:30"))
    with story.program.reading() as uow:
        assert uow.duties.waiting()[0].due_at == moved.after
    assert duty.days == 3


@pytest.mark.law("D28")
def test_every_process_counts_by_the_new_calendar_without_a_restart(story: Story) -> None:
    other = build_program(story.program.settings.database, story.world, story.program.settings.instance)
    assert other.calendar.is_working(date(2023, 9, 15))
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    with other.unit_of_work():
        assert not other.calendar.is_working(date(2023, 9, 15))
        assert other.editions.functions["working_days_after"]("2023-09-12", 5) == date(2023, 9, 20)
    other.database.engine.dispose()


@pytest.mark.law("D28")
def test_who_reads_an_older_moment_leaves_the_newer_calendar_to_whoever_saves(story: Story) -> None:
    program, friday = story.program, date(2023, 9, 15)
    with program.reading() as older:
        older.at_one_moment()
        assert program.times.look(older).calendar.is_working(friday)
        load_calendar(program, FRIDAY_OFF, ACT, ADMINISTRATOR)
        with program.unit_of_work():
            assert program.times.look(older).calendar.is_working(friday), "it is the calendar of that moment"
            assert not program.calendar.is_working(friday)


@pytest.mark.law("D28", "O1")
def test_a_page_looks_for_a_newer_calendar_also_when_the_machine_s_clock_has_stepped_back(story: Story) -> None:
    now = [datetime.now(UTC)]
    times = TimeShelf(story.program.reading, lambda: now[0])
    assert times.current.calendar.is_working(date(2023, 9, 15))
    assert not times.breaks
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert times.current.calendar.is_working(date(2023, 9, 15)), "looked at within this second"
    now[0] -= timedelta(hours=1)
    assert not times.current.calendar.is_working(date(2023, 9, 15))


@pytest.mark.law("D21", "D28")
def test_the_folder_gives_the_first_version_and_every_later_one_is_kept_with_its_hash_and_its_act(
    story: Story,
) -> None:
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    with story.program.reading() as uow:
        first, second = uow.list(CalendarVersion)
    assert (first.number, first.content, first.entered_by) == (1, calendar_text(), "system")
    assert (second.number, second.act, second.entered_by) == (2, ACT, "administrator")
    assert first.sha256 != second.sha256


@pytest.mark.law("D28")
def test_what_cannot_be_loaded_changes_nothing(story: Story) -> None:
    case = story.complete()
    short = "\n".join(line for line in calendar_text().splitlines() if not line.startswith(("2023", "2024")))
    for content, act, error in (
        (FRIDAY_OFF, " ", InvalidAnswers),
        (calendar_text(), ACT, NotLawful),
        ("date,kind\n", ACT, CalendarError),
        (short, ACT, OutsideCalendar),
    ):
        with pytest.raises(error):
            load_calendar(story.program, content, ACT if act == ACT else act, ADMINISTRATOR)
    assert ends(story, case)["deadline_service"] == moment("2023-09-19T18:30")
    assert story.program.calendar.is_working(date(2023, 9, 15))


@pytest.mark.law("D28")
def test_a_load_that_breaks_between_two_cases_moves_nothing(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = story.complete(), story.complete("entrepreneur")
    move, reached = Recount._case, []

    def breaks(recount: Recount, case: Case) -> Iterator[MovedTerm]:
        if case.id == second.id:
            recount.uow.flush()  # what was moved of the first case stands in the database, not yet committed
            reached.append(case.id)
            raise OSError("no room")
        yield from move(recount, case)

    before = everything(story)
    with monkeypatch.context() as patched:
        patched.setattr(Recount, "_case", breaks)
        with pytest.raises(OSError, match="no room"):
            load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    assert reached == [second.id]
    assert everything(story) == before
    assert story.program.calendar.is_working(date(2023, 9, 15))
    assert list(audit(story.program)) == []
    assert {moved.case_id for moved in load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)} == {
        first.id, second.id,
    }  # fmt: skip


def everything(story: Story) -> dict[str, list[str]]:
    """Every row of every table."""
    with story.program.database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in tables.metadata.sorted_tables
        }
