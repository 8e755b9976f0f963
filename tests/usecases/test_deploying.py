"""Nothing that would stop a case later becomes an edition: it is refused and told in three languages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import count

import pytest
from click.testing import CliRunner

from service import operations
from service.calendar_file import load_calendar
from service.cli import main
from service.domain.case import JournalEntry
from service.domain.errors import RuqsatError
from service.domain.people import LANE_ROLES
from service.domain.timers import diagram_functions
from service.engine.budget import MOST_OF_A_CHECK
from service.program import Program
from service.settings import ROOT
from service.usecases.audit import audit
from service.usecases.check_edition import check_files
from service.usecases.deploy_edition import EditionRefused, deploy_edition
from service.usecases.editions import collect, pack
from service.usecases.people import ADMINISTRATOR

Files = dict[str, bytes]
DOCUMENTS, LISTS = "forms/documents/", "forms/lists/"


def with_file(name: str, content: bytes | None) -> Callable[[Files], None]:
    """A file of another content, or without it."""

    def change(files: Files) -> None:
        files.pop(name)
        if content is not None:
            files[name] = content

    return change


def without_russian(files: Files) -> None:
    """The first ground of refusal has lost its Russian text."""
    name = f"{LISTS}refusal_grounds.json"
    grounds = json.loads(files[name])
    del grounds[0]["ru"]
    files[name] = json.dumps(grounds).encode()


SPOILT = {
    "a template that is no template": with_file(f"{DOCUMENTS}permit.html", b"{% if %}"),
    "a name that nobody gives": with_file(f"{DOCUMENTS}refusal.html", b"{{ nothing.there }}"),
    "a part that is gone": with_file(f"{DOCUMENTS}_appeal.html", None),
    "no style sheet": with_file(f"{DOCUMENTS}document.css", None),
    "a template in another encoding": with_file(f"{DOCUMENTS}permit.html", b"\xff\xfe"),
    "a list that is no JSON": with_file(f"{LISTS}refusal_grounds.json", b"["),
}
ONLY_CHECKED = {
    "a list that is gone": with_file(f"{LISTS}hearing_exemptions.json", None),
    "a language that is missing": without_russian,
}
ADVISES = {"kk": ("ыңыз", "іңіз"), "ru": ("йте", "ите", "ьте"), "en": ("Correct", "Write", "Check")}
"""How advice sounds: the imperative of each language."""


@pytest.mark.printed
@pytest.mark.law("O1")
@pytest.mark.parametrize("what", SPOILT)
def test_an_edition_that_could_not_print_a_document_is_refused(program: Program, what: str) -> None:
    files = collect(program.settings.processes, program.settings.forms)
    SPOILT[what](files)
    with pytest.raises(EditionRefused, match="forms/"):
        deploy_edition(program, files, ADMINISTRATOR)
    newest = program.queries.newest_edition()
    assert newest is not None
    assert newest.number == 1
    (line,) = refusals(program)
    assert line.details["file"].startswith("forms/")
    assert line.details["why"][""].startswith(line.details["file"])


def refusals(program: Program) -> list[JournalEntry]:
    """The lines of the office about files that did not become an edition."""
    return [line for line in program.queries.office_journal().rows if line.action == "edition_refused"]


UNREADABLE = {
    "a diagram that is no XML": ({"permit.bpmn": b"<a"}, "permit.bpmn:1", "malformed"),
    "an entity": ({"permit.bpmn": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "permit.bpmn:1", "document_type"),
    "another diagram with another element": (
        {"appeal.bpmn": b"bpmn:userTask", "with": b"bpmn:scriptTask"}, "appeal.bpmn:", "element_not_allowed"
    ),
    "an act that is no TOML": ({"edition.toml": b"a = [" + b"[" * 5000}, "edition.toml", "edition_refused"),
    "an act that is a number": ({"edition.toml": b"act = 5"}, "edition.toml", "edition_refused"),
    "an act with a line that turns": (
        {"edition.toml": "[act]\n'\u202e' = 5".encode()}, "edition.toml", "edition_refused"
    ),
}  # fmt: skip


@pytest.mark.law("O1", "L69.1")
def test_what_the_engine_cannot_read_is_refused_and_written_down_by_file_line_and_reason(program: Program) -> None:
    for what, (changes, where, code) in UNREADABLE.items():
        files = collect(program.settings.processes, program.settings.forms)
        name = next(iter(changes))
        files[name] = files[name].replace(changes[name], changes["with"]) if "with" in changes else changes[name]
        with pytest.raises(RuqsatError):
            deploy_edition(program, files, ADMINISTRATOR)
        line = refusals(program)[0]
        assert (line.actor, line.role, line.details["code"]) == ("administrator", "administrator", code), what
        assert line.details["file"].startswith(where), what
        assert line.details["sha256"] == pack(files)[1]
        assert "\u202e" not in str(line.details)
    assert len(refusals(program)) == len(UNREADABLE)
    assert list(audit(program)) == []


LABELS = ("9" * 5000 + " days", "1" * 100_000 + " days", "1рабоч" * 15_000, "1 " * 50_000, "1" + " " * 100_000)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label[:7])
def test_no_text_of_a_form_keeps_the_search_for_its_days_busy_or_brings_it_down(label: str) -> None:
    files = collect(ROOT / "processes", ROOT / "forms")
    for language in ("kk", "ru", "en"):
        texts = json.loads(files[f"forms/sign_decision.{language}.json"])
        key = next(key for key, told in texts.items() if isinstance(told, dict))
        files[f"forms/sign_decision.{language}.json"] = json.dumps(
            {**texts, key: {**texts[key], "label": label}}
        ).encode()
    began = time.perf_counter()
    assert checked(files) == set()
    assert time.perf_counter() - began < 3


def checked(files: Files) -> set[str]:
    """The codes of what the check finds."""
    functions = diagram_functions(load_calendar(ROOT / "processes" / "calendar" / "kz.csv"))
    return {found.code for found in check_files(files, functions, operations.catalogue(), LANE_ROLES)}


def test_a_form_or_list_that_is_far_too_large_is_not_read() -> None:
    files = collect(ROOT / "processes", ROOT / "forms")
    many = [{"id": f"f{number}", "key": f"f{number}", "type": "textfield"} for number in range(20_000)]
    files["forms/examine.form"] = json.dumps({"type": "default", "components": many}).encode()
    files[f"{LISTS}regions.json"] = b"[" * 600_000
    began = time.perf_counter()
    assert checked(files) == {"file_too_large", "form_not_found", "name_unknown"}
    assert time.perf_counter() - began < 3


def test_a_check_whose_time_is_over_names_the_forms_that_it_did_not_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    files = collect(ROOT / "processes", ROOT / "forms")
    asked = count(step=MOST_OF_A_CHECK / 3)
    monkeypatch.setattr("service.engine.budget.monotonic", asked.__next__)
    functions = diagram_functions(load_calendar(ROOT / "processes" / "calendar" / "kz.csv"))
    found = check_files(files, functions, operations.catalogue(), LANE_ROLES)
    assert {one.code for one in found} == {"check_too_long"}
    assert {"appeal.bpmn", "permit.bpmn", "forms/sign_decision.form"} <= {one.file for one in found}
    assert all(len({*one.message.values()}) == 3 for one in found)


@pytest.mark.law("O1")
@pytest.mark.parametrize("what", [*SPOILT, *ONLY_CHECKED])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_check_tells_the_analyst_what_would_fail_later(
    what: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = collect(ROOT / "processes", ROOT / "forms")
    {**SPOILT, **ONLY_CHECKED}[what](files)
    monkeypatch.setattr("service.cli.procedures.collect", lambda *_folders: files)
    result = CliRunner().invoke(main, ["check", "--lang", language])
    assert result.exit_code == 1
    found = result.output.splitlines()[0]
    assert found.startswith("forms/")
    assert any(word in found for word in ADVISES[language])
