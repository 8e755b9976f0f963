"""The pages of the application: each is saved by its buttons and by itself while it is filled in (A2.1, A2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import CaseChanged
from service.domain.forms import Form, Raw, Result
from service.usecases.drafts import ask_registers, save_draft
from service.usecases.prefill import BAR
from service.web import tabs
from service.web.answers import without_empty_rows
from service.web.autosave import saved
from service.web.cabinet.contested import contested
from service.web.cabinet.desk import Desk, at_desk, desk_of, has_consents
from service.web.cabinet.door import me, program
from service.web.cabinet.drafts import stopped
from service.web.forms import FormView, change_rows
from service.web.typed import raw, typed

_SOFT = "required"
"""What is merely not filled in yet is not wrong: the draft may wait for it."""


@at_desk("/pages/<page>", "GET", "POST")
def page(desk: Desk, page: str) -> ResponseReturnValue:
    """Show a page, or save it and go on, back, or to the list; a mistake is shown and everything typed stays."""
    form = desk.part(page)
    if request.method == "GET":
        back, stands = typed() or {}, desk.raw(page)
        stood = tabs.Stood.kept(back) or tabs.Stood.of(tabs.said(form, stands, desk.draft.answers))
        return _shown(desk, page, form, back or stands, stood)
    changed = change_rows(form, _own(form, raw()))
    met, result = _pressed(desk, page, form, _own(form, raw()) if changed is None else changed)
    if met.both:
        return _shown(desk, page, form, met.raw, met.anew, Result({}, {}), met.both), 409
    if changed is not None:
        return _shown(desk, page, form, met.raw, met.anew, Result({}, {}))
    match request.form.get("go"):
        case "list":
            return redirect(url_for("cabinet.draft", draft_id=desk.draft.id), 303)
        case "back":
            return redirect(desk.neighbour(page, -1), 303)
        case "registers":
            return _ask_registers(desk, page)
    if not result.valid:
        return _shown(desk, page, form, met.raw, met.anew, result), 400
    return redirect(desk.neighbour(page, +1), 303)


@at_desk("/pages/<page>/save", "POST")
def save_page(desk: Desk, page: str) -> ResponseReturnValue:
    """Save a page while it is being filled in; asked by a script, which is told when, or that another tab was first."""
    form = desk.part(page)
    if has_consents(form):
        return saved()
    met, _result = _save(desk, page, form, _own(form, raw()))
    if met.both:
        return {"saved": False, "told": tabs.told_apart()}, 409
    return saved(stood=met.on.text)


def _ask_registers(desk: Desk, page: str) -> ResponseReturnValue:
    """Ask the state registers again; what the applicant has written stays (R4.1)."""
    answers = ask_registers(program(), desk.draft.id, me()).answers
    state = answers["_state"]
    if answers.get(BAR):
        return stopped(str(answers[BAR]))
    if state["person"] and state["registration"]:
        flash(_("The registers have answered. Check what they have filled in."), "success")
    else:
        flash(_("A register does not answer yet. You can fill in its fields yourself."))
    return redirect(desk.address(page), 303)


def _pressed(desk: Desk, page: str, form: Form, typed_now: Raw) -> tuple[tabs.Met, Result]:
    """Save a page at a button; what another tab, or the page by itself, saves in this very moment is met, too."""
    try:
        return _save(desk, page, form, typed_now)
    except CaseChanged:
        return _save(desk_of(desk.draft.id), page, form, typed_now)


def _save(desk: Desk, page: str, form: Form, typed_now: Raw) -> tuple[tabs.Met, Result]:
    """Save a page beside what other tabs have saved of it since it was shown; nothing where both changed a field."""
    known, stood = desk.draft.answers, tabs.Stood.read(raw())
    met = tabs.meet(form, typed_now, desk.raw(page), known, stood)
    result = form.validate(met.raw, context=known)
    if met.both:
        return met, result
    is_wrong = any(problem.code != _SOFT for problem in result.errors.values())
    answers = {name: without_empty_rows(value) for name, value in result.answers.items()}
    kept = met.raw if is_wrong else None
    save_draft(program(), desk.draft.id, me(), answers, page=page, typed=kept, by=met.by, known=known)
    return met, result


def _own(form: Form, sent: Raw) -> Raw:
    """What the page asks for and its buttons; anything else in a request is not even kept."""
    known = {leaf.key for leaf in form.walk()} | {"add_row", "remove_row"}
    return {name: texts for name, texts in sent.items() if name.rpartition("-")[2] in known}


def _given(desk: Desk, page: str) -> str:
    """What stands above the fields: what the signature says of the applicant; for a complaint, what it is about."""
    if not desk.is_complaint:
        return "cabinet/_given.html" if page == desk.keys[0] else ""
    return {"contested": "cabinet/_contested.html", "complainant": "cabinet/_complainant.html"}.get(page, "")


def _shown(
    desk: Desk,
    page: str,
    form: Form,
    filled: Raw,
    stood: tabs.Stood,
    result: Result | None = None,
    both: Sequence[tuple[str, str]] = (),
) -> str:
    if result is None and desk.typed(page):
        checked = form.validate(filled, context=desk.draft.answers)
        result = Result(checked.answers, {n: p for n, p in checked.errors.items() if p.code != _SOFT})
    return render_template(
        "cabinet/page.html",
        desk=desk,
        key=page,
        view=FormView(form, raw=filled, result=result, extra=both),
        stood=stood.text,
        position=desk.keys.index(page) + 1,
        autosave="" if both or has_consents(form) else url_for("cabinet.save_page", draft_id=desk.draft.id, page=page),
        intro="" if any(asked.repeat for asked in form.fields) else FormView(form).intro,
        given=_given(desk, page),
        about=contested(desk) if desk.is_complaint else None,
        applicant=me(),
        state=desk.draft.answers.get("_state") or {},
    )
