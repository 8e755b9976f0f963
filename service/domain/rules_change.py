"""The act of an edition: when it comes into force, and what a new one changes (O4, O6, R12.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


INFORM = ("inform_operator", "inform_contact_centre")
PUBLISH = ("publish_rules", "report_to_legal_department")


@dataclass(frozen=True)
class RulesChange:
    """An act that changed the rules, or was registered by the state, and which duties follow from that.

    `days` names each duty with the day from which its term counts.
    """

    number: str
    days: Mapping[str, date]


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[RulesChange]:
    """What an edition brings beside the one before it, act by act; nothing where the rules are the same (R12.1, O4).

    An act that is new is told to the operator and to the contact centre when it comes into force. One that is
    registered by the state is published and reported from that day, also where an edition had it before its
    registration.
    """
    found = []
    for was, act in _beside(before, after):
        days: dict[str, date] = {}
        if was is None:
            days |= dict.fromkeys(INFORM, act["in_force_from"])
        if act.get("registered_on") and not (was and was.get("registered_on")):
            days |= dict.fromkeys(PUBLISH, act["registered_on"])
        if days:
            found.append(RulesChange(str(act["number"]), days))
    return found


def acts_of(act: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The act of an edition and those that amended it."""
    return [act, *act.get("amended_by", ())]


def _beside(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any] | None, Mapping[str, Any]]]:
    """Each act of an edition with what the edition before it said of the same act, if it had it."""
    yield (before if before.get("number") == after.get("number") else None), after
    known = {amendment["number"]: amendment for amendment in before.get("amended_by", ())}
    for amendment in after.get("amended_by", ()):
        yield known.get(amendment["number"]), amendment
