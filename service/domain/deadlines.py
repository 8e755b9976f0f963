"""The dates of the procedure and of a complaint, to the second (section 8 of the requirements)."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from service.domain.calendar import WorkCalendar
from service.domain.terms import TERMS, Explanation, Term, counted, explain
from service.domain.worktime import (
    ZONE,
    DeadlineInputError,
    TimeLeft,
    ZoneDataError,
    closing,
    half_of_term,
    last_day,
    local,
    months_after,
    opening,
    registered_on,
    reminders,
    require_zone_data,
    start_of_day,
    working_time_left,
    years_after,
)

__all__ = [
    "KEYS",
    "TERMS",
    "ZONE",
    "DeadlineInputError",
    "Deadlines",
    "Explanation",
    "Term",
    "TermFunctions",
    "TimeLeft",
    "ZoneDataError",
    "all_deadlines",
    "closing",
    "explain",
    "explain_all",
    "half_of_term",
    "last_day",
    "local",
    "months_after",
    "opening",
    "registered_on",
    "reminders",
    "require_zone_data",
    "start_of_day",
    "working_time_left",
    "years_after",
]


@dataclass(frozen=True)
class Deadlines:
    """Every date of a case and its complaint; None where what it counts from is not known yet."""

    registered_on: date | None = None
    completeness_due: date | None = None
    review_due: date | None = None
    service_due: date | None = None
    decision_due: date | None = None
    decision_due_with_hearing: date | None = None
    hearing_notice_latest: date | None = None
    hearing_latest: date | None = None
    objection_latest: date | None = None
    refusal_earliest: date | None = None
    complaint_registered_on: date | None = None
    complaint_forward_due: date | None = None
    complaint_provider_due: date | None = None
    complaint_authority_due: date | None = None


KEYS = tuple(field.name for field in fields(Deadlines))


def all_deadlines(
    cal: WorkCalendar,
    received: datetime | None,
    complete: date | None = None,
    notice: date | None = None,
    complaint: datetime | None = None,
) -> Deadlines:
    """Every date that follows from these events, by sections 3, 4, 6 and 8 of the requirements.

    `received` and `complaint` are instants of receipt, `complete` the day completeness is established, `notice` the
    day of the notice of a preliminary refusal. DeadlineInputError if a day lies before the registration.
    """
    known = _known(cal, received, complete, notice, complaint)
    for term in _APPLICABLE:
        anchor = known.get(term.anchor_key)
        known[term.key] = None if anchor is None else counted(cal, anchor, term.days)
    review, service = known["review_due"], known["service_due"]
    known["decision_due"] = min(review, service) if review and service else None
    return Deadlines(**{key: known[key] for key in KEYS})


def _known(
    cal: WorkCalendar,
    received: datetime | None,
    complete: date | None,
    notice: date | None,
    complaint: datetime | None,
) -> dict[str, date | None]:
    registered = None if received is None else registered_on(cal, received)
    for name, day in (("complete", complete), ("notice", notice)):
        if day is not None and registered is not None and day < registered:
            raise DeadlineInputError("day_before_the_registration", name, f"{day} < {registered}")
    return {
        "registered_on": registered,
        "complete": complete,
        "notice": notice,
        "complaint_received_on": None if complaint is None else local(complaint).date(),
        "complaint_registered_on": None if complaint is None else registered_on(cal, complaint),
    }


_APPLICABLE = tuple(term for term in TERMS.values() if term.key != "decision_due")


def explain_all(
    cal: WorkCalendar,
    received: datetime | None,
    complete: date | None = None,
    notice: date | None = None,
    complaint: datetime | None = None,
) -> dict[str, tuple[Term, Explanation]]:
    """For each date that is known and counted: its term and how it came about.

    `decision_due` has the explanation of whichever ends first, the review or the service (D26).
    """
    dates = all_deadlines(cal, received, complete, notice, complaint)
    known = _known(cal, received, complete, notice, complaint)
    known["service_due"] = dates.service_due
    found = {}
    for term in TERMS.values():
        anchor = known.get(term.anchor_key)
        if anchor is not None and getattr(dates, term.key) is not None:
            found[term.key] = (term, explain(cal, anchor, term.days))
    if dates.decision_due is not None and dates.decision_due != dates.review_due:
        service, explained = found["service_due"]
        found["decision_due"] = (replace(service, key="decision_due", law=TERMS["decision_due"].law), explained)
    return found


class TermFunctions:
    """What an expression on a diagram may call; days are dates or ISO strings, moments are their local days.

    They count by a calendar, or by the one that a function gives at that moment (D28).
    """

    def __init__(self, cal: WorkCalendar | Callable[[], WorkCalendar]) -> None:
        self._source = cal

    @property
    def _cal(self) -> WorkCalendar:
        return self._source if isinstance(self._source, WorkCalendar) else self._source()

    def working_days_after(self, anchor: date | str, n: int) -> date:
        """The n-th working day after the anchor (D25)."""
        return self._cal.after(_day(anchor), n)

    def working_days_before(self, anchor: date | str, n: int) -> date:
        """The n-th working day counted back from the anchor (D25)."""
        return self._cal.before(_day(anchor), n)

    def earlier(self, a: date | str, b: date | str) -> date:
        """The earlier of two days (D26)."""
        return min(_day(a), _day(b))

    def later(self, a: date | str, b: date | str | None) -> date:
        """The later of two days; the first where nothing has brought the second."""
        return _day(a) if b is None else max(_day(a), _day(b))

    def next_working_day(self, day: date | str) -> date:
        """That day if it is working, otherwise the next working day (R5.2)."""
        return self._cal.next_working(_day(day))

    def opening(self, day: date | str) -> datetime:
        """The instant at which the provider opens on that day (A1.8.1)."""
        return opening(self._cal, _day(day))

    def closing(self, day: date | str) -> datetime:
        """The instant at which the provider closes on that day, the end of its terms (A1.8.1)."""
        return closing(self._cal, _day(day))

    def start_of_day(self, day: date | str) -> datetime:
        """The instant at which the local day begins."""
        return start_of_day(_day(day))


def _day(value: date | str) -> date:
    if isinstance(value, datetime):
        return local(value).date()
    if isinstance(value, date):
        return value
    try:
        return local(datetime.fromisoformat(value)).date() if "T" in value else date.fromisoformat(value)
    except (ValueError, TypeError) as wrong:
        raise DeadlineInputError("not_a_day", value=str(value)) from wrong
