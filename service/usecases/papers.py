"""A paper is rendered, kept, shown and signed in the browser: what every signed paper has in common (R9.1)."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from service.domain.case import PERMIT, Case
from service.domain.consent import Consent
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, Position, PreparedDocument, SignatureRecord
from service.domain.document_data import kept_content
from service.domain.documents import Letter
from service.domain.errors import CaseChanged, Forbidden, NotLawful
from service.domain.look_alikes import CODE_LENGTH, CODE_LETTERS, grouped
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.domain.signatures import Requirement
from service.operations import SignedPaper
from service.usecases.editions import LoadedEdition
from service.usecases.evidence import verified_pdf
from service.usecases.services import Services

GOOD_FOR = timedelta(minutes=30)
"""A prepared paper shows its time; after this it has to be prepared again."""


@dataclass(frozen=True)
class Page:
    """What is to be signed: a letter to be rendered, or `signed_sha256`, a paper that somebody has signed before.

    `act` and `task_id` say what the signature does: an act beside the diagram, or a task.
    """

    case_id: int
    edition: LoadedEdition
    officer: Officer
    kind: str
    number: str
    code: str
    at: datetime
    letter: Letter | None = None
    signed_sha256: str = ""
    signatures: int = 1
    answers: Mapping[str, Any] = field(default_factory=dict)
    task_id: int | None = None
    act: str = ""
    said_until: int = 0


def make_ready(services: Services, page: Page) -> PreparedDocument:
    """Render the paper, leave room for the signature, and keep both until the signature arrives.

    A paper that has been signed before is not rendered again: the next signature is added to it, and covers it whole.
    """
    if page.letter is None:
        pdf = services.files.read(page.signed_sha256)
    else:
        edition = page.edition
        pdf = services.press.render(page.letter, at=page.at, edition=edition.sha256, files=edition.files)
    reserved, start, end = services.papers.prepare(pdf, signer=page.officer.full_name, reason=page.number, at=page.at)
    prepared = PreparedDocument(
        id=str(uuid.uuid4()),
        case_id=page.case_id,
        task_id=page.task_id,
        act=page.act,
        officer_id=page.officer.id,
        kind=page.kind,
        number=page.number,
        sha256=services.files.put(reserved),
        region_start=start,
        region_end=end,
        verification_code=page.code,
        prepared_at=page.at,
        certificate_serial=page.officer.certificate_serial,
        answers=dict(page.answers),
        signatures=page.signatures,
        content=kept_content(page.letter) if page.letter is not None else {},
        said_until=page.said_until,
    )
    with services.unit_of_work() as uow:
        uow.add(prepared)
        uow.commit()
    return prepared


def verification_code() -> str:
    """Sixteen letters and digits that nobody mistakes for each other, in groups of four."""
    return grouped("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)))


def bytes_to_sign(services: Services, prepared: PreparedDocument) -> bytes:
    """The bytes over which the signature is made: the whole PDF without the place that is kept for it."""
    pdf = services.files.read(prepared.sha256)
    return pdf[: prepared.region_start] + pdf[prepared.region_end :]


def own_prepared(services: Services, prepared_id: str, actor: Actor) -> PreparedDocument:
    """A prepared paper; only the officer who prepared it may see it or sign it."""
    with services.reading() as uow:
        prepared = uow.get(PreparedDocument, prepared_id)
    if prepared.officer_id != actor.officer_id:
        raise Forbidden(what="prepared_document")
    return prepared


def signed_by(services: Services, prepared: PreparedDocument, actor: Actor, cms: bytes) -> SignedPaper:
    """Put the officer's signature into the paper and check it; the file is kept, nothing else is changed.

    Raises `SignatureRefused` with its reasons, `CaseChanged` when the paper is too old or of yesterday, `NotLawful`
    when it names another certificate than it was signed with (`certificate_changed`, A3.5).
    """
    require_fresh(prepared, services.clock.now())
    pdf = services.files.read(prepared.sha256)
    signed = services.papers.embed(pdf, prepared.region_start, prepared.region_end, cms)
    settings = services.settings
    body = settings.reviewer_bin if "reviewer" in actor.roles else settings.shep_bin
    required = Requirement.officer(actor.iin, body)
    evidence = verified_pdf(services, signed, required, purpose=prepared.kind, signatures=prepared.signatures)
    # The strip names the certificate of who signs first; a later signer's stands in the signature alone.
    if prepared.signatures == 1 and evidence.certificate_serial != prepared.certificate_serial:
        _remember_certificate(services, actor, evidence)
        raise NotLawful("certificate_changed", "A3.5")
    evidence.case_id = prepared.case_id
    return SignedPaper(
        kind=prepared.kind,
        number=prepared.number,
        code=prepared.verification_code,
        content=prepared.content,
        sha256=services.files.put(signed),
        evidence=evidence,
        signatures=prepared.signatures,
    )


def _remember_certificate(services: Services, actor: Actor, evidence: SignatureRecord) -> None:
    """The officer has another key than the paper says: the next paper names it."""
    with services.unit_of_work() as uow:
        uow.locked.one(Officer, actor.officer_id).certificate_serial = evidence.certificate_serial
        uow.commit()


def content_of(uow: UnitOfWork, document: IssuedDocument) -> dict[str, Any]:
    """What a document says; one that was issued before documents kept it says what it was prepared from."""
    if document.content is not None:
        return document.content
    prepared = uow.find(PreparedDocument, verification_code=document.verification_code)
    return prepared.content if prepared is not None else {}


def is_fresh(prepared: PreparedDocument, now: datetime) -> bool:
    """Whether the paper still shows the right day and hour."""
    return local(now).date() == local(prepared.prepared_at).date() and now - prepared.prepared_at <= GOOD_FOR


def require_fresh(prepared: PreparedDocument, now: datetime) -> None:
    """Refuse a paper that shows another day, or an hour that has long passed."""
    if not is_fresh(prepared, now):
        raise CaseChanged(what="prepared_document")


def said_so_far(uow: UnitOfWork, case: Case) -> Sequence[Position]:
    """The answers of a case; before an invitation nobody has anything to answer (L73.3)."""
    return uow.cases.positions(case.id) if case.notified_on else ()


def require_answers_read(uow: UnitOfWork, case: Case, prepared: PreparedDocument) -> None:
    """Refuse a decision while an answer in time was recorded after its paper was prepared: it is read first (L73.3).

    So is the withdrawal of the consent on an application (A1.10.5).
    """
    said = said_so_far(uow, case)
    if any(each.id > prepared.said_until and not each.late for each in said):
        raise CaseChanged(what="position")
    consent = uow.find(Consent, case_id=case.id) if case.procedure == PERMIT else None
    if consent is not None and consent.withdrawn_at is not None and consent.withdrawn_at > prepared.prepared_at:
        raise CaseChanged(what="consent")


def require_role(uow: UnitOfWork, actor: Actor, role: str) -> None:
    """The signer holds the role on the day of signing, also when the session is older (R9.1)."""
    held = {assignment.role for assignment in uow.people.roles(actor.officer_id or 0, local(uow.now).date())}
    if role not in held:
        raise Forbidden(what="role", role=role)
