"""The whole path of a case as an ordered list in words: what is behind, where it is, what may come (U19, A1.11.3)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from service.domain.case import APPEAL, PERMIT, CaseState, Task
from service.domain.rounds import sent_back
from service.domain.steps import Element
from service.domain.views import CaseView
from service.web import formats
from service.web.boxes import OutlineStep
from service.web.cabinet.clock import governing
from service.web.cabinet.door import program
from service.web.cabinet.reading import Words
from service.web.cabinet.standing import EARLIEST_REFUSAL, EARLIEST_REVIEW, REGISTRATION, Standing
from service.web.ways import Ways

_REGISTER = {PERMIT: "operation_register_application", APPEAL: "operation_register_complaint"}


def path(view: CaseView, stands: Standing, words: Words) -> list[OutlineStep]:
    """Filing, registration, every task that was or can still be, and the ending; no paper that was sent back."""
    ways = Ways(words.edition.catalogue.elements)
    places = [task.element for task in view.open_tasks()] or [_resting(view, stands)]
    ahead = ways.after(places) if view.case.state is CaseState.OPEN else set()
    latest = {task.element: task for task in view.tasks if not sent_back(task)}
    later = [element.id for element in ways.user_tasks if element.id in ahead and element.id not in latest]
    instead = ways.alternatives(later, places)
    steps = [_filed(view), *_registered(view, stands, words)]
    for element in ways.user_tasks:
        task = latest.get(element.id)
        if task is not None:
            steps.append(_step(task, view, words))
        elif element.id in instead:
            perhaps = not ways.is_sure(element.id, places)
            when = _perhaps(instead[element.id], words) if perhaps else _expected(element, view, words)
            steps.append(_later(element, words, when, perhaps=perhaps))
    now = next((at for at, step in enumerate(steps) if step.state == "next"), len(steps))
    return [*steps[:now], *_waiting(stands), *steps[now:], _end(view, words)]


def _resting(view: CaseView, stands: Standing) -> str:
    if stands.element is not None:
        return stands.element.id
    done = [entry.element for entry in view.journal if entry.element]
    return done[-1] if done else ""


def _filed(view: CaseView) -> OutlineStep:
    at = formats.moment(view.case.came_at)
    if view.case.came_on_paper:
        return OutlineStep(_("Your complaint came on paper"), "done", _("entered by the chancellery"), at, "L64.1")
    if view.case.procedure == APPEAL:
        return OutlineStep(_("You filed the complaint"), "done", "", at, "R13.2")
    return OutlineStep(_("You filed the application"), "done", "", at, "R3.2")


def _registered(view: CaseView, stands: Standing, words: Words) -> list[OutlineStep]:
    case, name = view.case, words.name(_REGISTER[view.case.procedure])
    if case.registered_at is not None:
        return [OutlineStep(name, "done", "", formats.date(case.registered_on), "R5.1")]
    if case.state is CaseState.CLOSED:
        return []
    here = [OutlineStep(stands.title, "current", stands.who, "", stands.law)] if not stands.wait else []
    waits = stands.wait is not None and stands.wait.element == REGISTRATION
    return [*here, OutlineStep(name, "current" if waits else "next", "", formats.date(case.registered_on), "R5.2")]


def _step(task: Task, view: CaseView, words: Words) -> OutlineStep:
    element, name = words.element(task.element), words.name(task.element)
    law = ",".join(element.law[:1]) if element else ""
    late = any(breach.task_id == task.id for breach in view.breaches)
    if task.completed_at:
        return OutlineStep(name, "done", words.lane(task.role), formats.moment(task.completed_at), law, late)
    if not task.is_open:
        return OutlineStep(name, "skipped", "", "", law, late)
    term = view.term_of(task.id, program().clock.now())
    when = _("by %(moment)s", moment=formats.moment(term.row.due_at)) if term else ""
    return OutlineStep(name, "current", words.lane(task.role), when, law, late)


def _later(element: Element, words: Words, when: str, *, perhaps: bool) -> OutlineStep:
    name, law = words.name(element.id), ",".join(element.law[:1])
    return OutlineStep(name, "next", words.lane(element.lane), when, law, perhaps=perhaps)


def _perhaps(instead: Sequence[str], words: Words) -> str:
    """That a step comes on one way only, and where the ways part, which steps come on the other."""
    if not instead:
        return str(_("if the case takes this way"))
    others = "; ".join(words.name(other) for other in instead)
    return str(_("if the case takes this way, instead of: %(steps)s", steps=others))


def _expected(element: Element, view: CaseView, words: Words) -> str:
    """By when a later step is due: a day where it can be counted already, else the term in the law's words."""
    for edge in words.edition.catalogue.edges_of(element.id):
        if edge.kind == "timer":
            counted = governing(edge.expression, view)
            return _("by %(moment)s", moment=formats.moment(counted.due_at)) if counted else words.name(edge.id)
    return ""


def _waiting(stands: Standing) -> list[OutlineStep]:
    """A wait of the law in the middle of the path."""
    if stands.wait is None or stands.wait.element not in (EARLIEST_REFUSAL, EARLIEST_REVIEW):
        return []
    when = _("until %(moment)s", moment=formats.moment(stands.wait.due_at))
    return [OutlineStep(stands.title, "current", "", when, stands.law)]


def _end(view: CaseView, words: Words) -> OutlineStep:
    case = view.case
    if case.state is CaseState.CLOSED:
        return OutlineStep(words.name(f"end_{case.outcome}"), "done", "", formats.moment(case.closed_at))
    return OutlineStep(_("The result is in this cabinet"), "next", "", "", "R9.2")
