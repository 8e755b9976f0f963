"""The terms on the diagram: what an expression may call, and how a due date came about, read from its expression."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.deadlines import Explanation, TermFunctions, closing, explain


class DiagramFunctions(TermFunctions):
    """The term functions together with those that join several terms of the law."""

    def decision_due(
        self, completeness_on: date | str, registered_on: date | str, notified_on: date | str | None
    ) -> date:
        """The last day for a decision: the end of the service term; without a hearing also at most 3 working days
        after completeness was established (D26)."""
        service = self.working_days_after(registered_on, 5)
        return service if notified_on else self.earlier(self.working_days_after(completeness_on, 3), service)


def diagram_functions(calendar: WorkCalendar | Callable[[], WorkCalendar]) -> Mapping[str, Callable[..., Any]]:
    """Every function that an expression on a diagram may call, by its name."""
    functions = DiagramFunctions(calendar)
    return {name: getattr(functions, name) for name in dir(functions) if not name.startswith("_")}


def as_instant(calendar: WorkCalendar, due: date | datetime) -> datetime:
    """A day means its closing hour; an instant is itself."""
    return due if isinstance(due, datetime) else closing(calendar, due)


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
    found = []
    for node in ast.walk(ast.parse(expression, mode="eval")):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found += _terms_of_call(node.func.id, node.args, anchors)
    counted = [CountedTerm(name, explain(calendar, anchor, days)) for name, anchor, days in found]
    return tuple(sorted(counted, key=lambda term: term.explanation.due_on))


def _terms_of_call(name: str, arguments: list[ast.expr], anchors: Anchors) -> list[tuple[str, date, int]]:
    if name == "decision_due":
        wanted = [("registered_on", 5)]
        if not anchors.get("notified_on"):
            wanted.append(("completeness_on", 3))
    elif name == "working_days_after" and len(arguments) == 2:
        anchor, days = arguments
        if not (isinstance(anchor, ast.Name) and isinstance(days, ast.Constant) and isinstance(days.value, int)):
            return []
        wanted = [(anchor.id, days.value)]
    else:
        return []
    return [(key, day, days) for key, days in wanted if (day := anchors.get(key)) is not None]
