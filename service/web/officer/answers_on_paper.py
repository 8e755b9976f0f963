"""The answer of who complained on paper, which comes by post or by hand and not from the cabinet (L73.3, L64.1)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import CaseState
from service.domain.decisions import Hearing
from service.domain.errors import CaseChanged, InvalidAnswers, NotFound, NotLawful
from service.domain.files import FileRefused
from service.domain.forms import Problem
from service.domain.posting import ANSWER_ON_PAPER
from service.domain.rights import Right
from service.domain.views import CaseView
from service.usecases.answer_on_paper import answerable, record_answer, standing_of
from service.web import typed
from service.web.officer import problems, scans, uploads
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, meanwhile, seen
from service.web.officer.reading import Words
from service.web.officer.small_forms import KEPT_FILE, given, recalled, remembered, text

__all__ = ["answer_on_paper"]

Found = dict[str, str]


@officer.route("/cases/<int:case_id>/answer", methods=["GET", "POST"])
@open_to(Right.COMPLAINTS, Right.REVIEWS)
def answer_on_paper(case_id: int) -> ResponseReturnValue:
    """Ask for what the paper says, the day on which it came and its scan; a late one is taken, and told as late."""
    view = case_view(case_id)
    hearing = _invited(view)
    if request.method == "GET":
        if view.case.state is CaseState.CLOSED:
            flash(_("The case is closed."), "error")
            return redirect(url_for("officer.case", case_id=case_id), 303)
        before = given(typed.typed())
        return _page(view, hearing, before, {}, recalled(before))
    scan, errors = scans.scan()
    raw = given(typed.raw())
    try:
        return _recorded(case_id, scan, errors)
    except InvalidAnswers as problem:
        missing = {} if scan else {scans.FIELD: _("Choose a file first.")}
        return _page(view, hearing, raw, problems.sentences_of(problem) | missing | errors, scan), 400
    except FileRefused as refused:
        return _page(view, hearing, raw, {scans.FIELD: uploads.why(refused)}, {}), 400
    except CaseChanged:
        fresh = case_view(case_id)
        return _page(fresh, _invited(fresh), raw, errors, scan, moved=True), 409
    except NotLawful as problem:
        return _page(view, hearing, raw, {}, scan, moved=True, barred=problems.not_lawful(problem)), 409


def _invited(view: CaseView) -> Hearing:
    with program().reading() as uow:
        hearing = answerable(uow, view.case)
    if hearing is None:
        raise NotFound(what="hearing")
    return hearing


def _recorded(case_id: int, scan: Found, errors: Found) -> ResponseReturnValue:
    said = {name: text(name) for name in ("text", "received_on", "oral", "standing")}
    file, wrong = scans.attachment(scan, ANSWER_ON_PAPER), {name: Problem("file") for name in errors}
    if record_answer(program(), case_id, me(), said, file, wrong).late:
        flash(_("The answer is with the case. It came after the term, so it is shown as late."))
    else:
        flash(_("The answer is with the case."), "success")
    return redirect(url_for("officer.case", case_id=case_id), 303)


def _page(
    view: CaseView, hearing: Hearing, raw: Found, errors: Found, scan: Found, *, moved: bool = False, barred: str = ""
) -> str:
    """The form; where the case has `moved` on meanwhile, what has happened; no form where that has `barred` it."""
    return render_template(
        "officer/answer_on_paper.html",
        case=view.case,
        hearing=hearing,
        standing=standing_of(hearing),
        seen=seen(view),
        moved=moved,
        barred=barred,
        meanwhile=meanwhile(view, Words.of(view.case)) if moved else [],
        raw=raw,
        errors=errors,
        scan=scan,
        kept_field=KEPT_FILE,
        kept=remembered(scan) if scan else "",
    )
