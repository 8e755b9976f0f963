"""How much memory one process holds over very many steps beside cases that are there already.

`python -m bench.memory URL STEPS` begins with an empty database.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.audited import multiply
from bench.figures import Figure
from bench.long import FLAT, LASTING
from bench.town import Town, opened
from service.demo.world import World
from service.settings import ROOT
from service.usecases.audit import audit
from service.usecases.seal_journal import seal_journal

STEPS, TENTHS, PER_CASE = 10_000, 10, 40
"""So many steps, of which the first tenth fills what a process keeps anyway; so many with each case."""
BEFORE = 3_000
"""Cases that are there already, and are read once: more than SQLite keeps of a database in memory, which is 20 MB."""


def measured(urls: Mapping[str, str], steps: int = STEPS) -> Iterator[Figure]:
    """A fresh process on each of these databases, all at once: they are not timed."""
    running = {
        database: subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "bench.memory", url, str(steps)], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE
        )
        for database, url in urls.items()
    }
    told = {database: process.communicate()[0] for database, process in running.items()}
    for database, process in running.items():
        if process.returncode:
            raise RuntimeError(f"{steps} steps on {database} ended with {process.returncode}")
        held, most = json.loads(told[database])
        what = f"most memory of one process over {steps:,} steps"
        yield Figure(LASTING, what, database, most, "MB")
        yield Figure(LASTING, f"{what}: more than after the first tenth", database, most - held, "MB", FLAT)


def hold(town: Town, steps: int) -> tuple[float, float]:
    """Send cases back and forth; what the process holds after the first tenth of the steps, and the most that it does.

    Each step is done by its officer, saved, and followed by the next on the same case, forty times.
    """
    case, held, most = town.assigned(), 0.0, 0.0
    for done in range(2, steps + 2, 2):
        town.do(case, complete="no", missing_items="guarantee_letter", missing_facts="жоқ")
        town.do(case, decision="return", return_reason="қайта қаралсын")
        if done % PER_CASE == 0:
            case = town.assigned()
        if done >= steps // TENTHS:
            held, most = held or _memory(), max(most, _memory())
    return held, most


def _memory() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Tell both as JSON."""
    url, steps = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as name, World(Path(name)) as world, opened(url, Path(name), world) as town:
        multiply(town, town.assigned(), BEFORE)
        seal_journal(town.program)
        if found := list(audit(town.program)):
            raise RuntimeError(f"the audit finds {len(found)} faults: {found[:2]}")
        print(json.dumps(hold(town, steps)))


if __name__ == "__main__":
    main()
