"""A form that no longer asks for what the program reads is told to its author before facts are lost."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import pytest

from service.domain.forms_check import check_form, components
from service.domain.forms_read import READ
from service.domain.languages import LANGUAGES
from service.settings import ROOT
from service.usecases.editions import collect
from service.usecases.file_advice import advice

FILES = collect(ROOT / "processes", ROOT / "forms")
FORMS = sorted(name.removeprefix("forms/").removesuffix(".form") for name in FILES if name.endswith(".form"))


def asked(form: str) -> set[str]:
    """The keys of a form."""
    found = (component.get("key") for component in components(json.loads(FILES[f"forms/{form}.form"])))
    return {str(key) for key in found if key}


def named() -> Iterator[str]:
    """Every word that stands in the code of the procedure by itself."""
    for package in ("domain", "usecases", "operations"):
        for path in (ROOT / "service" / package).rglob("*.py"):
            if path.name != "forms_read.py":
                yield from (
                    node.value
                    for node in ast.walk(ast.parse(path.read_text("utf-8")))
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                )


@pytest.mark.law("A1.10.6", "L74.1")
def test_the_list_holds_what_the_code_names_and_nothing_that_no_form_asks_for() -> None:
    words = set(named())
    assert set(READ) == set(FORMS)
    for form in FORMS:
        assert asked(form) & words <= set(READ[form]) <= asked(form), form


@pytest.mark.law("A1.10.6", "O1")
@pytest.mark.parametrize(
    ("form", "key"), [("examine", "ground_2_act"), ("examine", "nodes_count"), ("hold_hearing", "outcome")]
)
def test_an_answer_under_another_name_is_told_with_its_key(form: str, key: str) -> None:
    renamed = {
        name: content.replace(f'"{key}"'.encode(), f'"{key}_new"'.encode()) if f"/{form}." in name else content
        for name, content in FILES.items()
    }
    (found,) = [finding for finding in check_form(renamed, form) if finding.code == "key_read"]
    assert (found.file, found.field) == (f"forms/{form}.form", key)
    assert all(key in advice(found.code, found.data)[language] for language in LANGUAGES)


@pytest.mark.law("R6.3", "O1")
@pytest.mark.parametrize(("repeat", "told"), [({}, []), ({"repeat": "3"}, ["despite_findings"])])
def test_an_answer_in_the_rows_of_a_repeated_group_is_not_the_one_that_is_read(
    repeat: dict[str, str], told: list[str]
) -> None:
    name = "forms/check_completeness.form"
    form = json.loads(FILES[name])
    inner = [part for part in form["components"] if part["id"] == "despite_findings"]
    group = {"type": "group", "id": "why", "label": "", "path": "why", "components": inner, "properties": repeat}
    form["components"] = [group, *(part for part in form["components"] if part not in inner)]
    found = check_form({**FILES, name: json.dumps(form).encode()}, "check_completeness")
    assert [finding.field for finding in found if finding.code == "key_read"] == told
