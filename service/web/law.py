"""The point of the law beside a term or a step, as people cite it, from the code that stands on the diagram."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import gettext as _

_CODE = re.compile(r"(?P<source>[A-Z]?)(?P<first>\d+)(?:\.(?P<second>\d+))?(?:\.\d+)*")


def cite(codes: str | Iterable[str] | None) -> str:
    """Cite points in the language of the page: `6` or R6.1, A1.9.2, L73.1; settled gaps (D...) are not cited."""
    listed = re.split(r"[,;\s]+", codes) if isinstance(codes, str) else list(codes or ())
    cited = [text for code in listed if (text := _one(code))]
    return "; ".join(dict.fromkeys(cited))


def _one(code: str) -> str:
    match = _CODE.fullmatch(code)
    if match is None:
        return code
    number, second = match["first"], match["second"] or ""
    match match["source"]:
        case "" | "R":
            return str(_("point %(number)s of the Rules", number=number))
        case "A" if second:
            return str(_("row %(row)s of annex %(number)s to the Rules", row=second, number=number))
        case "A":
            return str(_("annex %(number)s to the Rules", number=number))
        case "L" if second:
            return str(_("article %(number)s (%(part)s) of the Administrative Code", number=number, part=second))
        case "L":
            return str(_("article %(number)s of the Administrative Code", number=number))
        case "O":
            return str(_("Order No. 130/НҚ of 1 June 2023"))
    return ""
