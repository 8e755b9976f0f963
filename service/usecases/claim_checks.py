"""What a claim says beside what we know of the act it contests, and beside the other claims against it (R15.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from service.domain.appeal import WRITTEN_ACTS, Contests
from service.domain.claims import CONTESTED, Claim, ClaimResult, plain_number
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.ports import UnitOfWork
from service.usecases.complaint_intake import CHANGED, Contested, contested_by, named_act, require_act

NOTHING_WRONG: Mapping[str, Problem] = MappingProxyType({})
"""What could not be read of a form whose fields were all read."""


def named_by_claim(uow: UnitOfWork, answers: Mapping[str, Any], errors: dict[str, Problem]) -> Contested:
    """What a new claim says that it is against; what is wrong with that is added to the other errors."""
    contests = answers.get("contests")
    if contests not in CONTESTED:
        errors["contests"] = Problem("required")
    try:
        case, document_id = named_act(uow, answers)
        if contests not in CONTESTED:
            return Contested(case)
        contested = contested_by(uow, Contests(contests), case.id if case else None, document_id)
        require_act(contested, Contests(contests))
    except InvalidAnswers as problem:
        errors.update(problem.data["errors"])
        return Contested()
    return contested


def act_problems(
    uow: UnitOfWork, contests: Contests, contested: Contested, answers: Mapping[str, Any], own: int | None = None
) -> dict[str, Problem]:
    """What the act says against the day and the number of a claim, whose key is `own` once it is recorded (R15.1).

    Nobody contests an act before it is there, and the court gives one number to one claim against it.
    """
    errors: dict[str, Problem] = {}
    filed_on, first = answers.get("filed_on"), _act_day(uow, contests, contested)
    if isinstance(filed_on, date) and first is not None and filed_on < first:
        errors["filed_on"] = Problem("before_act", {"earliest": first.isoformat()})
    case_id, number = contested.case.id if contested.case else None, plain_number(answers.get("number"))
    for other in uow.list(Claim, contests=contests, contested_case_id=case_id):
        same_act = contests not in WRITTEN_ACTS.values() or _paper(uow, other) == _number(contested.document)
        is_claim = other.id != own and other.result != ClaimResult.MISTAKEN
        if number and is_claim and same_act and plain_number(other.number) == number:
            said = {"number": other.number, "court": other.court, "filed_on": other.filed_on.isoformat()}
            errors["number"] = Problem("claim_is_recorded", said)
    return errors


def _act_day(uow: UnitOfWork, contests: Contests, contested: Contested) -> date | None:
    """The first day on which the contested act was there; None for an act that is not ours.

    A paper is there from its signature on, whatever was corrected in it since; an action not before its case.
    """
    paper, entry = contested.document, contested.entry
    if entry is not None and contests in CHANGED:
        made = [change for change in uow.register.changes(entry.id) if change.status is CHANGED[contests]]
        return min((local(change.recorded_at).date() for change in made), default=entry.issued_on)
    if paper is not None and WRITTEN_ACTS.get(paper.kind) is contests:
        versions = uow.list(IssuedDocument, case_id=paper.case_id, number=paper.number)
        return min(local(version.signed_at).date() for version in versions if version.kind == paper.kind)
    return local(contested.case.received_at).date() if contested.case else None


def _paper(uow: UnitOfWork, claim: Claim) -> str:
    return _number(uow.get(IssuedDocument, claim.contested_document_id) if claim.contested_document_id else None)


def _number(document: IssuedDocument | None) -> str:
    return document.number if document else ""
