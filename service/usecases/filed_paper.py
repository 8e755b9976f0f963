"""The application as a paper: printed and kept at filing, so that everybody sees and can check the same one (R3.2)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.decisions import FILED, IssuedDocument, SignatureRecord
from service.domain.ports import UnitOfWork
from service.usecases.letters import application_form
from service.usecases.papers import verification_code
from service.usecases.services import Services


def keep_filed_paper(services: Services, uow: UnitOfWork, case: Case, evidence: SignatureRecord) -> IssuedDocument:
    """Print the application in the form of annex 2 and enter it among the documents of its case (R3.2, A2.1, A3.5).

    The applicant has signed its manifest; this paper says the same in the official form, names that signature, and is
    known by its hash and its code from the moment of filing.
    """
    code, edition = verification_code(), services.editions.of_case(uow, case)
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
    uow.add(document)
    uow.flush()
    return document
