"""What holds from a day on serves later documents only; hours count by the schedule of their day (R2.2, A1.8, D10)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from service.domain.calendar import parse_calendar
from service.domain.case import DeadlineKind
from service.domain.dated import DatedSetting
from service.domain.days import WorkingHours
from service.domain.deadlines import ZONE, closing, half_of_term, local, registered_on, working_time_left
from service.domain.document_parts import Provider, Words
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.audit import audit
from service.usecases.dated_settings import (
    announce_break,
    change_setting,
    preview_setting,
    withdraw_break,
)
from service.usecases.letters import provider
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from tests.calendars import ACT, calendar_text, with_day
from tests.editions import deployed
from tests.papers import pdf_text
from tests.program import Story

NEW_NAME = {
    "kk": "Жасанды интеллект және цифрлық даму министрлігі",
    "ru": "Министерство искусственного интеллекта и цифрового развития",
    "en": "Ministry of Artificial Intelligence and Digital Development",
}
NEW_DETAILS = {
    "kk": "010000, Астана қаласы, Тұран даңғылы, 1",
    "ru": "010000, город Астана, проспект Туран, 1",
    "en": "1 Turan avenue, Astana city, 010000",
}
DECREE = "ҚР Президентінің 2023 жылғы 14 қыркүйектегі № 1 Жарлығы"
SHORT = {"opens": "09:00", "closes": "18:00", "break_from": "13:00", "break_until": "14:00"}
REASON = {"kk": "Жаңарту", "ru": "Обновление", "en": "Update"}
SEPTEMBER_14, SEPTEMBER_19 = date(2023, 9, 14), date(2023, 9, 19)


def announced(story: Story) -> list[int]:
    """The breaks that are announced and not over."""
    with story.program.reading() as uow:
        return [row.id for row in uow.dated.breaks(uow.now)]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.law("R2.2", "D10", "A1.2")
def test_new_name_and_details_of_the_ministry_stand_in_later_documents_only(story: Story) -> None:
    case = story.filed()
    with story.program.reading() as uow:
        edition = story.program.editions.of_case(uow, case)
    old = provider(story.program, edition, SEPTEMBER_19)
    change_setting(story.program, "provider_name", SEPTEMBER_14, NEW_NAME, DECREE, ADMINISTRATOR)
    change_setting(story.program, "provider_details", SEPTEMBER_19, NEW_DETAILS, DECREE, ADMINISTRATOR)
    days = [date(2023, 9, 13), SEPTEMBER_14, date(2023, 9, 18), SEPTEMBER_19]
    new = Provider(Words.of(NEW_NAME), Words.of(NEW_DETAILS))
    between = Provider(new.name, old.details)
    assert [provider(story.program, edition, day) for day in days] == [old, between, between, new]


@pytest.mark.printed
@pytest.mark.law("R2.2", "D10", "A4.1")
def test_a_notice_prints_name_and_details_of_its_own_day_and_earlier_ones_stay_as_they_were(story: Story) -> None:
    missing = {"complete": "no", "missing_items": ["guarantee_letter"], "missing_facts": "Жоқ"}
    first, second = story.assigned(), story.assigned("entrepreneur")
    printed = []
    for case in (first, second):
        story.work("unit", case, "task_check_completeness", **missing)
        change_setting(story.program, "provider_name", SEPTEMBER_14, NEW_NAME, DECREE, ADMINISTRATOR)
        change_setting(story.program, "provider_details", SEPTEMBER_14, NEW_DETAILS, DECREE, ADMINISTRATOR)
        story.work("head", case, "task_sign_not_considered", decision="sign")
        printed.append(story.program.queries.case(case.id).documents[0])
        story.at("2023-09-14T10:00")
    texts = [" ".join(pdf_text(story.program.files.read(paper.sha256)).split()) for paper in printed]
    for told in (NEW_NAME["kk"], NEW_DETAILS["kk"], NEW_DETAILS["ru"]):
        assert [told in said for said in texts] == [False, True]


@pytest.mark.law("R2.2")
def test_of_two_values_for_one_day_the_later_entered_holds_and_both_are_kept(story: Story) -> None:
    for name in ("Бірінші", "Екінші"):
        change_setting(story.program, "reviewing_body", SEPTEMBER_14, {**NEW_NAME, "kk": name}, DECREE, ADMINISTRATOR)
    case = story.filed()
    with story.program.reading() as uow:
        edition = story.program.editions.of_case(uow, case)
        assert len(uow.list(DatedSetting)) == 2
    assert story.program.times.current.told(edition, "reviewing_body", SEPTEMBER_19)["kk"] == "Екінші"


@pytest.mark.law("A1.8.1", "D24", "D28")
def test_other_working_hours_move_the_open_ends_of_their_days_after_they_were_shown(story: Story) -> None:
    case = story.complete()
    shown = preview_setting(story.program, "working_hours", SEPTEMBER_19, SHORT, DECREE)
    assert [(moved.element, local(moved.after)) for moved in shown] == [
        ("deadline_service", moment("2023-09-19T18:00"))
    ]
    change_setting(story.program, "working_hours", SEPTEMBER_19, SHORT, DECREE, ADMINISTRATOR)
    rows = story.program.queries.case(case.id).running_deadlines()
    ends = {row.element: local(row.due_at) for row in rows if row.kind is DeadlineKind.TERM}
    assert ends == {
        "deadline_examination": moment("2023-09-15T18:30"),
        "deadline_service": moment("2023-09-19T18:00"),
    }
    assert registered_on(story.program.calendar, moment("2023-09-18T18:15")) == date(2023, 9, 18)
    assert registered_on(story.program.calendar, moment("2023-09-19T18:15")) == date(2023, 9, 20)
    assert list(audit(story.program)) == []


@pytest.mark.law("A1.8.1", "D24", "D28", "O1")
def test_hours_that_a_new_edition_brings_move_the_open_ends_and_a_later_calendar_moves_them_on(story: Story) -> None:
    case = story.complete()
    deployed(story, number='number = "700/НҚ"', start="in_force_from = 2023-09-19 ", closes="closes = 18:00:00\n")

    def ends() -> dict[str, datetime]:
        rows = story.program.queries.case(case.id).running_deadlines()
        return {row.element: local(row.due_at) for row in rows if row.kind is DeadlineKind.TERM}

    assert ends() == {
        "deadline_examination": moment("2023-09-15T18:30"),
        "deadline_service": moment("2023-09-19T18:00"),
    }
    lines = [entry for entry in story.program.queries.case(case.id).journal if entry.action == "term_recounted"]
    assert [(line.element, line.details["act"]) for line in lines] == [("deadline_service", "700/НҚ")]
    assert closing(story.program.calendar, SEPTEMBER_19) == moment("2023-09-19T18:00")
    load_calendar(story.program, with_day("2023-09-19", "day_off"), ACT, ADMINISTRATOR)
    assert ends()["deadline_service"] == moment("2023-09-20T18:00")
    story.program.sweep()  # the duties to publish and to report the act were late on the day on which they were laid
    assert list(audit(story.program)) == []


@pytest.mark.law("A1.8.1")
def test_working_time_is_counted_by_the_hours_of_each_day() -> None:
    usual = parse_calendar(calendar_text())
    hours = WorkingHours(closes=time(17, 30))
    mixed = usual.with_hours(WorkingHours(), {SEPTEMBER_14: hours})
    end = closing(mixed, SEPTEMBER_14)
    assert (local(end), local(closing(mixed, date(2023, 9, 13)))) == (
        moment("2023-09-14T17:30"),
        moment("2023-09-13T18:30"),
    )
    assert half_of_term(mixed, date(2023, 9, 12), end) == moment("2023-09-13T18:00")
    assert half_of_term(mixed, date(2023, 9, 13), end) == moment("2023-09-14T12:30")
    left = working_time_left(mixed, moment("2023-09-13T18:00"), end)
    assert (left.days, left.hours, left.minutes) == (1, 0, 30)


@pytest.mark.law("R2.2", "A1.8.1")
@pytest.mark.parametrize(
    ("name", "value", "basis", "error"),
    [
        ("provider_name", {"kk": "Атау"}, DECREE, InvalidAnswers),
        ("provider_name", NEW_NAME, " ", InvalidAnswers),
        ("no_such_setting", NEW_NAME, DECREE, InvalidAnswers),
        ("working_hours", {**SHORT, "closes": "08:00"}, DECREE, InvalidAnswers),
        ("working_hours", {**SHORT, "closes": "late"}, DECREE, InvalidAnswers),
    ],
)
def test_a_setting_without_its_texts_its_basis_or_an_order_of_hours_is_refused(
    story: Story, name: str, value: dict[str, Any], basis: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        change_setting(story.program, name, SEPTEMBER_14, value, basis, ADMINISTRATOR)
    with story.program.reading() as uow:
        assert uow.list(DatedSetting) == []


NIGHT = {"opens": "00:00", "break_from": "00:01", "break_until": "00:01", "closes": "00:02"}


@pytest.mark.law("A1.8.1")
@pytest.mark.parametrize(
    ("hours", "problem"),
    [
        (NIGHT, "hours_too_short"),
        ({**SHORT, "opens": "12:59", "break_until": "17:00", "closes": "17:30"}, "hours_too_short"),
        ({**SHORT, "closes": "09:00"}, "hours_out_of_order"),
    ],
)
def test_hours_that_make_no_working_day_are_refused(story: Story, hours: dict[str, str], problem: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        change_setting(story.program, "working_hours", SEPTEMBER_14, hours, DECREE, ADMINISTRATOR)
    assert {name: found.code for name, found in refused.value.data["errors"].items()} == {"closes": problem}
    change_setting(story.program, "working_hours", SEPTEMBER_14, {**NIGHT, "closes": "01:00"}, DECREE, ADMINISTRATOR)


@pytest.mark.law("A1.8.1")
def test_hours_of_days_that_are_past_are_not_changed(story: Story) -> None:
    with pytest.raises(InvalidAnswers, match="hours_of_the_past"):
        change_setting(story.program, "working_hours", date(2023, 9, 11), SHORT, DECREE, ADMINISTRATOR)


@pytest.mark.law("R2.2")
def test_only_the_administrator_enters_settings(story: Story) -> None:
    with pytest.raises(Forbidden):
        change_setting(story.program, "provider_name", SEPTEMBER_14, NEW_NAME, DECREE, story.officer("head"))
    with pytest.raises(Forbidden):
        announce_break(
            story.program, moment("2023-09-13T22:00"), moment("2023-09-14T02:00"), REASON, story.officer("unit")
        )


@pytest.mark.law("A1.8.2")
def test_a_break_of_the_portal_is_announced_beforehand_and_stays_on_record(story: Story) -> None:
    starts, ends = moment("2023-09-13T22:00"), moment("2023-09-14T02:00")
    for wrong in ((moment("2023-09-12T09:00"), ends), (ends, starts)):
        with pytest.raises(InvalidAnswers):
            announce_break(story.program, *wrong, REASON, ADMINISTRATOR)
    with pytest.raises(InvalidAnswers):
        announce_break(story.program, starts, ends, {"kk": "Жаңарту"}, ADMINISTRATOR)
    made = announce_break(story.program, starts, ends, REASON, ADMINISTRATOR)
    assert announced(story) == [made.id]
    story.program.set_clock(starts + timedelta(minutes=1))
    with pytest.raises(NotLawful, match="break_has_begun"):
        withdraw_break(story.program, made.id, ADMINISTRATOR)
    story.program.set_clock(ends)
    assert announced(story) == []


@pytest.mark.law("A1.8.2")
def test_a_break_that_does_not_come_is_withdrawn(story: Story) -> None:
    made = announce_break(story.program, moment("2023-09-13T22:00"), moment("2023-09-14T02:00"), REASON, ADMINISTRATOR)
    withdraw_break(story.program, made.id, ADMINISTRATOR)
    assert announced(story) == []
    with pytest.raises(NotLawful):
        withdraw_break(story.program, made.id, ADMINISTRATOR)
