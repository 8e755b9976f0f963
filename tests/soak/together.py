"""Several people act in the same moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from threading import Barrier, BrokenBarrierError, Event, local
from typing import Any, TypeVar

from sqlalchemy import Engine, event

from service.adapters.database.connection import for_reading
from service.domain.errors import RuqsatError

Done = TypeVar("Done")

TAKES = re.compile(r"^(INSERT|UPDATE|DELETE|BEGIN IMMEDIATE)|FOR (NO KEY )?UPDATE|pg_advisory_xact_lock\(")
"""A statement that keeps others waiting."""

WAITS = re.compile(TAKES.pattern + r"|FOR (KEY )?SHARE|kept_marks\(")
"""A statement that may have to wait for others."""

SOON, MOMENT, GLANCE = 10, 0.5, 0.02
"""Seconds within which everybody has come who can; in which one does what waits for nobody; and between two looks."""


def at_once(*acts: Callable[[], Done]) -> list[Done | RuqsatError]:
    """Do several things in the same moment; what each gave, or the error that it was told."""
    start = Barrier(len(acts))

    def act(wanted: Callable[[], Done]) -> Done | RuqsatError:
        start.wait()
        try:
            return wanted()
        except RuqsatError as problem:
            return problem

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(act, acts))


def one_before_the_other(
    engine: Engine, first: Callable[[], Done], second: Callable[[], Done]
) -> list[Done | RuqsatError]:
    """Let one of two take what both want before the other, who comes while it is kept and has to wait; what each gave.

    The second has read what it reads before the first is done.
    """
    kept, wanted, who = Event(), Event(), local()

    def take(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if getattr(who, "is_second", False) and WAITS.search(statement):
            wanted.set()

    def taken(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if getattr(who, "is_first", False) and TAKES.search(statement) and not kept.is_set():
            kept.set()
            assert wanted.wait(SOON), "nobody waits for the first"

    def begin() -> Done:
        who.is_first = True
        return first()

    def come() -> Done:
        assert kept.wait(SOON), "the first has taken nothing"
        who.is_second = True
        return second()

    event.listen(engine, "before_cursor_execute", take)
    event.listen(engine, "after_cursor_execute", taken)
    try:
        return at_once(begin, come)
    finally:
        event.remove(engine, "before_cursor_execute", take)
        event.remove(engine, "after_cursor_execute", taken)


@contextmanager
def meeting(engine: Engine, hands: int = 2) -> Iterator[None]:
    """Let so many hands come together twice: before each takes the first thing that it keeps, and when they have it.

    What each has read by then, it has read before the others wrote. On SQLite nobody meets: there is one writer.
    """
    before, have_taken, all_have, met = Barrier(hands), count(1), Event(), local()

    def take(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not hasattr(met, "has_taken") and TAKES.search(statement):
            met.has_taken = False
            with suppress(BrokenBarrierError):
                before.wait(SOON)

    def taken(*_rest: Any) -> None:
        if getattr(met, "has_taken", None) is False:
            met.has_taken = True
            if next(have_taken) == hands:
                all_have.set()
            looks = range(int(SOON / GLANCE))
            assert any(all_have.wait(GLANCE) or somebody_waits(engine) for _ in looks), "the other has not come"

    if engine.dialect.name == "sqlite":
        yield
        return
    event.listen(engine, "before_cursor_execute", take)
    event.listen(engine, "after_cursor_execute", taken)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", take)
        event.remove(engine, "after_cursor_execute", taken)


def somebody_waits(engine: Engine) -> bool:
    """Whether one waits in PostgreSQL for what another keeps."""
    waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with for_reading(engine).connect() as connection:
        return connection.exec_driver_sql(waits).first() is not None


def later(act: Callable[[], Done], seconds: float) -> Callable[[], Done]:
    """The same act, begun a little later than the others: now one of them is first, now another."""

    def wait_and_act() -> Done:
        Event().wait(seconds)
        return act()

    return wait_and_act
