"""The day on which something is registered, by the clock of Almaty (D20, D24)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from service.domain.deadlines import (
    DeadlineInputError,
    ZoneDataError,
    closing,
    local,
    opening,
    registered_on,
    require_zone_data,
    start_of_day,
)
from service.domain.worktime import offset_name
from tests.domain.moments import CAL, almaty, at, day, instants


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


@pytest.mark.law("D20")
def test_each_instant_has_the_offset_of_its_own_day() -> None:
    change = at("2024-02-29T18:00:00+00:00")
    assert [offset_name(each) for each in (change - timedelta(seconds=1), change)] == ["UTC+6", "UTC+5"]


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
        registered_on(CAL, datetime(2023, 9, 12, 10))  # noqa: DTZ001  # no zone, on purpose
