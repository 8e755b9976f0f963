"""The terms on the diagram: what an expression may call, and how a due date came about, read from its expression."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.deadlines import Explanation, TermFunctions, explain
from service.domain.steps import Element
from service.domain.terms import DRAWN, NOTICE_DRAWN, TERMS


class DiagramFunctions(TermFunctions):
    """The term functions together with those that join several terms of the law."""

    def decision_due(
        self,
        completeness_on: date | str,
        registered_on: date | str,
        notified_on: date | str | None,
        review_days: int = TERMS["decision_due"].days,
        service_days: int = TERMS["decision_due_with_hearing"].days,
    ) -> date:
        """The last day for a decision: the end of the service term; without a hearing also at most so many working
        days after completeness was established (D26). A drawing that names no numbers means those of 2023."""
        service = self.working_days_after(registered_on, service_days)
        return service if notified_on else self.earlier(self.working_days_after(completeness_on, review_days), service)


def diagram_functions(calendar: WorkCalendar | Callable[[], WorkCalendar]) -> Mapping[str, Callable[..., Any]]:
    """Every function that an expression on a diagram may call, by its name."""
    functions = DiagramFunctions(calendar)
    return {name: getattr(functions, name) for name in dir(functions) if not name.startswith("_")}


@dataclass(frozen=True)
class CountedTerm:
    """One counted term of an expression: the name of its anchor and how its date came about."""

    anchor_name: str
    explanation: Explanation


Anchors = Mapping[str, date | None]
"""The days from which terms count, by the names that the diagram uses; None while they are not known."""


def counted_terms(expression: str, anchors: Anchors, calendar: WorkCalendar) -> tuple[CountedTerm, ...]:
    """Every `working_days_after(name, n)` of an expression, counted, the governing one (earliest end) first.

    Anchors that are not known yet are left out. `decision_due` is told by the terms that it joins (D26).
    """
    heard = bool(anchors.get("notified_on"))
    found = [(name, day, days) for name, days in _wanted(expression, heard=heard) if (day := anchors.get(name))]
    counted = [CountedTerm(name, explain(calendar, anchor, days)) for name, anchor, days in found]
    return tuple(sorted(counted, key=lambda term: term.explanation.due_on))


def names_a_day(expression: str) -> bool:
    """Whether an expression counts no days: `registered_on` is the day of registration itself."""
    return not any(_wanted(expression, heard=True))


def drawn_days(elements: Iterable[Element]) -> Mapping[str, int]:
    """The terms of the law that this drawing shows, by their keys, each with its working days.

    Of several timers of one term the one that hangs on no task counts: that is the term of the whole case.
    """
    timers = sorted((each for each in elements if each.expression), key=lambda each: bool(each.attached_to))

    def days(anchor: str, point: str) -> int | None:
        counts = (_wanted(element.expression, heard=True) for element in timers if point in element.law)
        return next((number for wanted in counts for name, number in wanted if name == anchor), None)

    found = {key: number for key, where in DRAWN.items() if (number := days(*where)) is not None}
    notice = days(*NOTICE_DRAWN)
    if notice is not None and "service_due" in found:
        found["hearing_notice_latest"] = notice - found["service_due"]
    return found


def in_one_line(expression: str) -> str:
    """An expression as it is read, however many lines its author has written."""
    return " ".join(expression.splitlines()).strip()


def _wanted(expression: str, *, heard: bool) -> Iterator[tuple[str, int]]:
    """What the calls of an expression count: the names of their anchors, each with its working days (D26).

    Nothing is counted by a text that is none of the language; the check says what is wrong with it.
    """
    try:
        tree = ast.parse(in_one_line(expression), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id == "decision_due":
            review, service = _decision_days(node)
            yield "registered_on", service
            if not heard:
                yield "completeness_on", review
        elif node.func.id == "working_days_after" and len(node.args) == 2:
            anchor, days = node.args
            if isinstance(anchor, ast.Name) and isinstance(days, ast.Constant) and isinstance(days.value, int):
                yield anchor.id, days.value


def _decision_days(call: ast.Call) -> tuple[int, int]:
    """The working days of the review and of the service that a drawing names for a decision, or those of 2023 (D26)."""
    named = [each.value for each in call.args[3:5] if isinstance(each, ast.Constant) and isinstance(each.value, int)]
    lawful = [TERMS["decision_due"].days, TERMS["decision_due_with_hearing"].days]
    review, service = named + lawful[len(named) :]
    return review, service
