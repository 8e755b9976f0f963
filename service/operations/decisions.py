"""Conclusions and decisions: weighed grounds, signed papers (R7.1-R7.3, R8.4, R9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.domain.case import Case
from service.domain.decisions import IssuedDocument
from service.domain.errors import NotLawful
from service.domain.numbers import SERIES, number_text
from service.domain.refusals import require_grounds_with_facts, require_lawful_refusal, unheard, wants_to_be_heard
from service.domain.terms import refusal_from
from service.operations import SignedPaper, Work, operation


@operation(returns=("hearing_settled",))
def record_conclusion(work: Work, case: Case) -> Mapping[str, Any]:
    """Weigh the conclusion of the examination: grounds only of the closed list, each with its facts (A1.10.1-A1.10.6).

    A conclusion that conforms must agree with the guarantee letter (A1.9.3). Grounds that were not put to the applicant
    at an earlier hearing, and those that a hearing has answered in the applicant's favour, need a hearing of their own
    (R8.1, R8.4); so do all of them where an oral one was asked for in time and not held (L73.3).
    """
    grounds = require_grounds_with_facts(work.answers("task_examine"))
    work.note(case, "conclusion_recorded", grounds=list(grounds))
    # Without an answer to the task of inviting there was neither a hearing nor an exemption from it.
    invited = bool(grounds and work.answers("task_invite_hearing"))
    hearing = work.uow.cases.hearing(case.id) if invited else None
    needs_another = hearing is not None and (
        unheard(hearing, grounds)
        or hearing.outcome == "grant"
        or wants_to_be_heard(hearing, work.uow.cases.positions(case.id))
    )
    return {"hearing_settled": False} if needs_another else {}


@operation(returns=("permit_number",))
def issue_permit(work: Work, case: Case) -> Mapping[str, Any]:
    """Issue the permit that the head has signed, under the next number of its series (R7.2, R9.1, A3.3)."""
    document = _issued(work, case)
    work.note(case, "permit_issued", number=document.number)
    return {"permit_number": document.number}


@operation()
def issue_refusal(work: Work, case: Case) -> None:
    """Issue the reasoned refusal that the head has signed (R7.3, R8.4, L73.1).

    Blocked without a hearing held, an applicant duly notified and silent, or a recorded exemption.
    """
    grounds = require_grounds_with_facts(work.answers("task_examine"))
    earliest = case.notified_on and refusal_from(work.calendar, case.notified_on, work.periods)
    said = work.uow.cases.positions(case.id)
    require_lawful_refusal(work.uow.cases.hearing(case.id), grounds, earliest, work.today, said)
    document = _issued(work, case)
    work.note(case, "refusal_issued", number=document.number, grounds=list(grounds))


@operation()
def issue_not_considered(work: Work, case: Case) -> None:
    """Issue the signed notice of refusal of further consideration, with every missing or expired item (R6.2, D7)."""
    document = _issued(work, case)
    work.note(case, "not_considered_issued", number=document.number)


def issue(work: Work, case: Case, *, delivered_at: datetime | None = None) -> IssuedDocument:
    """Enter the paper that was just signed among the case's documents; its number is taken from the series here."""
    document = _issued(work, case, delivered_at)
    work.uow.flush()
    return document


def _issued(work: Work, case: Case, delivered_at: datetime | None = None) -> IssuedDocument:
    """The same, whose key comes with what follows: its delivery is written by the same statement (R9.2)."""
    signed = signed_paper(work)
    take_number(work, signed)
    work.uow.add(signed.evidence)
    work.uow.flush()
    return _entered(work, case, signed, work.now, delivered_at)


def signed_paper(work: Work) -> SignedPaper:
    """The paper that the step signs; `NotLawful` when there is none (R9.1)."""
    if work.signed is None:
        raise NotLawful("signature_missing", "R9.1")
    return work.signed


def take_number(work: Work, signed: SignedPaper) -> None:
    """Take the number of a signed paper from its series.

    The number was printed before the signature; should another paper have taken it meanwhile, nothing is issued and
    the paper has to be signed again (`number_taken`), so that the series has no gap and no number twice (A3.3).
    """
    number = number_text(signed.kind, work.today.year, work.uow.next_number(SERIES[signed.kind], work.today.year))
    if number != signed.number:
        raise NotLawful("number_taken", "A3.3", number=signed.number)


def enter(
    work: Work,
    case: Case,
    signed: SignedPaper,
    *,
    at: datetime,
    delivered_at: datetime | None = None,
    corrects: IssuedDocument | None = None,
) -> IssuedDocument:
    """Enter a signed paper, whose evidence is kept, among the documents of a case under the number that it bears.

    Who signed it stands there as the certificate names them. A corrected one bears the number of the document that it
    `corrects` (L82.1).
    """
    document = _entered(work, case, signed, at, delivered_at, corrects)
    work.uow.flush()
    return document


def _entered(
    work: Work,
    case: Case,
    signed: SignedPaper,
    at: datetime,
    delivered_at: datetime | None,
    corrects: IssuedDocument | None = None,
) -> IssuedDocument:
    document = IssuedDocument(
        case_id=case.id,
        kind=signed.kind,
        number=signed.number,
        sha256=signed.sha256,
        verification_code=signed.code,
        language=case.language,
        signed_at=at,
        signed_by=signed.evidence.signer_name,
        certificate_serial=signed.evidence.certificate_serial,
        evidence_id=signed.evidence.id,
        delivered_at=delivered_at,
        test=signed.evidence.test,
        correction=corrects.correction + 1 if corrects else 0,
        corrects_id=corrects.id if corrects else None,
        content=signed.content,
    )
    work.uow.add(document)
    work.issued.append(document)
    return document
