"""The pages of the application: each is saved by its buttons and by itself while it is filled in (A2.1, A2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.forms import Form, Raw, Result
from service.usecases.drafts import ask_registers, save_draft
from service.usecases.prefill import BAR
from service.web.cabinet.contested import contested
from service.web.cabinet.desk import Desk, at_desk, has_consents
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
        return _shown(desk, page, form, typed() or desk.raw(page))
    changed = change_rows(form, _own(form, raw()))
    if changed is not None:
        _save(desk, page, form, changed)
        return _shown(desk, page, form, changed, result=Result({}, {}))
    result = _save(desk, page, form, _own(form, raw()))
    match request.form.get("go"):
        case "list":
            return redirect(url_for("cabinet.draft", draft_id=desk.draft.id), 303)
        case "back":
            return redirect(desk.neighbour(page, -1), 303)
        case "registers":
            return _ask_registers(desk, page)
    if not result.valid:
        return _shown(desk, page, form, _own(form, raw()), result), 400
    return redirect(desk.neighbour(page, +1), 303)


@at_desk("/pages/<page>/save", "POST")
def save_page(desk: Desk, page: str) -> ResponseReturnValue:
    """Save a page while it is being filled in; asked by a script, which needs no more than the word that it is done."""
    form = desk.part(page)
    if not has_consents(form):
        _save(desk, page, form, _own(form, raw()))
    return {"saved": True}


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


def _save(desk: Desk, page: str, form: Form, typed_now: Raw) -> Result:
    result = form.validate(typed_now, context=desk.draft.answers)
    is_wrong = any(problem.code != _SOFT for problem in result.errors.values())
    answers = {name: _without_empty_rows(value) for name, value in result.answers.items()}
    save_draft(program(), desk.draft.id, me(), answers, page=page, typed=typed_now if is_wrong else None)
    return result


def _without_empty_rows(value: Any) -> Any:
    is_rows = isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    return [row for row in value if any(row.values())] if is_rows else value


def _own(form: Form, sent: Raw) -> Raw:
    """What the page asks for and its buttons; anything else in a request is not even kept."""
    known = {leaf.key for leaf in form.walk()} | {"add_row", "remove_row"}
    return {name: texts for name, texts in sent.items() if name.rpartition("-")[2] in known}


def _given(desk: Desk, page: str) -> str:
    """What stands above the fields: what the signature says of the applicant; for a complaint, what it is about."""
    if not desk.is_complaint:
        return "cabinet/_given.html" if page == desk.keys[0] else ""
    return {"contested": "cabinet/_contested.html", "complainant": "cabinet/_complainant.html"}.get(page, "")


def _shown(desk: Desk, page: str, form: Form, filled: Raw, result: Result | None = None) -> str:
    if result is None and desk.typed(page):
        checked = form.validate(filled, context=desk.draft.answers)
        result = Result(checked.answers, {n: p for n, p in checked.errors.items() if p.code != _SOFT})
    return render_template(
        "cabinet/page.html",
        desk=desk,
        key=page,
        view=FormView(form, raw=filled, result=result),
        position=desk.keys.index(page) + 1,
        autosave="" if has_consents(form) else url_for("cabinet.save_page", draft_id=desk.draft.id, page=page),
        intro="" if any(asked.repeat for asked in form.fields) else FormView(form).intro,
        given=_given(desk, page),
        about=contested(desk) if desk.is_complaint else None,
        applicant=me(),
        state=desk.draft.answers.get("_state") or {},
    )
