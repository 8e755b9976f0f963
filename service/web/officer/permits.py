"""The register's entry of a case: its state and history; the head suspends, resumes or cancels the permit (R11.2)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.deadlines import local
from service.domain.decisions import PermitStatus
from service.domain.errors import InvalidAnswers, NotFound
from service.domain.forms import Problem
from service.domain.permit_life import PermitAct, possible_acts
from service.domain.rights import Right, may
from service.domain.views import EntryView
from service.usecases.change_permit import change_permit
from service.web import typed
from service.web.officer import problems
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.officer.small_forms import day, given, text
from service.web.officer.words import status_name

__all__ = ["permit"]

TAGS = {
    PermitStatus.IN_FORCE: "good",
    PermitStatus.SUSPENDED: "wait",
    PermitStatus.CANCELLED: "bad",
    PermitStatus.EXPIRED: "quiet",
}


@officer.get("/permits/<number>")
@open_to(Right.CASES)
def permit(number: str) -> ResponseReturnValue:
    """One entry with every change of it, and what the head may do with it today."""
    return _page(_entry(number), given(typed.typed()), {})


@officer.post("/permits/<number>")
@open_to(Right.PERMITS)
def change(number: str) -> ResponseReturnValue:
    """Suspend, resume or cancel from a day on, by an act and with its basis; the holder is told at once."""
    view = _entry(number)
    try:
        chosen = text("act")
        if chosen not in set(PermitAct):
            raise InvalidAnswers(errors={"act": Problem("required")})
        from_on = day("from_on")
        if from_on is None:
            raise InvalidAnswers(errors={"from_on": Problem("required")})
        change_permit(program(), view.entry.id, me(), PermitAct(chosen), from_on, text("order"), text("basis"))
    except InvalidAnswers as problem:
        return _page(view, given(typed.raw()), problems.sentences_of(problem)), 400
    flash(_("The register shows the change. The holder has been told."), "success")
    return redirect(url_for("officer.permit", number=number), 303)


def _entry(number: str) -> EntryView:
    found = program().queries.entry(number.strip().upper(), local(program().clock.now()).date())
    if found is None:
        raise NotFound(what="entry")
    return found


def _page(view: EntryView, raw: dict[str, str], errors: dict[str, str]) -> str:
    names = {PermitAct.SUSPEND: _("Suspend"), PermitAct.RESUME: _("Resume"), PermitAct.CANCEL: _("Cancel the permit")}
    acts = possible_acts(view.entry, view.changes, view.on) if may(me(), Right.PERMITS) else []
    return render_template(
        "officer/permit.html",
        view=view,
        entry=view.entry,
        case=case_view(view.entry.case_id).case,
        status=(status_name(view.status), TAGS[view.status]),
        changes=[(change, status_name(change.status)) for change in reversed(view.changes)],
        acts=[(act.value, names[act]) for act in acts],
        raw=raw,
        errors=errors,
    )
