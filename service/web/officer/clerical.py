"""Who finds a clerical error in a signed document says so, and it is corrected within its term (L82.1)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidAnswers, NotFound
from service.domain.rights import Right
from service.usecases.correct_error import open_fields
from service.usecases.report_error import report_error
from service.web import typed
from service.web.document_names import document_name
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.officer.problems import sentences_of
from service.web.officer.small_forms import text
from service.web.preliminary import term_moment

__all__ = ["error_in_document"]


@officer.route("/cases/<int:case_id>/documents/<int:document_id>/error", methods=["GET", "POST"])
@open_to(Right.ERRORS)
def error_in_document(case_id: int, document_id: int) -> ResponseReturnValue:
    """Ask where the error is; the answer becomes a duty of who corrects the document."""
    view = case_view(case_id)
    document = next((found for found in view.documents if found.id == document_id), None)
    if document is None:
        raise NotFound(what="document")
    with program().reading() as uow:
        open_fields(uow, document)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            duty = report_error(program(), document_id, me(), text("reason"))
        except InvalidAnswers as problem:
            errors = sentences_of(problem)
        else:
            told = _(
                "The error is reported. Until %(moment)s it is corrected, or the person is told why there is none.",
                moment=term_moment(duty.due_at),
            )
            flash(told, "success")
            return redirect(url_for("officer.case", case_id=case_id), 303)
    raw = typed.raw() if errors else typed.typed() or {}
    page = render_template(
        "officer/clerical.html",
        case=view.case,
        document=document,
        title=document_name(document.kind),
        errors=errors,
        raw={name: next(iter(texts), "") for name, texts in raw.items()},
    )
    return (page, 400) if errors else page
