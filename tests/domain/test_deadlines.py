"""The dates that follow from an application and a complaint (D25-D27)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.calendar import CalendarEntry, OutsideCalendar, WorkCalendar
from service.domain.deadlines import (
    KEYS,
    DeadlineInputError,
    all_deadlines,
    registered_on,
)
from tests.domain.moments import CAL, RECEIVED, almaty, day, instants


@pytest.mark.law("R6.1", "A1.4", "R8.1", "D2", "D25")
def test_registered_tuesday_12_september_2023_gives_14_14_and_19_september() -> None:
    dates = all_deadlines(CAL, RECEIVED)
    assert dates.registered_on == day("2023-09-12")
    assert dates.completeness_due == day("2023-09-14")
    assert dates.hearing_notice_latest == day("2023-09-14")
    assert dates.service_due == day("2023-09-19")


@pytest.mark.law("D26", "R7.1", "R7.2", "R7.3", "R8.4")
def test_completeness_on_the_day_of_registration_permit_due_15_with_a_hearing_19_september() -> None:
    dates = all_deadlines(CAL, RECEIVED, complete=day("2023-09-12"))
    assert dates.review_due == day("2023-09-15")
    assert dates.decision_due == day("2023-09-15")
    assert dates.decision_due_with_hearing == day("2023-09-19")


@pytest.mark.law("D26")
@pytest.mark.parametrize(
    ("complete", "review", "decision"),
    [
        ("2023-09-13", "2023-09-18", "2023-09-18"),
        ("2023-09-14", "2023-09-19", "2023-09-19"),
        ("2023-09-15", "2023-09-20", "2023-09-19"),
        ("2023-09-18", "2023-09-21", "2023-09-19"),
    ],
)
def test_the_decision_is_due_with_the_review_but_never_after_the_service_term(
    complete: str, review: str, decision: str
) -> None:
    dates = all_deadlines(CAL, RECEIVED, complete=day(complete))
    assert (dates.review_due, dates.decision_due) == (day(review), day(decision))


@pytest.mark.law("R8.3", "L73.1", "L73.3")
def test_notice_on_14_september_hearing_and_objection_by_18_refusal_from_19_september() -> None:
    dates = all_deadlines(CAL, RECEIVED, notice=day("2023-09-14"))
    assert dates.hearing_latest == day("2023-09-18")
    assert dates.objection_latest == day("2023-09-18")
    assert dates.refusal_earliest == day("2023-09-19")


@pytest.mark.law("R8.1", "L73.1", "D2")
@given(instants)
def test_a_notice_on_its_latest_day_leaves_exactly_the_last_day_of_the_service_term_for_a_refusal(
    received: datetime,
) -> None:
    latest = all_deadlines(CAL, received).hearing_notice_latest
    dates = all_deadlines(CAL, received, notice=latest)
    assert dates.refusal_earliest == dates.service_due
    assert latest == dates.completeness_due


@pytest.mark.law("D27", "R13.3", "R14.1", "R14.2", "D6")
def test_a_complaint_after_hours_is_forwarded_from_receipt_and_answered_from_registration() -> None:
    dates = all_deadlines(CAL, None, complaint=almaty("2023-09-29 18:30:01"))
    assert dates.complaint_forward_due == day("2023-10-04")
    assert dates.complaint_registered_on == day("2023-10-02")
    assert dates.complaint_provider_due == day("2023-10-09")
    assert dates.complaint_authority_due == day("2023-10-23")


@pytest.mark.law("D27")
def test_a_complaint_on_a_saturday_is_forwarded_three_working_days_from_that_saturday() -> None:
    dates = all_deadlines(CAL, None, complaint=almaty("2023-09-30 11:00:00"))
    assert dates.complaint_forward_due == day("2023-10-04")
    assert dates.complaint_registered_on == day("2023-10-02")


@pytest.mark.law("D25", "L76.1")
@given(instants, st.integers(0, 6), st.integers(0, 6))
def test_no_date_ever_falls_on_a_day_off(received: datetime, to_complete: int, to_notice: int) -> None:
    registered = registered_on(CAL, received)
    dates = all_deadlines(
        CAL,
        received,
        complete=registered + timedelta(days=to_complete),
        notice=registered + timedelta(days=to_notice),
        complaint=received,
    )
    assert all(CAL.is_working(getattr(dates, key)) for key in KEYS)


def test_a_date_whose_input_is_missing_stays_unknown() -> None:
    dates = all_deadlines(CAL, RECEIVED)
    unknown = {key for key in KEYS if getattr(dates, key) is None}
    assert unknown == {
        "review_due",
        "decision_due",
        "hearing_latest",
        "objection_latest",
        "refusal_earliest",
        *(key for key in KEYS if key.startswith("complaint")),
    }
    assert all(getattr(all_deadlines(CAL, None), key) is None for key in KEYS)


@pytest.mark.parametrize("field", ["complete", "notice"])
def test_completeness_or_a_notice_before_the_registration_is_refused(field: str) -> None:
    too_early: dict[str, Any] = {field: day("2023-09-11")}
    with pytest.raises(DeadlineInputError) as caught:
        all_deadlines(CAL, RECEIVED, **too_early)
    assert (caught.value.code, caught.value.field) == ("day_before_the_registration", field)


def test_a_term_that_leaves_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        all_deadlines(CAL, almaty("2027-12-28 10:00:00"))


@pytest.mark.law("D28")
def test_a_day_off_added_to_an_open_term_moves_its_dates() -> None:
    names = {"kk": "а", "ru": "б", "en": "c"}
    extra = CalendarEntry(day("2023-09-14"), "moved_day_off", names, "акт", day("2023-09-01"))
    changed = WorkCalendar([*CAL.entries.values(), extra])
    assert all_deadlines(changed, RECEIVED).service_due == day("2023-09-20")
