"""Fixtures for all tests."""

import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from _pytest.unraisableexception import gc_collect_iterations_key
from sqlalchemy import Connection, Engine, event

from service.adapters.patience import OutOfPatience
from tests.complaints import complaints
from tests.databases import EMPTY, PostgresDatabases, SQLiteDatabases, fresh_database, kinds_of, postgres_server
from tests.program import furnished_postgres, furnished_sqlite, key_file, press, program, snapshots, story, world
from tests.quick import quick
from tests.routes import compiled_routes
from tests.templates import compiled_templates

__all__ = [
    "compiled_routes",
    "compiled_templates",
    "complaints",
    "furnished_postgres",
    "furnished_sqlite",
    "key_file",
    "press",
    "program",
    "quick",
    "snapshots",
    "story",
    "world",
]


MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30


def pytest_configure(config: pytest.Config) -> None:
    """Look for nothing at the end that nobody closed: it would only be told, after seconds, and to nobody.

    Files and databases of tests lie in memory, where nothing waits for a disk, if it has room for them.
    """
    config.stash[gc_collect_iterations_key] = 0
    if "TMPDIR" not in os.environ and serves(MEMORY):
        os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None


def pytest_sessionstart() -> None:
    """Whoever runs out of patience while garbage is put away has not failed: pytest's own look would be interrupted."""
    tell = sys.unraisablehook
    sys.unraisablehook = lambda told: None if told.exc_type is OutOfPatience else tell(told)


def serves(place: Path) -> bool:
    """Whether tests may write much into it, and run what they have written: in a container they often may not."""
    if not os.access(place, os.W_OK):
        return False
    return shutil.disk_usage(place).free > ROOM and not os.statvfs(place).f_flag & os.ST_NOEXEC


TOUCHED: set[str] = set()
"""Which kinds of database the test that runs has opened in this process."""


@event.listens_for(Engine, "engine_connect")
def touch(connection: Connection) -> None:
    """Note that a database is spoken to."""
    TOUCHED.add(connection.dialect.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """What one test has opened is not laid to the next."""
    TOUCHED.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Whoever opens a database is given its kind: whether on both, `test_databases.py` sees by that.

    What another process opens is not seen here.
    """
    yield
    if TOUCHED and not kinds_of(item):
        pytest.fail(f"opens a database ({', '.join(TOUCHED)}) and is not run on each kind")


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SQLiteDatabases:
    """Makes fresh SQLite databases."""
    return SQLiteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    """Makes fresh PostgreSQL databases; the server starts when the first test asks."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with postgres_server(run[:12]) as server:
        databases = PostgresDatabases(server, f"ruqsat_{run[:12]}_{worker}")
        yield databases
        databases.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The test runs once on SQLite and once on PostgreSQL."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    with fresh_database(database_kind, tmp_path, request, EMPTY) as url:
        yield url


@pytest.fixture
def empty_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without any table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    servers: PostgresDatabases = request.getfixturevalue("postgres_databases")
    with servers.prepared("empty", lambda url: None) as databases, databases.create(again=False) as url:
        yield url
