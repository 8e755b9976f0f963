"""Halves, last days and what is left of a term, in working time; years and months; what diagrams count with."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.deadlines import (
    DeadlineInputError,
    TermFunctions,
    TimeLeft,
    closing,
    half_of_term,
    last_day,
    months_after,
    start_of_day,
    working_time_left,
    years_after,
)
from tests.domain.moments import CAL, almaty, at, day, instants


@pytest.mark.law("A1.8.1")
def test_half_of_five_working_days_is_the_end_of_the_third_morning() -> None:
    due = closing(CAL, day("2023-09-19"))
    assert half_of_term(CAL, day("2023-09-12"), due) == almaty("2023-09-15 13:00:00")


@pytest.mark.law("A1.8.1")
def test_half_of_two_working_days_is_the_end_of_the_first() -> None:
    due = closing(CAL, day("2023-09-14"))
    assert half_of_term(CAL, day("2023-09-12"), due) == almaty("2023-09-13 18:30:00")


@pytest.mark.law("A1.8.1")
@given(instants, st.integers(1, 20))
def test_as_much_working_time_lies_before_half_of_a_term_as_after_it(anchor: datetime, n: int) -> None:
    first = start_of_day(anchor.date() + timedelta(days=1))
    due = closing(CAL, CAL.after(anchor.date(), n))
    half = half_of_term(CAL, anchor.date(), due)
    assert working_time_left(CAL, first, half) == working_time_left(CAL, half, due)
    assert first < half <= due


def test_the_last_day_of_a_term_begins_at_its_opening() -> None:
    assert last_day(CAL, closing(CAL, day("2023-09-19"))) == almaty("2023-09-19 09:00:00")
    assert last_day(CAL, almaty("2023-09-19 08:00:00")) == almaty("2023-09-18 09:00:00")
    assert last_day(CAL, almaty("2023-09-17 12:00:00")) == almaty("2023-09-15 09:00:00")


@pytest.mark.law("A1.8.1")
@pytest.mark.parametrize(
    ("now", "due", "left"),
    [
        ("2023-09-12 10:00:00", "2023-09-14 18:30:00", TimeLeft(2, 7, 0, late=False)),
        ("2023-09-12 18:30:00", "2023-09-14 18:30:00", TimeLeft(2, 0, 0, late=False)),
        ("2023-09-12 13:30:00", "2023-09-12 18:30:00", TimeLeft(0, 4, 0, late=False)),
        ("2023-09-12 14:30:00", "2023-09-12 18:30:00", TimeLeft(0, 4, 0, late=False)),
        ("2023-09-12 12:59:00", "2023-09-12 14:31:00", TimeLeft(0, 0, 2, late=False)),
        ("2023-09-15 18:31:00", "2023-09-18 18:30:00", TimeLeft(1, 0, 0, late=False)),
        ("2023-09-14 18:30:00", "2023-09-14 18:30:00", TimeLeft(0, 0, 0, late=False)),
        ("2023-09-14 18:30:01", "2023-09-14 18:30:00", TimeLeft(0, 0, 0, late=True)),
        ("2023-09-18 10:30:00", "2023-09-14 18:30:00", TimeLeft(1, 1, 30, late=True)),
        ("2024-02-29 17:30:00", "2024-03-01 10:00:00", TimeLeft(0, 2, 0, late=False)),
    ],
)
def test_time_left_counts_working_hours_without_lunch_nights_and_days_off(now: str, due: str, left: TimeLeft) -> None:
    assert working_time_left(CAL, almaty(now), almaty(due)) == left


@pytest.mark.law("A3.2")
@pytest.mark.parametrize(
    ("issued", "last"),
    [("2023-09-19", "2026-09-19"), ("2024-02-29", "2027-02-28"), ("2023-12-31", "2026-12-31")],
)
def test_a_permit_is_valid_to_the_same_day_three_years_later(issued: str, last: str) -> None:
    assert years_after(day(issued), 3) == day(last)


@pytest.mark.law("L92.1")
@pytest.mark.parametrize(
    ("learned", "months", "last"),
    [
        ("2023-09-19", 3, "2023-12-19"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2023-12-31", 6, "2024-06-30"),
        ("2023-09-30", 3, "2023-12-30"),
        ("2023-12-01", 12, "2024-12-01"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(learned: str, months: int, last: str) -> None:
    assert months_after(day(learned), months) == day(last)


@pytest.mark.law("D25", "D26", "R5.2")
def test_a_diagram_counts_with_dates_or_with_their_text() -> None:
    call = TermFunctions(CAL)
    assert (
        call.working_days_after("2023-09-12", 5) == call.working_days_after(day("2023-09-12"), 5) == day("2023-09-19")
    )
    assert call.working_days_before("2023-09-19", 3) == day("2023-09-14")
    assert call.earlier("2023-09-15", day("2023-09-19")) == day("2023-09-15")
    assert call.later("2023-09-15", day("2023-09-19")) == day("2023-09-19")
    assert call.next_working_day("2023-09-16") == day("2023-09-18")
    assert call.opening("2023-09-18") == almaty("2023-09-18 09:00:00")
    assert call.closing("2023-09-18") == almaty("2023-09-18 18:30:00")
    assert call.start_of_day("2023-09-18") == almaty("2023-09-18 00:00:00")


@pytest.mark.law("D20")
def test_a_moment_in_a_diagram_stands_for_its_local_day() -> None:
    call = TermFunctions(CAL)
    assert call.later("2023-09-11T20:00:00+00:00", "2023-09-11") == day("2023-09-12")
    assert call.next_working_day(at("2023-09-11T20:00:00+00:00")) == day("2023-09-12")


@pytest.mark.parametrize("nonsense", ["", "tomorrow", "2023-13-01", "2023-09-12T10:00:00", None, 5])
def test_a_diagram_that_counts_from_nonsense_is_told_so(nonsense: Any) -> None:
    with pytest.raises(DeadlineInputError):
        TermFunctions(CAL).working_days_after(nonsense, 2)
