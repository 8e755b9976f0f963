"""What the office shows when a step cannot be taken: somebody was faster, the role forbids it, the law forbids it."""

from __future__ import annotations

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from service.domain.case import Task
from service.domain.errors import CaseChanged, Forbidden, NotLawful, TaskClosed
from service.domain.views import CaseView
from service.usecases.papers import own_prepared
from service.usecases.tasks import record_foreign_form, record_refusal
from service.web import errors, foreign, sessions, typed
from service.web.answers import typed_again
from service.web.officer import problems
from service.web.officer.door import actor_now, me, officer, program
from service.web.officer.page import meanwhile
from service.web.officer.reading import Words
from service.web.officer.task_forms import task_form

SAID_MEANWHILE = ("position", "consent")
"""What an applicant may have said since a paper was prepared: it is read before the paper is signed."""
AGAIN = {
    "officer.sign": "officer.prepare_again",
    "officer.prepare_again": "officer.prepare_again",
    "officer.sign_act_paper": "officer.prepare_act_again",
    "officer.prepare_act_again": "officer.prepare_act_again",
}
"""Where a paper is prepared again, by the page on which that turned out to be needed."""


@officer.errorhandler(Forbidden)
def forbidden(error: Forbidden) -> ResponseReturnValue:
    """What a role may not do gives 403 and a line in the journal."""
    what = str(error.data.get("what") or "page")[:80]
    record_refusal(program(), me(), what, g.get("case_id"), path=foreign.what_was_asked())
    return errors.page(errors.trouble(403))


@officer.errorhandler(CSRFError)
def foreign_form(error: CSRFError) -> ResponseReturnValue:
    """A form that is not ours does nothing; sent in an officer's name by another site, it is a line in the journal."""
    person = sessions.current("officer")
    actor = actor_now(person) if person and foreign.is_to_be_told(person) else None
    if actor:
        record_foreign_form(program(), actor, foreign.what_was_asked(), foreign.whence())
    return errors.form_too_old(error)


@officer.errorhandler(TaskClosed)
def task_closed(error: TaskClosed) -> ResponseReturnValue:
    """Somebody was faster: who, when, what has happened since, and what this officer had typed."""
    if _is_script():
        return errors.page(errors.trouble(409))
    task_id = int(error.data["task"])
    view = program().queries.case_for(me(), program().queries.case_of_task(task_id))
    task = next(each for each in view.tasks if each.id == task_id)
    words = Words.of(view.case)
    page = render_template(
        "officer/task_closed.html",
        case=view.case,
        name=words.name(task.element),
        by=error.data.get("by") or view.officers.get(task.completed_by or 0, ""),
        by_me=task.completed_by == me().officer_id,
        at=error.data.get("at") or task.completed_at or task.cancelled_at,
        was_cancelled=task.completed_at is None,
        meanwhile=meanwhile(view, words),
        typed_answers=_typed(view, task, words),
    )
    return page, 409


@officer.errorhandler(CaseChanged)
def case_changed(error: CaseChanged) -> ResponseReturnValue:
    """The page is out of date: what has happened since, and the way back with everything that was typed."""
    if _is_script():
        return errors.page(errors.trouble(409))
    case_id = g.get("case_id")
    view = program().queries.case_for(me(), case_id) if case_id else None
    back = typed.keep("busy", sessions.owner_here())
    page = render_template(
        "officer/case_changed.html",
        case=view.case if view else None,
        by=error.data.get("by") or "",
        paper_is_old=error.data.get("what") == "prepared_document",
        said=error.data.get("what") if error.data.get("what") in SAID_MEANWHILE else "",
        again=_again(),
        meanwhile=meanwhile(view, Words.of(view.case)) if view else [],
        back=back,
    )
    return page, 409


@officer.errorhandler(NotLawful)
def not_lawful(error: NotLawful) -> ResponseReturnValue:
    """The law forbids it now: why, which point says so, and the way back with everything that was typed."""
    case_id, again = g.get("case_id"), _again()
    page = render_template(
        "officer/not_lawful.html",
        case=program().queries.case_for(me(), case_id).case if case_id else None,
        why=problems.not_lawful(error),
        law=problems.law_of(error),
        again=again,
        back=typed.keep("busy", sessions.owner_here()) if request.method == "POST" and not again else "",
    )
    return page, 409


def _again() -> str:
    """Where the paper that was being signed is prepared once more: that of a task, or that of an act beside it."""
    prepared, address = (request.view_args or {}).get("prepared_id"), AGAIN.get(request.endpoint or "")
    return url_for(address, prepared_id=prepared) if prepared and address else ""


def _typed(view: CaseView, task: Task, words: Words) -> list[tuple[str, str]]:
    """The answers of this officer: those of the form, or those with which the paper was prepared that they signed."""
    (form, options), paper = task_form(view, task, words), (request.view_args or {}).get("prepared_id")
    if form is None:
        return []
    raw = typed_again(form, own_prepared(program(), paper, me()).answers) if paper else typed.raw()
    return problems.as_typed(form, raw, options)


def _is_script() -> bool:
    return request.headers.get("X-Requested-With") == "autosave"
