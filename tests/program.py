"""The whole program for tests: a real database, the outside world in miniature over sockets, a clock that is set."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from service.adapters.passwords import Argon2Passwords
from service.adapters.press import EditionPress
from service.adapters.system_key import SystemKey
from service.bootstrap import FONTS, KEY_FILE, build
from service.cli.serve import ensure_edition
from service.demo.accounts import add_accounts
from service.demo.people import Cast
from service.demo.seed import CONFORMS, DOES_NOT, HEARING, LETTER, TITLE, TRADE
from service.demo.world import World, offered_keys
from service.domain.case import Case, Task
from service.domain.deadlines import ZONE
from service.program import Program
from service.sandbox.weather import Weather
from service.settings import Settings
from tests.databases import PostgresDatabases, SQLiteDatabases, fresh_database
from tests.one_page import OnePage
from tests.snapshots import Snapshots

__all__ = ["CONFORMS", "DOES_NOT", "HEARING", "LETTER", "TITLE", "TRADE", "Story"]

TUESDAY = datetime(2023, 9, 12, 10, 0, tzinfo=ZONE)
"""The requirements' own example (D25): registered on Tuesday 12 September 2023."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The outside systems, one set for all tests of a worker."""
    with World(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture(scope="session")
def press() -> EditionPress:
    """The letter press of every program of a worker: templates and fonts of an edition are made ready once."""
    return EditionPress(FONTS)


@pytest.fixture(scope="session")
def furnished_sqlite(world: World, tmp_path_factory: pytest.TempPathFactory) -> SQLiteDatabases:
    """Makes SQLite databases with the edition and the officers."""
    folder = tmp_path_factory.mktemp("furnished")
    return SQLiteDatabases(folder, lambda url: furnish(url, world, folder))


@pytest.fixture(scope="session")
def furnished_postgres(
    postgres_databases: PostgresDatabases, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostgresDatabases]:
    """Makes PostgreSQL databases with the edition and the officers."""
    folder = tmp_path_factory.mktemp("furnished")
    with postgres_databases.prepared("furnished", lambda url: furnish(url, world, folder)) as databases:
        yield databases


def furnish(url: str, world: World, folder: Path) -> None:
    """Put the edition and the demo's officers into an empty database, whose clock stands at TUESDAY."""
    ready = build_program(url, world, folder)
    ready.set_clock(TUESDAY)
    world.clock = lambda: TUESDAY
    ensure_edition(ready)
    add_accounts(replace(ready, passwords=QuickPasswords()), world.pki)
    ready.database.engine.dispose()


def build_program(url: str, world: World, folder: Path) -> Program:
    """The program on this database, in this world."""
    program = build(world.settings(Settings(env="demo", instance=folder, database_url=url, secret="s" * 32)))
    return replace(program, demo_keys=offered_keys())


class QuickPasswords(Argon2Passwords):
    """Hashes that cost next to nothing: a hash names its own cost, so the program checks these as quickly."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The system's own key, one for every program of a worker: what one has sealed another takes over."""
    path = tmp_path_factory.mktemp("key") / KEY_FILE
    SystemKey.made(path)
    return path


@contextmanager
def furnished_database(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh database of this kind, with the edition and the officers."""
    with fresh_database(
        kind, folder, request, {"sqlite": "furnished_sqlite", "postgresql": "furnished_postgres"}
    ) as url:
        yield url


@pytest.fixture
def program(
    database_kind: str,
    world: World,
    press: EditionPress,
    key_file: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Program]:
    """The program on a fresh database, on Tuesday 12 September 2023 at 10:00, with the demo's officers.

    Its papers are an empty page unless the test is marked as one that reads them: printing is most of what a step
    costs.
    """
    shutil.copy2(key_file, tmp_path / KEY_FILE)
    with ExitStack() as stack:
        url = stack.enter_context(furnished_database(database_kind, tmp_path, request))
        printed = request.node.get_closest_marker("printed")
        ready = replace(build_program(url, world, tmp_path), press=press if printed else OnePage())
        stack.callback(ready.database.engine.dispose)
        ready.set_clock(TUESDAY)
        world.clock = ready.clock.now
        world.shep.weather = Weather.FINE
        world.forget()
        yield ready


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Snapshots:
    """What the stories of a worker have come to."""
    return Snapshots(tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def story(program: Program, world: World, snapshots: Snapshots) -> Story:
    """Tells what people do, step by step."""
    snapshots.watch(program)
    return Story(program, world, snapshots)


class Story(Cast):
    """The people of the demo with shorter ways to the middle of a case, which many tests begin with."""

    def __init__(self, program: Program, world: World, snapshots: Snapshots | None = None) -> None:
        super().__init__(program, world.pki)
        self.world, self.snapshots, self._begun_in = world, snapshots, program

    def at(self, text: str, *, chores: bool = False) -> None:
        """Let it be this local time; every term that is due by then ends on the way.

        What else is done by itself, such as sending what waits, is done with `chores` only: it costs more than a term.
        """
        self.program.move_clock(datetime.fromisoformat(text).replace(tzinfo=ZONE), send=chores)

    def filed(self, persona: str = "company_head", language: str = "kk") -> Case:
        """A complete application, just filed."""
        return self.reached(("filed", persona, language), lambda: self.file(persona, TRADE, [TITLE, LETTER], language))

    def assigned(self, persona: str = "company_head") -> Case:
        """Filed and assigned to the unit's officer."""
        unit = str(self.officer("unit").officer_id)
        filed = partial(self.filed, persona)
        return self.reached(
            ("assigned", persona), lambda: self.work("chancellery", filed(), "task_assign", executor=unit)
        )

    def complete(self, persona: str = "company_head") -> Case:
        """Assigned and found complete: the examination is open."""
        assigned = partial(self.assigned, persona)
        return self.reached(
            ("complete", persona), lambda: self.work("unit", assigned(), "task_check_completeness", complete="yes")
        )

    def invited(self, persona: str = "company_head", hearing_on: str = "2023-09-14", **other: str) -> Case:
        """Grounds were found and the invitation to the hearing is sent, with `other` answers than the usual ones."""
        key = ("invited", persona, hearing_on, *other.values())
        return self.reached(key, lambda: self._invite(persona, {**HEARING, "hearing_on": hearing_on, **other}))

    def _invite(self, persona: str, answers: Mapping[str, str]) -> Case:
        case = self.work("unit", self.complete(persona), "task_examine", **DOES_NOT)
        return self.work("unit", case, "task_invite_hearing", **answers)

    def reached(self, key: tuple[str, ...], act: Callable[[], Case]) -> Case:
        """The case to which these acts lead; in a fresh program they are done once for all tests.

        A program with other parts, or in other weather, has a story of its own.
        """
        like_all = self.program is self._begun_in and self.world.shep.weather is Weather.FINE
        if self.snapshots is None or not like_all:
            return act()
        self.snapshots.reach(self.program, key, act)
        return self.program.queries.cases().rows[0]

    def open_task(self, case: Case) -> Task:
        """The one open task of a case."""
        (task,) = self.open_tasks(case)
        return task

    def now(self, case: Case) -> Case:
        """The case as it stands now."""
        with self.program.reading() as uow:
            return uow.get(Case, case.id)

    def said(self, case: Case) -> list[str]:
        """The actions of the case's journal, in order."""
        with self.program.reading() as uow:
            return [entry.action for entry in uow.cases.journal(case.id)]
