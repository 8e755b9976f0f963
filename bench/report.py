"""Writes the results into `docs/performance.md`: a table, and a plot of our times beside the bare engine's."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bench.figures import Figure
from service.settings import ROOT

REPORT = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
"""Between these lines the report is written anew; what stands around them is written by people."""

PICTURE = "![Our steps beside the bare engine's](performance.svg)"
BARE = ": bare engine"
WIDTH, ROW, LEFT = 720, 26, 300


def write_report(figures: Sequence[Figure], measured_at: str, machine: str) -> None:
    """Renew the table and the plot."""
    text = REPORT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    rows = [figure.row for figure in figures]
    table = "\n".join(("| what | database | figure | must reach | |", "| --- | --- | ---: | ---: | --- |", *rows))
    said = f"Measured on {measured_at[:10]} on a machine with {machine}."
    REPORT.write_text(f"{before}{BEGIN}\n{said}\n\n{PICTURE}\n\n{table}\n{END}{after}", "utf-8")
    PLOT.write_text(plot(figures), "utf-8")


def plot(figures: Sequence[Figure]) -> str:
    """Bars of our time and the bare engine's for each step, as SVG."""
    bare = {(f.what.removesuffix(BARE), f.database): f.value for f in figures if f.what.endswith(BARE)}
    ours = {(f.what, f.database): f.value for f in figures if (f.what, f.database) in bare}
    longest = max((*bare.values(), *ours.values()), default=1.0)
    bars, top = [], 30
    for (what, database), value in ours.items():
        bars.append(_text(0, top + 14, f"{what} ({database})"))
        for colour, each in (("#0f5f8c", value), ("#9aa5ad", bare[what, database])):
            width = each / longest * (WIDTH - LEFT - 80)
            bars.append(f'<rect x="{LEFT}" y="{top}" width="{width:.0f}" height="10" fill="{colour}"/>')
            bars.append(_text(LEFT + width + 6, top + 9, f"{each:.1f} ms"))
            top += 12
        top += ROW - 18
    legend = _text(LEFT, 16, "blue: Ruqsat, with tasks, terms, journal and outbox; grey: the bare engine")
    body = "\n".join((legend, *bars))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img">\n{body}\n</svg>\n'


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-family="sans-serif" font-size="12">{escape(words)}</text>'
