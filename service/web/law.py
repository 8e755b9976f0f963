"""The point of the law beside a term or a step, as people cite it, from the code that stands on the diagram."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import gettext as _

from service.domain.law_points import Point, points


def cite(codes: str | Iterable[str] | None) -> str:
    """Cite points in the language of the page: `6` or R6.1, A1.9.2, L73.1; settled gaps (D...) are not cited."""
    listed = re.split(r"[,;\s]+", codes) if isinstance(codes, str) else list(codes or ())
    return "; ".join(_said(point) for point in points(listed))


def _said(point: Point) -> str:
    number, part = point.number, point.part
    match point.kind:
        case "rules":
            return str(_("point %(number)s of the Rules", number=number))
        case "annex" if part:
            return str(_("row %(row)s of annex %(number)s to the Rules", row=part, number=number))
        case "annex":
            return str(_("annex %(number)s to the Rules", number=number))
        case "article" if part:
            return str(_("article %(number)s (%(part)s) of the Administrative Code", number=number, part=part))
        case "article":
            return str(_("article %(number)s of the Administrative Code", number=number))
        case "order":
            return str(_("Order No. 130/НҚ of 1 June 2023"))
    return number
