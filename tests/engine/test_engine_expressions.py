"""The language of conditions and terms: what it can say, and that it can do nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine.expressions import LONGEST, Expression, ExpressionError

DATA = {"number": 3, "kind": "extract", "grounds": ["one", "two"], "yes": True, "share": 0.5, "huge": 10**400}


def value(text: str) -> object:
    return Expression.parse(text).evaluate(DATA, {"twice": lambda n: n * 2, "none": lambda: None})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("number", 3),
        ("-number + 1 - 0.5", -2.5),
        ("'a' == 'a' and yes", True),
        ("not yes or number >= 3", True),
        ("1 < number <= 3", True),
        ("1 < number < 3", False),
        ("kind in ('extract', 'contract')", True),
        ("kind not in ['contract']", True),
        ("'two' in grounds", True),
        ("missing == None", True),
        ("missing or 5", 5),
        ("number and kind", "extract"),
        ("twice(number + 1)", 8),
        ("twice(twice(1))", 4),
        ("none()", None),
        ("(\n number\n  == 3)", True),
        ("share != 0.25", True),
        ("өтініш == None", True),
    ],
)
def test_what_can_be_said(text: str, answer: object) -> None:
    assert value(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "number.real",
        "grounds[0]",
        "().__class__",
        "lambda: 1",
        "[n for n in grounds]",
        "{'a': 1}",
        "{1}",
        "f'{number}'",
        "number * 2",
        "2 ** 9",
        "number if yes else 1",
        "yes is True",
        "(n := 5)",
        "twice(n=1)",
        "twice(*grounds)",
        "twice(1)(2)",
        "[number]",
        "...",
        "b'x'",
        "1j",
        "number; number",
        "import os",
        "await number",
        "~number",
        "'a\\x41'",
        "",
        "  \n ",
        "= kind",
        "${kind}",
        "number ==",
        "\x00",
        "-" * 100 + "1",
        "(" * 240 + "1" + ")" * 240,
        "'" + "x" * LONGEST + "'",
    ],
)
def test_everything_else_is_refused_with_a_place(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        Expression.parse(text)
    assert refused.value.position >= 1


@pytest.mark.parametrize(
    "text",
    [
        "number > kind",
        "yes + 1",
        "-kind",
        "unknown(1)",
        "twice()",
        "1 in number",
        "twice(none())",
        "0.5 + huge",
        "huge - 0.5",
    ],
)
def test_what_has_no_answer_is_an_error_of_the_language(text: str) -> None:
    with pytest.raises(ExpressionError):
        value(text)


def test_the_check_can_see_names_calls_and_numbers() -> None:
    expression = Expression.parse("earlier(days_after(day, 5), other) > -2")
    assert expression.names == {"day", "other"}
    assert [(call.name, call.arguments) for call in expression.calls] == [("earlier", 2), ("days_after", 2)]
    assert set(expression.numbers) == {5, 2}


@given(st.text(max_size=60))
def test_no_text_brings_the_reader_down(text: str) -> None:
    try:
        Expression.parse(text)
    except ExpressionError as refused:
        assert str(refused)
