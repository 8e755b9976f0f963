"""What the pages of a task and of a case have in common: everything that is known of the case, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from service.domain.case import BESIDE_THE_WORK, PERMIT, CaseState, Task
from service.domain.completeness import DESPITE_FINDINGS
from service.domain.errors import Forbidden, NotFound
from service.domain.rights import lanes_of
from service.domain.views import CaseView
from service.usecases.record_reading import record_reading
from service.web.boxes import JournalLine
from service.web.officer import complaint_facts, facts, heard_facts, journal, outline, terms
from service.web.officer.door import me, program
from service.web.officer.reading import Words
from service.web.officer.words import ending_name


def case_view(case_id: int) -> CaseView:
    """Everything of one case that this officer may read; what is forbidden on its pages is noted in its journal.

    So is the reading itself, once an hour for each officer (L75.1).
    """
    g.case_id = case_id
    view = program().queries.case_for(me(), case_id)
    record_reading(program(), me(), case_id)
    return view


def task_of(view: CaseView, task_id: int) -> Task:
    """One task of a case. `NotFound`; `Forbidden` for a lane that is not the officer's, but the head sees every one."""
    task = next((task for task in view.tasks if task.id == task_id), None)
    if task is None:
        raise NotFound(what="task")
    if task.role not in lanes_of(me()):
        raise Forbidden(what="task", role=task.role)
    return task


def seen(view: CaseView) -> int:
    """How far the journal goes: the page sends it back, so that who comes too late reads what has happened since."""
    return view.journal[-1].id if view.journal else 0


def meanwhile(view: CaseView, words: Words) -> list[JournalLine]:
    """What the journal says since the officer opened the page."""
    since = request.form.get("seen", type=int)
    if since is None:
        return []
    told = [entry for entry in view.journal if entry.id > since and entry.action not in BESIDE_THE_WORK]
    return journal.lines(told, words, view.officers)


def common(view: CaseView, words: Words, without: int = 0) -> dict[str, Any]:
    """What both pages show of a case; `without` is the task whose page it is."""
    calendar, now = program().calendar, program().clock.now()
    case = view.case
    element = next((task.element for task in view.tasks if task.id == without), "")
    return {
        "case": case,
        "is_open": case.state is CaseState.OPEN,
        "outcome": ending_name(words, case.outcome) if case.outcome else "",
        "applicant": facts.applicant(case),
        "request_facts": facts.request_facts(case, words),
        "complaint": complaint_facts.complaint_box(case, words, element),
        "against": complaint_facts.against(case),
        "findings": facts.findings(view, words) if case.procedure == PERMIT else [],
        "despite": _despite(view),
        "files": facts.files(view, words),
        "task_files": facts.files(view, words, "task"),
        "state_answers": facts.state_answers(view),
        "hearing": heard_facts.hearing(view, words),
        "positions": heard_facts.positions(view, words),
        "answer_on_paper": heard_facts.address_of_answer(view),
        "papers": facts.papers(view),
        "earlier": facts.earlier(view, words, without),
        "breaches": facts.breaches(view, words),
        "service_term": terms.service_term(view, words, calendar, now) if case.state is CaseState.OPEN else None,
        "notice_term": terms.notice_term(view, words, calendar, now) if case.state is CaseState.OPEN else None,
        "steps": outline.steps(view, words),
        "current": outline.current(view),
        "done": outline.passed(view),
        "journal": journal.lines(view.journal, words, view.officers),
        "seen": seen(view),
        "act": _act(words),
    }


def _despite(view: CaseView) -> tuple[str, str, datetime] | None:
    """Why the set was found complete although the automatic check found a fault, who found so and when (R6.1, R6.3)."""
    if view.case.completeness_on is None:
        return None
    why = [(str((task.answers or {}).get(DESPITE_FINDINGS) or ""), task) for task in view.tasks]
    said = [(text, task.completed_by, task.completed_at) for text, task in why if text and task.completed_at]
    return next(((text, view.officers.get(by or 0, ""), at) for text, by, at in reversed(said)), None)


def _act(words: Words) -> str:
    """The edition under which the case runs (O1)."""
    act = words.edition.act["act"]
    return str(_("Edition %(number)s: order No. %(order)s", number=words.edition.number, order=act["number"]))
