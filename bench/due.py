"""Terms that have come due at once, each of a case of its own, fired by one worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from sqlalchemy import func, select

from bench.audited import multiply
from bench.figures import Figure
from bench.town import Town
from service.adapters.database import tables
from service.domain.case import DeadlineKind
from service.usecases.audit import audit
from service.usecases.fire_deadlines import fire_deadlines

TERMS = "Terms"
DUE, RUNS = 1000, 5
"""So many terms are due at once and are fired in so many equal parts, of which each is timed."""
FIRED = 100
"""Terms a second."""
ELEMENT = "deadline_completeness"


def measured(town: Town, database: str, cases: int = DUE) -> Iterator[Figure]:
    """Reminders first, apart; then terms that enter the engine: each marks a breach and tells the head."""
    multiply(town, town.assigned(), cases - 1)
    due_at = _due_at(town)
    town.program.set_clock(due_at - timedelta(seconds=90))
    begun = perf_counter()
    reminded = _fire(town, 10 * cases)
    if reminded:
        yield Figure(TERMS, "reminders due at once", database, reminded / (perf_counter() - begun), "a second")
    town.program.set_clock(due_at + timedelta(minutes=1))
    rates = []
    for _ in range(RUNS):
        begun = perf_counter()
        fired = _fire(town, cases // RUNS)
        rates.append(fired / (perf_counter() - begun))
        _require(fired == cases // RUNS, f"{fired} terms fired")
    _require(_fire(town, cases) == 0, "a term is still due")
    _require(_breaches(town) == cases, f"{_breaches(town)} breaches of {cases} terms")
    _require(not list(audit(town.program)), "the audit disagrees")
    what = f"{cases:,} terms due at once, fired by one worker"
    yield Figure(TERMS, what, database, median(rates), "a second", FIRED, True, runs=RUNS)


def _fire(town: Town, limit: int) -> int:
    swept = fire_deadlines(town.program, limit)
    _require(not swept.failed, f"{swept.failed} failed")
    return swept.fired


def _due_at(town: Town) -> datetime:
    row = tables.deadline.c
    ends = select(row.due_at).where(row.element == ELEMENT, row.kind == DeadlineKind.TERM).distinct()
    with town.program.database.engine.connect() as connection:
        due_at: datetime = connection.scalars(ends).one()
        return due_at


def _breaches(town: Town) -> int:
    row = tables.breach.c
    with town.program.database.engine.connect() as connection:
        return int(connection.scalar(select(func.count(func.distinct(row.case_id))).where(row.element == ELEMENT)) or 0)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)
