"""Whatever a request carries as an answer: every field of every form takes it or refuses it."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from service.domain.forms import Form, FormError, rows
from service.domain.forms_check import check_form
from service.domain.forms_fields import LONGEST_TEXT, Field
from service.settings import ROOT

FILES = {f"forms/{path.name}": path.read_bytes() for path in (ROOT / "forms").iterdir() if path.is_file()}
FORMS = sorted(name.removeprefix("forms/").removesuffix(".form") for name in FILES if name.endswith(".form"))
HOSTILE = (
    "", " ", "\u00a0", "x" * 1_000_000, "9" * 5000, "-" * 100, "NaN", "nan", "inf", "-Infinity", "1e400", "1e5", "0x10",
    "٣", "²", "1_000", "9999-12-31", "31.12.9999", "0001-01-01", "01.01.0001", "00.00.0000", "2023-02-30", "31.12.2199",
    "24:00", "09:00+05:00", "yes", "true", "null", "None", "[]", "{}", "\ud800", "a\udfff", "\x00", "\x1b[31m",
    "\u202eabc\u2066", "<script>alert(1)</script>", "{{7*7}}", "' OR 1=1 --", "../../etc/passwd", "\r\n\r\n", "-0",
    "%s%n", "a\u0300" * 5000, "\ufffe", "🐎" * 3000,
)  # fmt: skip
SHAPES: tuple[Callable[[str], list[str]], ...] = (
    lambda text: [text],
    lambda text: [text, text],
    lambda text: ["", text, "yes"],
    lambda _text: [],
)


def options(form: Form) -> dict[str, list[tuple[str, str]]]:
    return {leaf.values_key: [("1", "x"), ("2", "y")] for leaf in every(form) if leaf.values_key}


def every(form: Form) -> Iterator[Field]:
    for found in form.fields:
        yield from found.leaves()


@pytest.mark.law("A2.1", "A2.2")
@pytest.mark.parametrize("name", FORMS)
def test_every_field_takes_or_refuses_whatever_is_sent(name: str) -> None:
    form = Form.parse(FILES, name)
    offered = options(form)
    keys = {leaf.key for leaf in every(form)} | {found.key for found in form.fields}
    for text in HOSTILE:
        for shape in SHAPES:
            sent = {leaf.key: shape(text) for leaf in every(form)}
            sent |= {f"{group.key}-{row}-{leaf.key}": shape(text) for group in form.fields if group.repeat
                     for row in (0, 1) for leaf in group.leaves()}  # fmt: skip
            result = form.validate({**sent, "case_id": ["1"], "_state": ["x"], "id": ["7"]}, options=offered)
            assert set(result.answers) <= keys
            require_harmless(form, result.answers)


def require_harmless(form: Form, answers: object) -> None:
    """What is kept is JSON without infinities, of bounded length, and of letters that stand where they are seen."""
    for value in flat(answers):
        assert value is None or isinstance(value, (str, int, float))
        if isinstance(value, float):
            assert math.isfinite(value)
        if isinstance(value, int):
            assert abs(value) < 10**18
        if isinstance(value, str):
            assert len(value) <= LONGEST_TEXT
            assert not {unicodedata.category(letter) for letter in value if letter != "\n"} & {"Cc", "Cs"}
            assert not set(value) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    json.dumps(answers, allow_nan=False).encode()


def flat(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from flat(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from flat(inner)
    else:
        yield value


@pytest.mark.law("A2.1", "A2.2")
@pytest.mark.parametrize("name", FORMS)
def test_no_choice_is_taken_that_is_not_offered_and_none_twice(name: str) -> None:
    form = Form.parse(FILES, name)
    offered = options(form)
    for leaf in (leaf for leaf in form.walk() if leaf.type in ("radio", "select", "checklist")):
        allowed = leaf.values or ("1", "2")
        for text in (*HOSTILE, allowed[0].upper() + " ", allowed[0] + "\u200b", ",".join(allowed)):
            if text not in allowed:
                assert form.validate({leaf.key: [text]}, options=offered).answers.get(leaf.key) in (None, [])
        if leaf.type == "checklist":
            taken = form.validate({leaf.key: [allowed[-1], *allowed, allowed[0]]}, options=offered).answers[leaf.key]
            assert taken in (list(allowed), [], None)  # nothing where a condition hides it


@pytest.mark.law("A2.2")
@pytest.mark.parametrize("name", FORMS)
def test_what_a_condition_hides_is_not_kept_whatever_is_typed_in_it(name: str) -> None:
    form = Form.parse(FILES, name)
    result = form.validate({leaf.key: ["x", "yes"] for leaf in form.walk()}, options=options(form))
    for leaf in form.fields:
        if leaf.hide and leaf.hide.holds(result.answers):
            assert all(result.answers.get(each.key) in (None, []) for each in leaf.leaves()), leaf.key


@pytest.mark.law("A2.1")
def test_rows_have_numbers_that_a_page_could_have_given_them() -> None:
    group = Form.parse(FILES, "application").find("addresses")
    strange = ("9" * 5000, "-1", "1e3", "²", "٣", "0x1", "", " 1", "1.5")
    assert rows({f"{group.key}-{number}-street": ["x"] for number in strange}, group) == [0]
    many = {f"{group.key}-{number}-street": ["x"] for number in range(100_000)}
    assert len(rows(many, group)) == group.repeat


def written(field: str) -> dict[str, bytes]:
    """An edition with one form of one field, complete in three languages."""
    text = b'{"form": {"title": "x"}, "a": {"label": "x", "messages": {"pattern": "x"}}}'
    form = b'{"type":"default","schemaVersion":18,"components":[{"id":"a","key":"a","type":"textfield"%s}]}'
    return {"forms/x.form": form % field.encode(), **{f"forms/x.{name}.json": text for name in ("kk", "ru", "en")}}


@pytest.mark.parametrize(
    "field",
    [
        "}," * 100_000 + "{",
        ',"components":' + "[" * 100_000,
        ',"components":' + '[{"type":"group","id":"b","components":' * 3000 + "[]" + "}]" * 3000,
        ',"validate":{"maxLength":1e400}',
        ',"validate":{"min":"x"}',
        ',"decimalDigits":1e400',
        ',"conditional":{"hide":"=' + "(" * 490 + '"}',
        ',"conditional":{"hide":"=__import__(1)"}',
        ',"conditional":{"hide":"=a.b = 1"}',
        ',"conditional":{"hide":7}',
        ',"values":[[1]]',
        ',"properties":[1]',
    ],
    ids=range(12),
)
def test_a_form_that_means_harm_is_told_to_its_author_and_never_read(field: str) -> None:
    assert check_form(written(""), "x") == ()
    files = written(field)
    assert check_form(files, "x")
    with pytest.raises(FormError):
        Form.parse(files, "x")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|aa)+", "(a*)*b", "(?:a|a)*", "((a)|b)+", "(x(a)?y)+", "(a(b|c)d){2,}", "([a-z]+)*", "(a{1,9}){1,9}"],
)
def test_a_pattern_that_could_take_for_ever_is_told_to_its_author(pattern: str) -> None:
    found = check_form(written(f',"validate":{{"pattern":"{pattern}"}}'), "x")
    assert "pattern_nested" in [each.code for each in found]


def test_the_patterns_of_our_own_forms_are_none_of_these() -> None:
    assert [found for name in FORMS for found in check_form(FILES, name)] == []
