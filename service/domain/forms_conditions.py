"""When a field of a form is hidden: the small part of FEEL that a form may use, and nothing else.

Allowed are `=key = "v"`, `=key != "v"`, `and`, `or`, `not(...)`, brackets, and `list contains(key, "v")` for a
checklist. Literals are texts in double quotes, numbers, `true`, `false` and `null`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<contains>list\s+contains)\b|(?P<text>\"[^\"\\]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<sign>!=|=|\(|\)|,))"
)
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
LONGEST = 500


class ConditionError(ValueError):
    """The expression is outside the language; the message names the place."""


@dataclass(frozen=True)
class Condition:
    """A parsed expression: `operator` is =, !=, contains, and, or, not; leaves name a key and a literal."""

    operator: str
    key: str = ""
    literal: Any = None
    parts: tuple[Condition, ...] = ()

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Say whether the expression is true of these values; a missing value is null."""
        match self.operator:
            case "and":
                return all(part.holds(values) for part in self.parts)
            case "or":
                return any(part.holds(values) for part in self.parts)
            case "not":
                return not self.parts[0].holds(values)
            case "contains":
                found = values.get(self.key)
                return isinstance(found, (list, tuple)) and self.literal in found
        equal = _equal(values.get(self.key), self.literal)
        return equal if self.operator == "=" else not equal

    def leaves(self) -> Iterator[Condition]:
        """Yield the comparisons, for the check and for the page."""
        if self.key:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def plain(self) -> list[Any]:
        """Give the expression as lists of JSON values, for the script that hides fields in the browser."""
        if self.key:
            return [self.operator, self.key, self.literal]
        return [self.operator, *(part.plain() for part in self.parts)]


def parse_condition(expression: str) -> Condition:
    """Read an expression such as `=complete = "no"`; raise ConditionError when it is outside the language."""
    text = expression.strip()
    if not text.startswith("="):
        raise ConditionError("must begin with =")
    if len(text) > LONGEST:
        raise ConditionError(f"is longer than {LONGEST} characters")
    reader = _Reader(_tokens(text[1:]))
    condition = reader.alternatives()
    reader.end()
    return condition


def _equal(value: Any, literal: Any) -> bool:
    # In Python True equals 1; in a form an answer "yes" must not equal the number one.
    return isinstance(value, bool) == isinstance(literal, bool) and bool(value == literal)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, position, text = [], 0, text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ConditionError(f"is not understood from {text[position:][:20]!r}")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        position = match.end()
    return found


class _Reader:
    """Reads tokens by recursive descent: or, and, not, comparison."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = [*tokens, ("end", "")]

    def take(self, kind: str, value: str | None = None) -> str:
        found, text = self.tokens[0]
        if found != kind or (value is not None and text != value):
            raise ConditionError(f"expects {value or kind} and finds {text or 'the end'!r}")
        self.tokens.pop(0)
        return text

    def sees(self, kind: str, value: str | None = None) -> bool:
        found, text = self.tokens[0]
        return found == kind and (value is None or text == value)

    def end(self) -> None:
        self.take("end")

    def alternatives(self) -> Condition:
        parts = [self.conjunction()]
        while self.sees("word", "or"):
            self.take("word", "or")
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Condition("or", parts=tuple(parts))

    def conjunction(self) -> Condition:
        parts = [self.single()]
        while self.sees("word", "and"):
            self.take("word", "and")
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else Condition("and", parts=tuple(parts))

    def single(self) -> Condition:
        if self.sees("sign", "("):
            return self.bracketed()
        if self.sees("contains"):
            return self.contains()
        if self.sees("word", "not"):
            self.take("word", "not")
            return Condition("not", parts=(self.bracketed(),))
        key = self.take("word")
        if key in {"and", "or", *_CONSTANTS}:
            raise ConditionError(f"expects the key of a field and finds {key!r}")
        operator = self.take("sign", "!=") if self.sees("sign", "!=") else self.take("sign", "=")
        return Condition(operator, key, self.literal())

    def bracketed(self) -> Condition:
        self.take("sign", "(")
        inner = self.alternatives()
        self.take("sign", ")")
        return inner

    def contains(self) -> Condition:
        self.take("contains")
        self.take("sign", "(")
        key = self.take("word")
        self.take("sign", ",")
        literal = self.literal()
        self.take("sign", ")")
        return Condition("contains", key, literal)

    def literal(self) -> Any:
        if self.sees("text"):
            return self.take("text")[1:-1]
        if self.sees("number"):
            text = self.take("number")
            return float(text) if "." in text else int(text)
        word = self.take("word")
        if word not in _CONSTANTS:
            raise ConditionError(f"expects a value in quotes and finds {word!r}")
        return _CONSTANTS[word]
