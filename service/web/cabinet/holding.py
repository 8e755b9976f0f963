"""The applicant's own permit as the register shows it today, and what a complaint would do to it (R11.2, L91.1)."""

from __future__ import annotations

from service.domain.appeal import Contests
from service.domain.case import Draft
from service.domain.decisions import PermitStatus, RegisterEntry
from service.web.cabinet.door import program
from service.web.permit_states import status_today


def suspended_by(draft: Draft, entry: RegisterEntry | None, *, late: bool) -> str:
    """The number of the own permit in force that this complaint would suspend; empty where it suspends none (L91.1)."""
    if entry is None or late or draft.answers.get("contests") != Contests.PERMIT:
        return ""
    return entry.number if status_today(program(), entry) is PermitStatus.IN_FORCE else ""
