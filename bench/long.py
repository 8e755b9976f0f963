"""What lasts: the audit, and a start on an existing database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from bench.audited import multiply
from bench.figures import Figure, Stopwatch
from bench.town import Town
from service.demo.start import free_port
from service.settings import ROOT
from service.usecases.seal_journal import seal_journal

LASTING = "Audit, start and memory"
FEW_AUDITED, AUDITED, AUDITS, STARTS = 1_000, 10_000, 3, 5
AUDIT, START = 1000, 3
"""Cases a second, seconds."""
PORT = 8199
FLAT = 16
"""Megabytes by which a process may grow and still be called flat."""


def audited(town: Town, database: str, few: int = FEW_AUDITED, cases: int = AUDITED) -> Iterator[Figure]:
    """The audit of cases that are with the unit, each with its own chain of the journal, files and terms.

    It is timed as the command is, from its start to its end. Its memory is the most that one of its processes ever
    holds: as much for ten thousand cases as for a thousand.
    """
    model = town.assigned()
    multiply(town, model, few - 1)
    seal_journal(town.program)
    before = _audit(town)
    multiply(town, model, cases - few)
    seal_journal(town.program)
    watch = Stopwatch()
    most = max(watch.run(_audit, town) for _ in range(AUDITS))
    rate = cases / (watch.typical / 1000)
    yield Figure(LASTING, f"audit of {cases:,} cases", database, rate, "cases a second", AUDIT, True, runs=watch.runs)
    what = f"most memory of a process of ruqsat audit, {cases:,} cases"
    yield Figure(LASTING, what, database, most, "MB", runs=watch.runs)
    yield Figure(LASTING, f"{what}: more than for {few:,} cases", database, most - before, "MB", FLAT)


def started(town: Town, database: str) -> Iterator[Figure]:
    """`ruqsat run` on an existing database, from its command to its first answer."""
    watch = Stopwatch()
    for _ in range(STARTS):
        port = free_port(PORT)
        process = _command(town, "run", "--port", str(port))
        watch.run(_wait_for_answer, process, f"http://127.0.0.1:{port}/health")
        process.terminate()
        process.wait()
    what = "start of ruqsat run beside 100,000 cases"
    yield Figure(LASTING, what, database, watch.typical / 1000, "s", START, runs=watch.runs)


def _command(town: Town, *words: str) -> subprocess.Popen[bytes]:
    """Begin a command of the program on the town's database, by the town's clock: as in a demo."""
    settings = town.program.settings
    around = settings.instance.parent / f"around-{settings.instance.name}"
    if not around.exists():
        around.mkdir()
        (around / "demo").symlink_to(settings.instance)
        (settings.instance / "trust").symlink_to(settings.trust)
    given = {"RUQSAT_ENV": "demo", "RUQSAT_DATABASE_URL": settings.database_url, "RUQSAT_INSTANCE": str(around)}
    return subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "service.cli", *words], env=os.environ | given, cwd=ROOT, stdout=subprocess.DEVNULL
    )


def _wait_for_answer(process: subprocess.Popen[bytes], address: str) -> None:
    """Ask until there is an answer; a process that has ended will give none."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()  # noqa: S310  # loopback
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"ruqsat run ended with {process.returncode}")


def _audit(town: Town) -> float:
    """The most that a process of `ruqsat audit` holds at any moment, in megabytes: the system keeps count of it."""
    settings = town.program.settings
    told = (settings.database_url, str(settings.instance), str(settings.trust))
    process = subprocess.Popen([sys.executable, "-m", "bench.audit_command", *told], cwd=ROOT)  # noqa: S603  # our own
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"ruqsat audit ended with {process.returncode}")
    return used.ru_maxrss * 1024 / 1e6
