"""What lasts: terms due at once, the audit, a start on an existing database, memory over many steps."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.audited import multiply as copy_with_chains
from bench.crowd import multiply
from bench.figures import Figure, Stopwatch
from bench.pages import lists
from bench.town import Town
from service.demo.start import free_port
from service.domain.case import Case
from service.settings import ROOT
from service.usecases.audit import audit
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.seal_journal import seal_journal

DUE_AT_ONCE, AUDITED, STEPS = 1000, 10_000, 10_000
SWEEP, FIRED, AUDIT, START = 5, 100, 1000, 3
"""Milliseconds, terms a second, cases a second, seconds."""
PORT = 8199
FLAT = 16
"""Megabytes by which a process may grow over all its steps and still be called flat."""


def crowd(town: Town, database: str) -> Iterator[Figure]:
    """A sweep in which nothing is due, with few and with very many cases that wait, and the lists over them."""
    case = _at_work(town)
    for added, waiting in ((5000, "5,000"), (95_000, "100,000")):
        multiply(town, case, added)
        watch = Stopwatch()
        for _ in range(9):
            watch.run(fire_deadlines, town.program)
        yield Figure(f"sweep, none due of {waiting} waiting cases", database, watch.typical, "ms", SWEEP)
    found = town.program.queries.cases().rows[0]
    yield from lists(town, found, database)
    yield from started(town, database)


def due_at_once(town: Town, database: str) -> Iterator[Figure]:
    """A thousand terms that have come due, each of a case of its own."""
    multiply(town, town.filed(), DUE_AT_ONCE - 1)
    town.program.set_clock(town.program.clock.now().replace(hour=14))
    begun, fired = time.perf_counter(), 0
    while swept := fire_deadlines(town.program).fired:
        fired += swept
    seconds = time.perf_counter() - begun
    yield Figure("terms due at once, fired by one worker", database, fired / seconds, "a second", FIRED, True)


def audited(town: Town, database: str, cases: int = AUDITED) -> Iterator[Figure]:
    """The audit of cases that are with the unit, each with its own chain of the journal, files and terms."""
    copy_with_chains(town, _at_work(town), cases - 1)
    seal_journal(town.program)
    begun, memory = time.perf_counter(), _memory()
    wrong = sum(1 for _ in audit(town.program))
    seconds = time.perf_counter() - begun
    if wrong:
        raise RuntimeError(f"the audit finds {wrong} faults")
    yield Figure(f"audit of {cases:,} cases", database, cases / seconds, "cases a second", AUDIT, True)
    yield Figure("memory that the audit adds", database, _memory() - memory, "MB", FLAT)


def many_steps(town: Town, database: str, steps: int = STEPS) -> Iterator[Figure]:
    """The memory of one process from the first thousand steps to the last."""
    case = _at_work(town)
    settled = 0.0
    for number in range(steps // 2):
        town.complete(town.open_task(case), complete="no", missing_items="guarantee_letter", missing_facts="жоқ")
        town.complete(town.open_task(case), decision="return", return_reason="қайта қаралсын")
        if number % 20 == 19:
            case = _at_work(town)
        if number == steps // 10:
            settled = _memory()
    yield Figure(f"memory added over {steps:,} steps", database, _memory() - settled, "MB", FLAT)


def started(town: Town, database: str) -> Iterator[Figure]:
    """`ruqsat run` on an existing database, from its command to its first answer."""
    settings = town.program.settings
    given = {
        "RUQSAT_ENV": "development",
        "RUQSAT_DATABASE_URL": settings.database_url,
        "RUQSAT_INSTANCE": str(settings.instance),
        "RUQSAT_TRUST": str(settings.trust),
    }
    watch = Stopwatch()
    for _ in range(5):
        port = free_port(PORT)
        process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "service.cli", "run", "--port", str(port)], env=os.environ | given, cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        watch.run(_wait_for_answer, process, f"http://127.0.0.1:{port}/health")
        process.terminate()
        process.wait()
    yield Figure("start of ruqsat run on an existing database", database, watch.typical / 1000, "s", START)


def _wait_for_answer(process: subprocess.Popen[bytes], address: str) -> None:
    """Ask until there is an answer; a process that has ended will give none."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()  # noqa: S310  # loopback
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"ruqsat run ended with {process.returncode}")


def _at_work(town: Town) -> Case:
    """A case with the unit."""
    case = town.filed()
    return town.complete(town.open_task(case), executor=town.officers["unit"].officer_id)


def _memory() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
