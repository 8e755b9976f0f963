"""Which complaints stand in the package of the case that they contest, and how much of each its reader gets (L69.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.appeal import Complaint
from service.domain.case import Case
from service.domain.decisions import IssuedDocument
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rights import Sight, sight_of


class Reader(StrEnum):
    """For whom a package is made: the provider and who supervises it, the reviewing body, or the applicant."""

    OFFICE = "office"
    REVIEWING_BODY = "reviewing_body"
    APPLICANT = "applicant"

    @classmethod
    def of(cls, actor: Actor) -> Reader:
        """As whom an officer reads: the reviewing body sees of the complaints those sent to it (R13.1)."""
        return cls.REVIEWING_BODY if sight_of(actor) is Sight.REVIEWS else cls.OFFICE


@dataclass(frozen=True)
class Enclosed:
    """A complaint in the package of its contested case.

    It is the `whole` file of the complaint, or its `decision` with every corrected version and, where it is `as_filed`,
    the complaint as the person sent it.
    """

    case: Case
    whole: bool = False
    as_filed: bool = False
    decision: tuple[IssuedDocument, ...] = ()


def complaints_against(uow: UnitOfWork, cases: Sequence[Case], reader: Reader) -> list[Enclosed]:
    """The complaints against the acts of these cases, and against each other, but these cases themselves.

    The provider gets each of them whole, the reviewing body those that were forwarded and of any other its decision
    (R13.1). Applicants get the decisions on their own complaints with these as they were filed, and of a stranger's
    nothing: that is the file of somebody else (L75.1).
    """
    found, known, waiting = [], {case.id for case in cases}, list(cases)
    while waiting:
        contested = waiting.pop(0)
        for complaint in uow.list(Complaint, contested_case_id=contested.id):
            if complaint.case_id not in known:
                known.add(complaint.case_id)
                case = uow.get(Case, complaint.case_id)
                waiting.append(case)
                found += _shown(uow, complaint, case, cases[0], reader)
    return sorted(found, key=lambda enclosed: enclosed.case.id)


def _shown(uow: UnitOfWork, complaint: Complaint, case: Case, read: Case, reader: Reader) -> list[Enclosed]:
    if reader is Reader.OFFICE or (reader is Reader.REVIEWING_BODY and complaint.forwarded_at is not None):
        return [Enclosed(case, whole=True)]
    decision = _decision(uow, complaint)
    if reader is Reader.REVIEWING_BODY:
        return [Enclosed(case, decision=decision)] if decision else []
    return [Enclosed(case, as_filed=True, decision=decision)] if case.identifier == read.identifier else []


def _decision(uow: UnitOfWork, complaint: Complaint) -> tuple[IssuedDocument, ...]:
    """The signed paper that decided the complaint; a corrected version bears the same number (L82.1)."""
    if complaint.decision_id is None:
        return ()
    decided = uow.get(IssuedDocument, complaint.decision_id)
    same_number = uow.list(IssuedDocument, case_id=decided.case_id, number=decided.number)
    return tuple(paper for paper in same_number if paper.kind == decided.kind)
