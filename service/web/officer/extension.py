"""The head gives a case a longer term by a reasoned decision (L76.3)."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import CaseState
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.rights import Right
from service.domain.views import CaseView
from service.usecases.acts_beside import prepare_act
from service.usecases.extend_term import extend_term, extension_days, require_extendable
from service.usecases.notify_extension import ExtensionLetter
from service.web import formats, typed
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.officer.problems import sentences_of
from service.web.officer.reading import Words
from service.web.officer.small_forms import given, text
from service.web.officer.terms import service_row


@officer.route("/cases/<int:case_id>/extend", methods=["GET", "POST"])
@open_to(Right.LEAD)
def extend(case_id: int) -> ResponseReturnValue:
    """Ask for the new day and the reason, then move every running term and tell the applicant."""
    view = case_view(case_id)
    if view.case.state is CaseState.CLOSED:
        raise NotLawful("case_closed", "L76.3")
    require_extendable(Words.of(view.case).edition)
    with program().reading() as uow:
        lawful = extension_days(program(), uow, view.case)
    if request.method == "GET":
        return _page(view, lawful, typed.typed() or {}, {})
    try:
        until = extend_term(program(), case_id, me(), text("until"), text("reason")).extended_until
    except InvalidAnswers as problem:
        return _page(view, lawful, typed.raw(), sentences_of(problem)), 400
    ends = formats.date(until)
    flash(
        _(
            "The term now ends on %(day)s; the applicant's cabinet says so. Sign the notice of it here.",
            day=ends,
        ),
        "success",
    )
    return _letter_of(case_id)


def _letter_of(case_id: int) -> ResponseReturnValue:
    """The notice of the extension that was just decided, to be signed at once or within 3 working days."""
    with program().reading() as uow:
        waiting = [duty for duty in uow.duties.of_case(case_id) if duty.kind == ExtensionLetter.name and duty.is_open]
    letter = prepare_act(program(), ExtensionLetter(), case_id, me(), {"duty": waiting[-1].id})
    return redirect(url_for("officer.act_paper", prepared_id=letter.id), 303)


def _page(view: CaseView, lawful: tuple[date, date], raw: typed.Typed, errors: dict[str, str]) -> str:
    row = service_row(view)
    return render_template(
        "officer/extend.html",
        case=view.case,
        ends_at=row.due_at if row else None,
        first=lawful[0],
        latest=lawful[1],
        raw=given(raw),
        errors=errors,
    )
