"""A hundred thousand cases with more than a million lines: the sweep, the lists over them, and the program's start."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from bench.crowd import OWN, Crowd
from bench.due import TERMS
from bench.figures import Figure, Stopwatch
from bench.long import started
from bench.pages import lists
from bench.town import Town
from service.adapters.database import tables
from service.usecases.fire_deadlines import fire_deadlines

FEW, ALL, LINES = 5_000, 100_000, 1_000_000
"""Cases that wait at first and in the end, and lines of the journal that they have at least."""
SWEEP, SWEEPS = 5, 15
"""Milliseconds that a sweep may take with nothing due, and how often it is timed."""
ELSEWHERE, FASTER = 355_000, 1000
"""Milliseconds that another server on the same engine needs to sweep 5,000 waiting cases, as was measured elsewhere."""
SOME = 5_000
"""The number of a case in the middle, by which it is looked for."""


def measured(town: Town, database: str, few: int = FEW, cases: int = ALL) -> Iterator[Figure]:
    """First everything that waits, with nothing due; then some are late and many have permits."""
    crowd = Crowd(town, town.examined())
    for waiting in (few, cases):
        crowd.grow(waiting - crowd.cases)
        watch = Stopwatch()
        for _ in range(SWEEPS):
            if watch.run(fire_deadlines, town.program).fired:
                raise RuntimeError("a term is due")
        what = f"sweep of {waiting:,} waiting cases, none due"
        yield Figure(TERMS, what, database, watch.typical, "ms", SWEEP, runs=watch.runs)
        if waiting == few:
            faster = f"sweep of {few:,}: times faster than the other server"
            times = ELSEWHERE / watch.typical
            yield Figure(TERMS, faster, database, times, "x", FASTER, True, runs=watch.runs)
    crowd.settle()
    _require_lines(town, cases)
    yield from lists(town, town.granted(), str(OWN + min(SOME, cases // 2)), database)
    yield from started(town, database)


def _require_lines(town: Town, cases: int) -> None:
    """As many lines as are asked for: ten for each case at least."""
    with town.program.database.engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(tables.journal)) or 0
    if found < LINES * cases // ALL:
        raise RuntimeError(f"{found:,} lines of the journal for {cases:,} cases")
