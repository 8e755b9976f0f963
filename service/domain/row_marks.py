"""What the journal keeps of the rows that a step has written: the hash of each, by which the audit knows it (L69.1).

The journal itself says what was done; these marks say what the rows beside it held afterwards. A row that was
changed, removed or put in behind the program no longer fits its last mark, and the marks stand in the chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.canonical import digest, plain
from service.domain.chain import Line

GONE = ""
"""The hash of a row that the program itself has taken away."""

Row = tuple[str, int | None]
"""A row by the name of its table and its key; rows that nothing changes have no key and are known by their hash."""


def row_hash(values: Mapping[str, Any]) -> str:
    """The hash of what a row says."""
    return digest(plain(values))


@dataclass
class Marks:
    """The last mark of every row of one chain, and whether the chain has marked its rows since it began."""

    last: dict[Row, str] = field(default_factory=dict)
    unkeyed: Counter[tuple[str, str]] = field(default_factory=Counter)
    whole: bool = False

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the lines that follow."""
        for line in lines:
            for table, key, sha256 in line.rows:
                if key is None:
                    self.unkeyed[table, sha256] += 1
                else:
                    self.last[table, key] = sha256


def rows_differ(
    marks: Marks, found: Iterable[tuple[str, int, int | None, str]]
) -> Iterator[tuple[str, str, Mapping[str, int | None]]]:
    """The rows that do not fit their marks, as table, what is wrong, and which or how many.

    `found` gives table, id, key and hash of each row.

    A chain that began before rows were marked says nothing of the rows that it has never marked.
    """
    unseen, missing = dict(marks.last), Counter(marks.unkeyed)
    for table, row, key, sha256 in found:
        if key is None:
            missing[table, sha256] -= 1
            if missing[table, sha256] < 0 and marks.whole:
                yield table, "row_changed_or_put_in", {"row": row}
            continue
        marked = unseen.pop((table, key), None)
        if marked in (None, GONE) and (marks.whole or marked == GONE):
            yield table, "row_put_in", {"row": row}
        elif marked not in (None, GONE, sha256):
            yield table, "row_changed", {"row": row}
    for (table, key), sha256 in unseen.items():
        if sha256 != GONE:
            yield table, "row_taken_away", {"row": key}
    for (table, _sha256), count in missing.items():
        if count > 0:
            yield table, "rows_changed_or_gone", {"count": count}
