"""What a complaint or a court act does in the register: the permit or a change of it rests, or is undone (R11.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from service.domain.appeal import Complaint, Contests
from service.domain.case import Case
from service.domain.decisions import PermitStatus, RegisterChange, RegisterEntry, status_on
from service.domain.permit_life import told_as
from service.domain.permit_undone import to_cancel, without
from service.operations import Work
from service.operations.notices import tell

UNDONE: Mapping[Contests, PermitStatus] = {
    Contests.PERMIT: PermitStatus.IN_FORCE,
    Contests.CANCELLATION: PermitStatus.CANCELLED,
    Contests.SUSPENSION: PermitStatus.SUSPENDED,
}
"""What the register shows while the contested act is carried out, of those that are entered there."""

TOLD: Mapping[PermitStatus, str] = {
    PermitStatus.IN_FORCE: "permit_resumed",
    PermitStatus.SUSPENDED: "permit_suspended",
    PermitStatus.CANCELLED: "permit_cancelled",
}
"""The notice to the holder of each status into which a complaint or a court act brings the permit (L66.1)."""


class OfEntry(Protocol):
    """What contests a permit, or a change of it."""

    contests: Contests

    @property
    def named_at(self) -> datetime:
        """When it was filed or recorded: what was entered later is not contested by it."""
        ...


def resting(work: Work, entry: RegisterEntry, complaint: Complaint) -> tuple[date, PermitStatus] | None:
    """From which day on the permit is in which state while the contested act rests; None where it is not carried out.

    A change that comes into effect later rests from its own day.
    """
    changes = work.uow.register.changes(entry.id)
    if complaint.contests is Contests.PERMIT:
        rests: tuple[date, PermitStatus] | None = (work.today, PermitStatus.SUSPENDED)
    else:
        rests = _without(work, entry, complaint)
    carried_out = rests is not None and status_on(entry, changes, rests[0]) is UNDONE[complaint.contests]
    return rests if carried_out else None


def undo_entry(work: Work, entry: RegisterEntry, act: OfEntry, basis: str) -> Mapping[str, str]:
    """Undo what is contested, from today or from the day of a change still to come; what was before and what is after.

    A permit is cancelled for good, whatever was entered ahead. Of a change nothing but the change itself is undone:
    what was before it stands again, and what another act has put in its place stays.
    """
    if act.contests is Contests.PERMIT:
        status, days = PermitStatus.CANCELLED, to_cancel(work.uow.register.changes(entry.id), work.today)
    else:
        left = _without(work, entry, act)
        if left is None:
            return {}
        status, days = left[1], [left[0]]
    before = status_from(work, entry, days[0])
    change(work, entry, status, basis, days[0])
    for day in days[1:]:
        work.uow.add(RegisterChange(entry.id, status, day, basis, work.now, work.actor.officer_id))
    return {"before": before.value, "after": status.value}


def _without(work: Work, entry: RegisterEntry, act: OfEntry) -> tuple[date, PermitStatus] | None:
    """From when the permit is in which state without the contested change; complaints against it made it rest."""
    changes = work.uow.register.changes(entry.id)
    against = work.uow.list(Complaint, contested_entry_id=entry.id, contests=act.contests)
    numbers = {work.uow.get(Case, complaint.case_id).number for complaint in against}
    meanwhile = {change.id for change in changes if change.basis in numbers}
    return without(changes, UNDONE[act.contests], act.named_at, meanwhile, work.today)


def change(work: Work, entry: RegisterEntry, status: PermitStatus, basis: str, from_on: date) -> RegisterChange:
    """Write a change of the register with its basis (R11.2), from a day on.

    The holder is told of it, whoever complained or sued (L66.1).
    """
    made = RegisterChange(entry.id, status, from_on, basis, work.now, work.actor.officer_id)
    work.uow.add(made)
    work.uow.flush()
    said: dict[str, Any] = {"permit": entry.number, "from_on": made.from_on.isoformat(), "basis": basis}
    tell(work, work.uow.get(Case, entry.case_id), told_as(TOLD[status], from_on, work.today), **said)
    return made


def status_from(work: Work, entry: RegisterEntry, day: date) -> PermitStatus:
    """What the register shows from a day on."""
    return status_on(entry, work.uow.register.changes(entry.id), day)
