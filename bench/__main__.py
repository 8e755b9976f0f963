"""`make bench`: measures everything on SQLite and PostgreSQL, and writes the results down."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench import long, pages, steps
from bench.figures import Figure
from bench.report import write_report
from bench.town import Town, opened
from service.demo.world import World
from service.settings import ROOT
from tests.databases import PostgresDatabases, postgres_server
from tests.machine import machine

RESULTS = ROOT / "bench" / "results.json"
Part = Callable[[Town, str], Iterator[Figure]]
EVERYWHERE: Sequence[Part] = (steps.measured, pages.task_pages, long.due_at_once, long.crowd)
ONCE: Sequence[Part] = (long.audited, long.many_steps)
"""What says the same on every database is measured on SQLite only."""


def main() -> None:
    """Measure, print each figure as it comes, write results and report; exit 1 if a figure is not reached."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, World(Path(name)) as world:
        folder = Path(name)
        for number, part in enumerate((*EVERYWHERE, *ONCE)):
            place = folder / f"sqlite-{number}"
            place.mkdir()
            figures += _told(part, "sqlite", f"sqlite:///{place}/ruqsat.sqlite", place, world)
        with postgres_server("bench") as server, closing(PostgresDatabases(server, "bench")) as databases:
            for number, part in enumerate(EVERYWHERE):
                with databases.create(again=False) as url:
                    figures += _told(part, "postgresql", url, folder / f"postgresql-{number}", world)
    told = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    RESULTS.write_text(
        json.dumps({**told, "figures": [f.as_row() for f in figures]}, indent=1, ensure_ascii=False) + "\n"
    )
    write_report(figures, told["measured_at"], machine())
    sys.exit(any(figure.reached is False for figure in figures))


def _told(part: Part, database: str, url: str, folder: Path, world: World) -> list[Figure]:
    with opened(url, folder, world) as town:
        return _shown(part(town, database))


def _shown(figures: Iterator[Figure]) -> list[Figure]:
    found = []
    for figure in figures:
        print(figure.line, flush=True)
        found.append(figure)
    return found


if __name__ == "__main__":
    main()
