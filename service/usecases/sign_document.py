"""A paper is rendered, shown, signed in the browser, and only then the task is done (R9.1)."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import (
    PreparedDocument,
    SignatureRecord,
    require_grounds_with_facts,
    require_lawful_refusal,
)
from service.domain.errors import CaseChanged, Forbidden, NotLawful
from service.domain.numbers import SERIES, number_text
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.domain.signatures import Requirement
from service.operations import SignedPaper
from service.usecases.evidence import verified_pdf
from service.usecases.letters import letter
from service.usecases.moves import Move
from service.usecases.services import Services
from service.usecases.tasks import checked, kept_failures, needs_signature, task_to_do

GOOD_FOR = timedelta(minutes=30)
"""A prepared paper shows its time; after this it has to be prepared again."""

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def prepare_document(
    services: Services, task_id: int, actor: Actor, raw: Mapping[str, list[str]], version: int | None = None
) -> PreparedDocument:
    """Render the paper of a task for signing, with the next number of its series and the signer's certificate.

    Raises `InvalidAnswers`, `NotLawful` (no hearing, too early), `TaskClosed`, and `Forbidden` for answers that lead to
    no document, such as sending back.
    """
    with services.unit_of_work() as uow:
        case, task, tasks = task_to_do(uow, task_id, actor, version)
        move = Move(services, uow, case, actor, tasks=tasks)
        answers = dict(checked(services, uow, move, task, raw))
        if not needs_signature(move, task, answers):
            raise Forbidden(what="no_document")
        kind = move.edition.catalogue.element(task.element).document
        _require_lawful(move, kind)
        officer = uow.get(Officer, actor.officer_id)
        day = local(uow.now).date()
        number = number_text(kind, day.year, uow.peek_number(SERIES[kind], day.year))
        code = verification_code()
        paper = letter(services, uow, move, kind, answers, officer=officer, number=number, code=code)
        task.draft = answers
        uow.commit()
        at, edition = uow.now, move.edition
    pdf = services.press.render(paper, at=at, edition=edition.sha256, files=edition.files)
    reserved, start, end = services.papers.prepare(pdf, signer=officer.full_name, reason=number, at=at)
    prepared = PreparedDocument(
        id=str(uuid.uuid4()),
        task_id=task_id,
        officer_id=officer.id,
        kind=kind,
        number=number,
        sha256=services.files.put(reserved),
        region_start=start,
        region_end=end,
        verification_code=code,
        prepared_at=at,
        certificate_serial=officer.certificate_serial,
        answers=answers,
    )
    with services.unit_of_work() as uow:
        uow.add(prepared)
        uow.commit()
    return prepared


def verification_code() -> str:
    """Sixteen letters and digits that nobody mistakes for each other, in groups of four."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


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


def sign_document(services: Services, prepared_id: str, actor: Actor, cms: bytes) -> Case:
    """Put the officer's signature into the prepared paper, check it, and complete the task in one transaction.

    Raises `SignatureRefused` with its reasons, `CaseChanged` when the paper is too old or of yesterday, `TaskClosed`,
    `NotLawful` when another paper took its number (`number_taken`) or it names another certificate than it was signed
    with (`certificate_changed`, A3.5): then it is prepared again.
    """
    prepared = own_prepared(services, prepared_id, actor)
    _require_fresh(prepared, services.clock.now())
    pdf = services.files.read(prepared.sha256)
    signed = services.papers.embed(pdf, prepared.region_start, prepared.region_end, cms)
    evidence = verified_pdf(services, signed, Requirement.officer(actor.iin), purpose=prepared.kind)
    if evidence.certificate_serial != prepared.certificate_serial:
        _remember_certificate(services, actor, evidence)
        raise NotLawful("certificate_changed", "A3.5")
    paper = SignedPaper(prepared, services.files.put(signed), evidence)
    with kept_failures(services, prepared.task_id), services.unit_of_work() as uow:
        case, task, tasks = task_to_do(uow, prepared.task_id, actor)
        _require_fresh(prepared, uow.now)
        _require_role(uow, actor, task.role)
        move = Move(services, uow, case, actor, paper, tasks)
        _require_lawful(move, prepared.kind)
        evidence.case_id = case.id
        move.complete(task, prepared.answers)
        uow.commit()
        return case


def _remember_certificate(services: Services, actor: Actor, evidence: SignatureRecord) -> None:
    """The officer has another key than the paper says: the next paper names it."""
    with services.unit_of_work() as uow:
        uow.get(Officer, actor.officer_id).certificate_serial = evidence.certificate_serial
        uow.commit()


def _require_fresh(prepared: PreparedDocument, now: datetime) -> None:
    same_day = local(now).date() == local(prepared.prepared_at).date()
    if not same_day or now - prepared.prepared_at > GOOD_FOR:
        raise CaseChanged(what="prepared_document")


def _require_role(uow: UnitOfWork, actor: Actor, role: str) -> None:
    """The signer holds the role on the day of signing, also when the session is older (R9.1)."""
    held = {assignment.role for assignment in uow.people.roles(actor.officer_id or 0, local(uow.now).date())}
    if role not in held:
        raise Forbidden(what="role", role=role)


def _require_lawful(move: Move, kind: str) -> None:
    if kind not in {"refusal", "preliminary_decision"}:
        return
    grounds = require_grounds_with_facts(move.answers("task_examine"))
    if not grounds:
        raise NotLawful("refusal_without_ground", "A1.10.6")
    if kind == "refusal":
        notified = move.case.notified_on
        earliest = move.services.calendar.after(notified, 3) if notified else None
        hearing = move.uow.cases.hearing(move.case.id)
        require_lawful_refusal(hearing, grounds, earliest, local(move.uow.now).date())
