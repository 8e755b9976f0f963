"""The task page: what is due and why, what is lawful now, and the form that moves the case (R6.1, R7.1, R8.1, R9.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.appeal import Complaint, track_of
from service.domain.case import Case, Task
from service.domain.completeness import DESPITE_FINDINGS, items_of
from service.domain.deadlines import local
from service.domain.documents import IncompleteDocument
from service.domain.errors import InvalidAnswers, NotLawful, RuqsatError
from service.domain.forms import Form, Options
from service.domain.forms_hours import with_hours
from service.domain.minutes import HEARD_AT
from service.domain.rights import Right, lanes_of, may
from service.domain.views import CaseView
from service.usecases.options import options_for
from service.usecases.sign_document import prepare_document
from service.usecases.tasks import complete_task, wants_signature
from service.web import formats, sessions, typed
from service.web.answers import Raw, typed_again
from service.web.forms import FormView, change_rows
from service.web.officer import consents, facts, failed, lawful, problems, terms, uploads
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, common, task_of
from service.web.officer.reading import Words
from service.web.officer.written_in import with_languages

STATUS: tuple[tuple[type[RuqsatError], int], ...] = (
    (InvalidAnswers, 400),
    (NotLawful, 409),
    (IncompleteDocument, 409),
)
ANSWERED = (InvalidAnswers, NotLawful, IncompleteDocument, *failed.FAILED)
"""What is answered with the task's page and everything that was typed."""
COMPLETENESS = "task_check_completeness"
RAW = "_raw"
"""Under this name a draft holds what was typed letter by letter, also what no form would take yet."""
NOT_ANSWERS = (*typed.NOT_KEPT, "version", "seen", "typed", "action", "upload", "remove_file")


@officer.route("/tasks/<int:task_id>", methods=["GET", "POST"])
@open_to(Right.WORK)
def task(task_id: int) -> ResponseReturnValue:
    """One task: its terms, the facts, the form; sending it moves the case or prepares the paper to be signed."""
    view = case_view(program().queries.case_of_task(task_id))
    found = task_of(view, task_id)
    if request.method == "POST":
        return _send(view, found)
    if not found.is_open:
        flash(_("This task is closed. The case shows what came of it."))
        return redirect(url_for("officer.case", case_id=view.case.id), 303)
    words = Words.of(view.case)
    form, options = _asked(view, found, words)
    shown = FormView(form, raw=_filled(form, found, view), options=options) if form else None
    return _page(view, found, words, shown)


def form_of(task: Task, words: Words, complaint: Complaint | None) -> Form | None:
    """The form of a task as the page shows it: files apart, and of the tracks only the lawful one (D6)."""
    form = words.form_of(task.element)
    if form is None:
        return None
    form = problems.without_files(form)
    if complaint is None:
        return form
    only = (track_of(complaint.contests, complaint.body).value,)
    return replace(form, fields=tuple(replace(f, values=only) if f.key == "track" else f for f in form.fields))


def _asked(view: CaseView, task: Task, words: Words) -> tuple[Form | None, Options]:
    """The form of a task with its options.

    Its hints tell the working hours of the days it offers, or of today, and in which languages it is printed.
    """
    form, calendar = _about_findings(form_of(task, words, view.complaint), view), program().calendar
    options = _options(form, view)
    offered = [date.fromisoformat(day) for day, _label in options.get("hearing_days", ())]
    days = offered or [local(program().clock.now()).date()]
    if form is None:
        return None, options
    hours = [(day, calendar.hours_on(day)) for day in days]
    return with_languages(with_hours(form, hours), view.case), options


def _about_findings(form: Form | None, view: CaseView) -> Form | None:
    """The check of completeness asks why a set is complete all the same only where something was found in it (R6.3)."""
    if form is None or all(asked.key != DESPITE_FINDINGS for asked in form.fields):
        return form
    found = bool(facts.documents_found(view))
    asked_now = (replace(f, required=f.required or f.key == DESPITE_FINDINGS) for f in form.fields)
    return replace(form, fields=tuple(f for f in asked_now if found or f.key != DESPITE_FINDINGS))


def _send(view: CaseView, task: Task) -> ResponseReturnValue:
    words, raw = Words.of(view.case), typed.raw()
    form, options = _asked(view, task, words)
    changed = change_rows(form, raw) if form else None
    if form and changed is not None:
        return _page(view, task, words, FormView(form, raw=changed, options=options))
    files = uploads.wanted(view, task, words)
    wrong = uploads.take(task, files)
    if wrong and form:
        result = None if uploads.asked_for() else form.validate(raw, options=options)
        beside = {each.key: each.label for each in files}
        shown = FormView(form, raw=raw, result=result, options=options, extra=wrong, beside=beside)
        return _page(view, task, words, shown), 400
    if uploads.asked_for():
        return redirect(typed.keep("", sessions.owner_here()), 303)
    try:
        return _step(task, words, raw)
    except ANSWERED as problem:
        found = next((status for kind, status in STATUS if isinstance(problem, kind)), None)
        status = found or failed.status(problem)
        again = problems.answered(form, raw, problem, words, options) if form else None
        fresh = case_view(view.case.id)
        return _page(fresh, task_of(fresh, task.id), words, again, law=problems.law_of(problem)), status


def _step(task: Task, words: Words, raw: typed.Typed) -> ResponseReturnValue:
    """Complete the task, or prepare the paper that must be signed first."""
    answers = {name: list(texts) for name, texts in raw.items()}
    version = request.form.get("version", -1, type=int)
    element = words.element(task.element)
    if element and element.document and wants_signature(answers):
        prepared = prepare_document(program(), task.id, me(), answers, version)
        return redirect(url_for("officer.paper", prepared_id=prepared.id), 303)
    case = complete_task(program(), task.id, me(), answers, version)
    name, back = words.name(task.element), answers.get("decision", [])[:1] == ["return"]
    flash(_("Sent back: %(task)s.", task=name) if back else _("Done: %(task)s.", task=name), "success")
    return redirect(after(case), 303)


def after(case: Case) -> str:
    """Where to go when a task is done: to the case's next task when it is this officer's, else to the worklist."""
    open_tasks = program().queries.case(case.id).open_tasks()
    mine = next((task for task in open_tasks if task.assignee_id == me().officer_id and task.role in me().roles), None)
    return url_for("officer.task", task_id=mine.id) if mine else url_for("officer.worklist")


def _filled(form: Form, task: Task, view: CaseView) -> Raw:
    """What the form is filled with: what was typed just now, else the draft, else what the case knows already."""
    given = typed.typed()
    if given is not None:
        return dict(given)
    draft = task.draft or {}
    if RAW in draft:
        return consents.with_consent(view.case, task, dict(draft[RAW]))
    return consents.with_consent(view.case, task, {**_found(task, view), **typed_again(form, draft)})


def _found(task: Task, view: CaseView) -> Raw:
    """What the case knows: what the automatic check found missing, and for minutes where and when it was invited to.

    The officer decides, and writes what was otherwise (R6.3, L74.1).
    """
    if task.element == HEARD_AT[view.case.procedure] and view.hearing is not None:
        held = view.hearing
        known = {"place": held.place, "date": formats.date(held.held_on), "start": held.held_at}
        return {f"minutes_{name}": [text] for name, text in known.items() if text}
    return items_of(facts.documents_found(view)) if task.element == COMPLETENESS else {}


def _options(form: Form | None, view: CaseView) -> Options:
    if form is None or not form.asks_for_options:
        return {}
    with program().reading() as uow:
        return options_for(program(), uow, view.case)


def _page(view: CaseView, task: Task, words: Words, form: FormView | None, law: str = "") -> str:
    calendar, now, actor = program().calendar, program().clock.now(), me()
    asked = words.form_of(task.element)
    element = words.element(task.element)
    return render_template(
        "officer/task.html",
        task=task,
        element=element,
        name=words.name(task.element),
        lane=words.lane(task.role),
        form=form,
        intro=words.intro(asked) if asked else "",
        wanted_files=uploads.wanted(view, task, words),
        problem_law=law,
        failure=failed.last_failure(view, task, words),
        returned=facts.returned(view),
        task_term=terms.task_term(view, words, calendar, now, task.id),
        lawful=[*lawful.facts(view, words, calendar, now, task), *consents.consent_facts(view, task)],
        may_do=task.role in actor.roles,
        is_mine=task.assignee_id == actor.officer_id,
        holder=view.officers.get(task.assignee_id or 0, ""),
        colleagues=_colleagues(task),
        **common(view, words, without=task.id),
    )


def _colleagues(task: Task) -> list[tuple[int, str]]:
    """To whom the head, or who has the task, may hand it: the officers of its lane."""
    leads = may(me(), Right.LEAD) and task.role in lanes_of(me())
    mine = leads or task.assignee_id == me().officer_id
    if not mine or not task.is_open:
        return []
    with program().reading() as uow:
        officers = uow.people.holding(task.role, local(uow.now).date())
    return [(officer.id, officer.full_name) for officer in officers if officer.id != task.assignee_id]
