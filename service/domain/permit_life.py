"""What may become of a permit while it lasts: suspended, resumed, cancelled, each from a day on by an act (R11.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from service.domain.decisions import PermitStatus, RegisterChange, RegisterEntry, status_on
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import LONGEST_LINE, LONGEST_SENTENCES, Problem, told_texts


class PermitAct(StrEnum):
    """What the head may do with a permit in force."""

    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"


LEADS_TO: Mapping[PermitAct, PermitStatus] = MappingProxyType(
    {
        PermitAct.SUSPEND: PermitStatus.SUSPENDED,
        PermitAct.RESUME: PermitStatus.IN_FORCE,
        PermitAct.CANCEL: PermitStatus.CANCELLED,
    }
)
BEGINS_AT: Mapping[PermitAct, frozenset[PermitStatus]] = MappingProxyType(
    {
        PermitAct.SUSPEND: frozenset({PermitStatus.IN_FORCE}),
        PermitAct.RESUME: frozenset({PermitStatus.SUSPENDED}),
        PermitAct.CANCEL: frozenset({PermitStatus.IN_FORCE, PermitStatus.SUSPENDED}),
    }
)


def told_as(notice: str, from_on: date, today: date) -> str:
    """The notice of a change: what lies ahead is told as a thing to come, with its first day (R11.2)."""
    return f"{notice}_ahead" if from_on > today else notice


def possible_acts(entry: RegisterEntry, changes: Sequence[RegisterChange], day: date) -> list[PermitAct]:
    """What may be done with the permit from a day on; nothing with one that is cancelled or expired."""
    status = status_on(entry, changes, day)
    return [act for act, begins in BEGINS_AT.items() if status in begins]


def require_possible(
    act: PermitAct, entry: RegisterEntry, changes: Sequence[RegisterChange], from_on: date, today: date
) -> None:
    """Refuse a day that is past, lies before a change that is entered already or after the permit's last day.

    `InvalidAnswers` for the day, `NotLawful` for an act that leads nowhere.
    """
    last = max((change.from_on for change in changes), default=entry.issued_on)
    if from_on < max(today, last):
        code = "change_ahead" if last > today else "not_before"
        raise InvalidAnswers(errors={"from_on": Problem(code, {"earliest": max(today, last).isoformat()})})
    if today <= entry.valid_until < from_on:
        raise InvalidAnswers(errors={"from_on": Problem("after_last_day", {"latest": entry.valid_until.isoformat()})})
    if act not in possible_acts(entry, changes, from_on):
        raise NotLawful("permit_cannot", "R11.2", status=status_on(entry, changes, from_on).value)


def change_problems(order: str, basis: str) -> dict[str, Problem]:
    """What is wrong with the order and the basis of a change: each is needed (R11.2)."""
    return told_texts({"order": order, "basis": basis}, {"order": LONGEST_LINE, "basis": LONGEST_SENTENCES})


def require_withdrawable(
    change: RegisterChange, changes: Sequence[RegisterChange], today: date, *, by_order: bool
) -> None:
    """Only the last of the changes that stand, entered by an order of the head, is withdrawn before its day (R11.2).

    What a complaint or a court has changed ends with them. Raises `NotLawful` that says why not.
    """
    if change.withdrawn_at is not None:
        raise NotLawful("change_withdrawn", "R11.2")
    if change.from_on <= today:
        raise NotLawful("change_in_effect", "R11.2")
    if not by_order:
        raise NotLawful("change_by_decision", "R11.2")
    if change.id != changes[-1].id:
        raise NotLawful("change_followed", "R11.2", from_on=changes[-1].from_on.isoformat())
