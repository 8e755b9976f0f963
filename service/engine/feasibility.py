"""Can every path keep its terms, and until which day may each step wait? (U2; D2, D25, R8.1, L73.1)

Days are counted as working days after the day of registration; the day of receipt is taken for the working day before
it, the worse of the two cases (D27). On a path each deadline on a task's edge says "not later than", each timer in the
course of the case "not before", and a term of the whole case holds for every step. A deadline that ends its task, where
the path leaves by it, comes on its own day, neither sooner nor later. Together they are inequalities between the days
of two steps; a path can keep them all when the shortest distances between the steps hold no contradiction, and those
distances are the last lawful days.
"""

from __future__ import annotations

import ast
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from service.domain.operations import OperationCatalogue
from service.domain.steps import Element
from service.engine.catalogue import Catalogue
from service.engine.expressions import Expression, ExpressionError

ORIGIN, RECEIPT = "registered_on", "received_on"
_ORIGINS = {ORIGIN: (-1, 0), RECEIPT: (-2, -1)}
"""The places before every path, each with its day: the registration, and the receipt on the working day before it."""
MOST_PATHS = 500
_MOST_TURNS = 20_000
UNBOUNDED = 10_000
_RESTS = ("user_task", "timer", "message", "sub_process")
"""What a case may wait at; everything else happens on the day of the step before it."""
_SAME_DAY = ("start_of_day", "opening", "closing", "next_working_day")


@dataclass(frozen=True)
class Term:
    """`days` working days after the day on which `anchor` became known."""

    anchor: str
    days: int


@dataclass(frozen=True)
class Window:
    """One path to an ending: its last lawful days by element, or the element at which its terms contradict."""

    ending: str
    path: tuple[str, ...]
    latest: Mapping[str, int]
    contradiction: str = ""


@dataclass(frozen=True)
class _Limit:
    """The step at `later` is at most `days` working days after the step at `earlier`; -1 and -2 are the origins."""

    earlier: int
    later: int
    days: int


def windows(catalogue: Catalogue, operations: OperationCatalogue) -> Iterator[Window]:
    """Every path of the process with its last lawful days, shortest first; at most MOST_PATHS of them."""
    for path in sorted(_paths(catalogue), key=lambda path: (len(path), path)):
        yield _window(catalogue, operations, path)


def _paths(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """Ways from the start to an ending on which nothing comes twice but what a wait of the law leads back to."""
    starts = [e.id for e in catalogue.elements if e.kind == "start_event" and not e.within]
    waiting: list[tuple[str, ...]] = [(start,) for start in starts]
    told = turns = 0
    while waiting and told < MOST_PATHS and turns < _MOST_TURNS:
        path, turns = waiting.pop(), turns + 1
        element = catalogue.element(path[-1])
        if element.kind == "end_event":
            told += 1
            yield path
        ends_it = [edge.id for edge in catalogue.edges_of(element.id) if edge.interrupting]
        onward = reversed((*element.flows_to, *ends_it))
        waiting += [(*path, one) for one in onward if one not in path or _led_back(catalogue, path, one)]


def _led_back(catalogue: Catalogue, path: tuple[str, ...], one: str) -> bool:
    """Whether a wait of the law leads back to this step: it is met a second time, and those that follow it."""
    again = _waits(catalogue.element(path[-1])) or path.count(path[-1]) > 1
    return again and path.count(one) == 1 and not _waits(catalogue.element(one))


def _waits(step: Element) -> bool:
    return step.kind == "timer" and not step.attached_to


def _window(catalogue: Catalogue, operations: OperationCatalogue, path: tuple[str, ...]) -> Window:
    steps = [catalogue.element(element) for element in path]
    anchors = _anchors(steps, operations)
    order = [_Limit(later, earlier, 0) for earlier, later in pairwise(range(-1, len(path)))]
    order += [_Limit(-2, -1, 1), _Limit(-1, -2, -1)]
    order += [_Limit(place - 1, place, 0) for place, step in enumerate(steps) if place and step.kind not in _RESTS]
    own = [list(_limits(catalogue, step, place, anchors)) for place, step in enumerate(steps)]
    own[-1] += _whole_case(catalogue, len(path) - 1, anchors)

    def days_until(place: int) -> list[int] | None:
        return _shortest([*order, *(limit for limits in own[: place + 1] for limit in limits)], len(path))

    days = days_until(len(path) - 1)
    if days is None:
        return Window(
            path[-1], path, {}, path[bisect(range(len(path)), False, key=lambda one: days_until(one) is None)]
        )
    return Window(path[-1], path, {one: day for one, day in zip(path, days, strict=True) if day < UNBOUNDED // 2})


def _whole_case(catalogue: Catalogue, last: int, anchors: Mapping[str, int]) -> Iterator[_Limit]:
    for listener in catalogue.listeners():
        if listener.kind == "timer" and not listener.interrupting:
            for term in _terms(listener, "earlier"):
                yield from _not_later(term, last, anchors)


def _anchors(steps: list[Element], operations: OperationCatalogue) -> dict[str, int]:
    """Where on the path each name becomes known that terms count from."""
    found = {name: place for name, (place, _) in _ORIGINS.items()}
    for position, step in enumerate(steps):
        for name in operations[step.operation].returns if step.operation in operations else ():
            found.setdefault(name, position)
    return found


def _limits(catalogue: Catalogue, step: Element, position: int, anchors: Mapping[str, int]) -> Iterator[_Limit]:
    for edge in (*catalogue.edges_of(step.id), step):
        if edge.kind == "timer" and edge.attached_to:
            for term in _terms(edge, "earlier"):
                yield from _not_later(term, position, anchors)
    if _waits(step) or (step.kind == "timer" and step.interrupting):
        for term in _terms(step, "later"):
            if term.anchor in anchors:
                yield _Limit(position, anchors[term.anchor], -term.days)


def _not_later(term: Term, position: int, anchors: Mapping[str, int]) -> Iterator[_Limit]:
    if anchors.get(term.anchor, position) < position:
        yield _Limit(anchors[term.anchor], position, term.days)


def _terms(timer: Element, joined_by: str) -> list[Term]:
    """The counted terms of an expression; of functions that it does not know nothing is concluded."""
    try:
        return _counted(Expression.parse(timer.expression).tree, joined_by)
    except ExpressionError:
        return []


def _counted(tree: ast.expr, joined_by: str) -> list[Term]:
    match tree:
        case ast.Name(id=name):
            return [Term(name, 0)]
        case ast.Call(func=ast.Name(id="working_days_after"), args=[ast.Name(id=name), ast.Constant(value=int(days))]):
            return [Term(name, days)]
        case ast.Call(func=ast.Name(id=function), args=[inner]) if function in _SAME_DAY:
            return _counted(inner, joined_by)
        case ast.Call(func=ast.Name(id=function), args=[left, right]) if function == joined_by:
            return [*_counted(left, joined_by), *_counted(right, joined_by)]
    return []


def _shortest(limits: list[_Limit], count: int) -> list[int] | None:
    """The last day for each step; None if the limits contradict each other."""
    days = {**dict(_ORIGINS.values()), **dict.fromkeys(range(count), UNBOUNDED)}
    for _ in range(count + 3):
        changed = False
        for limit in limits:
            day = days[limit.earlier] + limit.days
            if day < days[limit.later]:
                days[limit.later], changed = day, True
        if not changed:
            return [days[place] for place in range(count)]
    return None
