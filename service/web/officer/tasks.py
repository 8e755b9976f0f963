"""The task page: what is due and why, what is lawful now, and the form that moves the case (R6.1, R7.1, R8.1, R9.1)."""

from __future__ import annotations

from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case, Task
from service.domain.deadlines import local
from service.domain.documents import IncompleteDocument
from service.domain.errors import CaseChanged, DraftChanged, InvalidAnswers, NotLawful, RuqsatError, TaskClosed
from service.domain.rights import Right, lanes_of, may
from service.domain.views import CaseView
from service.usecases.sign_document import prepare_document
from service.usecases.tasks import complete_task, require_lane, wants_signature
from service.web import sessions, tabs, typed
from service.web.forms import FormView, change_rows
from service.web.officer import consents, drafts, facts, failed, lawful, problems, terms, uploads
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, common, task_of
from service.web.officer.reading import Words
from service.web.officer.task_forms import filled, task_form

STATUS: tuple[tuple[type[RuqsatError], int], ...] = (
    (InvalidAnswers, 400),
    (NotLawful, 409),
    (IncompleteDocument, 409),
)
ANSWERED = (InvalidAnswers, NotLawful, IncompleteDocument, *failed.FAILED)
"""What is answered with the task's page and everything that was typed."""


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
    form, options = task_form(view, found, words)
    if form is None:
        return _page(view, found, words, None)
    back, stands = typed.typed() or {}, filled(form, found, view)
    stood = tabs.Stood.kept(back) or tabs.Stood.of(tabs.said(form, stands, {}, options))
    return _page(view, found, words, FormView(form, raw=back or stands, options=options), stood)


def _send(view: CaseView, task: Task) -> ResponseReturnValue:
    require_lane(task, me())
    if not task.is_open:  # nothing that it says is of another tab any more
        raise TaskClosed(task=task.id)
    words, raw = Words.of(view.case), typed.raw()
    form, options = task_form(view, task, words)
    if form is None:
        return _step(task, words, raw, None)
    changed = change_rows(form, raw)
    sheet = drafts.sheet(form, options, task, view, changed or raw)
    met = sheet.met
    if met.both or met.taken or changed is not None:
        return _shown_first(view, task, words, sheet)
    files = uploads.wanted(view, task, words)
    wrong = uploads.take(task, files)
    if wrong or uploads.asked_for():
        sheet.keep(task)
    if wrong:
        result = None if uploads.asked_for() else form.validate(raw, options=options)
        beside = {each.key: each.label for each in files}
        shown = FormView(form, raw=raw, result=result, options=options, extra=wrong, beside=beside)
        return _page(view, task, words, shown, met.anew), 400
    if uploads.asked_for():
        return redirect(typed.keep("", sessions.owner_here()), 303)
    try:
        return _stepped(view, task, words, raw, sheet)
    except ANSWERED as problem:
        found = next((status for kind, status in STATUS if isinstance(problem, kind)), None)
        status = found or failed.status(problem)
        again = problems.answered(form, raw, problem, words, options)
        fresh = case_view(view.case.id)
        now = task_of(fresh, task.id)
        with suppress(CaseChanged, *failed.FAILED):  # where nothing can be kept now, the page itself carries it
            sheet.keep(task)
        return _page(fresh, now, words, again, met.anew, problems.law_of(problem)), status


def _shown_first(view: CaseView, task: Task, words: Words, sheet: drafts.Sheet) -> ResponseReturnValue:
    """What another tab has kept is read before it is sent from this one; so are rows that were added or removed."""
    met = sheet.met
    if not met.both:
        sheet.keep(task)
    page = _page(view, task, words, sheet.shown(), met.anew, saves_itself=not met.both)
    return page, 409 if met.both or met.taken else 200


def _stepped(view: CaseView, task: Task, words: Words, raw: typed.Typed, sheet: drafts.Sheet) -> ResponseReturnValue:
    """Carry out the step; what another tab, or the page by itself, keeps in this very moment is met, too."""
    try:
        return _step(task, words, raw, sheet)
    except DraftChanged:
        view = case_view(view.case.id)
        task = task_of(view, task.id)
        sheet = drafts.sheet(sheet.form, sheet.options, task, view, raw)
        if sheet.met.both or sheet.met.taken:
            return _shown_first(view, task, words, sheet)
        return _step(task, words, raw, sheet)


def _step(task: Task, words: Words, raw: typed.Typed, sheet: drafts.Sheet | None) -> ResponseReturnValue:
    """Complete the task, or prepare the paper that must be signed first."""
    answers = {name: list(texts) for name, texts in raw.items()}
    version, known = request.form.get("version", -1, type=int), task.draft or {}
    element = words.element(task.element)
    if element and element.document and wants_signature(answers):
        by = sheet.met.by if sheet else {}  # who comes back to this page meets what it has said itself
        prepared = prepare_document(program(), task.id, me(), answers, version, known=known, by=by)
        return redirect(url_for("officer.paper", prepared_id=prepared.id), 303)
    case = complete_task(program(), task.id, me(), answers, version, known=known)
    name, back = words.name(task.element), answers.get("decision", [])[:1] == ["return"]
    flash(_("Sent back: %(task)s.", task=name) if back else _("Done: %(task)s.", task=name), "success")
    return redirect(after(case), 303)


def after(case: Case) -> str:
    """Where to go when a task is done: to the case's next task when it is this officer's, else to the worklist."""
    open_tasks = program().queries.case(case.id).open_tasks()
    mine = next((task for task in open_tasks if task.assignee_id == me().officer_id and task.role in me().roles), None)
    return url_for("officer.task", task_id=mine.id) if mine else url_for("officer.worklist")


def _page(
    view: CaseView,
    task: Task,
    words: Words,
    form: FormView | None,
    stood: tabs.Stood | None = None,
    law: str = "",
    *,
    saves_itself: bool = True,
) -> str:
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
        stood=stood.text if stood else "",
        autosave=url_for("officer.save_draft", task_id=task.id) if saves_itself else "",
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
        colleague=next(iter((typed.typed() or {}).get("officer", ())), ""),
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
