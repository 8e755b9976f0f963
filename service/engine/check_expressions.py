"""Expressions that have an answer when a case comes to them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from service.domain.languages import LANGUAGES
from service.domain.operations import OperationCatalogue
from service.engine.check_people import form_keys
from service.engine.expressions import Call, Expression, ExpressionError
from service.engine.findings import Fault, Rule, fault
from service.engine.model import LONGEST_TEXT, Node, Sheet

Functions = Mapping[str, Callable[..., Any]]
_DAYS = re.compile(
    r"(?<!\d)(\d{1,9})\s*(?:\([^)]{0,40}\)\s*)?(?:жұмыс\s+күн|күн|рабоч\w{0,5}\s+д|д(?:ень|ня|ней)\b|(?:working|business)\s+days?|days?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Written:
    """An expression on the sheet: whose it is, where it stands and its text."""

    element: str
    line: int
    text: str


def written(sheet: Sheet) -> Iterator[Written]:
    """Every expression of the sheet: terms and when they are kept, conditions and parameters."""
    for node in sheet.nodes:
        if node.events == ("timer",) and node.expression:
            yield Written(node.id, node.line, node.expression)
        if node.properties.get("kept_when"):
            yield Written(node.id, node.line, node.properties["kept_when"])
        for text in node.parameters.values():
            yield Written(node.id, node.line, text)
    for flow in sheet.flows:
        if flow.condition:
            yield Written(flow.id, flow.line, flow.condition)


def parsed(sheet: Sheet) -> Iterator[tuple[Written, Expression]]:
    """Every expression of the sheet that is in the language, read."""
    for one in written(sheet):
        try:
            yield one, Expression.parse(one.text)
        except ExpressionError:
            continue


def written_fault(one: Written, code: str, /, **data: Any) -> Fault:
    """A fault of this expression."""
    return Fault(one.element, code, one.line, {"expression": one.text, **data})


def expressions_are_in_the_language(sheet: Sheet) -> Iterator[Fault]:
    """The language is small, so that a diagram can ask but never act."""
    for one in written(sheet):
        try:
            Expression.parse(one.text)
        except ExpressionError as wrong:
            yield written_fault(one, f"expression_{wrong.reason}", position=wrong.position, detail=wrong.detail)


def expression_rules(
    files: Mapping[str, bytes], operations: OperationCatalogue, functions: Functions, start_data: Collection[str]
) -> tuple[Rule, ...]:
    """The rules about functions, names and terms."""
    return (functions_are_known(functions), names_are_produced(files, operations, start_data), labels_say_the_term)


def functions_are_known(functions: Functions) -> Rule:
    """A call of a function that does not exist would stop the case where it stands."""
    known = {"now", *functions}

    def rule(sheet: Sheet) -> Iterator[Fault]:
        for one, expression in parsed(sheet):
            for call in expression.calls:
                if call.name not in known:
                    near = get_close_matches(call.name, known, 1) or sorted(known)
                    yield written_fault(one, "function_unknown", function=call.name, known=near)
                elif not _takes(functions.get(call.name, lambda: None), call):
                    yield written_fault(one, "function_arguments", function=call.name, given=call.arguments)

    return rule


def _takes(function: Callable[..., Any], call: Call) -> bool:
    try:
        inspect.signature(function).bind(*[None] * call.arguments)
    except TypeError:
        return False
    except ValueError:
        return True
    return True


def names_are_produced(files: Mapping[str, bytes], operations: OperationCatalogue, start: Collection[str]) -> Rule:
    """Somebody must produce each name: the application, a form, an operation or a message."""

    def rule(sheet: Sheet) -> Iterator[Fault]:
        known = {*start, *_produced(sheet, files, operations)}
        near: dict[str, list[str]] = {}
        for one, expression in parsed(sheet):
            for name in sorted(expression.names - known):
                if name not in near:
                    near[name] = get_close_matches(name, known, 3) or ["—"]
                yield written_fault(one, "name_unknown", name=name, near=near[name])

    return rule


def _produced(sheet: Sheet, files: Mapping[str, bytes], operations: OperationCatalogue) -> Iterator[str]:
    for node in sheet.nodes:
        yield from form_keys(files, node.properties.get("form", ""))
        yield from operations[node.operation].returns if node.operation in operations else ()
        yield from (name.strip() for name in node.properties.get("payload", "").split(",") if name.strip())


def labels_say_the_term(sheet: Sheet) -> Iterator[Fault]:
    """A label with a number of days says the number that the expression counts."""
    for node in sheet.nodes:
        if node.events != ("timer",):
            continue
        counted = _counted(node)
        for where, label in _labels(node):
            said = days_said(label)
            if said and counted and not said <= counted:
                data = {"label": label, "where": where, "said": sorted(said), "counted": sorted(counted)}
                yield fault(node, "label_differs", expression=node.expression, **data)


def days_said(text: str) -> frozenset[int]:
    """The numbers of days that a text says in one of the three languages."""
    return frozenset(int(number) for number in _DAYS.findall(text))


def _counted(node: Node) -> set[int]:
    try:
        return set(Expression.parse(node.expression).numbers)
    except ExpressionError:
        return set()


def _labels(node: Node) -> Iterator[tuple[str, str]]:
    """What stands on the timer, cut where a text is too long: a search in it must not take for ever."""
    yield "name", node.xml.get("name", "")[:LONGEST_TEXT]
    for language in LANGUAGES:
        yield language, node.properties.get(language, "")[:LONGEST_TEXT]
