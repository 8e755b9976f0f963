"""Days and instants as the tests of the calculator write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from service.calendar_file import load_calendar

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
    datetime(2023, 2, 1),  # noqa: DTZ001  # no zone, on purpose
    datetime(2027, 9, 30),  # noqa: DTZ001  # no zone, on purpose
    timezones=st.just(UTC),
)
