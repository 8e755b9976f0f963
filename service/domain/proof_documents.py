"""Papers that prove something of a case: the index of its package, and how each of its dates was counted (L69.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from service.domain.document_parts import Strip, Words
from service.domain.documents import Document
from service.domain.month_lines import Line


@dataclass(frozen=True)
class PackedFile:
    """One file of a package: where it lies, what part of the case it is, how long it is, and its hash."""

    path: str
    part: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CaseIndex(Document):
    """The list of everything in the package of an administrative case, for people (L69.1, R13.3).

    `as_of` is the instant of the case's last line in the journal: the package shows the case as it stood then.
    """

    kind: ClassVar[str] = "case_index"

    as_of: datetime
    files: tuple[PackedFile, ...]
    journal_length: int
    journal_hash: str
    key_id: str


@dataclass(frozen=True, kw_only=True)
class MonthPaper(Document):
    """The report of a month for the head and the supervisor (O5); a month that is not over is marked as such."""

    kind: ClassVar[str] = "month_report"

    first_day: date
    last_day: date
    counted_at: datetime
    final: bool
    lines: tuple[Line, ...]


PROOFS: tuple[type[Document], ...] = (CaseIndex, MonthPaper)
"""Every paper of the program itself."""


def strip_of_the_program(address: str, prepared_at: datetime, *, test: bool) -> Strip:
    """What a paper of the program itself carries in the place of a person's signature."""
    return Strip("", Words(""), prepared_at, "", "", address, test)
