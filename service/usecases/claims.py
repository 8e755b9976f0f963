"""Claims in court: recorded, provided with the two documents, ended by a court act in force (R15.1, R15.2, D8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.appeal import UNDECIDED, Contests
from service.domain.case import Attachment, Case
from service.domain.claims import (
    DEFENCE,
    OF_CLAIM,
    POSITION,
    Claim,
    ClaimResult,
    CourtAct,
    claim_problems,
    papers_term,
    require_closable,
)
from service.domain.deadlines import local, registered_on
from service.domain.duties import COURT_ORDER, Duty
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.files import clean_file_name
from service.domain.forms import Problem
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.operations import Work
from service.operations.appeals.contested import cancelled_before, take_up_again, tell_unit, undo_act
from service.operations.duties import end_duty, open_duty
from service.usecases.claim_checks import NOTHING_WRONG, act_problems, named_by_claim
from service.usecases.complaint_intake import terms_today
from service.usecases.moves import Move
from service.usecases.other_cases import CasesReached
from service.usecases.services import Services


def record_claim(
    services: Services, actor: Actor, answers: Mapping[str, Any], wrong: Mapping[str, Problem] = NOTHING_WRONG
) -> Claim:
    """Record a claim; a duty arises to prepare both documents for the court (R15.2). The act stays as it is (D8).

    `answers`: court, number, filed_on, plaintiff, contests, after_complaint, hearing_on, and where they are known
    case_number and document_number; `wrong` is what could not be read of them. Raises `InvalidAnswers` that names all
    that is missing or wrong at once, also a number under which a claim against the same act is recorded already.
    """
    actor = require(actor, Right.CLAIMS)
    with services.alone() as uow:
        today = local(uow.now).date()
        errors = claim_problems(answers, today, services.calendar.last)
        contested = named_by_claim(uow, answers, errors)
        if "contests" not in errors:
            errors = {**act_problems(uow, Contests(answers["contests"]), contested, answers), **errors}
        if errors or wrong:
            raise InvalidAnswers(errors={**errors, **wrong})
        case, contests = contested.case, Contests(answers["contests"])
        claim = Claim(
            contests=contests,
            court=str(answers["court"]).strip(),
            number=str(answers["number"]).strip(),
            filed_on=answers["filed_on"],
            plaintiff=str(answers["plaintiff"]).strip(),
            recorded_at=uow.now,
            recorded_by=actor.officer_id,
            after_complaint=bool(answers.get("after_complaint")),
            hearing_on=answers.get("hearing_on"),
            contested_case_id=case.id if case else None,
            contested_document_id=contested.document.id if contested.document else None,
            contested_entry_id=contested.entry.id if contested.entry else None,
        )
        uow.add(claim)
        uow.flush()
        uow.note(case, actor, "claim_recorded", court=claim.court, number=claim.number, claim=claim.id)
        since, days = papers_term(services.calendar, claim.hearing_on, today, uow.now)
        open_duty(
            uow, services.calendar, "prepare_for_court", counted_from=since, days=days,
            periods=_periods(services, uow, case), case=case, actor=actor, claim=claim.id,
        )  # fmt: skip
        uow.commit()
        return claim


def attach_claim_document(
    services: Services, claim_id: int, actor: Actor, kind: str, name: str, content: bytes
) -> Attachment:
    """Keep the statement of defence or the position of the head of the superior body; the latest one counts (R15.2).

    Raises `FileRefused`, `NotLawful` for a claim that has ended.
    """
    actor = require(actor, Right.CLAIMS)
    if kind not in (DEFENCE, POSITION):
        raise InvalidAnswers(errors={"kind": Problem("not_an_option")})
    told = services.content_types.recognise(content)
    sha256 = services.files.put(content)
    with services.unit_of_work() as uow:
        claim = uow.locked.one(Claim, claim_id)
        if not claim.is_open:
            raise NotLawful("claim_closed", "R15.2")
        file = Attachment(kind, clean_file_name(name, told), sha256, len(content), told.media_type, uow.now)
        file.case_id, file.purpose = claim.contested_case_id, OF_CLAIM
        uow.add(file)
        uow.flush()
        if kind == DEFENCE:
            claim.defence_id = file.id
        else:
            claim.position_id = file.id
        case = uow.get(Case, claim.contested_case_id) if claim.contested_case_id else None
        uow.note(case, actor, "claim_document_added", kind=kind, name=file.name, sha256=sha256, claim=claim.id)
        if claim.defence_id is not None and claim.position_id is not None:
            _end_duty(uow, claim, actor, claim.number)
        uow.commit()
        return file


def close_claim(services: Services, claim_id: int, actor: Actor, act: CourtAct) -> Claim:
    """End a claim. A court act in force that cancels the act changes the register with its number and date (R15.1).

    A refusal that is cancelled by the court leaves the application undecided: its case reopens with new terms; not
    again, where a decision on a complaint has cancelled it before. What the
    court orders is a duty of the provider: of an inaction that is found unlawful nothing else would come. A claim that
    was entered by mistake stays, marked, and nobody has to prepare for it any more. Raises `NotLawful` without both
    documents (`claim_documents_missing`), `InvalidAnswers` without the court act, without what it orders where an
    inaction is unlawful, or without why it was a mistake.
    """
    actor = require(actor, Right.CLAIMS)
    with services.unit_of_work() as uow:
        claim = uow.locked.one(Claim, claim_id)
        require_closable(claim, act, local(uow.now).date(), services.calendar.last)
        if act.result is ClaimResult.MISTAKEN:
            act = CourtAct(act.result, mistake=act.mistake)
            claim.mistake = act.mistake.strip()
            _end_duty(uow, claim, actor, claim.mistake)
        case = uow.get(Case, claim.contested_case_id) if claim.contested_case_id else None
        claim.result, claim.act_number, claim.act_on = act.result.value, act.number.strip(), act.on
        claim.act_in_force_on, claim.closed_at = act.in_force_on, uow.now
        told = {
            "result": claim.result, "contests": claim.contests.value, "basis": claim.basis, "reason": claim.mistake,
        }  # fmt: skip
        uow.note(case, actor, "claim_closed", claim=claim.id, **told)
        if act.result is ClaimResult.ANNULLED:
            work = _work(services, uow, actor, case)
            stands = cancelled_before(work, claim) is None
            if stands:
                undo_act(work, claim, claim.basis)
            if claim.contests in UNDECIDED and stands:
                take_up_again(work, claim, claim.basis, "")
            elif case is not None and act.ordered.strip():
                tell_unit(work, case, "ordered", claim.basis, act.ordered.strip(), by_court=True)
            elif case is not None and not stands:
                work.note(case, "court_act_received", basis=claim.basis)
            if act.ordered.strip():
                _bind_provider(work, claim, act, case)
        uow.commit()
        return claim


def court_order(uow: UnitOfWork, claim: Claim) -> Duty | None:
    """The duty to do what the court act that ended this claim orders; None where it orders nothing (R15.1)."""
    found = (duty for duty in uow.list(Duty, case_id=claim.contested_case_id) if duty.kind == COURT_ORDER)
    return next((duty for duty in found if duty.details.get("claim") == claim.id), None)


def _bind_provider(work: Work, claim: Claim, act: CourtAct, case: Case | None) -> None:
    """Lay on the provider the duty to do what the court orders, until its day or within the term of a decision."""
    open_duty(
        work.uow, work.calendar, COURT_ORDER, counted_from=registered_on(work.calendar, work.now),
        periods=work.periods, case=case, actor=work.actor, last_day=act.until, claim=claim.id, court_act=claim.basis,
        text=act.ordered.strip(),
    )  # fmt: skip


def preparing(uow: UnitOfWork, claim: Claim) -> list[Duty]:
    """The duty to prepare for this claim, while it is open."""
    found = (duty for duty in uow.list(Duty, case_id=claim.contested_case_id) if duty.kind == "prepare_for_court")
    return [duty for duty in found if duty.is_open and duty.details.get("claim") == claim.id]


def _end_duty(uow: UnitOfWork, claim: Claim, actor: Actor, result: str) -> None:
    for duty in preparing(uow, claim):
        end_duty(uow, duty, actor, result)


def _periods(services: Services, uow: UnitOfWork, case: Case | None) -> Mapping[str, int]:
    """The terms of the case's edition; of a claim without a case, those of the edition in force today (O1)."""
    if case is not None:
        return services.editions.of_case(uow, case).terms
    return terms_today(services, uow)


def _work(services: Services, uow: UnitOfWork, actor: Actor, case: Case | None) -> Work:
    others = CasesReached(uow, services.calendar, actor, lambda case: Move(services, uow, case, actor))
    periods = _periods(services, uow, case)
    return Work(uow, services.calendar, actor, services.editions.functions, periods, others=others)
