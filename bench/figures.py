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

    @property
    def row(self) -> str:
        """The figure as a row of the report's table."""
        sign = "" if self.target is None else f"{'>=' if self.least else '<='} {self.target:g} {self.unit}"
        mark = {True: "reached", False: "**not reached**", None: ""}[self.reached]
        return f"| {self.what} | {self.database} | {self.value:,.1f} {self.unit} | {sign} | {mark} |"

    @property
    def line(self) -> str:
        """The figure as it is printed."""
        return " ".join(self.row.strip("| ").split(" | "))

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
