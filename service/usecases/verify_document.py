"""Is this PDF ours, who signed it and when, and is the permit in force? (R2.4, A3.5, U7)"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PermitStatus, RegisterEntry, SignatureRecord, status_on
from service.domain.files import FileRefused
from service.domain.ports import UnitOfWork
from service.domain.signatures import Judgement, Requirement, judge
from service.usecases.services import Services

NOT_A_PDF = "not_a_pdf"
PDF_MARK = b"%PDF-"


@dataclass(frozen=True)
class Checked:
    """What a check of a file or of a code has found.

    `genuine`: the file is byte for byte the one we issued. `altered`: it names a document of ours but is another file.
    `judgement` is about the signature inside the file, None when it holds none or only a code was looked up; `test`
    says that it was made with a development key. `unreadable` says why a file could not be looked into.
    """

    genuine: bool
    altered: bool
    document: IssuedDocument | None = None
    case_number: str = ""
    evidence: SignatureRecord | None = None
    judgement: Judgement | None = None
    entry: RegisterEntry | None = None
    status: PermitStatus | None = None
    on: date | None = None
    unreadable: str = ""
    test: bool = False


def verify_file(services: Services, pdf: bytes) -> Checked:
    """Check a PDF: its signature by itself, and whether it is the document that we issued.

    A file that cannot be looked into is told by `unreadable`; it cannot be one of ours, whose bytes are known.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    with services.reading() as uow:
        issued = uow.find(IssuedDocument, sha256=digest)
        kept = uow.get(SignatureRecord, issued.evidence_id).ocsp if issued and issued.evidence_id else []
    unreadable = "" if issued else _unreadable(services, pdf)
    if unreadable:
        return Checked(False, False, unreadable=unreadable)
    # The answers on the certificate that were kept when it signed: they outlive it.
    evidence = services.signatures.verify_pdf(pdf, ocsp=[base64.b64decode(answer) for answer in kept])
    judgement = judge(evidence, Requirement(), now=services.clock.now()) if evidence.signer_count else None
    with services.reading() as uow:
        if issued is not None:
            return _told(uow, issued, judgement, genuine=True, test=evidence.test)
        code = services.papers.code_in(pdf)
        named = uow.find(IssuedDocument, verification_code=code) if code else None
        if named is not None:
            return _told(uow, named, judgement, genuine=False, test=evidence.test)
    return Checked(False, False, judgement=judgement, test=evidence.test)


def _unreadable(services: Services, pdf: bytes) -> str:
    """Why nothing in this file can be read: "not_a_pdf", "damaged", "encrypted"; empty when it can be."""
    if not pdf.startswith(PDF_MARK):
        return NOT_A_PDF
    try:
        services.content_types.recognise(pdf)
    except FileRefused as refused:
        return "encrypted" if refused.code == "encrypted" else "damaged"
    return ""


def verify_code(services: Services, code: str) -> Checked:
    """Look up a document by the code that is printed on it."""
    with services.reading() as uow:
        found = uow.find(IssuedDocument, verification_code=code.strip().upper())
        return Checked(False, False) if found is None else _told(uow, found, None, genuine=True)


def _told(
    uow: UnitOfWork, document: IssuedDocument, judgement: Judgement | None, *, genuine: bool, test: bool = False
) -> Checked:
    today = local(uow.now).date()
    entry = uow.register.of_case(document.case_id) if document.kind == "permit" else None
    return Checked(
        genuine=genuine,
        altered=not genuine,
        document=document,
        case_number=uow.get(Case, document.case_id).number,
        evidence=uow.get(SignatureRecord, document.evidence_id) if document.evidence_id else None,
        judgement=judgement,
        entry=entry,
        status=status_on(entry, list(uow.register.changes(entry.id)), today) if entry else None,
        on=today,
        test=test or document.test,
    )
