"""What a person files as a paper: printed and kept at filing, so that all see and can check the same (R3.2, R13.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from service.domain.case import APPEAL, Case
from service.domain.channels import PAPER, Message
from service.domain.decisions import FILED, IssuedDocument, SignatureRecord
from service.domain.documents import Document
from service.domain.messages import OutboxMessage
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.usecases.complaint_letters import complaint_form
from service.usecases.letters import application_form
from service.usecases.papers import verification_code
from service.usecases.services import Services


def ask_for_paper(uow: UnitOfWork, case: Case) -> None:
    """Leave the message that it is to be printed: that is done after the filing, and until it succeeds."""
    uow.add(OutboxMessage(paper_of(case), PAPER, {}, uow.now, uow.now, case.id))


def paper_of(case: Case) -> str:
    """The id of that message."""
    return f"{case.number}/paper"


def print_filed_paper(services: Services, message: Message) -> None:
    """Print the application in the form of annex 2, or the complaint, and enter it among the documents of its case.

    The person has signed its manifest; this paper says the same for people, names that signature, and is known by its
    hash and its code (R3.2, R13.2, A2.1, L93.1, A3.5). It is printed once, while nobody waits for the case.
    """
    code = verification_code()
    with services.reading() as uow:
        case = uow.get(Case, message.case_id)
        if _printed(uow, case):
            return
        kind = FILED[case.procedure]
        evidence = uow.list(SignatureRecord, case_id=case.id, purpose=kind)[0]
        edition = services.editions.of_case(uow, case)
        signer = evidence.signer_name or case.applicant_name
        paper = _MAKERS[kind](
            services, uow, case, signer=signer, serial=evidence.certificate_serial, code=code, test=evidence.test
        )
    pdf = services.press.render(paper, at=case.received_at, edition=edition.sha256, files=edition.files)
    document = IssuedDocument(
        case_id=case.id,
        kind=kind,
        number=case.number,
        sha256=services.files.put(pdf),
        verification_code=code,
        language=case.language,
        signed_at=evidence.signed_at or case.received_at,
        signed_by=signer,
        certificate_serial=evidence.certificate_serial,
        evidence_id=evidence.id,
        delivered_at=case.received_at,
        test=evidence.test,
    )
    with services.unit_of_work() as uow:
        case = uow.cases.lock(case.id)
        if not _printed(uow, case):
            uow.add(document)
            if case.procedure == APPEAL:
                uow.note(case, SYSTEM, "complaint_printed", sha256=document.sha256)
            else:
                uow.note(case, SYSTEM, "application_printed", sha256=document.sha256)
            uow.commit()


_MAKERS: Mapping[str, Callable[..., Document]] = {"application": application_form, "complaint": complaint_form}


def _printed(uow: UnitOfWork, case: Case) -> bool:
    return any(kept.filed for kept in uow.cases.documents(case.id))
