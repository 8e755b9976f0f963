"""Whoever works on a database does so with its one store of files: another is refused before anything is done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from service import scheduler
from service.adapters.database import opened
from service.adapters.database.clock import DemoClock
from service.cli import main, serve
from service.demo.world import World
from service.domain.deadlines import ZONE
from tests.cli.test_startup import surroundings


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("first", ["run", "worker"])
def test_a_second_process_with_another_folder_does_not_start_on_the_same_database(
    database_url: str, world: World, tmp_path: Path, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "end_quietly", lambda: None)  # the signals of this process are pytest's
    monkeypatch.setattr(serve, "report", lambda _settings: None)
    monkeypatch.setattr("waitress.create_server", lambda *_anything, **_options: SimpleNamespace(run=bool))
    monkeypatch.setattr(scheduler, "run", lambda _ready: None)
    monkeypatch.setattr(scheduler, "start", lambda _ready: None)
    mine, others = (surroundings(world, tmp_path / name, database_url=database_url) for name in ("mine", "others"))
    for command in (first, "run", "worker"):
        assert CliRunner().invoke(main, [command], env=mine).exit_code == 0
    place = tmp_path / "others" / "instance" / "files" / "store.id"
    noted = (tmp_path / "mine" / "instance" / "files" / "store.id").read_text()
    for refused in (["run"], ["worker"], ["clean"], ["clean", "--decision", "№ 12"]):
        ended = CliRunner().invoke(main, refused, env=others)
        assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
        assert f"RUQSAT_INSTANCE: {tmp_path / 'others'}" in ended.stderr
        assert f"write {noted} into {place}" in ended.stderr
    place.write_text(f"{noted}\n")
    assert CliRunner().invoke(main, ["worker"], env=others).exit_code == 0


@pytest.mark.law("D25")
@pytest.mark.parametrize("command", ["run", "worker"])
def test_the_terms_of_a_demo_pass_by_no_other_clock(
    database_url: str, world: World, tmp_path: Path, command: str
) -> None:
    engine = opened(database_url)
    DemoClock(engine).set(datetime(2026, 4, 21, 10, tzinfo=ZONE))
    engine.dispose()
    ended = CliRunner().invoke(main, [command], env=surroundings(world, tmp_path, database_url=database_url))
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
    assert "names the database of a demo: its clock was moved" in ended.stderr
