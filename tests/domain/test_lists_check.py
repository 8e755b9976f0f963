"""A list of another shape than the pages and letters read is told to its author before it becomes an edition."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from service.domain.json_files import read_json
from service.domain.languages import LANGUAGES
from service.domain.lists_check import FOLDER, NOTICES, TOLD, check_lists
from service.settings import ROOT
from service.usecases.file_advice import advice

FILES = {f"{FOLDER}{path.name}": path.read_bytes() for path in (ROOT / "forms" / "lists").glob("*.json")}

Change = Callable[[Any], Any]


def at(place: object, value: object) -> Change:
    """The list with another value at a place."""

    def change(content: Any) -> Any:
        content[place] = value
        return content

    return change


def within(place: object, name: str, value: object) -> Change:
    """The list with another value in one of its entries."""

    def change(content: Any) -> Any:
        content[place][name] = value
        return content

    return change


def without(place: object, name: str = "") -> Change:
    """The list without an entry, or an entry without one of its values."""

    def change(content: Any) -> Any:
        del (content[place] if name else content)[name or place]
        return content

    return change


SPOILT: list[tuple[str, Change, str]] = [
    ("regions", lambda _all: {}, "list_no_list"),
    ("regions", lambda _all: [], "list_no_list"),
    ("regions", lambda _all: 5, "list_no_list"),
    ("regions", at(2, "Абай облысы"), "list_no_entry"),
    ("regions", at(2, None), "list_no_entry"),
    ("regions", within(2, "key", 5), "list_value"),
    ("regions", without(2, "key"), "list_value"),
    ("regions", without(2, "article"), "list_value"),
    ("regions", within(2, "article", ["A2.1"]), "list_value"),
    ("regions", within(2, "key", "Астана қаласы"), "list_key_twice"),
    ("regions", within(2, "kk", ["Абай облысы"]), "list_text_missing"),
    ("regions", within(2, "kk", {"kk": "Абай"}), "list_text_missing"),
    ("regions", within(2, "more", {"kk": "Абай"}), "list_text_missing"),
    ("refusal_grounds", within(0, "number", "1"), "list_value"),
    ("refusal_grounds", without(0, "number"), "list_value"),
    ("refusal_grounds", within(0, "number", 10**30), "list_value"),
    ("document_kinds", within(0, "attachable", "no"), "list_value"),
    ("glossary", without(1, "term"), "list_value"),
    ("glossary", within(1, "term", {"kk": "токен"}), "list_text_missing"),
    ("rules_text", at(1, "1. Осы Қағидалар"), "list_no_entry"),
    ("rules_text", within(1, "kk", "1. Осы Қағидалар"), "list_text_missing"),
    ("rules_text", within(1, "ru", []), "list_text_missing"),
    ("service_requirements", within(0, "row", 1), "list_value"),
    ("service_requirements", within(0, "text", "Рұқсат"), "list_value"),
    ("service_requirements", within(8, "list", "../../../etc/passwd"), "list_unknown"),
    ("service_requirements", within(8, "list", "notices"), "list_unknown"),
    ("notices", lambda _all: [], "list_no_notices"),
    ("notices", at("registered", True), "list_no_entry"),
    ("notices", without("registered", "subject"), "list_value"),
    ("notices", within("registered", "body", "Тіркелді"), "list_value"),
    ("notices", within("registered", "subject", dict.fromkeys(LANGUAGES, "{number")), "list_braces"),
    ("notices", within("registered", "subject", dict.fromkeys(LANGUAGES, "{number.__class__}")), "list_braces"),
    ("notices", within("registered", "subject", dict.fromkeys(LANGUAGES, "{number:>999999999}")), "list_braces"),
    ("notices", within("registered", "subject", dict.fromkeys(LANGUAGES, "{number!r}")), "list_braces"),
    ("notices", without("extended"), "notice_missing"),
]


@pytest.mark.law("O1")
@pytest.mark.parametrize(("name", "change", "code"), SPOILT)
def test_a_list_of_another_shape_is_told_in_three_languages(name: str, change: Change, code: str) -> None:
    path = f"{FOLDER}{name}.json"
    found = list(check_lists({**FILES, path: json.dumps(change(json.loads(FILES[path]))).encode()}))
    assert {one.code for one in found} == {code}
    assert {one.file for one in found} == {path}
    assert all(len(set(advice(one.code, one.data).values())) == 3 for one in found)


def test_the_lists_of_the_folder_are_right_and_hold_every_notice_that_the_program_sends() -> None:
    assert list(check_lists(FILES)) == []
    assert set(TOLD) <= set(json.loads(FILES[f"{FOLDER}notices.json"]))


@pytest.mark.parametrize("told", ['"\\ud800"', '"\\u0000"', '{"\\u001b[2J": 1}', '["\\uffff"]', "NaN", "[-Infinity]"])
def test_what_can_stand_on_no_page_is_no_json_of_ours(told: str) -> None:
    with pytest.raises(ValueError, match=r"U\+|NaN|Infinity"):
        read_json(told.encode())
    path = f"{FOLDER}regions.json"
    assert [one.code for one in check_lists({**FILES, path: told.encode()})] == ["file_not_json"]


@pytest.mark.law("L66.1", "O1")
def test_no_notice_of_the_list_is_one_that_the_program_never_sends() -> None:
    notices = json.loads(FILES[NOTICES])
    assert sorted(notices) == sorted(TOLD)
