"""Several people act in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import TypeVar

from service.domain.errors import RuqsatError

Done = TypeVar("Done")


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


def later(act: Callable[[], Done], seconds: float) -> Callable[[], Done]:
    """The same act, begun a little later than the others: now one of them is first, now another."""

    def wait_and_act() -> Done:
        Event().wait(seconds)
        return act()

    return wait_and_act
