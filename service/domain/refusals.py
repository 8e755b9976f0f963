"""When the law allows a refusal: its grounds with their facts, and a hearing that put them to the applicant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from service.domain.decisions import Hearing, Position
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.minutes import ORAL

GROUND_FACTS: Mapping[str, tuple[str, ...]] = {
    "ground_1": ("ground_1_document", "ground_1_data", "ground_1_established"),
    "ground_2": ("ground_2_act", "ground_2_article", "ground_2_mismatch"),
    "ground_3": ("ground_3_court", "ground_3_number", "ground_3_date", "ground_3_in_force"),
    "ground_4": ("ground_4_court", "ground_4_number", "ground_4_date", "ground_4_in_force"),
    "ground_5": ("ground_5_state", "ground_5_at"),
}
"""The five grounds of row 10, closed (A1.10.6), each with the facts that must be stored (A1.10.1-5)."""

COURT_GROUNDS = frozenset({"ground_3", "ground_4"})
"""Grounds by a court act in force: a hearing may be skipped on them (L73.2)."""


def require_grounds_with_facts(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The grounds chosen in an examination; refuses a conclusion without a ground or without its facts (A1.10.6).

    Raises `InvalidAnswers` that names each missing field. A conclusion that conforms has no grounds, and must not
    contradict the guarantee letter: neither nodes nor a lease, or no algorithm, does not conform (A1.9.3).
    """
    grounds = tuple(answers.get("grounds") or ())
    errors: dict[str, Problem] = {}
    if answers.get("conforms") == "yes":
        if grounds:
            errors["grounds"] = Problem("grounds_though_conforms")
        if not guarantee_letter_conforms(answers):
            errors["conforms"] = Problem("guarantee_letter_does_not_conform")
    elif not grounds:
        errors["grounds"] = Problem("required")
    for ground in grounds:
        errors |= {fact: Problem("required") for fact in GROUND_FACTS.get(ground, ()) if not answers.get(fact)}
    if errors:
        raise InvalidAnswers(errors=errors)
    return grounds


def guarantee_letter_conforms(answers: Mapping[str, Any]) -> bool:
    """Whether the guarantee letter shows 5 nodes or a lease, and an algorithm that confirms the writing (A1.9.3)."""
    nodes = int(answers.get("nodes_count") or 0)
    return (nodes >= 5 or answers.get("server_lease") == "yes") and answers.get("write_algorithm") == "yes"


def require_lawful_refusal(
    hearing: Hearing | None,
    grounds: Collection[str],
    refusal_earliest: date | None,
    today: date,
    said: Sequence[Position] = (),
) -> None:
    """A refusal needs a hearing held, an applicant duly notified and silent, or a recorded exemption (R8.4, L73.4).

    It rests only on grounds that the applicant could speak to (R8.1), never on a hearing that ended for the permit
    (R8.4) or left a wish for an oral one unheard (L73.3), and is not adopted earlier than 3 working days after the
    notice (L73.1). `said` is what the applicant has said in the case. Raises `NotLawful`.
    """
    if not grounds:
        raise NotLawful("refusal_without_ground", "A1.10.6")
    if hearing is None or hearing.settled_at is None or hearing.outcome == "grant" or unheard(hearing, grounds):
        raise NotLawful("refusal_without_hearing", "R8.4")
    if hearing.exemption:
        return
    if wants_to_be_heard(hearing, said):
        raise NotLawful("oral_hearing_owed", "L73.3")
    if refusal_earliest is None or today < refusal_earliest:
        raise NotLawful("refusal_too_early", "L73.1", earliest=refusal_earliest and refusal_earliest.isoformat())


def wants_to_be_heard(hearing: Hearing, said: Sequence[Position]) -> bool:
    """Whether an oral hearing was asked for in time and its result was recorded without one (L73.3).

    What came on paper before the result may be recorded after it: it counts by the day on which it came.
    """
    if hearing.settled_at is None or hearing.result == ORAL:
        return False
    since = hearing.notified_at or hearing.settled_at
    return any(each.wants_oral and not each.late and each.at >= since for each in said)


def unheard(hearing: Hearing | None, grounds: Collection[str]) -> frozenset[str]:
    """The grounds of which the applicant was not told before this hearing: they need one of their own (R8.1)."""
    return frozenset(grounds) - frozenset(hearing.grounds if hearing else ())
