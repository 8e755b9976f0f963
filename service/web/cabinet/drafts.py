"""A new application, its list of pages, and what stops it (R1.1, O2, A2.2)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import APPEAL
from service.domain.errors import InvalidAnswers, NotFound, NotLawful, TooMany
from service.domain.registration import BARS
from service.usecases.drafts import discard_draft
from service.usecases.drafts import open_draft as begin
from service.web.cabinet.contested import contested
from service.web.cabinet.desk import Desk, at_desk
from service.web.cabinet.door import cabinet, me, program, signed_in
from service.web.cabinet.home import closed
from service.web.cabinet.problems import Problem
from service.web.cabinet.reading import edition_in_force, terms_told
from service.web.languages import language


@cabinet.post("/drafts")
@signed_in
def open_draft() -> ResponseReturnValue:
    """Begin an application; whoever may not apply is told why, and nothing is begun (R1.1, O2)."""
    if edition_in_force() is None:
        return stopped("no_edition")
    try:
        draft = begin(program(), me())
    except NotLawful as refused:
        return stopped(refused.code)
    return redirect(url_for("cabinet.draft", draft_id=draft.id), 303)


@cabinet.errorhandler(TooMany)
def too_many(error: TooMany) -> ResponseReturnValue:
    """So many drafts wait already: say which, and that they can be sent or deleted."""
    return stopped("too_many_complaints" if error.data["what"] == APPEAL else "too_many_drafts")


STOPS = {
    "no_edition": "O2", "branch_may_not_apply": "R1.1", "too_many_drafts": "", "too_many_complaints": "",
    **dict.fromkeys(BARS, "R1.1"),
}  # fmt: skip
"""Why nothing can be begun, each with its point if a rule says so."""


def stopped(reason: str) -> ResponseReturnValue:
    """Lead to the page that says why no application, or no further complaint, can be begun."""
    return redirect(url_for("cabinet.not_possible", reason=reason), 303)


@cabinet.get("/not-possible/<reason>")
@signed_in
def not_possible(reason: str) -> ResponseReturnValue:
    """Say why no application, or no further complaint, can be begun, and what can be done (R1.1, O2)."""
    if reason not in STOPS:
        raise NotFound(what="page")
    told = closed() if reason == "no_edition" else None
    return render_template("cabinet/stopped.html", reason=reason, law=STOPS[reason], closed=told, applicant=me())


@at_desk("")
def draft(desk: Desk) -> ResponseReturnValue:
    """The list of pages: what is done, what is missing, what the officer's check would find (U13)."""
    if desk.is_complaint:
        problems = missing(desk) if "missing" in request.args else []
        return render_template(
            "cabinet/complaint_draft.html", desk=desk, about=contested(desk), problems=problems, terms=terms_told()
        )
    return render_template(
        "cabinet/draft.html",
        desk=desk,
        lines=desk.lines(),
        findings=desk.found(),
        problems=missing(desk) if "missing" in request.args else [],
        closed=closed() if edition_in_force() is None else None,
        terms=terms_told(),
    )


def missing(desk: Desk, refused: InvalidAnswers | None = None) -> list[Problem]:
    """What the signature cannot do without, each with the page that mends it (R2.1, A2.3)."""
    keys = list(refused.data["errors"]) if refused else request.args.getlist("missing")
    found = []
    for key in keys:
        try:
            label = desk.form.find(key).text(language()).label.rstrip(" :")
        except KeyError:
            continue
        found.append({"href": desk.mends_field(key), "text": _("Needed for the signature: %(field)s", field=label)})
    return found


@at_desk("/delete", "GET", "POST")
def discard(desk: Desk) -> ResponseReturnValue:
    """Delete a draft after asking once more."""
    if request.method == "GET":
        return render_template("cabinet/discard.html", desk=desk)
    discard_draft(program(), desk.draft.id, me())
    flash(_("The draft is deleted."), "success")
    return redirect(url_for("cabinet.home"), 303)
