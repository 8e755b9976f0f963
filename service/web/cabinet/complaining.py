"""The beginning of a complaint: from a document, from a case, or from the list of what can be contested (R13.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from service.domain.case import PERMIT, CaseState
from service.domain.deadlines import local
from service.domain.views import CaseView, OwnCase
from service.usecases.complaint_drafts import ACTS, CHANGES, Contested, open_complaint
from service.web import formats
from service.web.cabinet.contested import about_case, about_document, about_entry
from service.web.cabinet.door import cabinet, me, program, signed_in
from service.web.cabinet.own import own_case
from service.web.cabinet.reading import Words, terms_told
from service.web.cabinet.words import contested
from service.web.document_names import document_name
from service.web.languages import language
from service.web.permit_states import status_today


@dataclass(frozen=True)
class Choice:
    """Something that can be contested: its value in the list, its name and what is known of it."""

    value: str
    text: str
    hint: str


@cabinet.get("/complain")
@signed_in
def complain() -> ResponseReturnValue:
    """Choose what the complaint is about; a complaint without a case is one of the choices (R13.2)."""
    return render_template("cabinet/complain.html", choices=_choices(), problems=[], terms=terms_told())


@cabinet.post("/complaints")
@signed_in
def open_complaint_draft() -> ResponseReturnValue:
    """Begin the complaint and lead to its pages; acceptance is never refused (L64.1)."""
    about = request.form.get("about", "")
    if not about:
        problems = [{"href": "#about", "text": _("Choose what the complaint is about.")}]
        return render_template("cabinet/complain.html", choices=_choices(), problems=problems, terms=terms_told()), 400
    contested, texts = _contested(about)
    draft = open_complaint(program(), me(), contested, texts)
    return redirect(url_for("cabinet.draft", draft_id=draft.id), 303)


OTHER = "other"


def _contested(about: str) -> tuple[Contested, Mapping[str, str]]:
    kind, _dash, rest = about.partition("-")
    numbers = [int(each) for each in rest.split("-") if each.isdecimal() and len(each) < 10]
    if kind == "document" and len(numbers) == 2:
        view = own_case(numbers[0])
        with _state_language(view):
            return Contested(*numbers), _texts_on_document(view, numbers[1])
    if kind == "entry" and len(numbers) == 2:
        return Contested(numbers[0], entry_id=numbers[1]), {}
    if kind == "case" and len(numbers) == 1:
        view = own_case(numbers[0])
        with _state_language(view):
            return Contested(numbers[0]), _texts_on_case(view)
    return Contested(), {}


def _state_language(view: CaseView) -> AbstractContextManager[None]:
    """What is written for the person is in Kazakh or Russian: as the page is, else as the case was filed."""
    return nullcontext() if language() in ("kk", "ru") else force_locale(view.case.language)


def _texts_on_document(view: CaseView, document_id: int) -> Mapping[str, str]:
    """What is usually demanded against an act, to be changed at will."""
    document = next((each for each in view.documents if each.id == document_id), None)
    if document is None or document.kind not in ACTS:
        return {}
    told = {"act": document_name(document.kind), "number": document.number, "day": formats.date(document.signed_at)}
    demands = {
        "refusal": _("To cancel the act “%(act)s” No. %(number)s of %(day)s and to issue the permit.", **told),
        "notice_not_considered": _(
            "To cancel the act “%(act)s” No. %(number)s of %(day)s and to consider the application.", **told
        ),
    }
    return {"demands": demands.get(document.kind, "")}


def _texts_on_case(view: CaseView) -> Mapping[str, str]:
    """The complaint about a missed term, ready to be signed (U14, R8.2)."""
    if view.case.state is CaseState.CLOSED or not view.breaches:
        return {}
    words, breach = Words.of(view.case), view.breaches[-1]
    told = {
        "number": view.case.number,
        "step": words.term(breach.element),
        "moment": formats.moment(breach.due_at),
        "today": formats.date(local(program().clock.now()).date()),
    }
    return {
        "circumstances": _(
            "In case %(number)s the term of the step “%(step)s” ended on %(moment)s. By %(today)s it was not done.",
            **told,
        ),
        "demands": _("To do the step without further delay, to decide the case, and to say why the term was missed."),
        "evidence": _("The journal of case %(number)s, in which the missed term is recorded.", **told),
    }


def _choices() -> Sequence[Choice]:
    """Every act that came to this applicant, every case, and what belongs to none; the newest first."""
    applicant = me()
    found: list[Choice] = []
    for own in program().queries.own_cases(applicant.iin, applicant.bin):
        if own.case.procedure == PERMIT:
            found += _choices_of(own)
    other = Choice(OTHER, _("Something else"), _("An action or inaction that belongs to no case of yours"))
    return [*found, other]


def _choices_of(own: OwnCase) -> list[Choice]:
    view, number = program().queries.case(own.case.id), own.case.number
    acts = [
        Choice(
            about_document(own.case.id, each.id),
            f"{document_name(each.kind)} № {each.number}",
            _("case %(number)s, in your cabinet since %(day)s", number=number, day=formats.date(each.delivered_at)),
        )
        for each in reversed(view.documents)
        if each.kind in ACTS
    ]
    late = view.case.state is CaseState.OPEN and bool(view.breaches)
    if late:
        name = _("Case %(number)s: the term was missed", number=number)
        hint = _("The complaint is prepared; you only have to check and sign it.")
    else:
        name, hint = _("Case %(number)s: an action or inaction", number=number), ""
    return [*_changes(view), *acts, Choice(about_case(own.case.id), name, hint)]


def _changes(view: CaseView) -> list[Choice]:
    """A permit that was cancelled or suspended can be contested, too (A3.2)."""
    entry = view.entry
    if entry is None:
        return []
    status = status_today(program(), entry)
    if status not in CHANGES:
        return []
    name = contested(CHANGES[status], Words.of(view.case))
    return [Choice(about_entry(view.case.id, entry.id), f"{entry.number}: {name}", "")]
