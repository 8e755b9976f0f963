"""A task's paper is rendered, shown, signed in the browser, and only then the task is done (R9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.case import APPEAL, Case
from service.domain.deadlines import local
from service.domain.decisions import PreparedDocument
from service.domain.errors import Forbidden, NotLawful
from service.domain.numbers import SERIES, number_text
from service.domain.people import Actor, Officer
from service.domain.refusals import require_grounds_with_facts, require_lawful_refusal
from service.domain.terms import refusal_from
from service.usecases.complaint_letters import complaint_letter
from service.usecases.drafts import SAVED_BY
from service.usecases.letters import letter
from service.usecases.moves import Move
from service.usecases.papers import (
    Page,
    bytes_to_sign,
    make_ready,
    own_prepared,
    require_answers_read,
    require_fresh,
    require_role,
    said_so_far,
    signed_by,
    verification_code,
)
from service.usecases.services import Services
from service.usecases.tasks import checked, kept_failures, needs_signature, require_draft, task_to_do

__all__ = ["bytes_to_sign", "own_prepared", "prepare_document", "sign_document", "verification_code"]


def prepare_document(
    services: Services,
    task_id: int,
    actor: Actor,
    raw: Mapping[str, list[str]],
    version: int | None = None,
    *,
    known: Mapping[str, Any] | None = None,
    by: Mapping[str, str] | None = None,
) -> PreparedDocument:
    """Render the paper of a task for signing, with the next number of its series and the signer's certificate.

    What is answered stays with the task until it is signed; `by` names the tab that changes each field. Raises
    `InvalidAnswers`, `NotLawful` (no hearing, too early), `TaskClosed`, `DraftChanged` where another tab has kept
    something else than what was `known`, and `Forbidden` for answers that lead to no document, such as sending back.
    """
    with services.unit_of_work() as uow:
        case, task, tasks = task_to_do(uow, task_id, actor, version)
        require_draft(task, known)
        move = Move(services, uow, case, actor.acting_in(task.role), tasks=tasks)
        answers = dict(checked(services, uow, move, task, raw))
        if not needs_signature(move, task, answers):
            raise Forbidden(what="no_document")
        kind = move.edition.catalogue.element(task.element).document
        _require_lawful(move, kind)
        officer = uow.get(Officer, actor.officer_id)
        day = local(uow.now).date()
        number = number_text(kind, day.year, uow.peek_number(SERIES[kind], day.year))
        code = verification_code()
        written = complaint_letter if case.procedure == APPEAL else letter
        paper = written(services, uow, move, kind, answers, officer=officer, number=number, code=code)
        # Before the commit, which gives the case free: what is said after it is not known to this paper.
        said_until = max((each.id for each in said_so_far(uow, case)), default=0)
        task.draft = {**answers, SAVED_BY: {**(task.draft or {}).get(SAVED_BY, {}), **(by or {})}}
        uow.commit()
        page = Page(
            case.id, move.edition, officer, kind, number, code, uow.now, paper, answers=answers, task_id=task_id,
            said_until=said_until,
        )  # fmt: skip
    return make_ready(services, page)


def sign_document(services: Services, prepared_id: str, actor: Actor, cms: bytes) -> Case:
    """Put the officer's signature into the prepared paper, check it, and complete the task in one transaction.

    Raises what `signed_by` raises, `TaskClosed`, `CaseChanged` when an answer in time was recorded since the paper was
    prepared, and `NotLawful` when another paper took its number (`number_taken`): then it is prepared again.
    """
    prepared = own_prepared(services, prepared_id, actor)
    if prepared.task_id is None:
        raise Forbidden(what="prepared_document")
    paper = signed_by(services, prepared, actor, cms)
    with kept_failures(services, prepared.task_id), services.unit_of_work() as uow:
        case, task, tasks = task_to_do(uow, prepared.task_id, actor)
        require_fresh(prepared, uow.now)
        require_answers_read(uow, case, prepared)
        require_role(uow, actor, task.role)
        move = Move(services, uow, case, actor.acting_in(task.role), paper, tasks)
        move.complete(task, prepared.answers)
        uow.commit()
        return case


def _require_lawful(move: Move, kind: str) -> None:
    if kind not in {"refusal", "preliminary_decision"}:
        return
    grounds = require_grounds_with_facts(move.answers("task_examine"))
    if not grounds:
        raise NotLawful("refusal_without_ground", "A1.10.6")
    if kind == "refusal":
        notified = move.case.notified_on
        earliest = notified and refusal_from(move.services.calendar, notified, move.edition.terms)
        hearing = move.uow.cases.hearing(move.case.id)
        said = move.uow.cases.positions(move.case.id)
        require_lawful_refusal(hearing, grounds, earliest, local(move.uow.now).date(), said)
