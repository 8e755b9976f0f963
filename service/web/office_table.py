"""Tables for any office program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv"


def office_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows under their heads as CSV: UTF-8 with its mark, between semicolons, no value ever taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_no_formula(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _no_formula(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
