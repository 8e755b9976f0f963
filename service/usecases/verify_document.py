"""Is this PDF ours, who signed it and when, and is the permit in force? (R2.4, A3.5, U7)"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PermitStatus, RegisterEntry, SignatureRecord, status_on
from service.domain.files import LARGEST_PAPER, FileRefused
from service.domain.minutes import SIGNATURES, Minutes
from service.domain.ports import UnitOfWork
from service.domain.signatures import Judgement, Requirement, judge
from service.usecases.services import Services

NOT_A_PDF = "not_a_pdf"
PDF_MARK = b"%PDF-"


@dataclass(frozen=True)
class Checked:
    """What a check of a file or of a code has found.

    `genuine`: the file is byte for byte the one we issued. `altered`: it names a document of ours but is another file.
    `judgement` is about the signature inside the file, of an application about the one over its manifest; None when
    there is none or only a code was looked up. `test`
    says that it was made with a development key. `unreadable` says why a file could not be looked into. `signatures` is
    the kept evidence of everybody who signed the document, the last signer's last. `corrected_by` is the newest version
    of a document with a clerical error, `corrects` the one that this version corrects (L82.1).
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
    signatures: tuple[SignatureRecord, ...] = ()
    corrected_by: IssuedDocument | None = None
    corrects: IssuedDocument | None = None


def verify_file(services: Services, pdf: bytes) -> Checked:
    """Check a PDF: its signature by itself, and whether it is the document that we issued.

    A file that cannot be looked into is told by `unreadable`; it cannot be one of ours, whose bytes are known.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    with services.reading() as uow:
        issued = uow.find(IssuedDocument, sha256=digest)
        kept = signatures_of(uow, issued) if issued else ()
    unreadable = "" if issued else _unreadable(services, pdf)
    if unreadable:
        return Checked(False, False, unreadable=unreadable)
    code = services.papers.code_in(pdf) if issued is None else None
    with services.reading() as uow:
        named = uow.find(IssuedDocument, verification_code=code) if code else issued
    if issued is not None and issued.filed:
        judgement, test = _judged_manifest(services, issued, kept), issued.test
    else:
        judgement, test = _judged(services, pdf, SIGNATURES.get(named.kind, 1) if named else 1, kept)
    with services.reading() as uow:
        if named is None:
            return Checked(False, False, judgement=judgement, test=test)
        return _told(uow, named, judgement, genuine=issued is not None, test=test)


def _judged(
    services: Services, pdf: bytes, signatures: int, kept: Sequence[SignatureRecord]
) -> tuple[Judgement | None, bool]:
    """The verdict on the signatures in the file: the first that is not valid, else the last; and whether one is a test.

    Each signer has signed the file as it was then, which is the beginning of the file as it is now. The answers on the
    certificates that were kept at the signing are handed over: they outlive the certificates.
    """
    answers = [base64.b64decode(answer) for record in kept for answer in record.ocsp]
    earlier = services.papers.revisions(pdf, signatures - 1) if signatures > 1 else ()
    judgement, test = None, False
    for count, file in (*enumerate(earlier, 1), (signatures, pdf)):
        evidence = services.signatures.verify_pdf(file, ocsp=answers, signatures=count)
        test = test or evidence.test
        if judgement is None and not evidence.signer_count:
            return None, test
        judgement = judge(evidence, Requirement(), now=services.clock.now())
        if not judgement.valid:
            break
    return judgement, test


def _judged_manifest(
    services: Services, application: IssuedDocument, kept: Sequence[SignatureRecord]
) -> Judgement | None:
    """The verdict on the applicant's signature, which stands over the manifest and not in the PDF (R3.3)."""
    with services.reading() as uow:
        manifest = uow.get(Case, application.case_id).manifest
    if not kept or not manifest:
        return None
    answers = [base64.b64decode(answer) for answer in kept[-1].ocsp]
    evidence = services.signatures.verify_cms(kept[-1].cms, manifest, ocsp=answers)
    return judge(evidence, Requirement(), now=services.clock.now())


def signatures_of(uow: UnitOfWork, document: IssuedDocument) -> tuple[SignatureRecord, ...]:
    """The kept evidence of everybody who signed a document, the last signer's last."""
    if not document.evidence_id:
        return ()
    last = uow.get(SignatureRecord, document.evidence_id)
    if SIGNATURES.get(document.kind, 1) == 1:
        return (last,)
    minutes = uow.find(Minutes, document_id=document.id)
    first = uow.find(SignatureRecord, content_sha256=minutes.first_sha256) if minutes else None
    return (first, last) if first else (last,)


def _unreadable(services: Services, pdf: bytes) -> str:
    """Why nothing in this file is read: "not_a_pdf", "too_large", "damaged", "encrypted"; empty when it can be."""
    if not pdf.startswith(PDF_MARK):
        return NOT_A_PDF
    if len(pdf) > LARGEST_PAPER:
        return "too_large"
    try:
        services.content_types.recognise(pdf, of_stranger=True)
    except FileRefused as refused:
        return "encrypted" if refused.code == "encrypted" else "damaged"
    return ""


def verify_code(services: Services, code: str) -> Checked:
    """Look up a document by the code that is printed on it."""
    with services.reading() as uow:
        found = uow.find(IssuedDocument, verification_code=code.strip().upper())
        return Checked(False, False) if found is None else _told(uow, found, None, genuine=True)


def newest_version(uow: UnitOfWork, document: IssuedDocument) -> IssuedDocument | None:
    """The last corrected version of a document; None when it was never corrected, or is the last itself (L82.1)."""
    newest = uow.find(IssuedDocument, corrects_id=document.id)
    while newest is not None:
        later = uow.find(IssuedDocument, corrects_id=newest.id)
        if later is None:
            return newest
        newest = later
    return None


def _told(
    uow: UnitOfWork, document: IssuedDocument, judgement: Judgement | None, *, genuine: bool, test: bool = False
) -> Checked:
    today = local(uow.now).date()
    signatures = signatures_of(uow, document)
    entry = uow.register.by_number(document.number) if document.kind == "permit" else None
    return Checked(
        genuine=genuine,
        altered=not genuine,
        document=document,
        case_number=uow.get(Case, document.case_id).number,
        evidence=signatures[-1] if signatures else None,
        signatures=signatures,
        corrected_by=newest_version(uow, document),
        corrects=uow.get(IssuedDocument, document.corrects_id) if document.corrects_id else None,
        judgement=judgement,
        entry=entry,
        status=status_on(entry, uow.register.changes(entry.id), today) if entry else None,
        on=today,
        test=test or document.test,
    )
