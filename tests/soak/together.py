"""Several people act in the same moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError, Event, local
from typing import Any, TypeVar

from sqlalchemy import Engine, event

from service.domain.errors import RuqsatError

Done = TypeVar("Done")

TAKES = re.compile(r"^(INSERT|UPDATE|DELETE)|FOR (NO KEY )?UPDATE|pg_advisory_xact_lock\(")
"""A statement that keeps others waiting."""

SOON, MOMENT = 10, 0.5
"""Seconds within which everybody has come who can; and that one waits for another who may have to wait themselves."""


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


@contextmanager
def meeting(engine: Engine, hands: int = 2) -> Iterator[None]:
    """Let so many hands come together twice: before each takes the first thing that it keeps, and when they have it.

    What each has read by then, it has read before the others wrote. On SQLite nobody meets: there is one writer.
    """
    before, after, met = Barrier(hands), Barrier(hands), local()

    def take(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not hasattr(met, "has_taken") and TAKES.search(statement):
            met.has_taken = False
            _wait(before, SOON)

    def taken(*_rest: Any) -> None:
        if getattr(met, "has_taken", None) is False:
            met.has_taken = True
            _wait(after, MOMENT)

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


def _wait(barrier: Barrier, seconds: float) -> None:
    with suppress(BrokenBarrierError):
        barrier.wait(seconds)


def later(act: Callable[[], Done], seconds: float) -> Callable[[], Done]:
    """The same act, begun a little later than the others: now one of them is first, now another."""

    def wait_and_act() -> Done:
        Event().wait(seconds)
        return act()

    return wait_and_act
