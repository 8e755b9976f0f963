"""`make bench`: measures everything on SQLite and PostgreSQL, and writes the results down.

`python -m bench steps pages` measures these parts alone and writes nothing.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench import due, long, many, memory, packed, pages, said, signed, steps
from bench.figures import Figure
from bench.places import conditions
from bench.report import RESULTS, write_report
from bench.town import Town, opened
from service.demo.world import World
from tests.databases import PostgresDatabases, postgres_server
from tests.machine import machine

Part = Callable[[Town, str], Iterator[Figure]]
PARTS: Mapping[str, Part] = {
    "steps": steps.measured,
    "said": said.measured,
    "signed": signed.measured,
    "pages": pages.task_pages,
    "packed": packed.measured,
    "due": due.measured,
    "many": many.measured,
    "audit": long.audited,
}
MEMORY = "memory"


def main() -> None:
    """Measure, print each figure as it comes, write results and report; exit 1 if a figure is not reached."""
    everything = [*PARTS, MEMORY]
    asked = sys.argv[1:] or everything
    parts = [part for part in asked if part != MEMORY]
    figures: list[Figure] = []
    told: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name, World(Path(name)) as world:
        folder = Path(name)
        for part in parts:
            place = folder / f"sqlite-{part}"
            place.mkdir()
            figures += _measured(part, "sqlite", f"sqlite:///{place}/ruqsat.sqlite", place, world, told)
        with postgres_server("bench", safe=True) as server, closing(PostgresDatabases(server, "bench")) as databases:
            for part in parts:
                with databases.create(again=False) as url:
                    figures += _measured(part, "postgresql", url, folder / f"postgresql-{part}", world, told)
            if MEMORY in asked:
                with databases.create(again=False) as url:
                    urls = {"sqlite": f"sqlite:///{folder}/memory.sqlite", "postgresql": url}
                    figures += _told(MEMORY, memory.measured(urls))
    if asked == everything:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        found = {"measured_at": at, "machine": machine(), "databases": told, "figures": [f.as_row() for f in figures]}
        RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
        write_report()
    sys.exit(any(figure.reached is False for figure in figures))


def _measured(part: str, database: str, url: str, folder: Path, world: World, told: dict[str, str]) -> Sequence[Figure]:
    """The figures of one part; a database on which a commit need not reach the disk is refused."""
    with opened(url, folder, world) as town:
        told[database] = conditions(town.program.database.engine)
        return _told(f"{database}: {part}", PARTS[part](town, database))


def _told(part: str, figures: Iterator[Figure]) -> Sequence[Figure]:
    """The figures, each told as it comes, and how long it all took."""
    begun, found = time.perf_counter(), []
    for figure in figures:
        print(figure.line, flush=True)
        found.append(figure)
    print(f"{part}: {time.perf_counter() - begun:.0f} s in all", flush=True)
    return found


if __name__ == "__main__":
    main()
