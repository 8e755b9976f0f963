"""Papers that prove something of a case: the index of its package, and how each of its dates was counted (L69.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from service.domain.document_parts import Strip, Words
from service.domain.documents import Document
from service.domain.law_points import Point
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


@dataclass(frozen=True)
class SkippedDay:
    """A day that was not counted, why, and by which act (D21)."""

    day: date
    name: Words
    basis: str


@dataclass(frozen=True)
class ProvedTerm:
    """One term of a case: what it is the term of, from which day and over which days it was counted, and its end.

    `name` is what is to be done, `says` the term as the drawing words it. What `waits` is no term but the first day on
    which something may be done (L73.1). `first_due_at` is the end before it was moved, `moved` why (L76.3, D28). It was
    counted by the calendar of this number; a term in `months` counts no days (L92.1).
    """

    name: Words
    says: Words
    points: tuple[Point, ...]
    waits: bool
    counted_from: date | None
    days: int
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]
    first_due_at: datetime
    due_at: datetime
    moved: str
    ended_at: datetime | None
    missed: bool
    preliminary: bool
    months: int
    calendar_number: int

    @property
    def by_day(self) -> bool:
        """Whether its end is a day and no hour: of what is counted in months (L92.1)."""
        return self.months > 0


@dataclass(frozen=True)
class ProvedCalendar:
    """A calendar by which terms were counted: its version, and the hash of its days and hours."""

    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TermsProof(Document):
    """How each date of a case came about, for people; the signed JSON beside it says the same (D25, D28)."""

    kind: ClassVar[str] = "terms_proof"

    as_of: datetime
    received_at: datetime | date
    registered_on: date
    act_number: str
    act_date: date
    edition_number: int
    edition_sha256: str
    calendars: tuple[ProvedCalendar, ...]
    terms: tuple[ProvedTerm, ...]
    content_sha256: str
    key_id: str

    @property
    def calendar_number(self) -> int:
        """The latest of its calendars, which is all that templates of earlier editions name."""
        return self.calendars[-1].number

    @property
    def calendar_sha256(self) -> str:
        """The hash of that."""
        return self.calendars[-1].sha256


PROOFS: tuple[type[Document], ...] = (CaseIndex, TermsProof, MonthPaper)
"""Every paper of the program itself."""


def strip_of_the_program(address: str, prepared_at: datetime, *, test: bool) -> Strip:
    """What a paper of the program itself carries in the place of a person's signature."""
    return Strip("", Words(""), prepared_at, "", "", address, test)
