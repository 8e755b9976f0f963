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
    """One measured figure: about what, what, on which database, how much, in which unit, and what must be reached.

    It is the median of so many `runs`; a thing that is counted is counted once.
    """

    about: str
    what: str
    database: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False
    runs: int = 1

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target

    @property
    def wanted(self) -> str:
        """What must be reached, in words."""
        if self.target is None:
            return ""
        return f"{'≥' if self.least else '≤'} {_number(self.target)} {self.unit}"

    @property
    def told(self) -> str:
        """The figure with its unit."""
        return f"{_number(self.value)} {self.unit}"

    @property
    def line(self) -> str:
        """The figure as it is printed while it is measured."""
        mark = {True: "reached", False: "NOT REACHED", None: ""}[self.reached]
        return f"{self.database}: {self.about}: {self.what}: {self.told} {self.wanted} {mark}".rstrip()

    def as_row(self) -> dict[str, Any]:
        """The figure as it is written down."""
        return {**asdict(self), "value": round(self.value, 3), "reached": self.reached}


def _number(value: float) -> str:
    """A number as one reads it: whole ones and large ones without a fraction."""
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.1f}"


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
    def runs(self) -> int:
        """How often it was done."""
        return len(self.times)

    @property
    def typical(self) -> float:
        """The median: one slow moment of the machine does not change it."""
        return median(self.times)
