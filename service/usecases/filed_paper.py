"""The application as a paper: printed and kept at filing, so that everybody sees and can check the same one (R3.2)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.channels import PAPER, Message
from service.domain.decisions import FILED, IssuedDocument, SignatureRecord
from service.domain.messages import OutboxMessage
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.usecases.letters import application_form
from service.usecases.papers import verification_code
from service.usecases.services import Services


def ask_for_paper(uow: UnitOfWork, case: Case) -> None:
    """Leave the message that the application is to be printed: it is done after the filing, and until it succeeds."""
    uow.add(OutboxMessage(paper_of(case), PAPER, {}, uow.now, uow.now, case.id))


def paper_of(case: Case) -> str:
    """The id of that message."""
    return f"{case.number}/paper"


def print_filed_paper(services: Services, message: Message) -> None:
    """Print the application in the form of annex 2 and enter it among the documents of its case (R3.2, A2.1, A3.5).

    The applicant has signed its manifest; this paper says the same in the official form, names that signature, and is
    known by its hash and its code. It is printed once, while nobody waits for the case.
    """
    code = verification_code()
    with services.reading() as uow:
        case = uow.get(Case, message.case_id)
        if _printed(uow, case):
            return
        evidence = uow.list(SignatureRecord, case_id=case.id, purpose="application")[0]
        edition = services.editions.of_case(uow, case)
        signer = evidence.signer_name or case.applicant_name
        paper = application_form(
            services, uow, case, signer=signer, serial=evidence.certificate_serial, code=code, test=evidence.test
        )
    pdf = services.press.render(paper, at=case.received_at, edition=edition.sha256, files=edition.files)
    document = IssuedDocument(
        case_id=case.id,
        kind=FILED,
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
            uow.note(case, SYSTEM, "application_printed", sha256=document.sha256)
            uow.commit()


def _printed(uow: UnitOfWork, case: Case) -> bool:
    return any(kept.filed for kept in uow.cases.documents(case.id))
