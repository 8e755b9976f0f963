"""Writes what the long run has counted into `docs/reliability.md`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.settings import ROOT

REPORT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- counts -->", "<!-- /counts -->"
"""Between these lines the report is written anew; what stands around them is written by people."""


@dataclass(frozen=True)
class Count:
    """How often something was done to the program on one database, what came of it, and what was broken by it."""

    what: str
    database: str
    times: int
    came_to: str
    broken: str = ""

    @property
    def row(self) -> str:
        """The count as a row of the report's table."""
        mark = f"**broken: {self.broken}**" if self.broken else "held"
        return f"| {self.what} | {self.database} | {self.times:,} | {self.came_to} | {mark} |"

    @property
    def line(self) -> str:
        """The count as it is printed."""
        return " ".join(self.row.strip("| ").split(" | "))


def write_report(counts: Sequence[Count], counted_on: str, machine: str, minutes: float, asked: str) -> None:
    """Renew the table; `asked` says how great the numbers were to be."""
    text = REPORT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    head = (
        "| what was done | database | times | what it came to | what must hold |",
        "| --- | --- | ---: | --- | --- |",
    )
    table = "\n".join((*head, *(count.row for count in counts)))
    said = f"Counted on {counted_on} in {minutes:.0f} minutes with {asked} on a machine with {machine}."
    REPORT.write_text(f"{before}{BEGIN}\n{said}\n\n{table}\n{END}{after}", "utf-8")
