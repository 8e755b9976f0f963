"""What everything stands on: what is committed, what is locked, what the pages are made of."""

import hashlib
import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from lxml import html

from service.setup import places
from tests.databases import SERVER_FROM_OUTSIDE, postgres_server

ROOT = places.ROOT
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.lock"))
NODE_LOCK = ROOT / "package-lock.json"
FIXTURES = places.NODE_MODULES / "govuk-frontend" / "dist" / "govuk" / "components"
WEB_FONTS = places.BUILD / "fonts"
DOCUMENT_FONTS = places.BUILD / "document-fonts"
KAZAKH = "әіңғүұқөһӘІҢҒҮҰҚӨҺ"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
SIGNS = "№«»—–…₸"
TOP_LEVEL = {
    *("pyproject.toml", "package.json", "package-lock.json", "Makefile", "LICENSE", "README.md", "CHANGELOG.md"),
    *(f"requirements{what}.lock" for what in ("", "-dev", "-build", "-pip", "-node")),
    *("processes", "service", "forms", "tests", "docs", "bench"),
    *(".ci", ".gitignore", ".gitattributes", ".npmrc"),
}


@cache
def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this folder is no checkout: what is committed is not known here")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def readable(files: list[Path]) -> Iterator[tuple[Path, str]]:
    for file in files:
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_top_level_holds_only_what_the_architecture_names() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in tracked()} - TOP_LEVEL == set()


def test_no_file_of_a_third_party_is_committed() -> None:
    """No tracked file but the licence equals a file of a package, whatever its name."""
    ours = {file: file.stat().st_size for file in tracked() if file.stat().st_size > 100 and file.name != "LICENSE"}
    sizes = set(ours.values())
    of_size: dict[int, list[Path]] = defaultdict(list)
    for package in (places.NODE_MODULES, *places.VENV.glob("lib/python*/site-packages")):
        for file in package.rglob("*"):
            if file.is_file() and file.stat().st_size in sizes:
                of_size[file.stat().st_size].append(file)
    hashes = {digest(file): file for files in of_size.values() for file in files}
    assert [(str(file), str(hashes[digest(file)])) for file in ours if digest(file) in hashes] == []


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_no_built_or_minified_file_is_committed() -> None:
    built = re.compile(r"\.(min\.(js|css)|map|woff2?|ttf|otf|eot|whl|so|mo|pyc|db|sqlite)$")
    assert [file.name for file in tracked() if built.search(file.name)] == []
    endless = [
        file.name for file, text in readable(tracked()) if file.suffix in {".js", ".css", ".scss"}
        for line in text.splitlines() if len(line) > 300
    ]  # fmt: skip
    assert endless == []


def test_no_file_knows_on_which_machine_it_was_written() -> None:
    places_of_machines = re.compile(r"(?<![\w.}])/(?:work|farm|home|root)/[a-z]")
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()[:80]}"
        for file, text in readable(tracked())
        for line in text.splitlines()
        if places_of_machines.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_every_python_package_is_locked_by_hash_and_without_an_address(lock: Path) -> None:
    text = lock.read_text()
    entries = re.findall(r"^[A-Za-z0-9][^\s=]*==.*(?:\n    --hash=\S+(?: \\)?)*", text, re.MULTILINE)
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r".*(?:://|--index|--extra-index|--find-links|--trusted-host| @ ).*", text) == []


def test_every_package_of_the_pages_is_locked_by_hash_and_without_an_address() -> None:
    packages = {name: entry for name, entry in json.loads(NODE_LOCK.read_text())["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_programs_for_tests_are_locked_to_the_versions_that_run() -> None:
    """What is tested is what is used: both lock files agree on every package they share."""
    to_run, to_test = (dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE)) for lock in two_locks())
    assert {name: version for name, version in to_run.items() if to_test.get(name) != version} == {}


def two_locks() -> tuple[Path, Path]:
    return places.LOCK_TO_RUN, places.LOCK_TO_TEST


def test_the_commands_that_the_readme_names_can_be_made() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)", (ROOT / "README.md").read_text("utf-8")))
    targets = set(re.findall(r"^([a-z][a-z-]*):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"run", "test"} <= named
    assert named <= targets


def test_continuous_integration_runs_every_check_and_every_test() -> None:
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith("\nexec make test")
    command = ["make", "--dry-run", "test"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    checks = ("ruff check", "ruff format --check", "mypy", "lint-imports", "ruqsat check")
    assert [check for check in checks if f".venv/bin/{check}" not in made] == []
    assert "strict = true" in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "python3 -m service.setup --for-tests" in made
    assert made.rstrip().endswith(" .venv/bin/pytest -n logical --maxprocesses 4 --dist worksteal")


def test_the_postgresql_server_that_is_named_is_the_one_that_tests_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVER_FROM_OUTSIDE, "postgresql://example/test")
    with postgres_server("run") as address:
        assert address == "postgresql://example/test"


def test_make_alone_prints_what_can_be_made() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "run", "test", "check"):
        assert f"make {target} " in said


def test_web_fonts_together_draw_every_letter_of_three_languages() -> None:
    drawn = {code for file in WEB_FONTS.glob("*.woff2") for code in TTFont(file).getBestCmap()}
    assert [letter for letter in KAZAKH + RUSSIAN + SIGNS if ord(letter) not in drawn] == []


@pytest.mark.parametrize(
    "name", [f"{family}-{style}.ttf" for family in ("NotoSerif", "NotoSans") for style in ("Regular", "Bold", "Italic")]
)
def test_each_font_of_documents_draws_every_letter_alone(name: str) -> None:
    drawn = TTFont(DOCUMENT_FONTS / name).getBestCmap()
    assert [letter for letter in KAZAKH + RUSSIAN + SIGNS if ord(letter) not in drawn] == []


def test_fonts_travel_with_their_licences() -> None:
    for licence in (WEB_FONTS / "LICENSE.txt", DOCUMENT_FONTS / "NotoSerif-LICENSE.txt"):
        assert "SIL OPEN FONT LICENSE" in licence.read_text().upper()


def test_the_style_sheet_declares_the_letters_that_each_font_file_draws() -> None:
    """A letter outside every declared range would be drawn in another typeface in the middle of a word."""
    css = (places.BUILD / "main.css").read_text(encoding="utf-8-sig")
    declared: set[int] = set()
    for ranges in re.findall(r"unicode-range:([^;}]+)", css):
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
            declared.update(range(int(first, 16), int(last or first, 16) + 1))
    assert [letter for letter in KAZAKH + RUSSIAN + SIGNS if ord(letter) not in declared] == []


def test_pages_bear_no_sign_of_another_state() -> None:
    """The components come from another state's service; its typeface, crest and crown are not ours to show."""
    assert "GDS Transport" not in (places.BUILD / "main.css").read_text(encoding="utf-8-sig")
    assert [file.name for file in places.BUILD.rglob("*") if re.search("govuk|crest|crown", file.name)] == []


def govuk_components() -> list[str]:
    return sorted(file.parent.name for file in FIXTURES.glob("*/fixtures.json"))


def shape(markup: str) -> object:
    """The tree of a piece of HTML, without what a browser does not show: spaces and the order of attributes."""

    def node(element: html.HtmlElement) -> object:
        inside = [words(element.text), *((node(child), words(child.tail)) for child in element)]
        return element.tag, sorted((name, words(value)) for name, value in element.attrib.items()), inside

    return node(html.fragment_fromstring(markup, create_parent="div"))


def words(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize("component", govuk_components())
def test_components_in_jinja_equal_those_the_styles_were_made_for(component: str) -> None:
    """govuk-frontend-jinja (Python) and govuk-frontend (styles, scripts) are of versions that belong together."""
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    jinja = Environment(loader=ChoiceLoader([loader]), autoescape=True)
    fixtures = json.loads((FIXTURES / component / "fixtures.json").read_text())["fixtures"]
    macro = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    source = "{%% from 'govuk_frontend_jinja/components/%s/macro.html' import %s %%}{{ %s(params) }}"
    template = jinja.from_string(source % (component, macro, macro))
    differing = [
        fixture["name"]
        for fixture in fixtures
        if shape(template.render(params=fixture["options"])) != shape(fixture["html"])
    ]
    assert differing == []
