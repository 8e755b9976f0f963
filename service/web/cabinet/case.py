"""The page of one's own case: where it is, what was told, what can be downloaded, what can be done (A1.11.3, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.appeal import WRITTEN_ACTS
from service.domain.case import APPEAL, CaseState
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, SignatureRecord
from service.domain.duties import DUTIES
from service.domain.views import CaseView
from service.usecases.complaint_intake import months_against
from service.usecases.record_reading import record_notices_read
from service.web import formats
from service.web.addresses import address_of
from service.web.asked_besides import besides
from service.web.boxes import File
from service.web.cabinet import clock
from service.web.cabinet.attachments import shown as file_shown
from service.web.cabinet.complaint_of import against
from service.web.cabinet.contested import Term, about_case, about_document
from service.web.cabinet.door import me, program
from service.web.cabinet.errors import errors_of
from service.web.cabinet.hearing import file_address, hearing, hearings_of_holder, positions
from service.web.cabinet.lacking import lacking
from service.web.cabinet.notices import notices
from service.web.cabinet.own import of_case
from service.web.cabinet.path import path
from service.web.cabinet.reading import Words, words_of_draft
from service.web.cabinet.rights import remarks_of
from service.web.cabinet.standing import standing, tag
from service.web.cabinet.words import verdict
from service.web.document_names import document_name
from service.web.paper_marks import cancelled, version
from service.web.permit_states import permit_ahead, permit_tag


@of_case("")
def case(view: CaseView) -> ResponseReturnValue:
    """Everything that concerns the applicant, the most important first."""
    if view.case.procedure == APPEAL:
        return redirect(url_for("cabinet.complaint", case_id=view.case.id), 303)
    record_notices_read(program(), view, me())
    found, words = view.case, Words.of(view.case)
    stands, own_papers = standing(found, view.tasks, view.deadlines, words), papers(view)
    is_open = found.state is CaseState.OPEN
    step = clock.step_clock(view, stands, words) if is_open else None
    service = clock.service_clock(view, words) if is_open else None
    return render_template(
        "cabinet/case.html",
        case=found,
        is_printed=view.application is not None,
        is_open=is_open,
        tag=tag(found, words),
        stands=stands,
        step_clock=step,
        service_clock=service,
        lacking=lacking(view, words),
        if_late=clock.if_late(stands.missed is not None, words),
        hearing=hearing(view, words),
        as_holder=hearings_of_holder(view),
        positions=positions(view, words),
        papers=own_papers,
        application=signature_of(view),
        told=notices(view, words),
        files=files(view, words, "application"),
        breaches=breaches(view, words),
        facts=facts(view, words),
        entry=view.entry,
        permit_tag=permit_tag(program(), view.entry) if view.entry else None,
        permit_ahead=permit_ahead(program(), view.entry) if view.entry else (),
        complaints=against(found),
        minutes=remarks_of(view),
        complain=_to_contest(view, own_papers),
        contest=next((paper.term for paper in own_papers if paper.kind == "refusal" and paper.term), None),
        steps=path(view, stands, words),
    )


def _to_contest(view: CaseView, own_papers: Sequence[Paper]) -> str:
    """What a complaint begins with: the act that ended the case, else what is done or not done in it (R13.2)."""
    acts = [paper.complain for paper in own_papers if paper.complain]
    return acts[0] if acts and view.case.state is CaseState.CLOSED else about_case(view.case.id)


def facts(view: CaseView, words: Words) -> list[tuple[str, str]]:
    """What was applied for, with whatever else the form of the edition asks (A2.1)."""
    found, fields = view.case, view.case.fields
    pairs = [
        (_("Applicant"), found.applicant_name),
        (_("BIN") if found.bin else _("IIN"), found.identifier),
        (_("Platform"), str(fields.get("platform") or "")),
        (_("Purpose"), str(fields.get("purpose") or "")),
        *((_("Place of activity"), address_of(parts)) for parts in fields.get("addresses") or ()),
        *besides(words.form, fields),
        (_("Received"), formats.moment(found.came_at)),
        (_("Registered"), formats.date(found.registered_on) if found.registered_at else _("not yet")),
    ]
    return [(name, text) for name, text in pairs if text]


@dataclass(frozen=True)
class Signed:
    """Who signed, when, by which certificate, and what the check of the signature has found (R2.4)."""

    name: str
    at: datetime | None
    serial: str
    tag: tuple[str, str]
    test: bool


def signature_of(view: CaseView) -> Signed | None:
    """The applicant's own signature under the application, or under the complaint."""
    rows = [row for row in view.signatures if row.purpose in ("application", "complaint")]
    return _signed(rows[-1]) if rows else None


def _signed(row: SignatureRecord) -> Signed:
    return Signed(row.signer_name, row.signed_at, row.certificate_serial, verdict(row.verdict), row.test)


@dataclass(frozen=True)
class Paper:
    """A signed document of the case, to be downloaded with the facts of its signature (R9.1, R9.2)."""

    kind: str
    title: str
    number: str
    address: str
    delivered_at: datetime | None
    signed: Signed
    complain: str = ""
    term: Term | None = None
    unexplained: bool = False
    cancelled: str = ""
    version: str = ""
    error_address: str = ""
    correcting: tuple[datetime, bool] | None = None
    reported: Sequence[str] = ()


def papers(view: CaseView) -> list[Paper]:
    """The documents that were sent to this cabinet, the newest first."""
    verdicts = {row.id: row.verdict for row in view.signatures} | _verdicts_elsewhere(view)
    errors = errors_of(view)
    return [
        Paper(
            kind=each.kind,
            title=document_name(each.kind),
            number=each.number,
            address=url_for("cabinet.document", case_id=view.case.id, document_id=each.id),
            delivered_at=each.delivered_at,
            signed=Signed(
                each.signed_by,
                each.signed_at,
                each.certificate_serial,
                verdict(verdicts.get(each.evidence_id or 0, "")),
                each.test,
            ),
            **_complaint(view, each),
            cancelled=cancelled(each),
            version=version(each, view.in_cabinet),
            error_address=errors[each.id].address if each.id in errors else "",
            correcting=errors[each.id].until if each.id in errors else None,
            reported=errors[each.id].said if each.id in errors else (),
        )
        for each in reversed(view.in_cabinet)
    ]


def _verdicts_elsewhere(view: CaseView) -> dict[int, str]:
    """The verdicts on papers that were signed in a complaint: the permit that it has issued, a letter to the holder."""
    own = {row.id for row in view.signatures}
    others = {each.evidence_id for each in view.in_cabinet if each.evidence_id} - own
    if not others:
        return {}
    with program().reading() as uow:
        return {number: uow.get(SignatureRecord, number).verdict for number in others}


def _complaint(view: CaseView, document: IssuedDocument) -> dict[str, Any]:
    """How an act is contested and until when that is in time (R13.2, L92.1); other papers are no acts."""
    if document.kind not in WRITTEN_ACTS or document.annulled_at:
        return {}
    learned_on = local(document.delivered_at or document.signed_at).date()
    terms = words_of_draft().edition.terms
    with program().reading() as uow:
        months = months_against(program(), uow, terms, document)
    return {
        "complain": about_document(view.case.id, document.id),
        "term": Term.of(learned_on, months),
        "unexplained": months != terms["complaint_months"],
    }


def files(view: CaseView, words: Words, purpose: str) -> list[File]:
    """The applicant's own files of this case."""
    received_on = local(view.case.received_at).date()
    return [
        file_shown(each, words, file_address(view, each.id), received_on)
        for each in view.attachments
        if each.purpose == purpose
    ]


def breaches(view: CaseView, words: Words) -> Sequence[tuple[str, datetime, str]]:
    """The terms that were missed: the step, when its term ended, by which point; they never disappear (R8.2)."""
    found = []
    for breach in view.breaches:
        element = words.element(breach.element)
        law = ",".join(element.law) if element else DUTIES[breach.element].law if breach.duty_id else ""
        found.append((words.term(breach.element), breach.due_at, law))
    return found
