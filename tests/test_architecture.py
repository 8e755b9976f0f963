"""The code base against its own rules: what the linters cannot see, what is generated, what must agree."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from service.adapters.database import connect
from service.adapters.database.tables import metadata
from service.calendar_file import load_calendar
from service.domain.timers import diagram_functions
from service.settings import ROOT
from service.usecases.editions import collect
from service.usecases.show_procedure import show_procedure
from service.web.doors import blueprints
from service.web.officer.sentences import DETAILS, SENTENCES

SERVICE = ROOT / "service"
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"

KNOWS: dict[str, tuple[set[str], set[str]]] = {
    "domain": (set(), set()),
    "engine": ({"domain"}, {"SpiffWorkflow", "lxml"}),
    "operations": ({"domain"}, set()),
    "usecases": ({"domain", "engine", "operations", "settings"}, set()),
    "adapters/database": ({"domain"}, {"sqlalchemy", "alembic", "psycopg", "orjson"}),
    "adapters/signatures": (
        {"domain"},
        {"pyhanko", "pyhanko_certvalidator", "asn1crypto", "cryptography", "requests"},
    ),
    "adapters": (
        {"domain", "once"},
        {
            *("weasyprint", "pydyf", "fontTools", "jinja2", "markupsafe", "segno"),
            *("lxml", "signxml", "cryptography", "requests", "urllib3"),
            *("pypdf", "PIL", "argon2"),
        },
    ),
    "scheduler": ({"program"}, {"apscheduler"}),
    "web": (
        {"bootstrap", "domain", "program", "usecases"},
        {
            "flask",
            "flask_babel",
            "flask_limiter",
            "flask_wtf",
            "babel",
            "itsdangerous",
            "jinja2",
            "markupsafe",
            "werkzeug",
        },
    ),
    "sandbox": (
        {"domain"},
        {"cryptography", "lxml", "requests", "signxml", "websockets"},  # none of those that check what it has signed
    ),
    "setup": (set(), set()),
}
"""What each package may know of ours, and which libraries. `lint-imports` forbids what is named there; a library that
nobody has thought of yet shows here first."""

LOADED_BY_NAME = {"cli/__init__.py", "operations/__init__.py"}
"""Where modules are imported by a name in a text, out of sight of every linter."""

MOST_LINES = 300


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def sources(folder: Path = SERVICE) -> list[Path]:
    if folder.with_suffix(".py").is_file():
        return [folder.with_suffix(".py")]
    return sorted(file for file in folder.rglob("*.py") if "migrations" not in file.parts)


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def home(file: Path) -> str:
    """The most exact name under which `KNOWS` lists the file."""
    name = file.relative_to(SERVICE).with_suffix("").as_posix()
    return max((package for package in KNOWS if f"{name}/".startswith(f"{package}/")), key=len, default="")


@pytest.mark.parametrize("package", KNOWS)
def test_a_package_knows_only_what_it_needs(package: str) -> None:
    ours, libraries = KNOWS[package]
    found = [
        f"{file.relative_to(SERVICE)}: {module}"
        for file in sources(SERVICE / package)
        if home(file) == package
        for module in imports(file)
        if not known(module, ours | {package.partition("/")[0]}, libraries | set(sys.stdlib_module_names))
    ]
    assert sources(SERVICE / package)
    assert found == []


def known(module: str, ours: set[str], libraries: set[str]) -> bool:
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] in ours if top == "service" else top in libraries


def test_modules_are_loaded_by_name_only_where_the_rules_know_of_it() -> None:
    by_name = {
        file.relative_to(SERVICE).as_posix()
        for file in sources()
        if any("import_module" in line or "__import__" in line for line in file.read_text("utf-8").splitlines())
    }
    assert by_name == LOADED_BY_NAME


def test_no_door_of_the_web_looks_into_another() -> None:
    doors = {file.parent for file in (SERVICE / "web").glob("*/door.py")}
    others = {door: {f"service.web.{other.name}" for other in doors - {door}} for door in doors}
    found = [
        f"{file.relative_to(SERVICE)}: {module}"
        for door in sorted(doors)
        for file in sources(door)
        for module in imports(file)
        if any(f"{module}.".startswith(f"{other}.") for other in others[door])
    ]
    assert len(doors) > 1
    assert found == []


def test_a_source_file_holds_one_idea() -> None:
    long = [
        file.relative_to(SERVICE).as_posix()
        for kind in ("*.py", "*.js", "*.html")
        for file in SERVICE.rglob(kind)
        if not {"migrations", "static"} & set(file.parts)
        if len(file.read_text("utf-8").splitlines()) > MOST_LINES
    ]
    assert long == [], "split these"


def test_everything_public_says_in_a_sentence_what_it_does() -> None:
    found = [f"{file.relative_to(SERVICE)}: {name}" for file in sources() for name in unsaid(parsed(file), "module")]
    assert found == []


def unsaid(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[str]:
    """Public things whose docstring is missing or whose first paragraph is no sentence."""
    first = (ast.get_docstring(node) or "").split("\n\n")[0]
    if node.body and not first.endswith((".", "?", ":", "`", ")")):
        yield name
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    for inner in node.body:
        if isinstance(inner, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not hidden(inner):
            yield from unsaid(inner, inner.name)


def hidden(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Private, or the setter of a property or the overload of a function that has its docstring already."""
    marks = [ast.unparse(one) for one in node.decorator_list]
    return node.name.startswith("_") or "overload" in marks or any("setter" in mark for mark in marks)


def test_migrations_make_exactly_the_tables_that_the_program_uses(database_url: str) -> None:
    engine = connect(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == [], "write a migration: service/adapters/database/migrations"


@pytest.mark.parametrize("process", sorted(file.stem for file in PROCESSES.glob("*.bpmn")))
def test_the_procedure_in_words_is_that_of_the_drawing(process: str) -> None:
    functions = diagram_functions(load_calendar(PROCESSES / "calendar" / "kz.csv"))
    words = show_procedure(collect(PROCESSES, FORMS), process, functions)
    assert (PROCESSES / f"{process}.md").read_text("utf-8") == words, f"ruqsat show {process} --write"


@pytest.mark.law("L69.1")
def test_every_action_of_the_journal_has_its_sentence() -> None:
    written = {
        code
        for folder in ("usecases", "operations", "adapters/database")
        for file in sources(SERVICE / folder)
        for code in noted(file)
    }
    assert len(written) > 40
    assert written - set(SENTENCES) == set(), "service/web/officer/sentences.py: what does the journal say of these?"
    assert set(SENTENCES) - written == set(), "nobody writes these into the journal any more"
    assert set(DETAILS) <= set(SENTENCES)


NOTES = {"note": 0, "note_own": 0, "note_past": 1}
"""By what a line is written, and how many arguments stand before the usual ones."""


def noted(file: Path) -> Iterator[str]:
    """The codes that a file writes, by `uow.note(case, actor, code)` or, in operations, `work.note(case, code)`."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NOTES:
            is_unit = "uow" in ast.unparse(node.func.value) or file.name == "unit_of_work.py"
            place = NOTES[node.func.attr] + (2 if is_unit else 1)
            code = node.args[place]
            if isinstance(code, ast.Constant):
                yield str(code.value)
            elif file.name != "__init__.py":
                raise AssertionError(f"{file.name}:{node.lineno}: a code of the journal is written out")


@pytest.mark.law("A1.3", "R3.2")
def test_an_application_comes_through_the_portal_and_no_other_way() -> None:
    makers, filers = set(), set()
    for path in SERVICE.rglob("*.py"):
        nodes = list(ast.walk(parsed(path)))
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        named = {node.id for node in nodes if isinstance(node, ast.Name)}
        makers |= {path.relative_to(SERVICE).as_posix()} if "Case" in called else set()
        filers |= {path.relative_to(SERVICE).as_posix()} if "file_application" in named else set()
    assert makers == {"usecases/file_application.py", "usecases/complaint_intake.py"}
    assert filers == {"web/cabinet/review.py", "demo/people.py"}


def test_every_door_of_the_web_is_kept_apart_from_the_others() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (apart,) = [contract["modules"] for contract in contracts if contract["type"] == "independence"]
    doors = sorted(blueprint.import_name.rsplit(".", 1)[0] for blueprint in blueprints())
    assert sorted(apart) == doors
