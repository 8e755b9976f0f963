"""The point of the law behind the code that stands on a drawing or a row of the requirements, for people to cite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_CODE = re.compile(r"(?P<source>[A-Z]?)(?P<first>\d+)(?:\.(?P<second>\d+))?(?:\.\d+)*")


WITH_ROWS = "1"
"""The annex that is a table with numbered rows; the others are forms, cited as a whole."""


@dataclass(frozen=True)
class Point:
    """A point as people cite it: `6` and R6.1 are point 6 of the rules, A1.9.2 row 9 of annex 1, L73.1 a part of an
    article of the Administrative Code. `kind` "other" is a mark that is none of ours, cited as it is written."""

    kind: Literal["rules", "annex", "article", "order", "other"]
    number: str
    part: str = ""


def points(codes: Iterable[str]) -> tuple[Point, ...]:
    """The points behind these codes, each once; settled gaps (D...) are readings of ours and are not cited."""
    found = (_one(code) for code in codes)
    return tuple(dict.fromkeys(point for point in found if point is not None))


def carries(code: str, row: str) -> bool:
    """Whether a point as a diagram or form names it (`6`, `A1.9`, `L73.1`) is this row or the point it belongs to."""
    if not code:
        return False
    whole = code if code[:1].isalpha() else f"R{code}"
    return row == whole or row.startswith(f"{whole}.")


def _one(code: str) -> Point | None:
    match = _CODE.fullmatch(code)
    if match is None:
        return Point("other", code) if code else None
    number, part = match["first"], match["second"] or ""
    match match["source"]:
        case "" | "R":
            return Point("rules", number)
        case "A":
            return Point("annex", number, part if number == WITH_ROWS else "")
        case "L":
            return Point("article", number, part)
        case "O":
            return Point("order", number)
    return None
