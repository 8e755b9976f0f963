"""A claim in court against an act of the provider, and what has to be with it before it ends (R15.1, R15.2, D8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from service.domain.appeal import Contests
from service.domain.calendar import WorkCalendar
from service.domain.case import LONGEST_NAME
from service.domain.deadlines import closing, local
from service.domain.duties import duty_due
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import LONGEST_LINE, LONGEST_SENTENCES, Problem, told_texts

OF_CLAIM = "claim"
"""Attachments of this purpose belong to a claim."""

DEFENCE, POSITION = "claim_defence", "claim_position"
"""The statement of defence, and the reasoned position of the head of the superior body (R15.2)."""


PAPERS_DAYS = 3
"""Working days for both documents while the court has set no day: a reading of ours, the law names no number."""

LONGEST_NUMBER = 64
"""The longest number of a claim or a court act, in characters."""

LONGEST_COURT = LONGEST_LINE - LONGEST_NUMBER - len(", № , 12.09.2023")
"""The longest name of a court: together with the number and the day of its act it is still a line."""


class ClaimResult(StrEnum):
    """How a claim ended: the act stays, a court act in force has cancelled it, or the claim was taken back.

    An action or an inaction is no act: what cancels an act finds it unlawful and orders what is to be done.
    One that was entered by mistake never was a claim: it stays on record, marked, and ends without a court act.
    """

    DISMISSED = "dismissed"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"
    MISTAKEN = "mistaken"


CONTESTED = frozenset(set(Contests) - {Contests.SERVICE})
"""What a claim can be against."""


@dataclass(eq=False)
class Claim:
    """A claim (R15.2). The act stays as it is by this step (D8); only a court act in force changes it.

    `after_complaint` says whether there was a complaint before (R15.1); `mistake` why it was entered by mistake.
    """

    contests: Contests
    court: str
    number: str
    filed_on: date
    plaintiff: str
    recorded_at: datetime
    recorded_by: int | None = None
    after_complaint: bool = False
    hearing_on: date | None = None
    contested_case_id: int | None = None
    contested_document_id: int | None = None
    contested_entry_id: int | None = None
    defence_id: int | None = None
    position_id: int | None = None
    result: str = ""
    act_number: str = ""
    act_on: date | None = None
    act_in_force_on: date | None = None
    closed_at: datetime | None = None
    mistake: str = ""
    version: int = 0
    id: int = field(init=False)

    @property
    def is_open(self) -> bool:
        """Whether the court has not ended it yet."""
        return self.closed_at is None

    @property
    def named_at(self) -> datetime:
        """When it was recorded: what was done later is not contested by it."""
        return self.recorded_at

    @property
    def basis(self) -> str:
        """The court act as the register names it: court, number, day."""
        return f"{self.court}, № {self.act_number}, {self.act_on:%d.%m.%Y}" if self.act_on else self.court


@dataclass(frozen=True)
class CourtAct:
    """What ends a claim: the result, and the court act with its number, its day and the day of its force.

    `ordered` is what a court act that cancels the act, or finds the action or inaction unlawful, orders the provider to
    do, `until` the last day that the court has set for it. Of a claim that was entered by mistake `mistake` says why.
    """

    result: ClaimResult
    number: str = ""
    on: date | None = None
    in_force_on: date | None = None
    mistake: str = ""
    ordered: str = ""
    until: date | None = None


def papers_term(calendar: WorkCalendar, hearing_on: date | None, since: date, now: datetime) -> tuple[date, int]:
    """From which day and in how many working days both documents are due: before the hearing in court begins (R15.2).

    A claim names the day of the hearing and no hour: the term ends when the last working day before it closes. Where
    that has passed when the day becomes known, the documents are due at the first closing that is still to come.
    """
    anchor, days = (hearing_on, -1) if hearing_on else (since, PAPERS_DAYS)
    if duty_due(calendar, anchor, days) > now:
        return anchor, days
    today = local(now).date()
    return (today if closing(calendar, today) > now else today + timedelta(days=1)), 0


def claim_problems(answers: Mapping[str, Any], today: date, last_known: date | None) -> dict[str, Problem]:
    """What is wrong with court, number, plaintiff and days of a claim, all of it at once (R15.2).

    The session is not before the day of the claim, and on a day that the calendar of working days knows: the duty to
    prepare for it is counted in them.
    """
    errors = told_texts(answers, {"court": LONGEST_COURT, "number": LONGEST_NUMBER, "plaintiff": LONGEST_NAME})
    filed_on = answers.get("filed_on")
    if not isinstance(filed_on, date):
        errors["filed_on"] = Problem("required")
    elif filed_on > today:
        errors["filed_on"] = Problem("in_the_future")
    hearing_on = answers.get("hearing_on")
    if isinstance(hearing_on, date):
        if last_known is not None and hearing_on > last_known:
            errors["hearing_on"] = Problem("beyond_calendar", {"latest": last_known.isoformat()})
        elif isinstance(filed_on, date) and hearing_on < filed_on:
            errors["hearing_on"] = Problem("before_claim", {"earliest": filed_on.isoformat()})
    return errors


def plain_number(number: object) -> str:
    """The number of a claim without what two hands write differently: spaces, the sign before it, small letters."""
    return "".join(str(number or "").split()).lstrip("№").casefold()


def require_closable(claim: Claim, act: CourtAct, today: date, last_known: date | None = None) -> None:
    """A claim ends only with both documents (R15.2) and, unless it was taken back, with a court act in force.

    One that was entered by mistake ends with a reason alone. Where an inaction is found unlawful the court says what is
    to be done. Raises `NotLawful` or `InvalidAnswers`.
    """
    if not claim.is_open:
        raise NotLawful("claim_closed", "R15.2")
    if act.result is ClaimResult.MISTAKEN:
        if mistaken := told_texts({"mistake": act.mistake}, {"mistake": LONGEST_SENTENCES}):
            raise InvalidAnswers(errors=mistaken)
        return
    if claim.defence_id is None or claim.position_id is None:
        raise NotLawful("claim_documents_missing", "R15.2")
    errors = _order_problems(claim, act, last_known)
    if act.result is ClaimResult.WITHDRAWN and not act.number.strip():
        if errors:
            raise InvalidAnswers(errors=errors)
        return
    errors |= told_texts({"act_number": act.number}, {"act_number": LONGEST_NUMBER})
    for name, day in (("act_on", act.on), ("act_in_force_on", act.in_force_on)):
        if day is None:
            errors[name] = Problem("required")
        elif day > today:
            errors[name] = Problem("in_the_future")
    if act.on and act.on < claim.filed_on:
        errors.setdefault("act_on", Problem("not_before", {"earliest": claim.filed_on.isoformat()}))
    if act.on and act.in_force_on and act.in_force_on < act.on:
        errors.setdefault("act_in_force_on", Problem("in_force_before_act", {"earliest": act.on.isoformat()}))
    if errors:
        raise InvalidAnswers(errors=errors)


def _order_problems(claim: Claim, act: CourtAct, last_known: date | None) -> dict[str, Problem]:
    """What is wrong with what the court orders the provider to do, and until when."""
    said = bool(act.ordered.strip())
    if act.result is not ClaimResult.ANNULLED:
        return {"ordered": Problem("nothing_ordered")} if said or act.until else {}
    needed = claim.contests is Contests.INACTION or act.until is not None
    errors = told_texts({"ordered": act.ordered}, {"ordered": LONGEST_SENTENCES}) if said or needed else {}
    if act.until and act.on and act.until < act.on:
        errors["until"] = Problem("not_before", {"earliest": act.on.isoformat()})
    elif act.until and last_known is not None and act.until > last_known:
        errors["until"] = Problem("beyond_calendar", {"latest": last_known.isoformat()})
    return errors
