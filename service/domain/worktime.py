"""Local time, working hours and what is left of a term (A1.8.1, D20, D24, A3.2, L92.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain.calendar import WorkCalendar
from service.domain.days import WorkingHours
from service.domain.errors import RuqsatError

_CHANGE = datetime(2024, 2, 29, 18, 0, tzinfo=UTC)


class ZoneDataError(RuntimeError):
    """The time-zone data of this machine lacks Asia/Almaty or its change of 1 March 2024 (D20)."""


class DeadlineInputError(RuqsatError, ValueError):
    """A date handed in cannot be used: `code` says why, `field` which one, `value` what it was."""

    def __init__(self, code: str, field: str = "", value: str = "") -> None:
        self.code, self.field, self.value = code, field, value
        super().__init__(field=field, value=value)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.field, self.code.replace("_", " "), self.value) if part)


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo("Asia/Almaty")
    except ZoneInfoNotFoundError as missing:
        raise ZoneDataError("no time-zone data for Asia/Almaty") from missing


ZONE = _zone()


def require_zone_data(zone: ZoneInfo = ZONE) -> None:
    """Refuse time-zone data without the change from UTC+6 to UTC+5 on 1 March 2024 (D20)."""
    before = (_CHANGE - timedelta(seconds=1)).astimezone(zone).utcoffset()
    since = _CHANGE.astimezone(zone).utcoffset()
    if (before, since) != (timedelta(hours=6), timedelta(hours=5)):
        raise ZoneDataError(f"Asia/Almaty goes from UTC+6 to UTC+5 at {_CHANGE.isoformat()}, not {before} to {since}")


def local(instant: datetime) -> datetime:
    """The instant as local time of the provider; a time without its offset is refused (D20)."""
    if instant.utcoffset() is None:
        raise DeadlineInputError("time_without_offset", value=instant.isoformat())
    try:
        return instant.astimezone(ZONE)
    except OverflowError as far:
        raise DeadlineInputError("time_out_of_range", value=instant.isoformat()) from far


def offset_name(instant: datetime) -> str:
    """How far local time was from UTC at an instant: UTC+6 before 1 March 2024, UTC+5 since (D20)."""
    offset = local(instant).utcoffset() or timedelta()
    return f"UTC{round(offset / timedelta(hours=1)):+d}"


def _instant(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZONE).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """The instant at which the local day begins, in UTC."""
    return _instant(day, time(0))


def opening(cal: WorkCalendar, day: date) -> datetime:
    """The instant at which the provider opens on that day, in UTC (A1.8.1)."""
    return _instant(day, cal.hours_on(day).opens)


def closing(cal: WorkCalendar, day: date) -> datetime:
    """The instant at which the provider closes on that day, in UTC; terms end then (A1.8.1)."""
    return _instant(day, cal.hours_on(day).closes)


def registered_on(cal: WorkCalendar, received: datetime) -> date:
    """The day of registration: that of receipt up to closing time, otherwise the next working day (D24, R5.2)."""
    moment = local(received)
    day = moment.date()
    if moment.time() <= cal.hours_on(day).closes:
        return cal.next_working(day)
    return cal.after(day, 1)


@dataclass(frozen=True)
class TimeLeft:
    """Working time up to a deadline, or since it when `late`: days of the provider's hours without the lunch break."""

    days: int
    hours: int
    minutes: int
    late: bool


def working_time_left(cal: WorkCalendar, now: datetime, due_at: datetime) -> TimeLeft:
    """What is left of a term in whole working days, hours and minutes; once late, how much has passed since."""
    late = now > due_at
    seconds = abs(_worked(cal, due_at) - _worked(cal, now))
    days, rest = divmod(seconds, _day_seconds(cal.hours_on(local(due_at).date())))
    return TimeLeft(days, rest // 3600, rest % 3600 // 60, late)


def half_of_term(cal: WorkCalendar, anchor: date, due_at: datetime) -> datetime:
    """The instant when half of the working time of a term has passed; the anchor day itself is not counted (D25)."""
    begins = _seconds_before(cal, cal.position(anchor + timedelta(days=1)))
    return _at_worked(cal, begins + max(0, _worked(cal, due_at) - begins) // 2)


def last_day(cal: WorkCalendar, due_at: datetime) -> datetime:
    """The opening of the last working day of a term: the last opening before the deadline."""
    day = local(due_at).date()
    if cal.is_working(day) and opening(cal, day) < due_at:
        return opening(cal, day)
    return opening(cal, cal.before(day, 1))


def reminders(cal: WorkCalendar, anchor: date | None, due_at: datetime, now: datetime) -> list[datetime]:
    """When who is responsible is reminded of a term: at half of it and on its last working day.

    Where both are past, once, at half of what is left; never of a term that has ended.
    """
    moments = {last_day(cal, due_at)} | ({half_of_term(cal, anchor, due_at)} if anchor else set())
    ahead = sorted(moment for moment in moments if now < moment < due_at)
    return ahead or ([now + (due_at - now) / 2] if now < due_at else [])


def years_after(day: date, years: int) -> date:
    """The same day and month so many years later; 29 February becomes the 28th in a common year (A3.2)."""
    return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month (L92.1)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _day_seconds(hours: WorkingHours) -> int:
    pause = _seconds(hours.break_until) - _seconds(hours.break_from)
    return _seconds(hours.closes) - _seconds(hours.opens) - pause


def _spans(cal: WorkCalendar) -> Iterator[tuple[int, int | None, WorkingHours]]:
    """The spans of working days with one schedule: the numbers of its first day and of the next span's, the hours."""
    begins, hours = 0, cal.hours
    for position, later in cal.shifts:
        yield begins, position, hours
        begins, hours = position, later
    yield begins, None, hours


def _seconds_before(cal: WorkCalendar, position: int) -> int:
    """Seconds of working time before the working day with this number."""
    if not cal.shifts:
        return position * _day_seconds(cal.hours)
    spans = ((first, position if after is None else min(after, position), hours) for first, after, hours in _spans(cal))
    return sum(max(0, last - first) * _day_seconds(hours) for first, last, hours in spans)


def _worked(cal: WorkCalendar, instant: datetime) -> int:
    """Seconds of working time from the beginning of the calendar to an instant."""
    moment = local(instant)
    whole = _seconds_before(cal, cal.position(moment.date()))
    if not cal.is_working(moment.date()):
        return whole
    opens, pause, resumes, closes = _marks(cal.hours_on(moment.date()))
    now = _seconds(moment.time())
    return whole + min(max(now, opens), pause) - opens + min(max(now, resumes), closes) - resumes


def _marks(hours: WorkingHours) -> tuple[int, int, int, int]:
    return _seconds(hours.opens), _seconds(hours.break_from), _seconds(hours.break_until), _seconds(hours.closes)


def _at_worked(cal: WorkCalendar, worked: int) -> datetime:
    """The first instant at which so many seconds have been worked since the beginning of the calendar."""
    begun = 0
    for first, after, hours in _spans(cal):
        seconds = _day_seconds(hours)
        if after is None or worked <= begun + (after - first) * seconds:
            break
        begun += (after - first) * seconds
    position, rest = divmod(worked - begun, seconds)
    position += first
    if rest == 0 and position > 0:
        return closing(cal, cal.at(position - 1))
    opens, pause, resumes, _ = _marks(hours)
    moment = opens + rest if opens + rest <= pause else resumes + rest - (pause - opens)
    return _instant(cal.at(position), time(moment // 3600, moment // 60 % 60, moment % 60))
