"""The law's time as sentences: every example of the requirements, to the second."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.calendar_file import load_calendar
from service.domain.calendar import CalendarEntry, OutsideCalendar, WorkCalendar
from service.domain.deadlines import (
    KEYS,
    TERMS,
    DeadlineInputError,
    TermFunctions,
    TimeLeft,
    ZoneDataError,
    all_deadlines,
    closing,
    explain,
    explain_all,
    half_of_term,
    last_day,
    local,
    months_after,
    opening,
    registered_on,
    require_zone_data,
    start_of_day,
    working_time_left,
    years_after,
)

CAL = load_calendar()
RECEIVED = datetime.fromisoformat("2023-09-12T10:00:00+06:00")


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def almaty(text: str) -> datetime:
    """Local time as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Almaty"))


instants = st.datetimes(
    datetime(2023, 2, 1),  # noqa: DTZ001
    datetime(2027, 9, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@pytest.mark.law("D20")
@pytest.mark.parametrize(
    ("received", "registered"),
    [
        ("2024-02-29T12:30:00+00:00", "2024-02-29"),
        ("2024-02-29T12:30:01+00:00", "2024-03-01"),
        ("2024-03-01T12:30:01+00:00", "2024-03-01"),
        ("2024-03-01T13:30:00+00:00", "2024-03-01"),
        ("2024-03-01T13:30:01+00:00", "2024-03-04"),
    ],
)
def test_the_change_of_the_clock_on_1_march_2024_is_kept(received: str, registered: str) -> None:
    assert registered_on(CAL, at(received)) == day(registered)


@pytest.mark.law("D20")
def test_time_zone_data_without_the_change_of_2024_is_refused() -> None:
    require_zone_data()
    for stale in ("Asia/Bishkek", "Asia/Tashkent", "UTC"):
        with pytest.raises(ZoneDataError, match="Asia/Almaty"):
            require_zone_data(ZoneInfo(stale))


@pytest.mark.law("D20")
def test_instants_are_handed_out_in_utc() -> None:
    assert closing(CAL, day("2024-02-29")) == at("2024-02-29T12:30:00+00:00")
    assert closing(CAL, day("2024-03-01")) == at("2024-03-01T13:30:00+00:00")
    assert opening(CAL, day("2024-03-01")) == at("2024-03-01T04:00:00+00:00")
    assert start_of_day(day("2024-03-01")) == at("2024-02-29T19:00:00+00:00")
    assert closing(CAL, day("2024-03-01")).tzinfo is UTC


@pytest.mark.law("D24", "R5.1", "R5.2", "A1.8.2", "D3", "L64.1")
@pytest.mark.parametrize(
    ("received", "registered"),
    [
        ("2023-09-12 18:30:00", "2023-09-12"),
        ("2023-09-12 18:30:00.000001", "2023-09-13"),
        ("2023-09-12 18:30:01", "2023-09-13"),
        ("2023-09-12 23:59:59", "2023-09-13"),
        ("2023-09-11 00:00:00", "2023-09-11"),
        ("2023-09-12 03:00:00", "2023-09-12"),
        ("2023-09-12 08:59:59", "2023-09-12"),
        ("2023-09-12 13:00:00", "2023-09-12"),
        ("2023-09-12 14:29:59", "2023-09-12"),
        ("2023-09-15 18:30:01", "2023-09-18"),
        ("2023-09-15 18:31:00", "2023-09-18"),
        ("2023-09-16 10:00:00", "2023-09-18"),
        ("2023-09-17 23:59:59", "2023-09-18"),
        ("2023-07-01 18:30:00", "2023-07-01"),
        ("2023-07-01 18:30:01", "2023-07-03"),
        ("2023-07-05 18:30:01", "2023-07-10"),
        ("2025-01-05 12:00:00", "2025-01-05"),
        ("2024-12-31 18:30:01", "2025-01-05"),
        ("2026-03-20 18:30:01", "2026-03-26"),
        ("2026-08-30 12:00:00", "2026-08-31"),
    ],
)
def test_received_up_to_closing_time_is_registered_that_day_and_later_on_the_next_working_day(
    received: str, registered: str
) -> None:
    assert registered_on(CAL, almaty(received)) == day(registered)


@pytest.mark.law("R5.2", "D24")
@given(instants)
def test_the_day_of_registration_is_working_and_never_before_the_day_of_receipt(received: datetime) -> None:
    registered = registered_on(CAL, received)
    assert CAL.is_working(registered)
    assert registered >= local(received).date()
    assert received <= closing(CAL, registered)


@pytest.mark.law("D20")
def test_a_time_without_its_offset_is_refused() -> None:
    with pytest.raises(DeadlineInputError, match="offset"):
        registered_on(CAL, datetime(2023, 9, 12, 10))  # noqa: DTZ001


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


@pytest.mark.law("D25")
def test_every_date_but_the_registrations_is_a_term_with_its_point_of_law() -> None:
    assert set(KEYS) - set(TERMS) == {"registered_on", "complaint_registered_on"}
    assert all(term.law for term in TERMS.values())


@pytest.mark.law("D25", "D22")
def test_an_explanation_holds_the_days_counted_and_why_others_were_skipped() -> None:
    told = explain(CAL, day("2026-03-20"), 2)
    assert told.due_on == day("2026-03-27")
    assert told.due_at == almaty("2026-03-27 18:30:00")
    assert told.count.counted == (day("2026-03-26"), day("2026-03-27"))
    assert [reason.code for _, reason in told.count.skipped] == ["holiday"] * 3 + ["moved_day_off"] * 2
    assert not told.preliminary


@pytest.mark.law("R8.1", "D25")
def test_a_term_counted_back_is_explained_from_its_anchor_backwards() -> None:
    _, told = explain_all(CAL, RECEIVED)["hearing_notice_latest"]
    assert told.anchor == day("2023-09-19")
    assert told.count.counted == (day("2023-09-18"), day("2023-09-15"), day("2023-09-14"))


@pytest.mark.law("D26")
@pytest.mark.parametrize(
    ("complete", "anchor", "days"), [("2023-09-12", "2023-09-12", 3), ("2023-09-18", "2023-09-12", 5)]
)
def test_the_decision_is_explained_by_the_term_that_ends_first(complete: str, anchor: str, days: int) -> None:
    term, told = explain_all(CAL, RECEIVED, complete=day(complete))["decision_due"]
    assert (told.anchor, told.days) == (day(anchor), days)
    assert term.anchor_key == ("complete" if days == 3 else "registered_on")


@given(instants)
def test_explanations_and_dates_agree(received: datetime) -> None:
    registered = registered_on(CAL, received)
    events = (received, registered, registered + timedelta(days=4), received)
    dates = all_deadlines(CAL, *events)
    told = explain_all(CAL, *events)
    assert {key: explained.due_on for key, (_, explained) in told.items()} == {
        key: getattr(dates, key) for key in TERMS
    }


@pytest.mark.law("D28")
@pytest.mark.parametrize(("anchor", "preliminary"), [("2026-12-22", False), ("2026-12-28", True), ("2027-05-03", True)])
def test_a_term_that_reaches_into_a_year_not_confirmed_is_preliminary(anchor: str, preliminary: bool) -> None:
    assert explain(CAL, day(anchor), 5).preliminary is preliminary


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


@pytest.mark.law("D28")
def test_a_day_off_added_to_an_open_term_moves_its_dates() -> None:
    names = {"kk": "а", "ru": "б", "en": "c"}
    extra = CalendarEntry(day("2023-09-14"), "moved_day_off", names, "акт", day("2023-09-01"))
    changed = WorkCalendar([*CAL.entries.values(), extra])
    assert all_deadlines(changed, RECEIVED).service_due == day("2023-09-20")


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
