"""The complaint: against what, within which term, with which contents, and how it may end (points 13-15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.days import Count, OutsideCalendar
from service.domain.deadlines import months_after, start_of_day
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.terms import Explanation, is_preliminary

LONGEST_TEXT = 10_000


class Contests(StrEnum):
    """What a complaint is against: a signed act, a change of the register, an action or an inaction (R13.2).

    `SERVICE` is a matter of the service that challenges nothing of these (R14.1).
    """

    REFUSAL = "refusal"
    NOT_CONSIDERED = "not_considered"
    PERMIT = "permit"
    CANCELLATION = "cancellation"
    SUSPENSION = "suspension"
    ACTION = "action"
    INACTION = "inaction"
    SERVICE = "service"


class Track(StrEnum):
    """How a complaint is considered (D6): within 3 days satisfied or forwarded (R13.3), or answered in 5 (R14.1)."""

    ACT = "act"
    SERVICE = "service"


class Outcome(StrEnum):
    """The six outcomes of the reviewing body; the list is closed (L100.1)."""

    CANCEL = "cancel"
    ADOPT = "adopt"
    ORDER = "order"
    UNSATISFIED = "unsatisfied"
    SEND_BACK = "send_back"
    UNCONSIDERED = "unconsidered"


AGAINST_HOLDER = frozenset({Outcome.CANCEL, Outcome.ADOPT, Outcome.SEND_BACK})
"""Outcomes that take a permit from its holder: where somebody else contests it, the holder is heard before (L73.1)."""


class Unconsidered(StrEnum):
    """The five reasons for leaving a complaint unconsidered; the list is closed (L95.1)."""

    DECIDED = "already_decided"
    COURT_ACT = "court_act"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CLAIM_PENDING = "claim_pending"


class Remedy(StrEnum):
    """How the provider satisfies a complaint fully by itself within 3 working days (R13.4)."""

    PERMIT = "permit"
    CANCEL = "cancel"
    RECONSIDER = "reconsider"
    ACTION = "action"


WRITTEN_ACTS = {
    "refusal": Contests.REFUSAL,
    "notice_not_considered": Contests.NOT_CONSIDERED,
    "permit": Contests.PERMIT,
}
"""Which documents of a case can be contested, and as what."""

UNDECIDED = frozenset({Contests.REFUSAL, Contests.NOT_CONSIDERED})
"""Acts that ended an application without a permit: once cancelled, the application waits for its decision again."""

NEEDED = ("circumstances", "demands", "evidence", "residence", "postal_address", "learned_on")
"""What a complaint must say beside who files it, against whom, its date and its signature (L93.1)."""

OWN_ACT_MAY = frozenset(
    {"task_register_complaint", "task_review_complaint", "task_sign_new_permit", "task_sign_satisfaction"}
)
"""Tasks that the official whose act is challenged may do: registering it, and satisfying it fully (L97.1, R13.4)."""


@dataclass(eq=False)
class Complaint:
    """A complaint (points 13, 14, L93.1): one row for each case of the appeal procedure.

    `body` is "provider" or "reviewing_body", to whom it is addressed; `channel` "cabinet" or the way on which it came.
    `before` is the status that the register showed before the filing suspended the act, `suspension_id` that change.
    `new_act` keeps a permit that is signed and waits for the decision that issues it.
    """

    case_id: int
    contests: Contests
    received_at: datetime
    learned_on: date
    months: int
    late: bool = False
    body: str = "provider"
    official: str = ""
    official_id: int | None = None
    contested_case_id: int | None = None
    contested_document_id: int | None = None
    contested_entry_id: int | None = None
    circumstances: str = ""
    demands: str = ""
    evidence: str = ""
    residence: str = ""
    postal_address: str = ""
    channel: str = "cabinet"
    track: str = ""
    suspended: bool = False
    suspension_id: int | None = None
    before: str = ""
    forwarded_at: datetime | None = None
    package_sha256: str = ""
    review_number: str = ""
    review_registered_on: date | None = None
    silent_since: date | None = None
    outcome: str = ""
    decided_on: date | None = None
    decision_id: int | None = None
    violations: str = ""
    new_act: dict[str, Any] = field(default_factory=dict)
    id: int = field(init=False)

    @property
    def named_at(self) -> datetime:
        """When it came: what was done later is not contested by it."""
        return self.received_at


def track_of(contests: Contests, body: str) -> Track:
    """The one lawful track of a complaint: only a matter of the service, addressed to the provider, is answered (D6).

    What challenges an act, an action or an inaction always has the timer that forwards it (R13.3).
    """
    return Track.SERVICE if contests is Contests.SERVICE and body == "provider" else Track.ACT


def complaint_until(calendar: WorkCalendar, learned_on: date, months: int) -> date:
    """The last day for a complaint that is not late; a day off gives its end to the next working day (L92.1, L76.1).

    Days that no calendar covers are taken as they are: a complaint may be about what was long ago.
    """
    last = months_after(learned_on, months)
    try:
        return calendar.next_working(last)
    except OutsideCalendar:
        return last


def explain_until(calendar: WorkCalendar, learned_on: date, months: int) -> Explanation:
    """How the last day for a complaint came about: no days are counted, those off at its end are skipped (L92.1)."""
    last, until = months_after(learned_on, months), complaint_until(calendar, learned_on, months)
    off = tuple((day, calendar.reason(day)) for n in range((until - last).days) if (day := last + timedelta(days=n)))
    ends = start_of_day(until + timedelta(days=1)) - timedelta(seconds=1)
    return Explanation(learned_on, 0, until, ends, Count((), off), is_preliminary(calendar, last, until))


def is_late(calendar: WorkCalendar, learned_on: date, months: int, received_on: date) -> bool:
    """Whether a complaint came after its term; it is accepted all the same and marked (L92.1, L64.1)."""
    return received_on > complaint_until(calendar, learned_on, months)


def missing_contents(answers: Mapping[str, Any]) -> list[str]:
    """What L93.1 wants and the complaint does not say, by the names of its fields."""
    needed = [*NEEDED, "official"] if answers.get("contests") in (Contests.ACTION, Contests.INACTION) else NEEDED
    return [name for name in needed if not str(answers.get(name) or "").strip()]


def require_contents(answers: Mapping[str, Any], received_on: date, *, incomplete: bool = False) -> None:
    """Refuse a complaint that does not say all that L93.1 wants; raises `InvalidAnswers` naming each field.

    With `incomplete` what is missing is no ground: a paper is accepted as it is (L64.1).
    """
    missing = missing_contents(answers)
    errors = {} if incomplete else {name: Problem("required") for name in missing}
    if not _is(Contests, answers.get("contests")):
        errors["contests"] = Problem("required")
    too_long = (name for name in NEEDED if len(str(answers.get(name) or "")) > LONGEST_TEXT)
    errors |= {name: Problem("too_long", {"limit": LONGEST_TEXT}) for name in too_long}
    if "learned_on" not in missing and "learned_on" not in errors:
        errors |= _day_problem(str(answers["learned_on"]), received_on)
    if errors:
        raise InvalidAnswers(errors=errors)


def _day_problem(text: str, received_on: date) -> dict[str, Problem]:
    try:
        learned_on = date.fromisoformat(text)
    except ValueError:
        return {"learned_on": Problem("not_a_date")}
    return {"learned_on": Problem("in_the_future")} if learned_on > received_on else {}


def require_decision(answers: Mapping[str, Any]) -> Outcome:
    """The outcome of the review with all that the law wants beside it (L95.1, L100.1).

    Every decision is reasoned; sending back names the violations, an order the action, leaving unconsidered one of the
    five reasons. Raises `InvalidAnswers` naming each missing field.
    """
    errors: dict[str, Problem] = {}
    outcome = str(answers.get("outcome") or "")
    wanted = {"send_back": "violations", "order": "action", "unconsidered": "unconsidered_reason"}
    for name in ("reasons", wanted.get(outcome, "reasons")):
        if not str(answers.get(name) or "").strip():
            errors[name] = Problem("required")
    if not _is(Outcome, outcome):
        errors["outcome"] = Problem("required")
    elif outcome == "unconsidered" and not _is(Unconsidered, answers.get("unconsidered_reason")):
        errors.setdefault("unconsidered_reason", Problem("not_an_option"))
    if errors:
        raise InvalidAnswers(errors=errors)
    return Outcome(outcome)


def _is(kind: type[StrEnum], value: object) -> bool:
    return value in [member.value for member in kind]
