"""How a person without an e-mail address was told of a notice: by telephone, in person (L66.1)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidAnswers, NotFound
from service.domain.rights import Right
from service.usecases.tell_otherwise import tell_otherwise
from service.web import typed
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.officer.problems import sentences_of
from service.web.officer.reading import Words
from service.web.officer.small_forms import given, text

__all__ = ["told"]


@officer.route("/cases/<int:case_id>/notices/<int:notice_id>/told", methods=["GET", "POST"])
@open_to(Right.COMPLAINTS, Right.LEAD)
def told(case_id: int, notice_id: int) -> ResponseReturnValue:
    """Ask how and when the person was told; the answer ends the wait of the notice."""
    view = case_view(case_id)
    notice = next((found for found in view.notices if found.id == notice_id), None)
    if notice is None:
        raise NotFound(what="notice")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            tell_otherwise(program(), notice_id, me(), text("how"), text("told_on"))
        except InvalidAnswers as problem:
            errors = sentences_of(problem)
        else:
            flash(_("It is recorded how the person was told."), "success")
            return redirect(url_for("officer.case", case_id=case_id), 303)
    page = render_template(
        "officer/told.html",
        case=view.case,
        notice=notice,
        subject=Words.of(view.case).notice(notice.kind, notice.details, view.case.number),
        errors=errors,
        raw=given(typed.raw() if errors else typed.typed()),
    )
    return (page, 400) if errors else page
