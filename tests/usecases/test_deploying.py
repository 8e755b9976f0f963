"""Nothing that would stop a case later becomes an edition: it is refused and told in three languages."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from service.cli import main
from service.program import Program
from service.settings import ROOT
from service.usecases.deploy_edition import EditionRefused, deploy_edition
from service.usecases.editions import collect
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
