"""What an officer does with a task besides its form: take it, give it back, hand it over."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Task
from service.domain.deadlines import local
from service.domain.rights import Right
from service.usecases.tasks import assign_task, claim_task, return_task
from service.web import sessions, tabs, typed
from service.web.officer import drafts
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, task_of


@officer.post("/tasks/<int:task_id>/claim")
@open_to(Right.WORK)
def claim(task_id: int) -> ResponseReturnValue:
    """Take a task that nobody has, and open it with everything that was typed before."""
    found = _keep_typed(task_id)
    claim_task(program(), task_id, me())
    flash(_("You have taken the task."), "success")
    return _with_typed(task_id, found)


@officer.post("/tasks/<int:task_id>/return")
@open_to(Right.WORK)
def give_back(task_id: int) -> ResponseReturnValue:
    """Give a task back to everybody of its lane; what was typed stays with it."""
    if _keep_typed(task_id).apart:
        return _told_apart()
    return_task(program(), task_id, me())
    flash(_("You have given the task back. What was typed stays with it."), "success")
    return redirect(url_for("officer.worklist"), 303)


@officer.post("/tasks/<int:task_id>/assign")
@open_to(Right.WORK)
def assign(task_id: int) -> ResponseReturnValue:
    """Hand a task to another officer of its lane, with what was typed in it."""
    task = _seen(task_id)
    has_form = tabs.STOOD in request.form  # the head who hands over a task of another lane sees none
    found = _keep_typed(task_id) if has_form else _ALL_KEPT
    if found.apart:
        return _told_apart()
    chosen = request.form.get("officer", type=int)
    with program().reading() as uow:
        lane = {officer.id: officer.full_name for officer in uow.people.holding(task.role, local(uow.now).date())}
    if chosen not in lane:
        flash(_("Choose an officer of this lane."), "error")
        return _with_typed(task_id, found)
    assign_task(program(), task_id, me(), chosen)
    flash(_("The task was given to %(name)s.", name=lane[chosen]), "success")
    return _with_typed(task_id, found)


def _told_apart() -> ResponseReturnValue:
    """Back to what was typed, with a word on the other tab."""
    flash(tabs.told_apart(), "error")
    return redirect(typed.keep("", sessions.owner_here()), 303)


def _seen(task_id: int) -> Task:
    view = case_view(program().queries.case_of_task(task_id))
    return task_of(view, task_id)


@dataclass(frozen=True)
class _Typed:
    """What became of what the page of a task carries: all `kept` with the task, or told `apart` from another tab's."""

    kept: bool
    apart: bool = False


_ALL_KEPT = _Typed(kept=True)


def _keep_typed(task_id: int) -> _Typed:
    """Keep with the task what its page carries, unless another tab or a colleague has kept other words meanwhile.

    What a colleague has kept stays, and the page's own words are shown again to who has typed them.
    """
    _view, task, said = drafts.sent(task_id)
    if said is None or tabs.STOOD not in request.form:
        return _ALL_KEPT
    if said.met.both:
        return _Typed(kept=False, apart=True)
    return _Typed(kept=said.keep(task))


def _with_typed(task_id: int, found: _Typed) -> ResponseReturnValue:
    """To the task; what was typed and not kept with it stands there again."""
    page = url_for("officer.task", task_id=task_id) if found.kept else typed.keep("", sessions.owner_here())
    return redirect(page, 303)
