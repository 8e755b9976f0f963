"""Times, medians and the table of what must be reached."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Figure:
    """One measured figure: what, on which database, how much, in which unit, and what must be reached."""

    what: str
    database: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target

    def as_row(self) -> dict[str, Any]:
        """The figure as it is written down."""
        return {**asdict(self), "value": round(self.value, 3), "reached": self.reached}


class Stopwatch:
    """Collects how long one kind of work takes, in milliseconds."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def run(self, work: Callable[P, Result], *given: P.args, **named: P.kwargs) -> Result:
        """Do it, note the time, hand on what it gave."""
        begun = time.perf_counter()
        result = work(*given, **named)
        self.times.append((time.perf_counter() - begun) * 1000)
        return result

    @property
    def typical(self) -> float:
        """The median: one slow moment of the machine does not change it."""
        return median(self.times)
