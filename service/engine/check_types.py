"""Calls and terms that fit what they are given: a number of days where one is wanted, a day where a day is."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from service.engine.check_expressions import Functions, parsed, written_fault
from service.engine.expressions import Expression
from service.engine.findings import Fault, Rule
from service.engine.model import Sheet

UNKNOWN, DAY, NUMBER, TEXT, OTHER = "unknown", "day", "number", "text", "other"
"""What a part of an expression is, as far as it can be seen without a case."""


def calls_fit(functions: Functions) -> Rule:
    """A text instead of a number, or a number instead of a day, would stop the case where it stands."""
    wanted = {name: _parameters(function) for name, function in functions.items()}

    def rule(sheet: Sheet) -> Iterator[Fault]:
        for one, expression in parsed(sheet):
            for node in ast.walk(expression.tree):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                pairs = zip(node.args, wanted.get(node.func.id, ()), strict=False)
                for number, (argument, (kind, may_miss)) in enumerate(pairs, 1):
                    if not _fits(argument, kind, may_miss, functions):
                        data = {"function": node.func.id, "number": number, "given": ast.unparse(argument)}
                        yield written_fault(one, f"argument_no_{kind}", **data)

    return rule


def terms_are_days(functions: Functions) -> Rule:
    """A timer waits for a day or an instant: anything else is never due."""

    def rule(sheet: Sheet) -> Iterator[Fault]:
        terms = {(node.id, node.expression) for node in sheet.nodes if node.events == ("timer",)}
        for one, expression in parsed(sheet):
            if (one.element, one.text) in terms and kind_of(expression.tree, functions) not in (UNKNOWN, DAY):
                yield written_fault(one, "term_no_day")
            yield from (written_fault(one, "sum_of_days", part=part) for part in _wrong_sums(expression, functions))

    return rule


def _wrong_sums(expression: Expression, functions: Functions) -> Iterator[str]:
    for node in ast.walk(expression.tree):
        if isinstance(node, ast.BinOp):
            kinds = {kind_of(side, functions) for side in (node.left, node.right)}
            if kinds - {UNKNOWN, NUMBER}:
                yield ast.unparse(node)


def kind_of(node: ast.expr, functions: Functions) -> str:
    """What this part of an expression gives; a name may hold anything."""
    match node:
        case ast.Constant(value=bool() | None):
            return OTHER
        case ast.Constant(value=int() | float()):
            return NUMBER
        case ast.Constant(value=str() as value):
            return DAY if _is_day(value) else TEXT
        case ast.BinOp() | ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            return NUMBER
        case ast.Compare() | ast.UnaryOp() | ast.Tuple() | ast.List():
            return OTHER
        case ast.Call(func=ast.Name(id=name)):
            return _answer(name, functions)
    return UNKNOWN


def _answer(name: str, functions: Functions) -> str:
    if name == "now":
        return DAY
    signature = _signature(functions[name]) if name in functions else None
    return DAY if signature and "date" in _annotation(signature.return_annotation) else UNKNOWN


def _parameters(function: Callable[..., Any]) -> list[tuple[str, bool]]:
    """For each argument whether a number or a day is wanted, and whether it may be missing."""
    signature = _signature(function)
    told = [_annotation(each.annotation) for each in signature.parameters.values()] if signature else []
    kinds: Mapping[bool, str] = {True: NUMBER, False: DAY}
    return [(kinds[text == "int"] if text == "int" or "date" in text else UNKNOWN, "None" in text) for text in told]


def _signature(function: Callable[..., Any]) -> inspect.Signature | None:
    """What a function takes and gives; None for one that does not tell."""
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def _annotation(told: object) -> str:
    return told if isinstance(told, str) else getattr(told, "__name__", str(told))


def _fits(argument: ast.expr, wanted: str, may_miss: bool, functions: Functions) -> bool:
    if wanted == UNKNOWN or (may_miss and isinstance(argument, ast.Constant) and argument.value is None):
        return True
    kind = kind_of(argument, functions)
    if kind == NUMBER and wanted == NUMBER:
        return not isinstance(argument, ast.Constant) or (type(argument.value) is int and argument.value >= 1)
    return kind in (UNKNOWN, wanted)


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
    except ValueError:
        return False
