"""The applicant's own permit as the register shows it today, and what a complaint would do to it (R11.2, L91.1)."""

from __future__ import annotations

from service.domain.appeal import Contests
from service.domain.case import Draft
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, RegisterEntry, status_on
from service.web.cabinet.door import program
from service.web.permit_states import STATUS_SHAPES, status_name


def permit_status(entry: RegisterEntry) -> PermitStatus:
    """What the register says of the permit today."""
    with program().reading() as uow:
        return status_on(entry, uow.register.changes(entry.id), local(program().clock.now()).date())


def permit_tag(entry: RegisterEntry) -> tuple[str, str]:
    """The same in words, with its shape."""
    status = permit_status(entry)
    return status_name(status), STATUS_SHAPES[status]


def suspended_by(draft: Draft, entry: RegisterEntry | None, *, late: bool) -> str:
    """The number of the own permit in force that this complaint would suspend; empty where it suspends none (L91.1)."""
    if entry is None or late or draft.answers.get("contests") != Contests.PERMIT:
        return ""
    return entry.number if permit_status(entry) is PermitStatus.IN_FORCE else ""
