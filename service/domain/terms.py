"""The terms of the law, each with the day it counts from and its point, and how a date came about (D25, D28)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from service.domain.calendar import WorkCalendar
from service.domain.days import Count
from service.domain.worktime import closing


@dataclass(frozen=True)
class Term:
    """A term in working days from an anchor, backwards if negative; `law` is the row of the requirements."""

    key: str
    anchor_key: str
    days: int
    law: str


@dataclass(frozen=True)
class Explanation:
    """How a due date came about; `preliminary` when the term reaches into a year not confirmed yet (D28)."""

    anchor: date
    days: int
    due_on: date
    due_at: datetime
    count: Count
    preliminary: bool


_ALL = (
    Term("completeness_due", "registered_on", 2, "R6.1"),
    Term("review_due", "complete", 3, "R7.1"),
    Term("service_due", "registered_on", 5, "A1.4"),
    Term("decision_due", "complete", 3, "D26"),
    Term("decision_due_with_hearing", "registered_on", 5, "D26"),
    Term("hearing_notice_latest", "service_due", -3, "R8.1"),
    Term("hearing_latest", "notice", 2, "R8.3"),
    Term("objection_latest", "notice", 2, "L73.3"),
    Term("refusal_earliest", "notice", 3, "L73.1"),
    Term("complaint_forward_due", "complaint_received_on", 3, "R13.3"),
    Term("complaint_provider_due", "complaint_registered_on", 5, "R14.1"),
    Term("complaint_authority_due", "complaint_registered_on", 15, "R14.2"),
)
EDITION_TERMS: Mapping[str, int] = MappingProxyType(
    {
        "permit_years": 3,
        "complaint_months": 3,
        "complaint_months_without_attachment": 6,
        "extension_months_most": 2,
        "extension_notice_days": 3,
        "clerical_error_days": 3,
        "access_days": 3,
        "minutes_signed_days": 2,
        "minutes_remarks_days": 3,
        "remarks_answered_days": 3,
        "objection_days": 2,
        "decision_carried_out_days": 5,
        "act_reported_days": 10,
        "change_told_days": 3,
    }
)
"""Terms that no drawing shows, as they hold where an edition says nothing of them in its `[terms]`."""

DRAWN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "completeness_due": ("registered_on", "6"),
        "review_due": ("completeness_on", "7"),
        "service_due": ("registered_on", "A1.4"),
        "hearing_latest": ("notified_on", "8"),
        "refusal_earliest": ("notified_on", "L73.1"),
        "complaint_forward_due": ("received_on", "13"),
        "complaint_provider_due": ("registered_on", "14"),
        "complaint_authority_due": ("review_registered_on", "14"),
    }
)
"""Where a drawing shows a term of the law: the day that it counts from and the point that its timer names."""

NOTICE_DRAWN = ("registered_on", "D2")
"""Where a drawing shows the latest day for a hearing notice, which the law counts back from the end of the service."""

TERMS: Mapping[str, Term] = MappingProxyType({term.key: term for term in _ALL})
"""The terms as the rules of 2023 name them; those of a case stand in its edition and in the drawing of that."""


def counted(cal: WorkCalendar, anchor: date, days: int) -> date:
    """The day that lies so many working days after the anchor, or before it when `days` is negative (D25)."""
    return cal.after(anchor, days) if days > 0 else cal.before(anchor, -days)


def objection_until(cal: WorkCalendar, notified_on: date, periods: Mapping[str, int]) -> datetime:
    """Until when the applicant may object to what is announced: the closing of the last working day (L73.3)."""
    return closing(cal, cal.after(notified_on, periods["objection_days"]))


def refusal_from(cal: WorkCalendar, notified_on: date, periods: Mapping[str, int]) -> date:
    """The first day on which a decision against the applicant may be signed after its announcement (L73.1)."""
    return cal.after(notified_on, periods["refusal_earliest"])


def is_preliminary(cal: WorkCalendar, *days: date) -> bool:
    """Whether one of these days lies in a year whose calendar is not confirmed yet (D28)."""
    return not all(cal.confirmed(day.year) for day in days)


def explain(cal: WorkCalendar, anchor: date, days: int) -> Explanation:
    """Count a term from its anchor and keep every day counted and skipped (D25, D28)."""
    due_on = counted(cal, anchor, days)
    years = range(min(anchor, due_on).year, max(anchor, due_on).year + 1)
    preliminary = not all(cal.confirmed(year) for year in years)
    return Explanation(anchor, days, due_on, closing(cal, due_on), cal.count(anchor, due_on), preliminary)
