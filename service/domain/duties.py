"""Duties beside the diagrams: what the law asks of the provider by a term, within a case or without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.deadlines import closing


@dataclass(frozen=True)
class DutyRule:
    """One kind of duty: its point of the law, who has it, and its term.

    `term` names the number of working days in the `[terms]` of an edition, empty where the law names none: whoever
    opens the duty says the day. `by_hand` is False where the duty is done by an act of its own (a signature, an answer)
    and cannot simply be ticked off.
    """

    law: str
    role: str
    term: str
    by_hand: bool = True


DUTIES: Mapping[str, DutyRule] = MappingProxyType(
    {
        "inform_operator": DutyRule("R12.1", "head", "change_told_days"),
        "inform_contact_centre": DutyRule("R12.1", "head", "change_told_days"),
        "publish_rules": DutyRule("O4", "head", "act_reported_days"),
        "report_to_legal_department": DutyRule("O4", "head", "act_reported_days"),
        "correct_error": DutyRule("L82.1", "head", "clerical_error_days", by_hand=False),
        "give_case_file": DutyRule("L75.1", "unit", "access_days", by_hand=False),
        "sign_minutes": DutyRule("L74.1", "unit", "minutes_signed_days", by_hand=False),
        "answer_remarks": DutyRule("L74.1", "unit", "remarks_answered_days", by_hand=False),
        "notify_extension": DutyRule("L76.3", "head", "extension_notice_days", by_hand=False),
        "carry_out_decision": DutyRule("L100.1", "unit", "decision_carried_out_days", by_hand=False),
        "carry_out_court_act": DutyRule("R15.1", "unit", "decision_carried_out_days", by_hand=False),
        "post_paper": DutyRule("L66.1", "chancellery", "", by_hand=False),
        "prepare_for_court": DutyRule("R15.2", "head", "", by_hand=False),
    }
)
"""Every kind of duty that the program knows."""


@dataclass(eq=False)
class Duty:
    """An obligation with a term that no diagram carries; the term is recounted when the calendar changes (D28)."""

    kind: str
    law: str
    role: str
    opened_at: datetime
    due_at: datetime
    counted_from: date
    days: int
    case_id: int | None = None
    edition_id: int | None = None
    document_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    done_at: datetime | None = None
    done_by: int | None = None
    result: str = ""
    id: int = field(init=False)

    @property
    def rule(self) -> DutyRule:
        """The rule of its kind."""
        return DUTIES[self.kind]

    @property
    def part(self) -> str:
        """Of minutes that two sign, the part in which they are signed; empty of every other duty (L74.1)."""
        return str(self.details.get("part") or "")

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.done_at is None

    def is_late(self, now: datetime) -> bool:
        """Whether its term passed before it was done."""
        return (self.done_at or now) > self.due_at


POST = "post_paper"
"""The duty to post a paper to a person who complained on paper (L66.1)."""

CARRY_OUT = "carry_out_decision"
"""The duty to do what a decision on a complaint binds the provider to (L100.1)."""

COURT_ORDER = "carry_out_court_act"
"""The duty to do what a court act in force orders the provider to do (R15.1)."""


def duty_due(calendar: WorkCalendar, counted_from: date, days: int) -> datetime:
    """When a duty ends: at the closing of the last working day of its term (D25); without a number, of that day.

    A number below nought counts back: what has to be done before a day is done on a working day before it.
    """
    if days < 0:
        return closing(calendar, calendar.before(counted_from, -days))
    return closing(calendar, calendar.after(counted_from, days) if days else counted_from)
