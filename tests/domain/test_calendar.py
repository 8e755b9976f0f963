"""Working days: what the calendar says, and the analysts' file for 2023-2027."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.calendar_file import calendar_path, load_calendar
from service.domain.calendar import CalendarEntry, CalendarError, OutsideCalendar, WorkCalendar, parse_calendar

CAL = load_calendar()
YEARS = range(2023, 2028)
DAY = timedelta(days=1)
HEADING = "date,kind,kk,ru,en,basis,entered_on"
YEAR_2024 = "2024,confirmed_year,а,б,c,негіз,2024-01-01"

DIFFERENCES: dict[date, str] = {}
"""Days on which `holidays` 0.109 and our calendar disagree -> why ours is right. At this version they agree on all."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def every_day() -> list[date]:
    return [each for year in YEARS for each in CAL.days(year)]


inside = st.dates(date(2023, 3, 1), date(2027, 10, 31))
terms = st.integers(1, 25)


@pytest.mark.law("D21")
@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2023-07-01", True),
        ("2024-05-04", True),
        ("2025-01-05", True),
        ("2023-07-07", False),
        ("2024-05-08", False),
        ("2025-01-03", False),
        ("2024-06-17", True),
        ("2026-08-31", True),
    ],
)
def test_moved_days_off_and_working_weekends_are_as_the_acts_say(text: str, working: bool) -> None:
    assert CAL.is_working(day(text)) is working


@pytest.mark.law("D22")
@pytest.mark.parametrize(
    ("text", "working"), [("2026-03-24", False), ("2026-03-25", False), ("2026-03-26", True), ("2024-01-08", True)]
)
def test_a_holiday_on_a_weekend_moves_but_7_january_does_not(text: str, working: bool) -> None:
    assert CAL.is_working(day(text)) is working


@pytest.mark.law("D22")
def test_the_first_day_of_kurban_ait_never_moves() -> None:
    assert CAL.reason(day("2024-06-16")).names["en"] == "First day of Kurban Ait"
    assert CAL.is_working(day("2024-06-17"))


@pytest.mark.law("D23")
@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2023-08-30", False),
        ("2024-08-30", False),
        ("2025-09-01", False),
        ("2026-03-16", True),
        ("2026-08-31", True),
        ("2027-03-15", False),
        ("2027-08-30", True),
    ],
)
def test_constitution_day_is_30_august_to_2025_and_15_march_from_2027(text: str, working: bool) -> None:
    assert CAL.is_working(day(text)) is working


@pytest.mark.law("D21", "D23")
def test_the_years_hold_as_many_working_days_as_the_published_calendars() -> None:
    working = {year: sum(CAL.is_working(each) for each in CAL.days(year)) for year in YEARS}
    # 2024: 117 days off, as announced. 2026: 246 were announced with 31 August off; the Constitution Day left it.
    assert (366 - working[2024], working[2026]) == (117, 246 + 1)


@pytest.mark.law("D21")
def test_every_row_has_a_legal_basis_three_names_and_a_date_of_entry() -> None:
    for entry in CAL.entries.values():
        assert entry.basis
        assert entry.entered_on
        assert all(entry.names[language] for language in ("kk", "ru", "en"))


@pytest.mark.law("D21", "D22")
def test_each_holiday_on_a_weekend_has_its_own_moved_day_and_each_working_weekend_too() -> None:
    entries = CAL.entries.values()
    for year in YEARS:
        kinds = [entry for entry in entries if entry.day.year == year]
        on_weekend = sum(entry.kind == "holiday" and entry.day.weekday() > 4 for entry in kinds)
        working = sum(entry.kind == "working_weekend" for entry in kinds)
        assert sum(entry.kind == "moved_day_off" for entry in kinds) == on_weekend + working, year


@pytest.mark.law("D21", "D22", "D23")
def test_the_holidays_library_agrees_on_every_day_that_the_table_does_not_explain() -> None:
    others = holidays.country_holidays("KZ", years=YEARS)
    swapped = others.weekend_workdays
    found = {
        each
        for each in every_day()
        if CAL.is_working(each) != (each in swapped or (each.weekday() < 5 and each not in others))
    }
    assert found == set(DIFFERENCES)


@pytest.mark.law("D28")
def test_only_the_year_without_acts_on_moved_days_is_not_confirmed() -> None:
    assert [year for year in range(2022, 2029) if CAL.confirmed(year)] == [2023, 2024, 2025, 2026]


@pytest.mark.law("D21")
def test_the_reason_of_a_day_names_it_in_three_languages_with_its_act() -> None:
    reason = CAL.reason(day("2023-07-07"))
    assert reason.code == "moved_day_off"
    assert "№ 326" in reason.basis
    assert [CAL.reason(day(d)).code for d in ("2023-09-16", "2023-09-18", "2023-07-01", "2024-01-07")] == [
        "weekend",
        "working",
        "working_weekend",
        "day_off",
    ]


@pytest.mark.law("D25")
@given(inside, terms)
def test_the_nth_working_day_after_a_day_has_n_working_days_behind_it(anchor: date, n: int) -> None:
    due = CAL.after(anchor, n)
    between = [anchor + step * DAY for step in range(1, (due - anchor).days + 1)]
    assert CAL.is_working(due)
    assert sum(map(CAL.is_working, between)) == n


@pytest.mark.law("D25")
@given(inside, terms)
def test_counting_back_undoes_counting_forward(anchor: date, n: int) -> None:
    working = CAL.next_working(anchor)
    assert CAL.before(CAL.after(working, n), n) == working
    assert CAL.after(CAL.before(working, n), n) == working


@pytest.mark.law("D25")
@given(inside, terms)
def test_days_counted_and_skipped_add_up_and_each_skipped_day_is_off(anchor: date, n: int) -> None:
    for due in (CAL.after(anchor, n), CAL.before(anchor, n)):
        count = CAL.count(anchor, due)
        assert len(count.counted) == n
        assert len(count.counted) + len(count.skipped) == abs((due - anchor).days)
        assert not any(CAL.is_working(skipped) for skipped, _ in count.skipped)
        assert anchor not in count.counted


@pytest.mark.law("R5.2")
@given(inside)
def test_the_next_working_day_is_the_day_itself_or_the_first_working_one_after_it(anchor: date) -> None:
    found = CAL.next_working(anchor)
    assert found == (anchor if CAL.is_working(anchor) else CAL.after(anchor, 1))


@pytest.mark.law("D28")
def test_a_moved_day_off_added_to_an_open_term_shifts_its_end_by_one_working_day() -> None:
    names = {"kk": "а", "ru": "б", "en": "c"}
    extra = CalendarEntry(day("2023-09-14"), "moved_day_off", names, "акт", day("2023-09-01"))
    changed = WorkCalendar([*CAL.entries.values(), extra])
    assert (CAL.after(day("2023-09-12"), 5), changed.after(day("2023-09-12"), 5)) == (
        day("2023-09-19"),
        day("2023-09-20"),
    )


@pytest.mark.parametrize("text", ["2022-12-31", "2028-01-01"])
def test_a_day_outside_the_years_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(OutsideCalendar, match=text):
        CAL.is_working(day(text))


def test_a_term_that_ends_outside_the_years_of_the_calendar_is_refused() -> None:
    for count, anchor in ((CAL.after, "2027-12-30"), (CAL.before, "2023-01-05")):
        with pytest.raises(OutsideCalendar):
            count(day(anchor), 5)


@pytest.mark.parametrize("n", [0, -1])
def test_a_term_of_no_days_is_refused(n: int) -> None:
    with pytest.raises(CalendarError, match="at least one"):
        CAL.after(day("2024-01-10"), n)


def test_a_calendar_without_entries_still_needs_its_years() -> None:
    assert WorkCalendar([], years=[2024]).is_working(day("2024-01-01"))
    with pytest.raises(OutsideCalendar):
        WorkCalendar([]).is_working(day("2024-01-01"))


@pytest.mark.law("D21", "D28")
@pytest.mark.parametrize(
    ("row", "line", "code"),
    [
        ("2024-01-01,feast,а,б,c,негіз,2024-01-01", 3, "kind_is_unknown"),
        ("2024-02-30,holiday,а,б,c,негіз,2024-01-01", 3, "date_cannot_be_read"),
        ("20240101,holiday,а,б,c,негіз,2024-01-01", 3, "date_cannot_be_read"),
        ("2024-01-01,holiday,а,б,c,негіз,кеше", 3, "date_cannot_be_read"),
        ("2024-01-01,holiday,а,б,c,,2024-01-01", 3, "column_is_empty"),
        ("2024-01-01,holiday,а,,c,негіз,2024-01-01", 3, "column_is_empty"),
        ("2024-01-01,holiday,а,б,c,негіз", 3, "row_has_another_number_of_columns"),
        ("", 3, "row_has_another_number_of_columns"),
        ("2025-01-01,holiday,а,б,c,негіз,2024-01-01", 3, "year_of_this_day_is_not_declared"),
        ("2024-01-02,working_weekend,а,б,c,негіз,2024-01-01", 3, "working_weekend_is_not_on_a_weekend"),
        ("2024-01-06,moved_day_off,а,б,c,негіз,2024-01-01", 3, "day_off_is_moved_to_a_weekend"),
        (YEAR_2024, 3, "year_stands_twice"),
        ("24,confirmed_year,а,б,c,негіз,2024-01-01", 3, "year_cannot_be_read"),
        ("2026,confirmed_year,а,б,c,негіз,2024-01-01", None, "years_have_a_gap"),
        ('2024-01-01,holiday,"а"б,б,c,негіз,2024-01-01', 3, "row_cannot_be_read"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named_by_its_line(row: str, line: int | None, code: str) -> None:
    with pytest.raises(CalendarError) as caught:
        parse_calendar(f"{HEADING}\n{YEAR_2024}\n{row}\n")
    assert (caught.value.line, caught.value.code) == (line, code)


def test_a_day_that_stands_twice_is_named_by_its_second_line() -> None:
    row = "2024-01-01,holiday,а,б,c,негіз,2024-01-01"
    with pytest.raises(CalendarError, match=r"line 4.*2024-01-01"):
        parse_calendar("\n".join([HEADING, YEAR_2024, row, row]))


@pytest.mark.parametrize(("text", "code"), [("", "heading_differs"), (HEADING, "no_year_is_declared")])
def test_a_file_without_heading_or_years_is_refused(text: str, code: str) -> None:
    with pytest.raises(CalendarError) as caught:
        parse_calendar(text)
    assert caught.value.code == code


def test_a_calendar_file_that_a_spreadsheet_saved_is_read_too() -> None:
    cal = parse_calendar(f"\ufeff{HEADING}\r\n{YEAR_2024}\r\n2024-01-01,holiday,а,б,c,негіз,2024-01-01\r\n")
    assert not cal.is_working(day("2024-01-01"))


def test_the_calendar_stands_in_the_folder_that_the_setting_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUQSAT_PROCESSES", str(tmp_path))
    assert calendar_path() == tmp_path / "calendar" / "kz.csv"
    with pytest.raises(CalendarError, match="missing"):
        load_calendar(calendar_path())
