"""The years after the last calendar: the holidays of the law, moved from a weekend, and preliminary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from service.calendar_file import load_calendar
from service.domain.calendar import OutsideCalendar, WorkCalendar
from service.domain.calendar_ahead import with_years_ahead

FILE = Path(__file__).parents[2] / "processes" / "calendar" / "kz.csv"
ENTERED = load_calendar(FILE)
AHEAD = with_years_ahead(ENTERED)


def test_what_was_entered_stays_as_it_is() -> None:
    days = [day for year in ENTERED.years for day in ENTERED.days(year)]
    assert [AHEAD.reason(day) for day in days] == [ENTERED.reason(day) for day in days]
    assert [AHEAD.confirmed(year) for year in ENTERED.years] == [ENTERED.confirmed(year) for year in ENTERED.years]


@pytest.mark.law("D28")
def test_the_years_ahead_are_preliminary_and_end() -> None:
    assert list(AHEAD.years) == list(range(2023, 2033))
    assert not any(AHEAD.confirmed(year) for year in range(2028, 2033))
    with pytest.raises(OutsideCalendar):
        AHEAD.is_working(date(2033, 1, 1))
    assert with_years_ahead(WorkCalendar([])).first is None


@pytest.mark.law("D22", "D23")
@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2028-01-03", False),  # the 1st and the 2nd are a Saturday and a Sunday: both move
        ("2028-01-04", False),
        ("2028-01-05", True),
        ("2028-01-07", False),
        ("2029-01-08", True),  # the 7th is a Sunday and never moves
        ("2028-03-15", False),
        ("2030-12-16", False),
        ("2028-07-06", False),
        ("2028-02-29", True),
    ],
)
def test_a_holiday_on_a_weekend_moves_and_christmas_does_not(day: str, working: bool) -> None:
    assert AHEAD.is_working(date.fromisoformat(day)) is working


@pytest.mark.law("D22")
def test_a_moved_day_off_says_instead_of_which_holiday() -> None:
    reason = AHEAD.reason(date(2028, 1, 3))
    assert (reason.code, reason.names["en"]) == ("moved_day_off", "Day off: New Year's Day (instead of 2028-01-01)")
