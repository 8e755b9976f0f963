"""A process that is killed at any moment loses nothing that it has confirmed and does nothing twice."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from service.bootstrap import build
from service.demo.world import World
from service.settings import ROOT, Settings
from service.usecases.audit import audit

KILLS = 4


def run_and_kill(folder: Path, url: str, seconds: float) -> list[str]:
    """Let the endless work go on for so long after its first receipt; the receipts that it printed."""
    command = [sys.executable, "-m", "tests.usecases.endless_work", str(folder), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(lines) == "ready\n"
        receipts = [next(lines).split()[1]]
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        receipts += [line.split()[1] for line in lines if line.startswith("receipt")]
        timer.join()
    return receipts


@pytest.mark.law("R11.1", "R10.2", "A3.3", "L69.1")
def test_killed_at_any_moment_nothing_is_lost_and_nothing_happens_twice(
    database_url: str, world: World, tmp_path: Path
) -> None:
    chance = random.Random(20230912)
    receipts: list[str] = []
    for _ in range(KILLS):
        receipts += run_and_kill(tmp_path, database_url, chance.uniform(0.3, 2.5))
    assert receipts
    assert len(set(receipts)) == len(receipts)
    settings = Settings(env="demo", instance=tmp_path, database_url=database_url, secret="s" * 32)
    program = build(world.settings(settings))
    world.clock = program.clock.now
    found, page = [], 1
    while rows := program.queries.cases(page=page).rows:
        found += [case.number for case in rows]
        page += 1
    assert set(receipts) <= set(found)
    assert sorted(found) == [f"P-2023-{n:06d}" for n in range(1, len(found) + 1)]
    assert list(audit(program)) == []
    numbers = [view.entry.number for view in program.queries.register(page=None, day=program.clock.now().date()).rows]
    assert sorted(numbers) == [f"KZ-2023-{n:06d}" for n in range(1, len(numbers) + 1)]
