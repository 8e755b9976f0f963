"""The small language of conditions, parameters and terms; it walks the syntax tree and refuses everything else.

Literals, names, comparisons, `and`, `or`, `not`, `in`, parentheses, `+` and `-` on numbers, and calls of the functions
that the program offers, with positional arguments. Nothing reaches into an object, so nothing can be run by a diagram.
A name that the process data does not hold yet is None; that somebody produces it is for the check to show.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeGuard

from service.domain.timers import in_one_line

LONGEST = 500
DEEPEST = 40
LARGEST = 10**12

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, many: item in many,
    ast.NotIn: lambda item, many: item not in many,
}


class ExpressionError(ValueError):
    """Text outside the language, or without an answer: `reason` is a code, `position` counts characters from 1."""

    def __init__(self, reason: str, position: int = 1, detail: str = "") -> None:
        self.reason, self.position, self.detail = reason, position, detail
        words = reason.replace("_", " ")
        super().__init__(f"{words} at character {position}" + (f": {detail}" if detail else ""))


@dataclass(frozen=True)
class Call:
    """A function called in an expression, with how many arguments and where."""

    name: str
    arguments: int
    position: int


@dataclass(frozen=True)
class Expression:
    """A text of the language, read once; may be shared by threads."""

    text: str
    names: frozenset[str]
    calls: tuple[Call, ...]
    numbers: tuple[int, ...]
    tree: ast.expr

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Read the text; ExpressionError with position and reason if it is outside the language."""
        return _parse(text)

    def evaluate(self, data: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
        """The answer for this process data; ExpressionError if there is none."""
        return _value(self.tree, data, functions)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Expression:
    source = in_one_line(text)
    if not source:
        raise ExpressionError("empty")
    if len(source) > LONGEST:
        raise ExpressionError("too_long", LONGEST, f"{len(source)} > {LONGEST}")
    if "\\" in source:
        raise ExpressionError("not_allowed", source.index("\\") + 1, "\\")
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as wrong:
        raise ExpressionError("not_understood", max(wrong.offset or 1, 1), wrong.msg) from None
    except (ValueError, MemoryError, RecursionError) as wrong:
        raise ExpressionError("not_understood", 1, str(wrong)) from None
    _require_language(tree, 0)
    nodes = tuple(_in_order(tree))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    return Expression(
        text=source,
        names=frozenset(node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in called),
        calls=tuple(_calls(nodes)),
        numbers=tuple(node.value for node in nodes if isinstance(node, ast.Constant) and type(node.value) is int),
        tree=tree,
    )


def _in_order(tree: ast.expr) -> Iterator[ast.AST]:
    yield tree
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.expr):
            yield from _in_order(child)


def _calls(nodes: tuple[ast.AST, ...]) -> Iterator[Call]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield Call(node.func.id, len(node.args), node.col_offset + 1)


def _refuse(node: ast.expr) -> ExpressionError:
    return ExpressionError("not_allowed", node.col_offset + 1, type(node).__name__)


def _require_language(node: ast.expr, depth: int) -> None:
    if depth > DEEPEST:
        raise ExpressionError("too_deep", node.col_offset + 1)
    for part in _parts(node):
        _require_language(part, depth + 1)


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.Constant(value=int(number)) if number > LARGEST:
            raise ExpressionError("too_large", node.col_offset + 1)
        case ast.Constant(value=None | bool() | int() | float() | str()) | ast.Name():
            return []
        case ast.BoolOp(values=values):
            return values
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.UAdd(), operand=operand):
            return [operand]
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return [left, right]
        case ast.Compare(left=left, ops=ops, comparators=rights) if all(type(op) in _COMPARISONS for op in ops):
            return [left, *rights]
        case ast.Call(func=ast.Name(), args=arguments, keywords=[]):
            return arguments
        case ast.Tuple(elts=items) | ast.List(elts=items) if all(isinstance(item, ast.Constant) for item in items):
            return items
    raise _refuse(node)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _value(node: ast.expr, data: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return data.get(name)
        case ast.BoolOp(op=junction, values=values):
            return _first_that_settles(isinstance(junction, ast.Or), values, data, functions)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, data, functions)
        case ast.UnaryOp(op=sign, operand=operand):
            return _signed(sign, operand, _value(operand, data, functions))
        case ast.BinOp(left=left, op=sign, right=right):
            return _sum(node, sign, _value(left, data, functions), _value(right, data, functions))
        case ast.Compare():
            return _compare(node, data, functions)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _called(node, name, [_value(argument, data, functions) for argument in arguments], functions)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return [_value(item, data, functions) for item in items]
    raise _refuse(node)


def _first_that_settles(
    settled_by: bool, parts: list[ast.expr], data: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]
) -> Any:
    answer = None
    for part in parts:
        answer = _value(part, data, functions)
        if bool(answer) is settled_by:
            break
    return answer


def _signed(sign: ast.unaryop, operand: ast.expr, value: Any) -> int | float:
    if not _is_number(value):
        raise ExpressionError("not_a_number", operand.col_offset + 1, repr(value)[:80])
    return -value if isinstance(sign, ast.USub) else value


def _sum(node: ast.expr, sign: ast.operator, left: Any, right: Any) -> int | float:
    for value in (left, right):
        if not _is_number(value):
            raise ExpressionError("not_a_number", node.col_offset + 1, repr(value)[:80])
    try:
        total: int | float = left + right if isinstance(sign, ast.Add) else left - right
    except OverflowError:
        raise ExpressionError("too_large", node.col_offset + 1) from None
    return total


def _compare(node: ast.Compare, data: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> bool:
    left = _value(node.left, data, functions)
    for comparison, part in zip(node.ops, node.comparators, strict=True):
        right = _value(part, data, functions)
        try:
            holds = bool(_COMPARISONS[type(comparison)](left, right))
        except TypeError:
            what = f"{type(left).__name__} {type(right).__name__}"
            raise ExpressionError("not_comparable", part.col_offset + 1, what) from None
        if not holds:
            return False
        left = right
    return True


def _called(node: ast.expr, name: str, arguments: list[Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
    function = functions.get(name)
    if function is None:
        raise ExpressionError("unknown_function", node.col_offset + 1, name)
    try:
        return function(*arguments)
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as wrong:
        raise ExpressionError("no_answer", node.col_offset + 1, f"{name}: {wrong}") from wrong
