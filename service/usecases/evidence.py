"""Verifies a signature before any transaction and keeps what was found (R2.4)."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from service.domain.decisions import SignatureRecord
from service.domain.errors import RuqsatError, SignatureRefused
from service.domain.signatures import Evidence, Judgement, Requirement, Verdict, judge
from service.usecases.services import Services


def verified(
    services: Services, cms: bytes, content: bytes, requirement: Requirement, *, purpose: str, may_wait: bool = False
) -> SignatureRecord:
    """Check a signature over `content`; `SignatureRefused` with its reasons if it is not valid.

    With `may_wait` one that could not be checked yet is accepted as unchecked: nobody is refused because a service
    was down.
    """
    return _kept(services, services.signatures.verify_cms(cms, content), requirement, purpose, may_wait, content)


def verified_pdf(
    services: Services, pdf: bytes, requirement: Requirement, *, purpose: str, signatures: int = 1
) -> SignatureRecord:
    """Check the last of so many signatures inside a PDF, which covers the whole file."""
    evidence = services.signatures.verify_pdf(pdf, signatures=signatures)
    return _kept(services, evidence, requirement, purpose, False, pdf)


def _kept(
    services: Services, evidence: Evidence, requirement: Requirement, purpose: str, may_wait: bool, content: bytes
) -> SignatureRecord:
    now = services.clock.now()
    judgement = judge(evidence, requirement, now=now)
    if services.settings.production and evidence.test:
        raise SignatureRefused(reasons=["test_signature"])
    if judgement.verdict is Verdict.INVALID:
        raise SignatureRefused(reasons=[reason.value for reason in judgement.reasons])
    if judgement.verdict is Verdict.UNCHECKED and not may_wait:
        raise SignatureUnchecked(reasons=[reason.value for reason in judgement.reasons])
    return record(evidence, judgement, purpose, now, content)


class SignatureUnchecked(RuqsatError):
    """The signature could not be checked now, for no fault of the signer: try again a little later."""

    code = "signature_unchecked"


def record(evidence: Evidence, judgement: Judgement, purpose: str, now: datetime, content: bytes) -> SignatureRecord:
    """The evidence as it is stored."""
    signer = evidence.signer
    return SignatureRecord(
        purpose=purpose,
        content_sha256=hashlib.sha256(content).hexdigest(),
        cms=evidence.cms,
        verdict=judgement.verdict.value,
        reasons=[reason.value for reason in judgement.reasons],
        signer_iin=signer.iin if signer else "",
        signer_bin=signer.bin if signer else "",
        signer_name=signer.full_name if signer else "",
        signer_organisation=signer.organisation if signer else "",
        certificate_serial=signer.serial if signer else "",
        checked_at=now,
        signed_at=judgement.signed_at or now,
        engine=evidence.engine,
        certificates=[base64.b64encode(der).decode() for der in evidence.certificates],
        ocsp=[base64.b64encode(der).decode() for der in evidence.ocsp],
        test=evidence.test,
    )
