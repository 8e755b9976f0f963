"""The act of an edition: when it comes into force, and what a new one changes (O4, O6, R12.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DAYS_TO_FORCE = 60
"""An act comes into force when so many calendar days have passed since its first official publication (O6)."""


def proposed_start(published_on: date) -> date:
    """The day after sixty calendar days from the publication (O6): 5 June 2023 gives 5 August 2023."""
    return published_on + timedelta(days=DAYS_TO_FORCE + 1)


def with_start(act: Mapping[str, Any]) -> Mapping[str, Any]:
    """The act; where it names no day of entry into force, with the proposed one."""
    published = act.get("published_on")
    if act.get("in_force_from") or not isinstance(published, date):
        return act
    return {**act, "in_force_from": proposed_start(published)}


def start_without_basis(act: Mapping[str, Any]) -> bool:
    """Whether the act begins on another day than the proposed one and does not say on which basis (O6)."""
    published, start = act.get("published_on"), act.get("in_force_from")
    if not (isinstance(published, date) and isinstance(start, date)) or start == proposed_start(published):
        return False
    return not str(act.get("in_force_basis") or "").strip()


@dataclass(frozen=True)
class RulesChange:
    """What changed the rules: the act's number, its entry into force, and its state registration where it is known."""

    number: str
    in_force_from: date
    registered_on: date | None = None


def change_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> RulesChange | None:
    """The act by which an edition differs from the one before it; None where the rules are the same."""
    if before.get("number") != after.get("number"):
        return _change(after)
    known = {amendment["number"] for amendment in before.get("amended_by", ())}
    new = [amendment for amendment in after.get("amended_by", ()) if amendment["number"] not in known]
    return _change(max(new, key=lambda amendment: amendment["in_force_from"])) if new else None


def _change(act: Mapping[str, Any]) -> RulesChange:
    return RulesChange(str(act["number"]), act["in_force_from"], act.get("registered_on"))
