"""Draws figures as bars, as SVG that reads in a light and in a dark page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, BAR, GAP = 860, 320, 190, 13, 12
COLOURS = ("#0f5f8c", "#c2571a")
LIMIT = "#b3261e"


@dataclass(frozen=True)
class Row:
    """One thing that was measured: its name, its bars as (whose, how much, how much in words), and each one's limit."""

    name: str
    bars: Sequence[tuple[str, float, str]]
    limits: Sequence[float | None] = ()


def bars(title: str, rows: Sequence[Row]) -> str:
    """Bars below each other; a red line marks what must not be passed."""
    told = [*(value for row in rows for _whose, value, _said in row.bars), *_limits(rows)]
    scale = (WIDTH - LEFT - RIGHT) / max(told, default=1.0)
    drawn, top = [_words(0, 18, title, bold=True)], 34
    for row in rows:
        drawn.append(_words(0, top + BAR - 2, row.name))
        for place, (whose, value, said) in enumerate(row.bars):
            drawn.append(_box(LEFT, top, max(value * scale, 1), BAR - 2, COLOURS[place % len(COLOURS)]))
            limit = row.limits[place] if place < len(row.limits) else None
            if limit is not None:
                drawn.append(_box(LEFT + limit * scale, top - 2, 2, BAR + 2, LIMIT))
            end = LEFT + max(value, limit or 0) * scale + 8
            drawn.append(_words(end, top + BAR - 3, f"{said}, {whose}"))
            top += BAR
        top += GAP
    if _limits(rows):
        drawn.append(_words(LEFT, top + 6, "red: the limit", colour=LIMIT))
        top += BAR
    shown = "\n".join((f"<title>{escape(title)}</title>", _box(0, 0, WIDTH, top + 8, "#ffffff"), *drawn))
    size = f'viewBox="0 0 {WIDTH} {top + 8}" role="img"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{shown}\n</svg>\n'


def _limits(rows: Sequence[Row]) -> list[float]:
    return [limit for row in rows for limit in row.limits if limit is not None]


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _words(x: float, y: float, words: str, *, bold: bool = False, colour: str = "#1a1a1a") -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.0f}" y="{y:.0f}" font-family="sans-serif" font-size="12" fill="{colour}"'
    return f"<text {place}{weight}>{escape(words)}</text>"
