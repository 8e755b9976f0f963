"""`ruqsat check FILE`: what is wrong with a diagram, in plain words, with exit 1."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.settings import ROOT

PERMIT = (ROOT / "processes" / "permit.bpmn").read_text()

MUTANTS = [
    ("unknown form", 'name="form" value="examine"', 'name="form" value="exmine"', "task_examine"),
    ("unknown operation", 'id="register.insert_permit"', 'id="register.insert_licence"', "operation_insert_permit"),
    ("unknown parameter", 'parameter id="permit_number"', 'parameter id="number"', "operation_insert_permit"),
    ("unknown role", 'name="role" value="unit"', 'name="role" value="team"', "lane_unit"),
    ("expression", "working_days_after(registered_on, 2)", "().__class__", "deadline_completeness"),
    ("label against expression", "working_days_after(registered_on, 2)", "working_days_after(registered_on, 3)", ""),
    ("reserved id", "start_filed", "Start", "Start"),
    ("a missing language", 'name="en" value="Examine for', 'name="de" value="Examine for', "task_examine"),
]


def check(tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    """Exit code and output of the check of one diagram."""
    file = tmp_path / "drawing.bpmn"
    file.write_text(text)
    result = CliRunner().invoke(main, ["check", str(file), *options])
    return result.exit_code, result.output


def test_the_drawing_that_is_in_force_has_no_fault_under_any_name(tmp_path: Path) -> None:
    assert check(tmp_path, PERMIT) == (0, "nothing is wrong\n")


@pytest.mark.parametrize(("what", "old", "new", "element"), MUTANTS, ids=[mutant[0] for mutant in MUTANTS])
def test_a_fault_is_named_with_its_element(tmp_path: Path, what: str, old: str, new: str, element: str) -> None:
    assert old in PERMIT, what
    code, output = check(tmp_path, PERMIT.replace(old, new))
    assert code == 1
    assert element in output


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_advice_comes_in_the_language_that_is_asked_for(tmp_path: Path, language: str) -> None:
    code, output = check(tmp_path, PERMIT.replace('value="examine"', 'value="exmine"'), "--lang", language)
    words = {"kk": "қосыңыз", "ru": "Добавьте", "en": "Add forms/exmine.form"}
    assert code == 1
    assert words[language] in output


def test_what_is_no_diagram_is_refused_in_one_line(tmp_path: Path) -> None:
    code, output = check(tmp_path, "garbage")
    assert code == 1
    assert "XML" in output


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("[1, 2]", "JSON object"),
        ('{"components": [1, null]}', "shaped like a form"),
        ('{"components":' * 50_000, "not JSON"),
        ('{"components": [{"type": "table", "key": "a", "id": "a"}]}', "use fields"),
    ],
    ids=["a list", "components that are none", "too deep", "a table"],
)
def test_a_form_that_no_diagram_names_yet_is_checked_too(tmp_path: Path, form: str, word: str) -> None:
    file = tmp_path / "complaint.form"
    file.write_text(form)
    result = CliRunner().invoke(main, ["check", str(file)])
    assert result.exit_code == 1
    assert "forms/complaint.form" in result.output
    assert word in result.output
