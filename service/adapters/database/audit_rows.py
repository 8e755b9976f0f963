"""Reads many cases for the audit with a fixed number of statements: plain rows, no objects to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Session

from service.adapters.database import row_marks, tables
from service.adapters.database.connection import read_as_found
from service.adapters.database.types import AsFound, Instant
from service.adapters.database.unreadable import unreadable_values
from service.domain.audited import FILES, AuditedCase, Counted, HeldBack
from service.domain.case import Deadline, DeadlineKind
from service.domain.chain import OFFICE, Head, Line, Seal
from service.domain.decisions import SIGN_IN, PermitStatus
from service.domain.numbers import SERIES
from service.domain.row_marks import Found


class AuditRepository:
    """The rows that the audit compares."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def as_found(self) -> None:
        """Let everything be read from here on as it stands, also a text that is none."""
        read_as_found(self.session.connection())

    def keys(self, apart: int) -> Sequence[int]:
        """The keys of cases that lie so many cases apart."""
        row = tables.case.c
        counted = select(row.id, func.row_number().over(order_by=row.id).label("place")).subquery().c
        return self.session.scalars(select(counted.id).where(counted.place % apart == 0).order_by(counted.id)).all()

    def cases(self, after: int, until: int | None, limit: int) -> Sequence[AuditedCase]:
        """The cases that follow one key, up to another, with all their rows."""
        row = tables.case.c
        wanted = row.id > after if until is None else and_(row.id > after, row.id <= until)
        ids = self.session.scalars(select(row.id).where(wanted).order_by(row.id).limit(limit)).all()
        if not ids:
            return []
        found, first, last = _Cases(), ids[0], ids[-1]
        found.update((key, AuditedCase(key)) for key in ids)
        wanted = tables.journal.c.case_id.between(first, last)
        for line in self.session.execute(select(*_LINE).where(wanted).order_by(tables.journal.c.sequence)):
            found[line.case_id].lines.append(line)
        for head in self.session.execute(select(*_HEAD).where(tables.journal_head.c.chain.between(first, last))):
            found[head.chain].head = Head(*head)
        for table, case_id, each, sha256 in row_marks.of_cases(self.session, first, last):
            found[case_id].kept[table].append(each)
            found[case_id].rows.append((table, each.row_id, sha256))
        self._timers(found)
        self._contested(found)
        return [found[key] for key in ids]

    def office_lines(self, after: int, limit: int) -> Sequence[Line]:
        """The lines without a case that follow this one of their chain."""
        row = tables.journal.c
        query = select(*_LINE).where(row.case_id.is_(None))
        found: list[Any] = list(
            self.session.execute(query.where(row.sequence > after).order_by(row.sequence).limit(limit))
        )
        return found

    def office_rows(self) -> Sequence[Found]:
        """The marked rows without a case, as they stand."""
        return list(row_marks.of_the_office(self.session))

    def counters(self) -> Sequence[Counted]:
        """The counters, each with how many numbers of its series are in use.

        A counter that is gone while its numbers are in use says that it has given none. Seals are compared one by one:
        of theirs it is enough that it is there.
        """
        row = tables.counter.c
        kept = self.session.execute(select(row.name, row.year, row.value))
        found = dict.fromkeys(self._numbered(), 0) | {(each.name, each.year): each.value for each in kept}
        return [
            Counted(name, year, value, self.session.scalar(_given(name, year)) or 0)
            for (name, year), value in sorted(found.items(), key=lambda each: (str(each[0][1]), str(each[0][0])))
            if not (name == SEAL and isinstance(value, int) and value)
        ]

    def _numbered(self) -> Iterator[tuple[str, int]]:
        """Every series of a year of which a number is in use, as its counter is called."""
        if self.session.scalar(select(tables.seal.c.number).limit(1)) is not None:
            yield SEAL, 0
        letters = {SERIES[name]: name for name in OPENED}
        for table in (tables.case, tables.document, tables.minutes):
            number = table.c.number
            # The letters and the year, and where a number has more than six digits the first of them.
            begins = select(func.substr(number, 1, func.length(number) - 7)).where(func.length(number) > 7)
            for begin in self.session.scalars(begins.distinct()):
                series, _dash, year = begin.partition("-")
                if series in SERIES.values() and year[:4].isdecimal():
                    yield letters.get(series, series), int(year[:4])

    def held_back(self, now: datetime) -> Sequence[HeldBack]:
        """What waits still though the longest pause after a failure is over, or is to wait for longer than that."""
        row, duty, case = tables.deadline.c, tables.duty.c, tables.case.c
        passed = now - Deadline.PAUSE
        # A duty may begin after its term has ended; it fires a moment later.
        ended = and_(row.due_at < passed, func.coalesce(duty.opened_at, row.due_at) < passed)
        late = or_(ended, row.retry_at > now + Deadline.PAUSE)
        query = (
            select(func.coalesce(case.number, ""), row.id, row.element, _as_found(row.due_at), _as_found(row.retry_at))
            .select_from(tables.deadline)
            .outerjoin(tables.duty, duty.id == row.duty_id)
            .outerjoin(tables.case, case.id == func.coalesce(row.case_id, duty.case_id))
        )
        waiting = query.where(tables.deadline_waits, late).order_by(row.due_at, row.id)
        return [HeldBack(*each) for each in self.session.execute(waiting)]

    def loose_files(self, at_once: int = 500) -> Iterator[str]:
        """The hashes of the stored files that rows without a case name; what a sign-in has signed is no file."""
        for name, column in FILES.items():
            row = tables.metadata.tables[name].c
            named = select(row[column]).where(row.case_id.is_(None), row[column] != "").distinct()
            if name == "signature":
                named = named.where(row.purpose != SIGN_IN)
            yield from self.session.scalars(named.execution_options(yield_per=at_once))

    def head(self, chain: int) -> Head | None:
        """The end of a chain as it is kept."""
        found = self.session.execute(select(*_HEAD).where(tables.journal_head.c.chain == chain)).first()
        return Head(*found) if found else None

    def heads_of_nothing(self) -> Sequence[int]:
        """Chains whose case is gone."""
        chain = tables.journal_head.c.chain
        gone = select(chain).where(chain != OFFICE, ~exists().where(tables.case.c.id == chain))
        return self.session.scalars(gone.order_by(chain)).all()

    def marked_as_sealed(self) -> Sequence[tuple[int, object]]:
        """The chains that are marked as sealed, each with the line up to which."""
        row = tables.journal_head.c
        marked = self.session.execute(select(row.chain, row.sealed).where(row.sealed != 0))
        return [(each.chain, each.sealed) for each in marked]

    def hashes(self, places: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        """The hashes of lines by chain and sequence."""
        row = tables.journal.c
        found: dict[tuple[int, int], str] = {}
        in_cases = [place for place in places if place[0] != OFFICE]
        if in_cases:
            query = select(row.case_id, row.sequence, row.hash).where(tuple_(row.case_id, row.sequence).in_(in_cases))
            found |= {(chain, sequence): top for chain, sequence, top in self.session.execute(query)}
        of_office = [sequence for chain, sequence in places if chain == OFFICE]
        if of_office:
            lines = select(row.sequence, row.hash).where(row.case_id.is_(None), row.sequence.in_(of_office))
            found |= {(OFFICE, line.sequence): line.hash for line in self.session.execute(lines)}
        return found

    def last_seal(self) -> int:
        """The number of the last seal."""
        return self.session.scalar(select(func.max(cast(tables.seal.c.number, Integer)))) or 0

    def seals(self, after: int, limit: int) -> Sequence[Seal]:
        """The seals that follow the one with this key."""
        row = tables.seal.c
        query = select(*map(_as_found, row)).where(row.id > after).order_by(row.id).limit(limit)
        found = []
        for each in self.session.execute(query):
            told = dict(each._mapping)
            key = told.pop("id")
            found.append(Seal(**told))
            found[-1].id = key
        return found

    def unreadable(self) -> Iterator[tuple[str, int, str]]:
        """Values that no mark covers and that are none of their kind; PostgreSQL takes none such."""
        if self.session.get_bind().dialect.name == "sqlite":
            yield from unreadable_values(self.session)

    def _timers(self, found: Mapping[int, AuditedCase]) -> None:
        row = tables.deadline.c
        running = tables.deadline_waits, row.kind != DeadlineKind.REMINDER
        query = select(row.case_id, row.engine_id, _as_found(row.due_at)).where(
            row.case_id.between(min(found), max(found)), *running
        )
        for each in self.session.execute(query):
            found[each.case_id].timers.append(each)

    def _contested(self, found: Mapping[int, AuditedCase]) -> None:
        """What the act shows that a complaint contests."""
        row, paper, change = tables.complaint.c, tables.document.c, tables.register_change.c
        standing = change.entry_id == row.contested_entry_id, change.withdrawn_at.is_(None)
        cancelled = exists().where(*standing, change.status == PermitStatus.CANCELLED)
        query = (
            select(row.case_id, paper.kind, _as_found(paper.annulled_at), cancelled.label("cancelled_in_register"))
            .select_from(tables.complaint.outerjoin(tables.document, paper.id == row.contested_document_id))
            .where(row.case_id.between(min(found), max(found)))
        )
        for each in self.session.execute(query):
            found[each.case_id].contested = each


def _given(series: str, year: int) -> Select[Any]:
    """How many numbers of a series are in use: of cases, or of signed papers."""
    if series == SEAL:
        return select(func.max(tables.seal.c.number))
    if series in OPENED:
        case = tables.case.c
        return select(func.count()).where(case.number.startswith(f"{SERIES[series]}-{year}-"))
    if series == SERIES["hearing_minutes"]:
        # Minutes have their number from the first of two signatures on, before they are a document.
        return select(func.count()).where(tables.minutes.c.number.startswith(f"{series}-{year}-"))
    paper = tables.document.c
    return select(func.count()).where(paper.number.startswith(f"{series}-{year}-"), paper.correction == 0)


SEAL = "seal"
OPENED = ("case", "complaint")
"""Series that number cases; the others number papers and are called by their letters."""


def _as_found(column: Column[Any]) -> ColumnElement[Any]:
    """An instant or JSON as it stands, whatever somebody has typed there; every other column as it is."""
    if isinstance(column.type, JSON | Instant):
        return type_coerce(column, AsFound(column.type)).label(column.name)
    return column


class _Cases(dict[int, AuditedCase]):
    """Cases by key; what is left of one that is gone is let go here, its chain is told of (`heads_of_nothing`)."""

    def __missing__(self, key: int) -> AuditedCase:
        return AuditedCase(key)


_LINE = tuple(_as_found(column) for column in tables.journal.c if column.name != "id")
_HEAD = (tables.journal_head.c.chain, tables.journal_head.c.length, tables.journal_head.c.hash)
