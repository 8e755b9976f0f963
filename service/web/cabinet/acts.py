"""What an applicant can do in a case: answer the preliminary decision, withdraw, apply again (L73.3, R6.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import APPEAL, PERMIT, Attachment, Case, CaseState
from service.domain.decisions import Hearing, Position
from service.domain.errors import InvalidAnswers, NobodyWaits, NotFound, NotLawful
from service.domain.files import MAX_FILE_BYTES, FileRefused, StorageFull
from service.domain.forms_values import read_text
from service.domain.minutes import ORAL
from service.domain.views import CaseView
from service.usecases.applicant_acts import (
    LONGEST_REASON,
    LONGEST_TEXT,
    keep_position_file,
    submit_position,
    withdraw_case,
)
from service.usecases.drafts import open_draft
from service.web import formats
from service.web.cabinet import clock
from service.web.cabinet.attachments import uploaded_file
from service.web.cabinet.door import me, program
from service.web.cabinet.drafts import stopped
from service.web.cabinet.meanwhile import meanwhile, seen
from service.web.cabinet.own import of_case
from service.web.cabinet.problems import Problem
from service.web.cabinet.reading import Words, edition_in_force
from service.web.cabinet.words import file_refusal
from service.web.counter import counter
from service.web.messages import sentence
from service.web.typed import raw, typed


@of_case("/position", "GET", "POST")
def position(view: CaseView) -> ResponseReturnValue:
    """Take an objection or the wish for an oral hearing; a late one is taken too, and told as late (L73.3)."""
    if view.case.state is CaseState.CLOSED:
        return _too_late(view.case, _text())
    if view.case.notified_on is None:
        raise NotFound(what="preliminary_decision")
    submit = partial(submit_position, program(), view.case.id, me())
    return take_position(view, Words.of(view.case), submit, view.hearing)


Submit = Callable[..., Position]
"""Puts a text, the wish for an oral hearing and a file before the officers."""


def take_position(
    view: CaseView, words: Words, submit: Submit, hearing: Hearing | None, about: Case | None = None
) -> ResponseReturnValue:
    """The page of an answer, and the answer; `about` is the complaint on which the holder of a permit is heard."""
    heard = about or view.case
    shown = partial(_position_page, view, heard, words, was_oral=hearing is not None and hearing.result == ORAL)
    if request.method == "GET":
        return shown()
    text = _text()
    problems = _text_problems(text)
    try:
        file = None if problems else _own_file(heard, of_holder=about is not None)
    except FileRefused as refused:
        problems = _file_problems(refused)
    except StorageFull:
        full = _("There is no room for the file on our side now. Send the text without it.")
        problems = [{"href": "#file", "text": full}]
    if problems:
        return shown(problems), 400
    wants_oral = request.form.get("wants_oral") == "yes"
    try:
        said = submit(text, wants_oral=wants_oral, file=file)
    except FileRefused as refused:
        return shown(_file_problems(refused)), 400
    except NotLawful:
        return _too_late(view.case, text)
    if said.late:
        flash(_("Your answer is with the case. It came after the term, so it is shown as late."))
    else:
        flash(_("Your answer is with the case, and the officer was told at once."), "success")
    return redirect(url_for("cabinet.case", case_id=view.case.id), 303)


def _too_late(case: Case, said: str) -> ResponseReturnValue:
    """The case has moved on meanwhile: what has happened in it, when and by whom, and what was typed is given back."""
    if request.method == "GET":
        flash(_("The case is closed, so nothing was changed."), "error")
        return redirect(url_for("cabinet.case", case_id=case.id), 303)
    now = program().queries.case(case.id)
    return render_template("cabinet/too_late.html", case=now.case, happened=meanwhile(now), said=said), 409


def _text() -> str:
    """The answer with one kind of line end, counted as the page counts it."""
    return read_text(request.form.get("text", ""), lines=True)


def _text_problems(text: str) -> list[Problem]:
    if not text:
        return [{"href": "#text", "text": _("Write your answer.")}]
    if len(text) > LONGEST_TEXT:
        limit = formats.number(LONGEST_TEXT)
        return [{"href": "#text", "text": _("Shorten your answer to %(limit)s characters.", limit=limit)}]
    return []


def _file_problems(refused: FileRefused) -> list[Problem]:
    return [{"href": "#file", "text": file_refusal(refused)}]


def _own_file(heard: Case, *, of_holder: bool) -> Attachment | None:
    sent_in = request.files.get("file")
    if sent_in is None or not sent_in.filename:
        return None
    file = uploaded_file(sent_in)
    return keep_position_file(program(), heard.id, file.name, file.content, file.media_type, of_holder=of_holder)


def _position_page(
    view: CaseView, heard: Case, words: Words, problems: Sequence[Problem] = (), *, was_oral: bool
) -> str:
    filled = raw() if request.method == "POST" else (typed() or {})
    return render_template(
        "cabinet/position.html",
        case=view.case,
        seen=seen(view),
        on_complaint=heard.procedure == APPEAL,
        answer=clock.answer_clock(heard, words, of_holder=heard is not view.case),
        days=words.edition.terms["objection_days"],
        text=next(iter(filled.get("text", ())), ""),
        was_oral=was_oral,
        wants_oral="yes" in filled.get("wants_oral", ()),
        problems=list(problems),
        errors={problem["href"].removeprefix("#"): problem["text"] for problem in problems},
        counter=counter(LONGEST_TEXT),
        largest=MAX_FILE_BYTES,
    )


@of_case("/withdraw", "GET", "POST")
def withdraw(view: CaseView) -> ResponseReturnValue:
    """Withdraw the application after asking once more; the case ends without a decision."""
    reason = read_text(request.form.get("reason", ""), lines=True)
    if view.case.state is CaseState.CLOSED:
        return _too_late(view.case, reason)
    if request.method == "GET":
        return _withdraw_page(view, next(iter((typed() or {}).get("reason", ())), ""))
    try:
        withdraw_case(program(), view.case.id, me(), reason)
    except InvalidAnswers as problem:
        return _withdraw_page(view, reason, sentence(problem.data["errors"]["reason"])), 400
    except (NotLawful, NobodyWaits):
        return _too_late(view.case, reason)
    withdrawn = view.case.procedure == APPEAL
    told = _("The complaint is withdrawn.") if withdrawn else _("The application is withdrawn and the case is closed.")
    flash(told, "success")
    return redirect(url_for("cabinet.case", case_id=view.case.id), 303)


def _withdraw_page(view: CaseView, reason: str, problem: str = "") -> str:
    problems = [{"href": "#reason", "text": problem}] if problem else []
    return render_template(
        "cabinet/withdraw.html",
        case=view.case,
        seen=seen(view),
        reason=reason,
        problems=problems,
        counter=counter(LONGEST_REASON),
    )


@of_case("/again", "POST")
def again(view: CaseView) -> ResponseReturnValue:
    """Begin a new application from this one: its answers and its files (R6.2)."""
    if view.case.procedure != PERMIT:
        raise NotFound(what="case")
    if edition_in_force() is None:
        return stopped("no_edition")
    try:
        draft = open_draft(program(), me(), copy_of=view.case.id)
    except NotLawful as refused:
        return stopped(refused.code)
    flash(_("The new draft begins with the answers and files of %(number)s.", number=view.case.number), "success")
    return redirect(url_for("cabinet.draft", draft_id=draft.id), 303)
