"""The applicant reports a clerical error in a document; it is corrected within its term, or said to be none (L82.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.corrections import CORRECTABLE
from service.domain.decisions import IssuedDocument
from service.domain.duties import Duty
from service.domain.errors import InvalidAnswers, NotFound
from service.domain.forms_values import read_text
from service.domain.views import CaseView
from service.usecases.correct_error import LONGEST_REASON
from service.usecases.report_error import report_own_error
from service.web.cabinet.door import me, program
from service.web.cabinet.own import of_case
from service.web.cabinet.reading import Words
from service.web.counter import counter
from service.web.document_names import document_name
from service.web.messages import sentence
from service.web.preliminary import term_moment
from service.web.typed import typed


@dataclass(frozen=True)
class Correctable:
    """Where an error of a document is reported; until when a report is answered, if late; what the applicant said."""

    address: str
    until: tuple[datetime, bool] | None
    said: Sequence[str] = ()


def errors_of(view: CaseView) -> Mapping[int, Correctable]:
    """The documents of a case that can be corrected, by their ids: the newest version of each, in force."""
    newer = {each.corrects_id for each in view.documents}
    with program().reading() as uow:
        duties = [duty for duty in uow.duties.of_case(view.case.id) if duty.kind == "correct_error" and duty.is_open]
        now = uow.now
    waits = {duty.document_id: duty for duty in duties}
    return {
        each.id: _correctable(view, each, waits.get(each.id), now)
        for each in view.documents
        if each.kind in CORRECTABLE and each.annulled_at is None and each.id not in newer
    }


def _correctable(view: CaseView, document: IssuedDocument, duty: Duty | None, now: datetime) -> Correctable:
    address = url_for("cabinet.document_error", case_id=view.case.id, document_id=document.id)
    if duty is None:
        return Correctable(address, None)
    said = [
        str(line.details["reason"])
        for line in view.journal
        if (line.action, line.role) == ("error_reported", "applicant")
        and line.at >= duty.opened_at
        and line.details["number"] == document.number
    ]
    return Correctable(address, (duty.due_at, duty.is_late(now)), said)


@of_case("/documents/<int:document_id>/error", "GET", "POST")
def document_error(view: CaseView, document_id: int) -> ResponseReturnValue:
    """Ask where the error is and how it should read; the answer becomes a duty of who corrects the document."""
    if document_id not in errors_of(view):
        raise NotFound(what="document")
    if request.method == "GET":
        return _page(view, document_id, next(iter((typed() or {}).get("reason", ())), ""))
    reason = read_text(request.form.get("reason", ""), lines=True)
    try:
        duty = report_own_error(program(), document_id, me(), reason)
    except InvalidAnswers as problem:
        return _page(view, document_id, reason, sentence(problem.data["errors"]["reason"])), 400
    flash(
        _(
            "The error is reported. Until %(moment)s it is corrected, or you are told why there is none.",
            moment=term_moment(duty.due_at),
        ),
        "success",
    )
    return redirect(url_for("cabinet.case", case_id=view.case.id), 303)


def _page(view: CaseView, document_id: int, reason: str, problem: str = "") -> str:
    document = next(each for each in view.documents if each.id == document_id)
    return render_template(
        "cabinet/document_error.html",
        case=view.case,
        name=f"{document_name(document.kind)} № {document.number}",
        reason=reason,
        problems=[{"href": "#reason", "text": problem}] if problem else [],
        counter=counter(LONGEST_REASON),
        days=Words.of(view.case).edition.terms["clerical_error_days"],
    )
