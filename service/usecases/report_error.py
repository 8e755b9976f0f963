"""An officer or the applicant finds a clerical error in an issued document; it is corrected, or is none (L82.1)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.corrections import corrector
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument
from service.domain.duties import Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotFound
from service.domain.forms import told_texts
from service.domain.people import Actor, Applicant
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.operations.duties import end_duty, open_duty
from service.operations.notices import tell
from service.usecases.acts_beside import Scene
from service.usecases.applicant_acts import own_case
from service.usecases.correct_error import LONGEST_REASON, open_fields, waiting_corrections
from service.usecases.services import Services


def report_error(services: Services, document_id: int, actor: Actor, reason: str) -> Duty:
    """An officer says that a document holds a clerical error, and where; it is corrected in 3 working days.

    One report is enough: what is said once more for the same document is added to the duty that is open. `Forbidden`,
    `InvalidAnswers` without a reason, `NotLawful` for a document that is not corrected so.
    """
    actor = require(actor, Right.ERRORS)
    said = _said(reason)
    with services.unit_of_work() as uow:
        document = uow.locked.one(IssuedDocument, document_id)
        duty = _reported(services, uow, document, actor, said)
        uow.commit()
        return duty


def report_own_error(services: Services, document_id: int, applicant: Applicant, reason: str) -> Duty:
    """The applicant says so of a document of the own case; the same duty arises."""
    said = _said(reason)
    with services.unit_of_work() as uow:
        document = uow.locked.one(IssuedDocument, document_id)
        own_case(uow, document.case_id, applicant)
        duty = _reported(services, uow, document, applicant.actor, said)
        uow.commit()
        return duty


def no_error(services: Services, duty_id: int, actor: Actor, reason: str) -> Duty:
    """Who would correct the document finds no clerical error in it: the duty ends, and the person is told why.

    `Forbidden` for who does not hold the role of the duty, `InvalidAnswers` without a reason, `NotLawful` once done.
    """
    said = _said(reason, "no_error")
    with services.unit_of_work() as uow:
        duty = uow.locked.one(Duty, duty_id)
        if duty.kind != "correct_error" or duty.case_id is None or duty.document_id is None:
            raise NotFound(what="duty")
        if duty.role not in actor.roles:
            raise Forbidden(what="duty")
        actor = actor.acting_in(duty.role)
        end_duty(uow, duty, actor, said)
        case, document = uow.get(Case, duty.case_id), uow.get(IssuedDocument, duty.document_id)
        uow.note(case, actor, "no_error_found", number=document.number, reason=said)
        work = Scene(services, uow, case, actor, {}).work
        tell(work, case, "not_corrected", None, document=document.number, reason=said)
        uow.commit()
        return duty


def _said(reason: str, field: str = "reason") -> str:
    if errors := told_texts({field: reason}, {field: LONGEST_REASON}):
        raise InvalidAnswers(errors=errors)
    return reason.strip()


def _reported(services: Services, uow: UnitOfWork, document: IssuedDocument, actor: Actor, reason: str) -> Duty:
    case = uow.get(Case, document.case_id)
    open_fields(uow, document)
    uow.note(case, actor, "error_reported", number=document.number, reason=reason)
    for duty in waiting_corrections(uow, document):
        duty.details = {**duty.details, "reason": f"{duty.details['reason']}\n{reason}"}
        return duty
    return open_duty(
        uow, services.calendar, "correct_error", counted_from=local(uow.now).date(),
        periods=services.editions.of_case(uow, case).terms, case=case, actor=actor, role=corrector(document.kind),
        document_id=document.id, reason=reason,
    )  # fmt: skip
