"""Puts a complaint into the words of its documents: satisfied, answered, invited, decided (R13.4, R14.1, L100.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from service.domain.appeal import Complaint, Remedy, require_decision
from service.domain.appeal_documents import (
    ComplaintAnswer,
    ComplaintSatisfied,
    ContestedAct,
    FiledComplaint,
    ReviewDecision,
    ReviewInvitation,
)
from service.domain.appeal_effects import ordered_until, require_term_to_come
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.document_parts import HearingFacts, HearingInvitation, Strip, Words
from service.domain.documents import Letter
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.forms import Problem
from service.domain.hearing_hours import hearing_start
from service.domain.numbers import SERIES, number_text
from service.domain.people import Officer
from service.domain.ports import UnitOfWork
from service.domain.terms import is_preliminary, objection_until, refusal_from
from service.operations.appeals.holder import against_holder, latest_hearing
from service.usecases.editions import LoadedEdition
from service.usecases.letters import (
    appeal_notice,
    attached,
    code_address,
    common_fields,
    hearing_held,
    letter,
    letter_fields,
    option,
    party_of,
    provider,
    reviewing_body,
)
from service.usecases.moves import Move
from service.usecases.services import Services


def complaint_letter(
    services: Services,
    uow: UnitOfWork,
    move: Move,
    kind: str,
    answers: Mapping[str, Any],
    *,
    officer: Officer,
    number: str,
    code: str,
) -> Letter:
    """The document of a task of a complaint; a permit is that of the contested case, as if it were signed there."""
    complaint = uow.find(Complaint, case_id=move.case.id)
    if complaint is None:
        raise NotFound(what="complaint")
    if kind == "permit":
        if complaint.contested_case_id is None:
            raise NotLawful("no_new_act", "L100.1")
        contested = Move(services, uow, uow.get(Case, complaint.contested_case_id), move.actor)
        return letter(services, uow, contested, kind, answers, officer=officer, number=number, code=code)
    common = letter_fields(services, move, officer=officer, number=number, code=code)
    demands = complaint.demands or NOT_STATED[move.case.language]
    common |= {"contested": _contested(uow, move.edition, complaint), "demands": demands}
    return _MAKERS[kind](services, uow, move, complaint, {**common, "answers": answers})


def complaint_form(
    services: Services, uow: UnitOfWork, case: Case, *, signer: str, serial: str, code: str, test: bool
) -> FiledComplaint:
    """The complaint as filed; its strip names the instant of filing (R13.2, L93.1, A3.5)."""
    complaint, edition = uow.find(Complaint, case_id=case.id), services.editions.of_case(uow, case)
    if complaint is None:
        raise NotFound(what="complaint")
    strip = Strip(signer, Words(""), case.received_at, serial, code, code_address(services, code), test)
    day = local(case.received_at).date()
    at_provider = complaint.body == "provider"
    return FiledComplaint(
        **common_fields(services, edition, case, strip),
        addressed_to=(provider if at_provider else reviewing_body)(services, edition, day).name,
        contested=_contested(uow, edition, complaint),
        learned_on=complaint.learned_on,
        circumstances=complaint.circumstances,
        demands=complaint.demands,
        evidence=complaint.evidence,
        residence=complaint.residence,
        postal_address=complaint.postal_address,
        attachments=attached(uow, edition, case),
        signer=signer,
        manifest_sha256=hashlib.sha256(case.manifest).hexdigest(),
    )


NOT_STATED = {"kk": "шағымда көрсетілмеген", "ru": "в жалобе не указаны", "en": "not stated in the complaint"}
"""What stands for the demands of a paper that names none and was accepted all the same (L64.1)."""


def _contested(uow: UnitOfWork, edition: LoadedEdition, complaint: Complaint) -> ContestedAct:
    kind = _listed(edition, "contested_kinds", complaint.contests.value)
    document = uow.get(IssuedDocument, complaint.contested_document_id) if complaint.contested_document_id else None
    entry = uow.get(RegisterEntry, complaint.contested_entry_id) if complaint.contested_entry_id else None
    if document is not None:
        return ContestedAct(kind, document.number, local(document.signed_at).date(), complaint.official)
    return ContestedAct(kind, entry.number if entry else "", None, complaint.official)


def _satisfied(
    services: Services, uow: UnitOfWork, move: Move, complaint: Complaint, common: dict[str, Any]
) -> ComplaintSatisfied:
    common.pop("answers")
    review = move.answers("task_review_complaint")
    by_action = review.get("remedy") == Remedy.ACTION
    return ComplaintSatisfied(
        **common,
        remedy=_listed(move.edition, "remedies", str(review.get("remedy") or "")),
        reasons=str(review.get("opinion") or ""),
        permit_number=_permit_number(uow, complaint) if review.get("remedy") == "permit" else "",
        action=str(review.get("action_done") or "") if by_action else "",
        action_on=date.fromisoformat(str(review["action_on"])) if by_action else None,
    )


def _answer(
    services: Services, uow: UnitOfWork, move: Move, complaint: Complaint, common: dict[str, Any]
) -> ComplaintAnswer:
    common.pop("answers")
    given = move.answers("task_answer_complaint")
    return ComplaintAnswer(
        **common,
        result=_listed(move.edition, "complaint_answers", str(given.get("answer_result") or "")),
        answer=str(given.get("answer") or ""),
        appeal=appeal_notice(services, move.edition, common["issued_on"]),
        measures=str(given.get("measures") or ""),
    )


def _invitation(
    services: Services, uow: UnitOfWork, move: Move, complaint: Complaint, common: dict[str, Any]
) -> ReviewInvitation:
    answers, calendar, today = common.pop("answers"), services.calendar, common["issued_on"]
    starts = hearing_start(calendar, answers, uow.now)
    until = objection_until(calendar, today, move.edition.terms)
    earliest = refusal_from(calendar, today, move.edition.terms)
    outcome = str(move.answers("task_consider_complaint")["outcome"])
    holder, against = against_holder(uow, complaint, move.case, outcome), None
    if holder is not None:
        against = _listed(move.edition, "review_outcomes", outcome)
        common |= {"applicant": party_of(holder), "language": holder.language}
    by_post, periods = move.case.came_on_paper and holder is None, move.edition.terms
    return ReviewInvitation(
        **common,
        answer_days=periods["objection_days"] if by_post else 0,
        decision_days=periods["refusal_earliest"] if by_post else 0,
        against_holder=against,
        body=reviewing_body(services, move.edition, common["issued_on"]),
        reasons=str(answers.get("preliminary_reasons") or ""),
        hearing=HearingInvitation(
            starts_at=starts,
            place=Words(str(answers.get("hearing_place") or "")),
            way=option(move.edition, "invite_review_hearing", "hearing_way", str(answers["hearing_way"])),
            answer_until=until,
            preliminary=is_preliminary(calendar, until, earliest),
        ),
        decision_earliest=earliest,
    )


def _decision(
    services: Services, uow: UnitOfWork, move: Move, complaint: Complaint, common: dict[str, Any]
) -> ReviewDecision:
    common.pop("answers")
    considered = move.answers("task_consider_complaint")
    outcome = require_decision(considered).value
    reason = str(considered.get("unconsidered_reason") or "")
    require_term_to_come(considered, services.calendar, uow.now)
    return ReviewDecision(
        **common,
        body=reviewing_body(services, move.edition, common["issued_on"]),
        registered_on=complaint.review_registered_on or common["issued_on"],
        registered_number=complaint.review_number,
        outcome=outcome,
        decision=_listed(move.edition, "review_outcomes", outcome),
        reasons=str(considered.get("reasons") or ""),
        violations=str(considered.get("violations") or "") if outcome == "send_back" else "",
        action=str(considered.get("action") or "") if outcome in ("order", "adopt") else "",
        action_by=ordered_until(considered),
        unconsidered=_listed(move.edition, "unconsidered_reasons", reason) if reason else Words(""),
        hearing=_hearing(uow, move, of_holder=against_holder(uow, complaint, move.case, outcome) is not None),
        permit_number=_permit_number(uow, complaint) if outcome == "adopt" and considered.get("new_permit") else "",
    )


def _permit_number(uow: UnitOfWork, complaint: Complaint) -> str:
    """The number of the permit that waits for this decision; one that cannot be issued today is signed again."""
    kept, today = complaint.new_act, local(uow.now).date()
    if "content" not in kept:
        raise NotLawful("no_new_act", "L100.1")
    if local(datetime.fromisoformat(kept["at"])).date() != today:
        raise NotLawful("new_act_of_another_day", "A3.2")
    number = str(kept["number"])
    if number != number_text("permit", today.year, uow.peek_number(SERIES["permit"], today.year)):
        raise NotLawful("new_act_number_taken", "A3.3", number=number)
    return number


def _hearing(uow: UnitOfWork, move: Move, *, of_holder: bool) -> HearingFacts | None:
    hearing = latest_hearing(uow, move.case, of_holder=of_holder)
    if hearing is None:
        return None
    return hearing_held(uow, hearing, option(move.edition, "invite_review_hearing", "hearing_way", hearing.way))


def _listed(edition: LoadedEdition, name: str, key: str) -> Words:
    found = next((entry for entry in edition.listed(name) if entry["key"] == key), None)
    if found is None:
        raise InvalidAnswers(errors={"decision": Problem("not_an_option")})
    return Words.of(found)


_MAKERS: Mapping[str, Callable[[Services, UnitOfWork, Move, Complaint, dict[str, Any]], Letter]] = {
    "complaint_satisfied": _satisfied,
    "complaint_answer": _answer,
    "review_invitation": _invitation,
    "review_decision": _decision,
}
