"""What each ending of a complaint does to what is contested, as a table: kind, ending -> case, register, duty, notices.

A complaint of a matter of the service contests nothing; to the provider itself it is answered, and goes no further.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.domain.appeal import Remedy
from service.domain.decisions import PermitStatus
from service.domain.forms import Problem

OUTCOMES: dict[str, dict[str, Any]] = {
    "cancel": {"outcome": "cancel"},
    "adopt a permit": {"outcome": "adopt", "new_permit": "true", "action": "Рұқсат беру"},
    "adopt another act": {"outcome": "adopt", "action": "Жаңа шешім қабылдау"},
    "order": {"outcome": "order", "action": "Мекенжайды түзету"},
    "unsatisfied": {"outcome": "unsatisfied"},
    "send back": {"outcome": "send_back", "violations": "Хат қаралмаған"},
    "unconsidered": {"outcome": "unconsidered", "unconsidered_reason": "returned"},
}
DONE = {"action_done": "Хат жолданды", "action_on": "2023-09-12"}
REMEDIES: dict[str, dict[str, Any]] = {
    f"satisfy by {remedy.value}": {
        "proposal": "satisfy", "remedy": remedy.value, "opinion": "Негізді", **(DONE if remedy == "action" else {}),
    }
    for remedy in Remedy
}  # fmt: skip
DECISIONS = (*OUTCOMES, *REMEDIES)
WITHDRAWN = ("withdraw at the unit", "withdraw at the review")
SILENT = ("silence", "silence at the hearing")
AT_UNIT = (*REMEDIES, "answer", "withdraw at the unit")
CELLS = (*DECISIONS, *WITHDRAWN, *SILENT, "answer")
TO_PROVIDER = "service, to the provider"


@dataclass(frozen=True)
class Effect:
    """How the contested case stands, the register's status, the duty, and the new notices of the contested case.

    `suspended` where the contested act still is not carried out.
    """

    case: str
    register: str = ""
    duty: bool = False
    told: tuple[str, ...] = ()
    suspended: bool = False


OPEN, REOPENED = Effect("open"), Effect("open", told=("reopened",))
GRANTED = Effect("granted", "in_force", told=("granted",))
IN_FORCE, SUSPENDED, CANCELLED = (status.value for status in (
    PermitStatus.IN_FORCE, PermitStatus.SUSPENDED, PermitStatus.CANCELLED,
))  # fmt: skip


def left_as_it_is(stays: Effect, meanwhile: Effect) -> dict[str, Effect]:
    """What a withdrawal leaves, and what stands as long as nobody decides (L95.1, L100.5)."""
    return {**dict.fromkeys(WITHDRAWN, stays), **dict.fromkeys(SILENT, meanwhile)}


def against_decision(outcome: str) -> dict[str, Effect]:
    """A refusal, or a notice of refusal of further consideration: the application ended without a permit."""
    stays = Effect(outcome)
    return {
        "cancel": REOPENED, "adopt a permit": GRANTED, "adopt another act": Effect("open", "", True, ("reopened",)),
        "order": Effect(outcome, duty=True), "unsatisfied": stays, "send back": REOPENED, "unconsidered": stays,
        "satisfy by permit": GRANTED, "satisfy by cancel": REOPENED, "satisfy by reconsider": REOPENED,
        "satisfy by action": stays, **left_as_it_is(stays, Effect(outcome, suspended=True)),
    }  # fmt: skip


def against_change(status: str, notice: str) -> dict[str, Effect]:
    """A change of the register: while the complaint is considered the permit is in force."""
    undone, stays = Effect("granted", IN_FORCE, told=("permit_resumed",)), Effect("granted", status, told=(notice,))
    to_do = Effect("granted", IN_FORCE, True, ("permit_resumed",))
    return {
        "cancel": undone, "adopt another act": to_do, "order": Effect("granted", status, True, (notice,)),
        "unsatisfied": stays, "send back": to_do, "unconsidered": stays, "satisfy by cancel": undone,
        "satisfy by action": stays, **left_as_it_is(stays, Effect("granted", IN_FORCE, suspended=True)),
    }  # fmt: skip


OF_PERMIT_GONE = ("permit_cancelled", "reopened")
WITHOUT_ACT = {
    "order": Effect("open", duty=True), "unsatisfied": OPEN, "unconsidered": OPEN, "satisfy by action": OPEN,
    **left_as_it_is(OPEN, OPEN),
}  # fmt: skip
RESUMED = Effect("granted", IN_FORCE, told=("permit_resumed",))
TABLE: dict[str, dict[str, Effect]] = {
    "refusal": against_decision("refused"),
    "not_considered": against_decision("not_considered"),
    "permit": {
        "cancel": Effect("granted", CANCELLED, told=("permit_cancelled",)),
        "adopt a permit": Effect("granted", IN_FORCE, told=("permit_cancelled", "granted")),
        "adopt another act": Effect("open", CANCELLED, True, OF_PERMIT_GONE),
        "order": Effect("granted", IN_FORCE, True, ("permit_resumed",)),
        "unsatisfied": RESUMED,
        "send back": Effect("open", CANCELLED, told=OF_PERMIT_GONE),
        "unconsidered": RESUMED,
        "satisfy by cancel": Effect("granted", CANCELLED, told=("permit_cancelled",)),
        "satisfy by reconsider": Effect("open", CANCELLED, told=OF_PERMIT_GONE),
        "satisfy by action": RESUMED,
        **left_as_it_is(RESUMED, Effect("granted", SUSPENDED, suspended=True)),
    },
    "cancellation": against_change(CANCELLED, "permit_cancelled"),
    "suspension": against_change(SUSPENDED, "permit_suspended"),
    "action": WITHOUT_ACT,
    "inaction": WITHOUT_ACT,
    "service": WITHOUT_ACT,
    TO_PROVIDER: {"answer": OPEN, "withdraw at the unit": OPEN},
}
"""The whole table; a cell that is missing is impossible."""

NO_ACT, NO_APPLICATION = Problem("no_act_to_cancel"), Problem("no_application_to_grant")
TOLD = {
    "cancel": "cancelled", "adopt a permit": "adopted", "adopt another act": "adopted", "order": "ordered",
    "unsatisfied": "unsatisfied", "send back": "sent_back", "unconsidered": "unconsidered", "answer": "answered",
    **dict.fromkeys(WITHDRAWN, "withdrawn"), **dict.fromkeys(SILENT, "silence"),
}  # fmt: skip
