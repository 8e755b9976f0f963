"""Which outcomes and remedies a complaint can have at all, by what it is against (R13.4, L100.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from service.domain.appeal import UNDECIDED, Contests, Outcome, Remedy
from service.domain.calendar import WorkCalendar
from service.domain.deadlines import registered_on
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.faults import Faults
from service.domain.forms import Problem

ACTS = frozenset({*UNDECIDED, Contests.PERMIT, Contests.CANCELLATION, Contests.SUSPENSION})
"""What can be cancelled. An action, an inaction and a matter of the service are none: an action is ordered or done."""

NO_ACTS = frozenset({Contests.ACTION, Contests.INACTION})
"""What a court finds unlawful and does not cancel: it orders what is to be done (R15.1)."""

APPLICATIONS = frozenset({*UNDECIDED, Contests.PERMIT})
"""Acts that decided an application: once cancelled, the application can be considered anew or granted."""


def require_possible_outcome(contests: Contests, *, of_case: bool, answers: Mapping[str, Any]) -> None:
    """Refuse an outcome that the contested kind cannot have; raises `InvalidAnswers` at its field (L100.1).

    `of_case` says whether the act belongs to a case of ours, without which no permit can be issued.
    """
    outcome = answers.get("outcome")
    if outcome in (Outcome.CANCEL, Outcome.ADOPT, Outcome.SEND_BACK) and contests not in ACTS:
        raise InvalidAnswers(errors={"outcome": Problem("no_act_to_cancel")})
    if outcome == Outcome.ADOPT and answers.get("new_permit") and not (of_case and contests in APPLICATIONS):
        raise InvalidAnswers(errors={"new_permit": Problem("no_application_to_grant")})


def ordered_until(answers: Mapping[str, Any]) -> date | None:
    """The day by which a decision wants done what it orders; None where it names none, or orders nothing (L100.1)."""
    outcome, told = answers.get("outcome"), str(answers.get("carry_out_by") or "")
    orders = outcome == Outcome.ORDER or (outcome == Outcome.ADOPT and not answers.get("new_permit"))
    return date.fromisoformat(told) if told and orders else None


def require_possible_term(answers: Mapping[str, Any], calendar: WorkCalendar, now: datetime) -> None:
    """Refuse a day that is no working day, lies beyond the calendar, or before the decision reaches the provider.

    Raises `InvalidAnswers` at its field (L100.1).
    """
    until, earliest = ordered_until(answers), registered_on(calendar, now)
    faults = Faults()
    if until is not None and until < earliest:
        faults.add("carry_out_by", "not_before", earliest=earliest.isoformat())
    elif until is not None and calendar.last is not None and until > calendar.last:
        faults.add("carry_out_by", "beyond_calendar", latest=calendar.last.isoformat())
    elif until is not None and not calendar.is_working(until):
        faults.add("carry_out_by", "not_a_working_day")
    faults.refuse()


def require_term_to_come(answers: Mapping[str, Any], calendar: WorkCalendar, now: datetime) -> None:
    """Refuse to sign an order whose day is over before the decision reaches the provider; raises `NotLawful`."""
    until = ordered_until(answers)
    if until is not None and until < registered_on(calendar, now):
        raise NotLawful("ordered_day_is_over", "L100.1", until=until.isoformat())


def require_possible_remedy(
    contests: Contests, *, of_case: bool, of_another: bool = False, answers: Mapping[str, Any], today: date
) -> None:
    """Refuse a remedy that satisfies nothing of this kind; raises `InvalidAnswers` at its field (R13.4).

    The permit of another person is not taken away so: the holder has to be heard before, for which the 3 days are too
    short; the complaint goes to the reviewing body, which hears the holder (L73.1).

    "action" says what was done and on which day: a promise does not satisfy a complaint fully.
    """
    if answers.get("proposal") != "satisfy":
        return
    remedy = answers.get("remedy")
    if remedy in (Remedy.CANCEL, Remedy.RECONSIDER, Remedy.PERMIT) and contests not in ACTS:
        raise InvalidAnswers(errors={"remedy": Problem("no_act_to_cancel")})
    if of_another and remedy in (Remedy.CANCEL, Remedy.RECONSIDER):
        raise InvalidAnswers(errors={"remedy": Problem("holder_must_be_heard")})
    if remedy == Remedy.PERMIT and not (of_case and contests in UNDECIDED):
        raise InvalidAnswers(errors={"remedy": Problem("no_application_to_grant")})
    if remedy == Remedy.RECONSIDER and not (of_case and contests in APPLICATIONS):
        raise InvalidAnswers(errors={"remedy": Problem("no_application_to_reconsider")})
    if remedy == Remedy.ACTION:
        require_done(answers, "action_done", "action_on", today)


def require_done(
    answers: Mapping[str, Any], what: str, when: str, today: date, earliest: date | None = None, limit: int = 0
) -> date:
    """The day on which something was done, with what was done; raises `InvalidAnswers` naming the fields.

    It is not before the earliest day, and what was done is told in at most so many characters, where they are named.
    """
    faults, done = Faults(), str(answers.get(what) or "").strip()
    if not done:
        faults.add(what, "required")
    if limit and len(done) > limit:
        faults.add(what, "too_long", limit=limit, length=len(done))
    day = faults.day(when, str(answers.get(when) or "")) or today
    if day > today:
        faults.add(when, "in_the_future")
    if earliest is not None and day < earliest:
        faults.add(when, "not_before", earliest=earliest.isoformat())
    faults.refuse()
    return day
