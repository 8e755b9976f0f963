"""Processes that start together on a database of an older release: one migrates, the others find it done."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest
from alembic import command

from service.adapters.database.connection import connect
from service.adapters.database.migrate import migrate
from tests.soak.together import MOMENT, at_once


def test_of_two_processes_that_start_together_one_migrates(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    together, done, upgrade = Barrier(2), list[str](), command.upgrade

    def upgraded(config: Any, to: str) -> None:
        with suppress(BrokenBarrierError):
            together.wait(MOMENT)
        done.append(to)
        upgrade(config, to)

    monkeypatch.setattr(command, "upgrade", upgraded)
    at_once(*[lambda: migrate(empty_url)] * 2)
    assert done == ["head"]


@pytest.mark.one_database("on PostgreSQL nobody opens a file")
@pytest.mark.law("L69.1")
def test_who_opens_a_new_database_while_another_process_writes_in_it_waits_for_its_turn(tmp_path: Path) -> None:
    path, opened = tmp_path / "new.sqlite", Event()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE made (here INTEGER)")

    def open_it() -> str:
        engine = connect(f"sqlite:///{path}")
        with engine.connect() as connection:
            opened.set()
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        engine.dispose()
        return str(mode)

    with ThreadPoolExecutor(1) as second:
        found = second.submit(open_it)
        assert not opened.wait(MOMENT)
        other.execute("COMMIT")
        assert found.result() == "wal"
    other.close()
