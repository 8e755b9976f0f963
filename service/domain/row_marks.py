"""What the journal keeps of the rows that a step has written: the hash of each, by which the audit knows it (L69.1).

The journal itself says what was done; these marks say what the rows beside it held before and afterwards. A row that
was changed, removed or put in behind the program no longer fits its last mark, and the marks stand in the chain. Who
writes on a row that was changed behind the program marks also what it held before: that does not fit either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.domain.chain import BEGUN, Line

NEW = GONE = ""
"""In place of the hash before: the row is new. In place of the hash since: the program itself has taken it away."""

_PLAIN = (str, int, type(None))

Row = tuple[str, int]
"""A row by the name of its table and its key."""

Found = tuple[str, int, str]
"""A row as it stands: its table, its key and its hash."""

Differs = tuple[str, str, Mapping[str, int]]
"""A table, what is wrong in it, and which row, before which line."""


@dataclass
class Marks:
    """The last mark of every row of one chain, whether the chain has marked them all, and marks that do not fit."""

    last: dict[Row, str] = field(default_factory=dict)
    whole: bool = False
    broken: list[Differs] = field(default_factory=list)

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the lines that follow."""
        for line in lines:
            for table, key, sha256, before in _marks_of(line):
                if key is None:
                    self.whole = line.sequence == 1
                    continue
                if before != self.last.get((table, key), NEW if self.whole else before):
                    self.broken.append((table, "row_changed_before", {"row": key, "line": line.sequence}))
                self.last[table, key] = sha256


def _marks_of(line: Line) -> Iterator[Sequence[Any]]:
    """The marks of a line.

    Those of an older line do not say what a row held before; what is no mark was put there behind the program, and the
    hash of the line tells that.
    """
    for mark in line.rows if isinstance(line.rows, list) else ():
        if isinstance(mark, list) and len(mark) == len(BEGUN) and all(isinstance(each, _PLAIN) for each in mark):
            yield mark


def rows_differ(marks: Marks, found: Iterable[Found]) -> Iterator[Differs]:
    """The rows that do not fit their marks.

    A chain that began before rows were marked says nothing of the rows that it has never marked.
    """
    yield from marks.broken
    unseen = dict(marks.last)
    for table, row, sha256 in found:
        marked = unseen.pop((table, row), None)
        if marked != sha256 and (marked is not None or marks.whole):
            yield table, "row_changed" if marked else "row_put_in", {"row": row}
    for (table, row), sha256 in unseen.items():
        if sha256 != GONE:
            yield table, "row_taken_away", {"row": row}
