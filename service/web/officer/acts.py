"""What an officer does with a task besides its form: take it, give it back, hand it over."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Task
from service.domain.deadlines import local
from service.domain.rights import Right
from service.domain.views import CaseView
from service.usecases.tasks import assign_task, claim_task, require_lane, return_task
from service.web import sessions, tabs, typed
from service.web.officer import drafts
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, task_of
from service.web.officer.reading import Words
from service.web.officer.task_forms import task_form


@officer.post("/tasks/<int:task_id>/claim")
@open_to(Right.WORK)
def claim(task_id: int) -> ResponseReturnValue:
    """Take a task that nobody has, and open it with everything that was typed before."""
    is_kept = _keep_typed(task_id)
    claim_task(program(), task_id, me())
    flash(_("You have taken the task."), "success")
    task = url_for("officer.task", task_id=task_id)
    return redirect(task if is_kept else typed.keep("", sessions.owner_here()), 303)


@officer.post("/tasks/<int:task_id>/return")
@open_to(Right.WORK)
def give_back(task_id: int) -> ResponseReturnValue:
    """Give a task back to everybody of its lane; what was typed stays with it."""
    if not _keep_typed(task_id):
        flash(tabs.told_apart(), "error")
        return redirect(typed.keep("", sessions.owner_here()), 303)
    return_task(program(), task_id, me())
    flash(_("You have given the task back. What was typed stays with it."), "success")
    return redirect(url_for("officer.worklist"), 303)


@officer.post("/tasks/<int:task_id>/assign")
@open_to(Right.WORK)
def assign(task_id: int) -> ResponseReturnValue:
    """Hand a task to another officer of its lane."""
    _view, task = _seen(task_id)
    chosen = request.form.get("officer", type=int)
    with program().reading() as uow:
        lane = {officer.id: officer.full_name for officer in uow.people.holding(task.role, local(uow.now).date())}
    if chosen not in lane:
        flash(_("Choose an officer of this lane."), "error")
        return redirect(url_for("officer.task", task_id=task_id), 303)
    assign_task(program(), task_id, me(), chosen)
    flash(_("The task was given to %(name)s.", name=lane[chosen]), "success")
    return redirect(url_for("officer.task", task_id=task_id), 303)


def _seen(task_id: int) -> tuple[CaseView, Task]:
    view = case_view(program().queries.case_of_task(task_id))
    return view, task_of(view, task_id)


def _keep_typed(task_id: int) -> bool:
    """Keep with the task what its page carries; False where another tab or a colleague has kept other words."""
    view, task = _seen(task_id)
    require_lane(task, me())
    form, options = task_form(view, task, Words.of(view.case))
    if form is None or not task.is_open or tabs.STOOD not in request.form:
        return True
    sheet = drafts.sheet(form, options, task, view, typed.raw())
    return not sheet.met.both and sheet.keep(task)
