"""The register's entry of a case: its state and history; the head changes it, or withdraws what lies ahead (R11.2)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, RegisterChange
from service.domain.errors import InvalidAnswers, NotFound
from service.domain.forms import Problem
from service.domain.people import Officer
from service.domain.permit_life import PermitAct, change_problems, possible_acts
from service.domain.rights import Right, may
from service.domain.views import EntryView
from service.usecases.change_permit import change_permit
from service.usecases.withdraw_change import withdraw_change, withdrawable
from service.web import typed
from service.web.officer import problems
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.officer.small_forms import days, given, text
from service.web.permit_states import change_name, status_name

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
    chosen, order, basis = text("act"), text("order"), text("basis")
    typed_days, wrong = days("from_on")
    from_on = typed_days.get("from_on")
    try:
        if chosen not in set(PermitAct):
            wrong["act"] = Problem("required")
        if from_on is None:
            wrong.setdefault("from_on", Problem("required"))
        if wrong or from_on is None:
            raise InvalidAnswers(errors={**wrong, **change_problems(order, basis)})
        change_permit(program(), view.entry.id, me(), PermitAct(chosen), from_on, order, basis)
    except InvalidAnswers as problem:
        return _page(view, given(typed.raw()), problems.sentences_of(problem)), 400
    flash(_("The register shows the change. The holder has been told."), "success")
    return redirect(url_for("officer.permit", number=number), 303)


@officer.post("/permits/<number>/changes/<int:change_id>/withdraw")
@open_to(Right.PERMITS)
def withdraw_permit_change(number: str, change_id: int) -> ResponseReturnValue:
    """Withdraw a change that was entered by mistake before it takes effect; the holder is told at once."""
    view = _entry(number)
    try:
        withdraw_change(program(), view.entry.id, change_id, me(), text("withdrawal_reason"))
    except InvalidAnswers as problem:
        return _page(view, given(typed.raw()), problems.sentences_of(problem)), 400
    flash(_("The entry is withdrawn. The holder has been told."), "success")
    return redirect(url_for("officer.permit", number=number), 303)


def _entry(number: str) -> EntryView:
    found = program().queries.entry(number.strip().upper(), local(program().clock.now()).date())
    if found is None:
        raise NotFound(what="entry")
    return found


def _page(view: EntryView, raw: dict[str, str], errors: dict[str, str]) -> str:
    names = {PermitAct.SUSPEND: _("Suspend"), PermitAct.RESUME: _("Resume"), PermitAct.CANCEL: _("Cancel the permit")}
    by_head = may(me(), Right.PERMITS)
    acts = possible_acts(view.entry, view.changes, view.on) if by_head else []
    entered = sorted((*view.changes, *view.withdrawn), key=lambda change: (change.from_on, change.id), reverse=True)
    return render_template(
        "officer/permit.html",
        view=view,
        entry=view.entry,
        case=case_view(view.entry.case_id).case,
        status=(status_name(view.status), TAGS[view.status]),
        changes=[(change, change_name(change, view.on), _by(change.withdrawn_by)) for change in entered],
        ahead=_ahead(withdrawable(program(), view.entry.id)) if by_head else None,
        in_effect=by_head and bool(view.changes) and view.changes[-1].from_on <= view.on,
        acts=[(act.value, names[act]) for act in acts],
        raw=raw,
        errors=errors,
    )


def _ahead(change: RegisterChange | None) -> tuple[RegisterChange, str] | None:
    """What may be withdrawn today, and to what it would lead on which day."""
    return (change, change_name(change, local(program().clock.now()).date())) if change else None


def _by(officer_id: int | None) -> str:
    if officer_id is None:
        return ""
    with program().reading() as uow:
        return uow.get(Officer, officer_id).name
