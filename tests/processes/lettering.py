"""How the pages letter a drawing: each label as the viewer lays it out, in the typeface of the pages."""

from __future__ import annotations

from functools import cache

from fontTools.ttLib import TTFont

from service.setup import places
from tests.processes.drawing_geometry import Box

FONT = places.BUILD / "document-fonts" / "NotoSans-Regular.ttf"
SIZE, LINE = 11, 13.2
"""The viewer's own size of letters and height of a line beside a shape, in pixels of the drawing."""
WITHIN, EDGE = 12, 6
"""The size of letters within a step, and the pixels at each side that they leave free."""


@cache
def _advances() -> dict[int, float]:
    """How wide each letter is drawn, of letters of one pixel."""
    font = TTFont(FONT)
    unit = 1 / font["head"].unitsPerEm
    return {code: font["hmtx"][glyph][0] * unit for code, glyph in font.getBestCmap().items()}


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a text is on one line."""
    return size * sum(_advances()[ord(letter)] for letter in text)


def lines_of(text: str, width: float) -> list[str]:
    """The text as it is broken between words; a word wider than the label would be broken in its middle."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def lettered(text: str, label: Box) -> Box:
    """What the text covers: it begins at the top of its label and stands in its middle, however small that is."""
    lines = lines_of(text, label.width)
    width = max(width_of(line) for line in lines)
    return Box(label.x + (label.width - width) / 2, label.y, width, len(lines) * LINE)
