"""Claims in court: recorded, provided with the two documents, ended by a court act in force (R15.1, R15.2)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.appeal import Complaint, Contests
from service.domain.case import Attachment, Case
from service.domain.claims import DEFENCE, POSITION, Claim, ClaimResult, CourtAct
from service.domain.decisions import IssuedDocument
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.files import FileRefused
from service.domain.forms import Problem
from service.domain.rights import Right, may
from service.usecases.claims import attach_claim_document, close_claim, court_order, preparing, record_claim
from service.usecases.correct_claim import correct_claim
from service.usecases.record_reading import record_claim_reading
from service.web import formats, typed
from service.web.document_names import document_name
from service.web.officer import problems, uploads
from service.web.officer.complaint_facts import answers_of, contests_name
from service.web.officer.complaint_words import claim_results
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.newest import newest_words
from service.web.officer.small_forms import days, given, text, uploaded
from service.web.officer.terms import left_in_words
from service.web.preliminary import term_moment
from service.web.sending import sent

__all__ = ["claims", "correct_court_claim", "court_claim", "new_claim"]


@dataclass(frozen=True)
class Row:
    """A claim with what it contests."""

    claim: Claim
    against: str
    case: Case | None
    document: IssuedDocument | None = None

    @property
    def result(self) -> str:
        """How it ended; empty while it is open."""
        return "" if self.claim.is_open else claim_results(self.claim.contests)[self.claim.result]


@officer.get("/claims")
@open_to(Right.CASES)
def claims() -> ResponseReturnValue:
    """Every claim, the open ones first."""
    with program().reading() as uow:
        rows = [
            _row(found, uow.get(Case, found.contested_case_id) if found.contested_case_id else None)
            for found in reversed(uow.list(Claim))
        ]
    rows.sort(key=lambda row: not row.claim.is_open)
    may_record = may(me(), Right.CLAIMS)
    return render_template("officer/claims.html", rows=rows, may_record=may_record)


@officer.route("/claims/new", methods=["GET", "POST"])
@open_to(Right.CLAIMS)
def new_claim() -> ResponseReturnValue:
    """Record a claim; the duty to prepare both documents arises with it."""
    if request.method == "GET":
        return _form(given(typed.typed()) or {"case_number": request.args.get("case", "")}, {})
    told, wrong = asked("contests", "case_number", "document_number")
    try:
        found = record_claim(program(), me(), told, wrong)
    except InvalidAnswers as problem:
        return _form(given(typed.raw()), problems.sentences_of(problem)), 400
    flash(_("The claim is recorded. Two documents must be prepared for the court."), "success")
    return redirect(url_for("officer.court_claim", claim_id=found.id), 303)


@officer.get("/claims/<int:claim_id>")
@open_to(Right.CASES)
def court_claim(claim_id: int) -> ResponseReturnValue:
    """One claim: its facts, its two documents, and the court act that ends it."""
    return _page(claim_id, given(typed.typed()), {})


@officer.post("/claims/<int:claim_id>/documents/<kind>")
@open_to(Right.CLAIMS)
def add_claim_document(claim_id: int, kind: str) -> ResponseReturnValue:
    """Keep one of the two documents."""
    file = uploaded("file")
    if file is None:
        return _page(claim_id, {}, {kind: _("Choose a file first.")}), 400
    try:
        attach_claim_document(program(), claim_id, me(), kind, *file)
    except FileRefused as problem:
        return _page(claim_id, {}, {kind: uploads.why(problem)}), 400
    flash(_("The document is kept with the claim."), "success")
    return redirect(url_for("officer.court_claim", claim_id=claim_id), 303)


@officer.get("/claims/<int:claim_id>/documents/<kind>")
@open_to(Right.CASES)
def claim_document(claim_id: int, kind: str) -> ResponseReturnValue:
    """One of the two documents, as it was handed in."""
    found = _claim(claim_id)
    file = _files(found).get(kind)
    if file is None:
        raise NotFound(what="attachment")
    record_claim_reading(program(), me(), found, file.name)
    return sent(program().files.read(file.sha256), file.name, file.media_type, pictures=True)


@officer.post("/claims/<int:claim_id>/close")
@open_to(Right.CLAIMS)
def end_claim(claim_id: int) -> ResponseReturnValue:
    """End the claim with the court act; one in force that cancels the act changes the register at once."""
    result = text("result")
    found, wrong = days("act_on", "act_in_force_on", "until")
    try:
        if result not in set(ClaimResult):
            wrong["result"] = Problem("required")
        if wrong:
            raise InvalidAnswers(errors=wrong)
        days_of_act = found["act_on"], found["act_in_force_on"]
        act = CourtAct(
            ClaimResult(result), text("act_number"), *days_of_act, text("mistake"), text("ordered"), found["until"]
        )
        close_claim(program(), claim_id, me(), act)
    except InvalidAnswers as problem:
        return _page(claim_id, given(typed.raw()), problems.sentences_of(problem)), 400
    flash(_("The claim has ended."), "success")
    return redirect(url_for("officer.court_claim", claim_id=claim_id), 303)


@officer.route("/claims/<int:claim_id>/correct", methods=["GET", "POST"])
@open_to(Right.CLAIMS)
def correct_court_claim(claim_id: int) -> ResponseReturnValue:
    """Correct what was typed wrong of an open claim, with the reason; the journal keeps both values."""
    found = _claim(claim_id)
    if request.method == "GET":
        return _correction(found, given(typed.typed()) or _as_recorded(found), {})
    told, wrong = asked()
    try:
        correct_claim(program(), claim_id, me(), told, text("reason"), wrong)
    except InvalidAnswers as problem:
        return _correction(found, given(typed.raw()), problems.sentences_of(problem)), 400
    flash(_("The claim is corrected."), "success")
    return redirect(url_for("officer.court_claim", claim_id=claim_id), 303)


def asked(*more: str) -> tuple[dict[str, object], dict[str, Problem]]:
    """What the form of a claim says, and what of it could not be read."""
    found, wrong = days("filed_on", "hearing_on")
    before = text("after_complaint")
    if before not in ("yes", "no"):
        wrong["after_complaint"] = Problem("required")
    told = {name: text(name) for name in ("court", "number", "plaintiff", *more)}
    return {**told, **found, "after_complaint": before == "yes"}, wrong


def _claim(claim_id: int) -> Claim:
    with program().reading() as uow:
        return uow.get(Claim, claim_id)


def _row(found: Claim, case: Case | None, document: IssuedDocument | None = None) -> Row:
    return Row(found, contests_name(found.contests, newest_words("appeal")), case, document)


def _files(found: Claim) -> dict[str, Attachment]:
    with program().reading() as uow:
        pairs = ((DEFENCE, found.defence_id), (POSITION, found.position_id))
        return {kind: uow.get(Attachment, key) for kind, key in pairs if key is not None}


def _as_recorded(found: Claim) -> dict[str, str]:
    return {
        **{name: getattr(found, name) for name in ("court", "number", "plaintiff")},
        **{name: formats.date(getattr(found, name)) for name in ("filed_on", "hearing_on")},
        "after_complaint": "yes" if found.after_complaint else "no",
    }


def _correction(found: Claim, raw: dict[str, str], errors: dict[str, str]) -> str:
    if not found.is_open:
        raise NotLawful("claim_closed", "R15.2")
    record_claim_reading(program(), me(), found)
    return render_template("officer/claim_correction.html", claim=found, raw=raw, errors=errors)


def _form(raw: dict[str, str], errors: dict[str, str]) -> str:
    choices = [each for each in answers_of("contests", newest_words("appeal")) if each[0] != Contests.SERVICE]
    return render_template("officer/new_claim.html", raw=raw, errors=errors, choices=choices)


def _page(claim_id: int, raw: dict[str, str], errors: dict[str, str]) -> str:
    with program().reading() as uow:
        found = uow.get(Claim, claim_id)
        case = uow.get(Case, found.contested_case_id) if found.contested_case_id else None
        document = uow.get(IssuedDocument, found.contested_document_id) if found.contested_document_id else None
        complaints = uow.list(Complaint, contested_case_id=case.id) if case else ()
        complained = [uow.get(Case, each.case_id) for each in complaints]
    record_claim_reading(program(), me(), found)
    kinds = ((DEFENCE, _("Statement of defence")), (POSITION, _("Reasoned position of the head of the superior body")))
    kept = _files(found)
    closable, results = {DEFENCE, POSITION} <= kept.keys(), claim_results(found.contests)
    return render_template(
        "officer/claim.html",
        row=_row(found, case, document),
        claim=found,
        document=f"{document_name(document.kind)} {document.number}" if document else "",
        kinds=kinds,
        files=kept,
        closable=closable,
        results=results if closable else {ClaimResult.MISTAKEN: results[ClaimResult.MISTAKEN]},
        papers_term=_papers_term(found),
        order=_order(found),
        complaints=[(each.number, url_for("officer.case", case_id=each.id)) for each in complained],
        may_act=may(me(), Right.CLAIMS) and found.is_open,
        raw=raw,
        errors=errors,
    )


def _papers_term(found: Claim) -> dict[str, object]:
    """Until when the documents for the court must be there, and what is left of that; empty when they are (R15.2)."""
    with program().reading() as uow:
        duty, now = next(iter(preparing(uow, found)), None), uow.now
    if duty is None:
        return {}
    left = left_in_words(program().calendar, now, duty.due_at)
    return {"due": term_moment(duty.due_at), "left": left, "late": duty.is_late(now)}


def _order(found: Claim) -> list[tuple[str, str]]:
    """What the court has ordered the provider to do, until when, and what was done."""
    with program().reading() as uow:
        duty = court_order(uow, found)
    if duty is None:
        return []
    done = f"{duty.result}, {formats.date(duty.details['done_on'])}" if duty.done_at else str(_("nothing yet"))
    return [
        (_("What the court has ordered"), str(duty.details["text"])),
        (_("Until"), term_moment(duty.due_at)),
        (_("What was done"), done),
    ]
