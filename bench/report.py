"""Writes `bench/results.json` into `docs/performance.md`: tables by subject, and plots. `python -m bench.report`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.due import TERMS
from bench.figures import Figure
from bench.long import LASTING
from bench.packed import PACKED
from bench.pages import LISTS, PAGES
from bench.plots import Row, bars
from bench.said import SAID, STATEMENTS
from bench.signed import SIGNED
from bench.steps import BARE, SMALL, STATE, STEPS, TIMES
from service.settings import ROOT

RESULTS, DOCS = ROOT / "bench" / "results.json", ROOT / "docs"
REPORT = DOCS / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
"""Between these lines the report is written anew; what stands around them is written by people."""

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SECTIONS = (STEPS, SAID, SMALL, SIGNED, PACKED, STATE, PAGES, LISTS, TERMS, LASTING)
ELSEWHERE = (
    "The other server's figures are constants that were measured elsewhere, neither in this run nor on this machine: "
)
NOTES = {
    STEPS: "Both sides run the same diagram in turn, on the same database, at the same time of its clock; before "
    "anything is timed it is required that they call the same operations and wait for the same tasks.",
    SAID: "Every statement is counted, also what is read before the transaction begins; of the demo alone its clock.",
    SMALL: f"{ELSEWHERE}60 ms to start and 61 ms to complete on SQLite, 87 and 103 ms on PostgreSQL.",
    SIGNED: "The authority that is asked is the demo's own, over the loopback: a real one adds its own answer's time.",
    LISTS: "Every one of the 100,000 cases waits with an open task, every tenth is late, every second has a permit "
    "in the register; they have more than 1,000,000 lines of the journal. That each list shows rows is required.",
    TERMS: f"{ELSEWHERE}355 s for a sweep of 5,000 waiting cases. Each term that is fired enters the engine, marks a "
    "breach and is a transaction of its own; afterwards it is required that each was fired once and that the audit "
    "agrees. Reminders enter no engine and are told apart.",
}
Found = Sequence[Figure]


def write_report() -> None:
    """Renew the tables and the plots from the results."""
    told = json.loads(RESULTS.read_text("utf-8"))
    figures = [Figure(**{name: row[name] for name in row if name != "reached"}) for row in told["figures"]]
    for name, (_about, title, draw) in PLOTS.items():
        (DOCS / name).write_text(bars(title, draw(figures)), "utf-8")
    text = REPORT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    REPORT.write_text(f"{before}{BEGIN}\n{_measured(told)}\n\n{_tables(figures)}\n{END}{after}", "utf-8")


def _measured(told: Mapping[str, Any]) -> str:
    on = "\n".join(f"- {told['databases'][name]}" for name in NAMES)
    missed = sum(not row["reached"] for row in told["figures"] if row["reached"] is not None)
    asked = sum(row["reached"] is not None for row in told["figures"])
    return (
        f"Measured on {told['measured_at'][:10]} on a machine with {told['machine']}:\n\n{on}\n\n"
        f"{asked - missed} of {asked} figures are reached. Each is the median of so many runs as the last column says."
    )


def _tables(figures: Found) -> str:
    parts = []
    for about in SECTIONS:
        drawn = [f"![{title}]({name})\n" for name, (of, title, _draw) in PLOTS.items() if of == about]
        head = "| what | must reach | SQLite | PostgreSQL | runs |\n| --- | --- | ---: | ---: | ---: |"
        rows = [_row(what, found) for what, found in _by_what(figures, about).items()]
        parts.append(
            "\n".join((f"### {about}\n", *([NOTES[about] + "\n"] if about in NOTES else []), *drawn, head, *rows))
        )
    return "\n\n".join(parts)


def _by_what(figures: Found, about: str) -> dict[str, dict[str, Figure]]:
    """What was measured about one subject, in its order, on each database."""
    found: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        if figure.about == about:
            found.setdefault(figure.what, {})[figure.database] = figure
    return found


def _row(what: str, found: Mapping[str, Figure]) -> str:
    wanted = "; ".join(dict.fromkeys(figure.wanted for figure in found.values() if figure.wanted))
    cells = (_cell(found[name]) if name in found else "" for name in NAMES)
    runs = " / ".join(dict.fromkeys(str(figure.runs) for figure in found.values()))
    return f"| {what} | {wanted} | {' | '.join(cells)} | {runs} |"


def _cell(figure: Figure) -> str:
    return f"**{figure.told}: not reached**" if figure.reached is False else figure.told


def _both(about: str, *, within: Callable[[Figure], bool] = lambda figure: True) -> Callable[[Found], list[Row]]:
    """The figures about a subject, a bar for each database."""

    def draw(figures: Found) -> list[Row]:
        return [
            Row(
                what,
                [(NAMES[name], figure.value, figure.told) for name, figure in found.items()],
                [figure.target for figure in found.values()],
            )
            for what, found in _by_what([figure for figure in figures if within(figure)], about).items()
        ]

    return draw


def _beside_bare(figures: Found) -> list[Row]:
    """Our time and the bare engine's for each step on each database, and how much of the bare one's ours may be."""
    found = {(figure.about, figure.what, figure.database): figure for figure in figures}
    rows = []
    for (about, what, database), bare in found.items():
        if what.endswith(BARE):
            step = what.removesuffix(BARE)
            ours, times = found[about, step, database], found[about, f"{step}{TIMES}", database]
            most = bare.value * times.target if times.target is not None else None
            name = f"{'small.bpmn: ' if about == SMALL else ''}{step} ({NAMES[database]})"
            rows.append(Row(name, [("Ruqsat", ours.value, ours.told), ("bare engine", bare.value, bare.told)], [most]))
    return rows


PLOTS: Mapping[str, tuple[str, str, Callable[[Found], list[Row]]]] = {
    "performance.svg": (STEPS, "Steps beside the bare engine", _beside_bare),
    "performance-statements.svg": (
        SAID,
        "Statements of each step",
        _both(SAID, within=lambda f: f.target == STATEMENTS),
    ),
    "performance-task.svg": (PAGES, "Pages of a task at the server", _both(PAGES)),
    "performance-pages.svg": (LISTS, "Pages among 100,000 cases at the server", _both(LISTS)),
    "performance-sweep.svg": (TERMS, "A sweep in which nothing is due", _both(TERMS, within=lambda f: f.unit == "ms")),
}


if __name__ == "__main__":
    write_report()
