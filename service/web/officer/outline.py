"""The procedure of one case as an ordered list in words: what is done, where it stands, what may follow (U19)."""

from __future__ import annotations

from flask_babel import gettext as _

from service.domain.case import APPEAL, CaseState, Deadline, DeadlineKind, Task
from service.domain.rounds import sent_back
from service.domain.steps import Element
from service.domain.views import CaseView
from service.usecases.recheck_signatures import SIGNATURE_CHECKED
from service.web import formats
from service.web.boxes import OutlineStep
from service.web.officer.door import program
from service.web.officer.reading import Words
from service.web.ways import Ways


def steps(view: CaseView, words: Words) -> list[OutlineStep]:
    """The filing, every user task of the drawing in the order of its flow, and the ending."""
    ways = ways_of(words)
    latest = {task.element: task for task in view.tasks}
    resting = current(view)
    ahead = ways.after(resting) if view.case.state is CaseState.OPEN else set()
    lines = [_filed(view)]
    for element in ways.user_tasks:
        task = latest.get(element.id)
        if task is None and element.id not in ahead:
            continue
        lines.append(_step(task, element, view, words, certain=ways.is_sure(element.id, resting)))
    here = next((place for place, line in enumerate(lines) if line.state == "next"), len(lines))
    standing = [*_signature(view), *(_wait(row, words) for row in waits(view))]
    return [*lines[:here], *standing, *lines[here:], *_ending(view, words)]


def ways_of(words: Words) -> Ways:
    """The ways through the drawing of the case's edition."""
    return Ways(words.edition.catalogue.elements)


def waits(view: CaseView) -> list[Deadline]:
    """The days that have to come before anybody can act: of registration, of the earliest refusal (R5.2, L73.1)."""
    if view.open_tasks():
        return []
    return [row for row in view.running_deadlines() if row.kind is DeadlineKind.WAIT and row.engine_id]


def wait_name(row: Deadline, words: Words) -> str:
    """What a case waits for, in words."""
    names: dict[str, str] = {
        "timer_registration_day": _("The complaint waits for its day of registration")
        if words.edition.procedure.process == APPEAL
        else _("The application waits for its day of registration"),
        "timer_review_earliest": _("The law makes the decision wait for the applicant's answer"),
        "timer_refusal_earliest": _("The law makes the decision wait for the applicant's answer"),
    }
    return names.get(row.element) or words.name(row.element)


def current(view: CaseView) -> list[str]:
    """The elements at which the case stands, for the drawing."""
    return list(dict.fromkeys(task.element for task in view.open_tasks())) or _waiting(view)


def passed(view: CaseView) -> list[str]:
    """The elements that are behind the case, for the drawing."""
    here = set(current(view))
    known = (entry.element for entry in view.journal if entry.element and entry.action != "task_opened")
    return list(dict.fromkeys(element for element in ("start_filed", *known) if element not in here))


def _waiting(view: CaseView) -> list[str]:
    """Where a case without an open task rests: the waits of the drawing, else its last step."""
    places = [SIGNATURE_CHECKED for _step in _signature(view)] or [row.element for row in waits(view)]
    if places or view.case.state is CaseState.CLOSED:
        return places
    done = [entry.element for entry in view.journal if entry.element]
    return done[-1:]


def _signature(view: CaseView) -> list[OutlineStep]:
    """The signature that could not be checked yet: nobody is refused for it, the case waits (R3.3)."""
    if not any(each.purpose == "application" and each.verdict == "unchecked" for each in view.signatures):
        return []
    who = _("The program, again and again by itself")
    return [OutlineStep(_("The electronic signature is being checked"), "current", who=who, law="R3.3")]


def _filed(view: CaseView) -> OutlineStep:
    registered = view.case.registered_at
    told = _("registered on %(day)s", day=formats.date(view.case.registered_on)) if registered else ""
    when = ", ".join(text for text in (formats.moment(view.case.came_at), told) if text)
    if view.case.came_on_paper:
        clerk = next((line.actor for line in view.journal if line.action == "complaint_filed"), "")
        who = _("%(clerk)s, chancellery, for %(name)s", clerk=clerk, name=view.case.applicant_name)
        return OutlineStep(_("Complaint on paper entered"), "done", who, when, "L64.1")
    if view.case.procedure == APPEAL:
        return OutlineStep(_("Complaint filed"), "done", _("applicant"), when, "R13.2")
    return OutlineStep(_("Application filed"), "done", _("applicant"), when, "R3.2")


def _step(task: Task | None, element: Element, view: CaseView, words: Words, *, certain: bool) -> OutlineStep:
    name, law = words.name(element.id), ",".join(element.law[:1])
    late = any(breach.task_id is not None and task and breach.task_id == task.id for breach in view.breaches)
    if task is None:
        who, when = words.lane(element.lane), "" if certain else _("if needed")
        return OutlineStep(name, "next", who, when, law, perhaps=not certain)
    if task.is_open:
        who = view.officers.get(task.assignee_id or 0) or words.lane(task.role)
        term = view.term_of(task.id, program().clock.now())
        when = _("until %(moment)s", moment=formats.moment(term.row.due_at)) if term else ""
        return OutlineStep(name, "current", who, when, law, late)
    if task.completed_at:
        who = view.officers.get(task.completed_by or 0) or words.lane(task.role)
        state = "returned" if sent_back(task) else "done"
        return OutlineStep(name, state, who, formats.moment(task.completed_at), law, late)
    return OutlineStep(name, "skipped", "", formats.moment(task.cancelled_at), law, late)


def _wait(row: Deadline, words: Words) -> OutlineStep:
    element = words.element(row.element)
    until = _("until %(moment)s", moment=formats.moment(row.due_at))
    return OutlineStep(wait_name(row, words), "current", "", until, ",".join(element.law[:1]) if element else "")


def _ending(view: CaseView, words: Words) -> list[OutlineStep]:
    case = view.case
    if case.state is CaseState.OPEN:
        return []
    name = words.name(f"end_{case.outcome}")
    return [OutlineStep(name, "done", "", formats.moment(case.closed_at))]
