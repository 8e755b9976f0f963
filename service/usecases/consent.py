"""The applicant withdraws the consent to the use of protected data; the unit learns of it at once (A1.10.5)."""

from __future__ import annotations

from service.domain.case import Case, CaseState
from service.domain.consent import LONGEST_REASON, Consent
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.messages import OfficerNote
from service.domain.people import Applicant
from service.domain.ports import UnitOfWork
from service.operations.in_charge import in_charge
from service.usecases.applicant_acts import own_case
from service.usecases.services import Services


def give_consent(uow: UnitOfWork, case: Case) -> None:
    """Keep when the consent was given: with the signed application, whose manifest states it (A2.3)."""
    uow.add(Consent(case.id, case.received_at))


def withdraw_consent(services: Services, case_id: int, applicant: Applicant, reason: str = "") -> Consent:
    """Record the withdrawal with its time; the unit is told, and finds it as a possible ground 5.

    So is the head before whom a decision lies: what was examined before does not know of it.

    It moves nothing by itself: whether the missing consent is a ground is weighed in the examination. `NotLawful` when
    it was withdrawn before, or the case is closed.
    """
    if len(reason) > LONGEST_REASON:
        raise InvalidAnswers(errors={"reason": Problem("too_long", {"limit": LONGEST_REASON})})
    with services.unit_of_work() as uow:
        case = own_case(uow, case_id, applicant)
        if case.state is CaseState.CLOSED:
            raise NotLawful("case_closed", "A1.10.5")
        consent = uow.find(Consent, case_id=case.id)
        if consent is None or consent.withdrawn_at is not None:
            raise NotLawful("consent_was_withdrawn", "A1.10.5")
        consent.withdrawn_at, consent.reason = uow.now, reason.strip()
        uow.note(case, applicant.actor, "consent_withdrawn", reason=consent.reason)
        executor_id = in_charge(uow, case)
        role = "" if executor_id else "unit"
        uow.add(OfficerNote(case.id, "consent", uow.now, "task_examine", executor_id, role))
        for task in uow.cases.tasks(case.id):
            if task.is_open and task.role == "head":
                uow.add(OfficerNote(case.id, "consent", uow.now, task.element, role="head"))
        uow.commit()
        return consent


def consent_of(services: Services, case_id: int) -> Consent | None:
    """The consent of a case with its state."""
    with services.reading() as uow:
        return uow.find(Consent, case_id=case_id)
