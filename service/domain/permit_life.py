"""What may become of a permit while it lasts: suspended, resumed, cancelled, each from a day on by an act (R11.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from service.domain.decisions import PermitStatus, RegisterChange, RegisterEntry, status_on
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem


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


def possible_acts(entry: RegisterEntry, changes: Sequence[RegisterChange], day: date) -> list[PermitAct]:
    """What may be done with the permit from a day on; nothing with one that is cancelled or expired."""
    status = status_on(entry, changes, day)
    return [act for act, begins in BEGINS_AT.items() if status in begins]


def require_possible(
    act: PermitAct, entry: RegisterEntry, changes: Sequence[RegisterChange], from_on: date, today: date
) -> None:
    """Refuse a day that is past or lies before a change that is entered already, and an act that leads nowhere.

    `InvalidAnswers` for the day, `NotLawful` for the act.
    """
    earliest = max((change.from_on for change in changes), default=entry.issued_on)
    if from_on < max(today, earliest):
        raise InvalidAnswers(errors={"from_on": Problem("not_before", {"earliest": max(today, earliest).isoformat()})})
    if act not in possible_acts(entry, changes, from_on):
        raise NotLawful("permit_cannot", "R11.2", status=status_on(entry, changes, from_on).value)
