"""What was typed wrong of an open claim in court is corrected with a reason; the journal keeps both values (R15.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.case import Case, Deadline, DeadlineKind
from service.domain.claims import Claim, claim_problems, papers_term
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.duties import Duty, duty_due
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import LONGEST_SENTENCES, Problem, told_texts
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.operations.duty_terms import begin_term, move_term
from service.usecases.claim_checks import NOTHING_WRONG, act_problems
from service.usecases.claims import preparing
from service.usecases.complaint_intake import Contested
from service.usecases.services import Services

CORRECTED = ("court", "number", "plaintiff", "filed_on", "hearing_on", "after_complaint")
"""What can be corrected; a claim that names another act was entered by mistake."""


def correct_claim(
    services: Services,
    claim_id: int,
    actor: Actor,
    answers: Mapping[str, Any],
    reason: str,
    wrong: Mapping[str, Problem] = NOTHING_WRONG,
) -> Claim:
    """Put what `answers` say in the place of what was typed; another day in court moves the duty to prepare for it.

    `wrong` is what could not be read of them. Raises `InvalidAnswers` that names all that is wrong at once, and
    `NotLawful` for a claim that has ended.
    """
    actor = require(actor, Right.CLAIMS)
    with services.alone() as uow:
        claim = uow.locked.one(Claim, claim_id)
        if not claim.is_open:
            raise NotLawful("claim_closed", "R15.2")
        errors = claim_problems(answers, local(uow.now).date(), services.calendar.last)
        errors |= told_texts({"reason": reason}, {"reason": LONGEST_SENTENCES})
        errors = {**act_problems(uow, claim.contests, _contested(uow, claim), answers, claim.id), **errors, **wrong}
        changed = {name: value for name, value in _told(answers).items() if value != getattr(claim, name)}
        if not changed:
            errors.setdefault("court", Problem("nothing_changed"))
        if errors:
            raise InvalidAnswers(errors=errors)
        before = {name: _kept(getattr(claim, name)) for name in changed}
        for name, value in changed.items():
            setattr(claim, name, value)
        case = uow.get(Case, claim.contested_case_id) if claim.contested_case_id else None
        said = {"before": before, "after": {name: _kept(value) for name, value in changed.items()}}
        uow.note(case, actor, "claim_corrected", claim=claim.id, number=claim.number, reason=reason.strip(), **said)
        if "hearing_on" in changed:
            for duty in preparing(uow, claim):
                _move(services, uow, claim, duty, actor, case)
        uow.commit()
        return claim


def _contested(uow: UnitOfWork, claim: Claim) -> Contested:
    return Contested(
        uow.get(Case, claim.contested_case_id) if claim.contested_case_id else None,
        uow.get(IssuedDocument, claim.contested_document_id) if claim.contested_document_id else None,
        uow.get(RegisterEntry, claim.contested_entry_id) if claim.contested_entry_id else None,
    )


def _told(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as a claim keeps them."""
    found = {name: answers.get(name) for name in CORRECTED}
    texts = {name: str(found[name] or "").strip() for name in ("court", "number", "plaintiff")}
    return {**found, **texts, "after_complaint": bool(found["after_complaint"])}


def _kept(value: Any) -> Any:
    """A value as the journal keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _move(services: Services, uow: UnitOfWork, claim: Claim, duty: Duty, actor: Actor, case: Case | None) -> None:
    """The papers are due before the new day in court (R15.2); a term that was missed stays, and another begins."""
    recorded_on = local(claim.recorded_at).date()
    since, days = papers_term(services.calendar, claim.hearing_on, recorded_on, uow.now)
    before, after = duty.due_at, duty_due(services.calendar, since, days)
    if after == before:
        return
    duty.counted_from, duty.days = since, days
    move_term(uow, services.calendar, duty, after)
    terms = [row for row in uow.list(Deadline, duty_id=duty.id) if row.kind is DeadlineKind.TERM]
    if not any(row.waits for row in terms):
        begin_term(uow, services.calendar, duty)
    moved = {"before": before.isoformat(), "after": after.isoformat()}
    uow.note(case, actor, "duty_moved", duty=duty.kind, law=duty.law, **moved)
