"""The procedure of one case as an ordered list in words: what is done, where it stands, what may follow (U19)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _

from service.domain.case import CaseState, Deadline, DeadlineKind, Task
from service.domain.steps import Element
from service.domain.views import CaseView
from service.web import formats
from service.web.boxes import OutlineStep
from service.web.officer.reading import Words

SIGNATURE_CHECKED = "message_signature_checked"
"""Where a case waits whose signature could not be checked yet."""


def steps(view: CaseView, words: Words) -> list[OutlineStep]:
    """The filing, every user task of the drawing in the order of its flow, and the ending."""
    flow = Flow(words)
    latest = {task.element: task for task in view.tasks}
    resting = [task.element for task in view.open_tasks()] or _waiting(view)
    ahead = flow.reachable(resting) if view.case.state is CaseState.OPEN else set()
    lines = [_filed(view)]
    for element in flow.user_tasks:
        task = latest.get(element.id)
        if task is None and element.id not in ahead:
            continue
        lines.append(_step(task, element, view, words, certain=flow.is_certain(element.id, resting)))
    here = next((place for place, line in enumerate(lines) if line.state == "next"), len(lines))
    standing = [*_signature(view), *(_wait(row, words) for row in waits(view))]
    return [*lines[:here], *standing, *lines[here:], *_ending(view, words)]


def waits(view: CaseView) -> list[Deadline]:
    """The days that have to come before anybody can act: of registration, of the earliest refusal (R5.2, L73.1)."""
    if view.open_tasks():
        return []
    return [row for row in view.running_deadlines() if row.kind is DeadlineKind.WAIT and row.engine_id]


def wait_name(row: Deadline, words: Words) -> str:
    """What a case waits for, in words."""
    names: dict[str, str] = {
        "timer_registration_day": _("The application waits for its day of registration"),
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


class Flow:
    """The drawing as a graph: what can follow from where."""

    def __init__(self, words: Words) -> None:
        self._elements = {element.id: element for element in words.edition.catalogue.elements}

    @property
    def user_tasks(self) -> Sequence[Element]:
        """The tasks that a person does, each after every task that can come before it; ways back are left aside."""
        found = [self._elements[element_id] for element_id in self._in_order()]
        return [element for element in found if element.kind == "user_task"]

    def reachable(self, sources: Iterable[str], without: str = "") -> set[str]:
        """What can still come after these elements, by the ordinary flow and not over the edge of a task."""
        found: set[str] = set()
        waiting = [target for source in sources for target in self._next(source)]
        while waiting:
            element_id = waiting.pop()
            if element_id not in found and element_id != without:
                found.add(element_id)
                waiting += self._next(element_id)
        return found

    def is_certain(self, element_id: str, sources: Sequence[str]) -> bool:
        """Whether the case cannot end in the ordinary way without this task."""
        around = self.reachable(sources, without=element_id)
        return not any(self._elements[found].kind == "end_event" for found in around)

    def _next(self, element_id: str) -> Iterator[str]:
        element = self._elements.get(element_id)
        if element is not None:
            yield from element.flows_to

    def _in_order(self) -> list[str]:
        """Every element of the flow, the latest to be left first when all ways are walked to their ends."""
        starts = [e.id for e in self._elements.values() if e.kind == "start_event" and not e.within]
        seen, left = set(starts), list[str]()
        ways = [(start, self._next(start)) for start in starts]
        while ways:
            element_id, targets = ways[-1]
            target = next((each for each in targets if each not in seen), None)
            if target is None:
                left.append(element_id)
                ways.pop()
            else:
                seen.add(target)
                ways.append((target, self._next(target)))
        return left[::-1]


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
    when = ", ".join(text for text in (formats.moment(view.case.received_at), told) if text)
    return OutlineStep(_("Application filed"), "done", _("applicant"), when, "R3.2")


def _step(task: Task | None, element: Element, view: CaseView, words: Words, *, certain: bool) -> OutlineStep:
    name, law = words.name(element.id), ",".join(element.law[:1])
    late = any(breach.task_id is not None and task and breach.task_id == task.id for breach in view.breaches)
    if task is None:
        return OutlineStep(name, "next", words.lane(element.lane), "" if certain else _("if needed"), law)
    if task.is_open:
        who = view.officers.get(task.assignee_id or 0) or words.lane(task.role)
        due = [row.due_at for row in view.deadlines if row.task_id == task.id and row.kind == "term"]
        when = _("until %(moment)s", moment=formats.moment(max(due))) if due else ""
        return OutlineStep(name, "current", who, when, law, late)
    if task.completed_at:
        who = view.officers.get(task.completed_by or 0) or words.lane(task.role)
        return OutlineStep(name, "done", who, formats.moment(task.completed_at), law, late)
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
