"""Whether an applicant is registered as what may apply: a sole proprietor or a legal entity of Kazakhstan (R1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.domain.case import StateData
from service.domain.channels import COMPANY, ENTREPRENEUR

NOT_ENTREPRENEUR, ENTREPRENEUR_ENDED = "not_entrepreneur", "entrepreneur_ended"
COMPANY_NOT_FOUND, COMPANY_LIQUIDATED = "company_not_found", "company_liquidated"
BARS = (NOT_ENTREPRENEUR, ENTREPRENEUR_ENDED, COMPANY_NOT_FOUND, COMPANY_LIQUIDATED)
"""Why a register's answer bars an application."""

ENDED = frozenset({"terminated", "liquidated"})
"""States of a registration after which nobody is a sole proprietor or a legal entity any more."""


def bar_to_apply(answer: Mapping[str, Any] | None, *, company: bool) -> str:
    """What in the answer of the register of legal entities or sole proprietors bars an application; empty if nothing.

    A register that has not answered (None) bars nobody: the application is taken and looked at later (R1.1, R4.1).
    """
    if answer is None:
        return ""
    if not answer.get("found"):
        return COMPANY_NOT_FOUND if company else NOT_ENTREPRENEUR
    if answer.get("status") in ENDED:
        return COMPANY_LIQUIDATED if company else ENTREPRENEUR_ENDED
    return ""


def bars_told(rows: Iterable[StateData]) -> list[str]:
    """What the answers that are kept with a case say against its applicant (R1.1, R4.1)."""
    answered = (row for row in rows if row.source in (COMPANY, ENTREPRENEUR) and row.answered_at is not None)
    return [bar for row in answered if (bar := bar_to_apply(row.answer, company=row.source == COMPANY))]
