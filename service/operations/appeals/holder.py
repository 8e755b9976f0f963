"""The holder of a permit that somebody else contests is heard before it is cancelled or sent back (L73.1, L100.1)."""

from __future__ import annotations

from service.domain.appeal import AGAINST_HOLDER, Complaint, Contests
from service.domain.case import Case
from service.domain.decisions import Hearing
from service.domain.ports import UnitOfWork


def holder_of(uow: UnitOfWork, complaint: Complaint, case: Case) -> Case | None:
    """The holder's case where the complaint of somebody else contests the permit; None in every other complaint."""
    if complaint.contests is not Contests.PERMIT or complaint.contested_case_id is None:
        return None
    contested = uow.get(Case, complaint.contested_case_id)
    return contested if contested.identifier != case.identifier else None


def against_holder(uow: UnitOfWork, complaint: Complaint, case: Case, outcome: str) -> Case | None:
    """The case of the holder whom this outcome would take the permit from; None where it takes it from nobody else."""
    return holder_of(uow, complaint, case) if outcome in AGAINST_HOLDER else None


def holder_heard(uow: UnitOfWork, hearing_id: int) -> Case | None:
    """The case of the permit's holder whom this hearing has heard; None where it was the person whose case it is."""
    hearing = uow.get(Hearing, hearing_id)
    complaint = uow.find(Complaint, case_id=hearing.case_id) if hearing.of_holder else None
    return holder_of(uow, complaint, uow.get(Case, hearing.case_id)) if complaint else None


def latest_hearing(uow: UnitOfWork, case: Case, *, of_holder: bool) -> Hearing | None:
    """The latest hearing of the holder, or of the person who complained."""
    found = (held for held in reversed(uow.list(Hearing, case_id=case.id)) if held.of_holder == of_holder)
    return next(found, None)
