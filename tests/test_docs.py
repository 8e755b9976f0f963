"""What people read is true: commands, settings, names of buttons, links, and what the program answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest

from service import operations
from service.calendar_file import load_calendar
from service.cli import COMMANDS, main
from service.domain.people import LANE_ROLES
from service.domain.timers import diagram_functions
from service.settings import ROOT, Settings
from service.usecases.check_edition import check_files
from service.usecases.editions import collect
from service.usecases.requirements_map import titles
from service.web.catalogues import merged

PAPERS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *(file for folder in ("docs", "processes", "forms", "service") for file in sorted((ROOT / folder).rglob("*.md"))),
]
GUIDES = {"applicants": ROOT / "docs" / "applicants.md", "officers": ROOT / "docs" / "officers.md"}
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
CALLED = re.compile(r"(?:\.venv/bin/|\$ |`)ruqsat ([a-z][^`\n|#]*)")
DATA = re.compile(r"^[\d,. :+-]+$|^[A-Z]{1,2}-\d{4}-\d{6}|№")


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_every_command_that_is_written_down_exists(paper: Path) -> None:
    wrong = [call for call in CALLED.findall(paper.read_text("utf-8")) if not understood(call.split())]
    assert wrong == []


def understood(words: list[str]) -> bool:
    """Whether a command line names a command of ours and only options that it knows."""
    command: click.Command | None = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command, words = command.get_command(click.Context(command), words[0]), words[1:]
    if command is None:
        return False
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return all(word.rstrip(".,)") in known for word in words if word.startswith("--"))


def test_the_readme_lists_every_command() -> None:
    listed = set(re.findall(r"`ruqsat ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert listed == set(COMMANDS)


def test_the_table_of_settings_is_that_of_the_program() -> None:
    rows = [
        f"| `RUQSAT_{setting.name.upper()}` | {default(setting.default)} | {setting.metadata['help']} |"
        for setting in fields(Settings)
    ]
    written = (ROOT / "docs" / "administration.md").read_text("utf-8")
    assert [line for line in written.splitlines() if re.match(r"\| `RUQSAT_\w+` \| .* \| ", line)] == rows


def default(value: object) -> str:
    if value in ("", Path()):
        return "-"
    if isinstance(value, bool):
        return f"`{'on' if value else 'off'}`"
    return f"`{value.relative_to(ROOT) if isinstance(value, Path) else value}`"


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_every_setting_and_every_file_that_is_named_exists(paper: Path) -> None:
    text = paper.read_text("utf-8")
    known = {f"RUQSAT_{setting.name.upper()}" for setting in fields(Settings)}
    known |= {"RUQSAT_TEST_DATABASE_URL", "RUQSAT_CHROMIUM"}
    assert set(re.findall(r"RUQSAT_[A-Z_]+", text)) - known == set()
    files = re.findall(r"`((?:service|processes|forms|docs|tests)/[\w./-]+?\.\w+)`", text)
    assert [file for file in files if "NAME" not in file and "build/" not in file and not (ROOT / file).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_every_link_leads_somewhere(paper: Path) -> None:
    wrong = []
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text("utf-8")):
        place, _, part = target.partition("#")
        file = paper.parent / place if place else paper
        if not target.startswith("https://") and not (file.exists() and (not part or part in anchors(file))):
            wrong.append(target)
    assert wrong == []


def anchors(file: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_pages_buttons_and_tasks_as_the_program_does(guide: str, language: str) -> None:
    titles = {"kk": "## Қазақша", "ru": "## По-русски"}
    parts = re.split(r"^(## .+)$", GUIDES[guide].read_text("utf-8"), flags=re.MULTILINE)
    told = parts[parts.index(titles[language]) + 1]
    said = [" ".join(text.split()) for text in BOLD.findall(told)]
    assert len(said) > 8
    known = texts(language) | IN_PASSING
    assert [text for text in said if text not in known] == []


IN_PASSING = {"Бас тарту үшін негіз табылса", "Если найдены основания для отказа"}
"""Bold words of a guide that begin a sentence and name nothing on a page."""


def test_the_tour_of_the_demo_names_what_stands_on_the_pages() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    tour = readme.split("## The demo in five minutes")[1].split("## ")[0]
    said = [" ".join(text.split()) for text in BOLD.findall(tour)]
    logins = {"chancellery", "unit", "head"}
    headings = {"From an application to a permit", "A refusal, with a hearing, by moving the clock", "English"}
    known = texts("en") | logins | headings
    assert [text for text in said if text not in known and not DATA.search(text)] == []


@cache
def texts(language: str) -> set[str]:
    """Every text that people meet in a language: of pages, forms and the drawing."""
    found: set[str] = set()
    for message in merged(language):
        found |= {message.string} if isinstance(message.string, str) else set(message.string or ())
    for file in (ROOT / "forms").glob(f"*.{language}.json"):
        found |= set(leaves(json.loads(file.read_text("utf-8"))))
    drawing = (ROOT / "processes" / "permit.bpmn").read_text("utf-8")
    return found | set(re.findall(rf'name="{language}" value="([^"]+)"', drawing))


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value


TERM = "working_days_after(registered_on, 2)"
MISTAKES = {
    "a term, but not its label": ("deadline_completeness", {TERM: TERM.replace("2", "3")}),
    "a form that does not exist": ("task_examine", {'value="examine"': 'value="examination"'}),
    "a misspelt function": ("deadline_examination", {"(working_days_after(": "(workdays_after("}),
    "a misspelt name": ("deadline_completeness", {TERM: TERM.replace("registered", "registred")}),
    "a point that the law does not have": ("event_extension", {'value="L76.3"': 'value="L67.3"'}),
    "terms that cannot be kept": (
        "timer_refusal_earliest",
        {"(notified_on, 3)": "(notified_on, 6)", "3 (үш)": "6 (алты)", "3 (три)": "6 (шесть)", "3 (three)": "6 (six)"},
    ),
}
"""What is changed at an element; the first change marks where the element ends."""


def told_of(mistake: str) -> set[tuple[str, str, str]]:
    """What the check says of the permit's drawing with this mistake: file, element and words."""
    element, changes = MISTAKES[mistake]
    files = collect(ROOT / "processes", ROOT / "forms") | titles(ROOT / "processes")
    head, tail = files["permit.bpmn"].decode().split(f'id="{element}"', 1)
    inside, last, after = tail.partition(next(iter(changes)))
    inside += last
    for old, new in changes.items():
        assert old in inside
        inside = inside.replace(old, new)
    files["permit.bpmn"] = f'{head}id="{element}"{inside}{after}'.encode()
    functions = diagram_functions(load_calendar(ROOT / "processes" / "calendar" / "kz.csv"))
    findings = check_files(files, functions, operations.catalogue(), LANE_ROLES)
    return {(finding.file, finding.element, finding.message["en"]) for finding in findings}


QUOTED = re.compile(r"^    (\S+?)(?::\d+)?: (?:“.+” \()?(\w+)\)?: (.+)$", re.MULTILINE)


def test_the_analysts_guide_quotes_what_the_check_says() -> None:
    quotes = QUOTED.findall((ROOT / "docs" / "analysts.md").read_text("utf-8"))
    said = {mistake: told_of(mistake) for mistake in MISTAKES}

    def answered(quote: tuple[str, str, str], told: set[tuple[str, str, str]]) -> bool:
        return any(quote[:2] == each[:2] and matches(quote[2], each[2]) for each in told)

    assert [quote for quote in quotes if not any(answered(quote, told) for told in said.values())] == []
    assert [mistake for mistake, told in said.items() if not any(answered(quote, told) for quote in quotes)] == []


def matches(quote: str, text: str) -> bool:
    """A quote may leave words out, with three dots in their place."""
    pattern = ".*".join(re.escape(part.strip()) for part in quote.split("..."))
    return re.fullmatch(pattern, text) is not None


def test_no_paper_sends_readers_to_a_registry_of_packages() -> None:
    registries = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com)")
    assert [named(paper) for paper in PAPERS if registries.search(paper.read_text("utf-8"))] == []
