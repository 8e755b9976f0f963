"""`ruqsat check FILE`: what is wrong with a diagram, in plain words, with exit 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.settings import ROOT
from tests.engine.mutants import Change, become, good, on, second_pair, second_timer

PERMIT = (ROOT / "processes" / "permit.bpmn").read_text()

MUTANTS = [
    ("unknown form", 'name="form" value="examine"', 'name="form" value="exmine"', "task_examine"),
    ("unknown operation", 'id="register.insert_permit"', 'id="register.insert_licence"', "operation_insert_permit"),
    ("unknown parameter", 'parameter id="permit_number"', 'parameter id="number"', "operation_insert_permit"),
    ("unknown role", 'name="role" value="unit"', 'name="role" value="team"', "lane_unit"),
    ("expression", "working_days_after(registered_on, 2)", "().__class__", "deadline_completeness"),
    ("label against expression", "working_days_after(registered_on, 2)", "working_days_after(registered_on, 3)", ""),
    ("reserved id", "start_filed", "Start", "Start"),
    ("reserved id of a lane", "lane_unit", "End", "“Responsible unit” (End)"),
    (
        "a text instead of a number",
        "working_days_after(registered_on, 2)",
        "working_days_after(registered_on, &quot;2&quot;)",
        "Write a number without quotation marks",
    ),
    ("another name on the drawing", 'name="Қағидалар талаптарына сәйкестігін қарау"', 'name="Қарау"', "(task_examine)"),
    ("a point that the law does not have", 'value="L76.3"', 'value="L67.3"', "(event_extension)"),
    ("a missing language", 'name="en" value="Examine for', 'name="de" value="Examine for', "task_examine"),
]


def check(tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    """Exit code and output of the check of one diagram."""
    file = tmp_path / "drawing.bpmn"
    file.write_text(text)
    result = CliRunner().invoke(main, ["check", str(file), *options])
    return result.exit_code, result.output


def test_the_drawing_that_is_in_force_has_no_fault_under_any_name(tmp_path: Path) -> None:
    code, output = check(tmp_path, PERMIT)
    notes = [line for line in output.splitlines() if not line.startswith("note: ")]
    assert (code, notes) == (0, ["nothing is wrong"])


@pytest.mark.parametrize(("what", "old", "new", "element"), MUTANTS, ids=[mutant[0] for mutant in MUTANTS])
def test_a_fault_is_named_with_its_element(tmp_path: Path, what: str, old: str, new: str, element: str) -> None:
    assert old in PERMIT, what
    code, output = check(tmp_path, PERMIT.replace(old, new))
    assert code == 1
    assert element in output


SHAPES: list[tuple[str, Change, str, str]] = [
    ("no default flow", on("gateway_decided", default=""), "(gateway_decided)", "Mark one of these as default"),
    (
        "an event that the engine ignores",
        become("message_answer", "intermediateThrowEvent"),
        "(message_answer)",
        "The engine does not walk elements of the kind intermediateThrowEvent. Use a userTask",
    ),
    ("parallel pairs in a row", second_pair, "(gateway_again)", "keep one, or move the second into a sub-process"),
    ("two timers on one event gateway", second_timer, "(gateway_first)", "deadline_answer, deadline_second. Keep one"),
]


@pytest.mark.parametrize(("what", "change", "element", "advice"), SHAPES, ids=[shape[0] for shape in SHAPES])
def test_a_shape_that_cannot_be_walked_is_named_with_what_to_do(
    tmp_path: Path, what: str, change: Change, element: str, advice: str
) -> None:
    drawing = good()
    change(drawing)
    code, output = check(tmp_path, drawing.xml().decode(), "--lang", "en")
    assert code == 1
    assert any(element in line and advice in line for line in output.splitlines()), output


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
        ('{"components":' * 30_000, "not JSON"),
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


def form_beside(tmp_path: Path, name: str = "examine") -> Path:
    """A form of the service under this name, with its texts beside it, in a folder of its own."""
    for language in ("kk", "ru", "en"):
        texts = (ROOT / "forms" / f"examine.{language}.json").read_text()
        (tmp_path / f"{name}.{language}.json").write_text(texts)
    file = tmp_path / f"{name}.form"
    file.write_text((ROOT / "forms" / "examine.form").read_text())
    return file


@pytest.mark.parametrize("name", ["examine", "quite_new"])
@pytest.mark.parametrize("asked", ["form", "ru.json"])
def test_the_texts_beside_a_form_are_checked_with_it(tmp_path: Path, name: str, asked: str) -> None:
    form_beside(tmp_path, name)
    file = tmp_path / f"{name}.{asked}"
    assert CliRunner().invoke(main, ["check", str(file)]).exit_code == 0
    texts = tmp_path / f"{name}.ru.json"
    told = json.loads(texts.read_text())
    del told["form"]
    texts.write_text(json.dumps(told))
    result = CliRunner().invoke(main, ["check", str(file)])
    assert result.exit_code == 1
    assert f"forms/{name}.ru.json: form: The title is missing." in result.output


def test_the_forms_that_a_diagram_names_are_checked_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(ROOT / "forms", forms)
    (forms / "examine.kk.json").unlink()
    monkeypatch.setenv("RUQSAT_FORMS", str(forms))
    code, output = check(tmp_path, PERMIT)
    assert code == 1
    assert "forms/examine.kk.json" in output


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_lines_that_cross_are_named_with_their_place_and_refuse_nothing(tmp_path: Path, language: str) -> None:
    code, output = check(tmp_path, PERMIT, "--lang", language)
    notes = [line for line in output.splitlines() if "(flow_grounds_none)" in line and "flow_deadline_refusal" in line]
    assert code == 0
    assert len(notes) == 1
    assert "1108, 790" in notes[0]
    assert {"kk": "жоқ", "ru": "нет", "en": "no"}[language] in notes[0]


@pytest.mark.law("O1")
@pytest.mark.parametrize(
    ("language", "said"), [("kk", "тексерілмеді"), ("ru", "не проверены"), ("en", "were not checked")]
)
def test_the_check_says_in_a_line_which_terms_it_did_not_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    shutil.copytree(ROOT / "processes", tmp_path / "processes")
    act = tmp_path / "processes" / "edition.toml"
    act.write_text(act.read_text().replace("minutes_signed_days = 2", "minutes_signed_days = 0"))
    monkeypatch.setenv("RUQSAT_PROCESSES", str(tmp_path / "processes"))
    result = CliRunner().invoke(main, ["check", "--lang", language])
    lines = [line for line in result.output.splitlines() if said in line]
    assert (result.exit_code, len(lines)) == (1, 1)
    assert "check_completeness" in lines[0]


@pytest.mark.law("O1")
def test_rows_of_the_law_that_cannot_be_read_are_told_and_no_point_is_called_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "processes", tmp_path / "processes")
    monkeypatch.setenv("RUQSAT_PROCESSES", str(tmp_path / "processes"))
    for content, code, told in (
        ("[row", 1, "requirements.toml: -: "),
        ('[row]\n"R6.1" = ["а", "б", "c"]\n', 1, "There is no point L76.3 among the rows of requirements.toml"),
        ("row = 1", 1, "requirements.toml: row: There are no rows of the law."),
        ("", 1, "requirements.toml: row: There are no rows of the law."),
        ('[row]\nR1 = ["а", "б"]\n', 1, "requirements.toml: row.R1: There must be three texts"),
        (None, 0, "nothing is wrong"),
    ):
        rows = tmp_path / "processes" / "requirements.toml"
        rows.write_text(content) if content is not None else rows.unlink()
        result = CliRunner().invoke(main, ["check", "--lang", "en"])
        assert (result.exit_code, told in result.output) == (code, True), result.output


SOURCES = {
    "processes/requirements.toml": ("[[[", "a = 1", '[row]\n"R1" = 3\n', '[row]\n"R1" = ["а"]\n'),
    "forms/examine.form": ("{", "[1]"),
    "forms/lists/refusal_grounds.json": ("{", "3"),
    "forms/lists/notices.json": ("{", "[1]"),
    "forms/documents/permit.html": ("\udcff",),
    "processes/calendar/kz.csv": ("ж",),
    "processes/permit.bpmn": ("<x",),
}
BROKEN = [(file, content) for file, contents in SOURCES.items() for content in contents]


def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands read copies of the analysts' folders, which a test may break."""
    for name in ("processes", "forms"):
        shutil.copytree(ROOT / name, tmp_path / name)
        monkeypatch.setenv(f"RUQSAT_{name.upper()}", str(tmp_path / name))


@pytest.mark.parametrize(("file", "content"), BROKEN)
def test_a_broken_source_ends_the_map_of_the_law_with_one_line_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, content: str
) -> None:
    folders(tmp_path, monkeypatch)
    (tmp_path / file).write_text(content, "utf-8", "surrogateescape")
    ended = CliRunner().invoke(main, ["show", "law"])
    assert (ended.exit_code, ended.stderr.count("\n"), ended.stdout) == (2, 1, "")
    assert Path(file).name in ended.stderr or file.endswith("kz.csv")
    checked = CliRunner().invoke(main, ["check"])
    assert checked.exit_code == (2 if file.endswith("kz.csv") else 1), checked.output


@pytest.mark.parametrize("content", ["{", "[1]", '{"R1.1": 3}'])
def test_what_the_command_has_written_itself_is_renewed_when_it_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    folders(tmp_path, monkeypatch)
    (tmp_path / "processes" / "requirements.json").write_text(content)
    monkeypatch.setattr("service.cli.law.PAPER", tmp_path / "requirements.md")
    assert CliRunner().invoke(main, ["show", "law", "--write"]).exit_code == 0
    assert "tests" in json.loads((tmp_path / "processes" / "requirements.json").read_text())["R1.1"]


@pytest.mark.parametrize("command", [["check"], ["show", "permit"], ["show", "law"]])
def test_a_missing_calendar_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    folders(tmp_path, monkeypatch)
    (tmp_path / "processes" / "calendar" / "kz.csv").unlink()
    ended = CliRunner().invoke(main, command)
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert "calendar file is missing" in ended.stderr
