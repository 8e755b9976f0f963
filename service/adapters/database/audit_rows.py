"""Reads many cases for the audit with a fixed number of statements: plain rows, no objects to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, exists, select, text, tuple_
from sqlalchemy.orm import Session

from service.adapters.database import row_marks, tables
from service.domain.audited import AuditedCase
from service.domain.case import DeadlineKind
from service.domain.chain import OFFICE, Head, Line
from service.domain.decisions import PermitStatus


class AuditRepository:
    """The rows that the audit compares."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def cases(self, after: int, limit: int) -> Sequence[AuditedCase]:
        """The cases that follow this one, with all their rows."""
        if self.session.get_bind().dialect.name == "postgresql":
            # All statements see one moment: what others do meanwhile is no disagreement. SQLite has no other way.
            self.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        row = tables.case.c
        columns = (
            row.id, row.number, row.procedure, row.edition_id, row.rounds, row.state, row.outcome, row.engine_state
        )  # fmt: skip
        wanted = select(*columns).where(row.id > after).order_by(row.id).limit(limit)
        found = {each.id: AuditedCase(*each) for each in self.session.execute(wanted)}
        ids = list(found)
        for line in self._of(tables.journal, ids, *(c for c in tables.journal.c if c.name != "id"), order="sequence"):
            found[line.case_id].lines.append(line)
        for head in self.session.execute(select(*_HEAD).where(tables.journal_head.c.chain.in_(ids))):
            found[head.chain].head = Head(*head)
        task, paper, entry = tables.task.c, tables.document.c, tables.register_entry.c
        for each in self._of(
            tables.task, ids, task.case_id, task.engine_id, task.element, task.completed_at, task.cancelled_at
        ):
            found[each.case_id].tasks.append(each)
        for each in self._of(tables.breach, ids, tables.breach.c.case_id, tables.breach.c.element):
            found[each.case_id].breaches.append(each)
        for each in self._of(
            tables.document, ids, paper.case_id, paper.kind, paper.number, paper.sha256, paper.correction
        ):
            found[each.case_id].documents.append(each)
            found[each.case_id].files.append(each.sha256)
        for each in self._of(tables.register_entry, ids, entry.case_id, entry.number, entry.round):
            found[each.case_id].entries.append(each)
        self._timers(found, ids)
        self._files(found, ids)
        self._complaints(found, ids)
        for chain, row_found in row_marks.of_cases(self.session, ids):
            found[chain].rows.append(row_found)
        return list(found.values())

    def office_lines(self, after: int, limit: int) -> Sequence[Line]:
        """The lines without a case that follow this one of their chain."""
        row = tables.journal.c
        query = select(*(column for column in row if column.name != "id")).where(row.case_id.is_(None))
        found: list[Any] = list(
            self.session.execute(query.where(row.sequence > after).order_by(row.sequence).limit(limit))
        )
        return found

    def office_rows(self) -> Sequence[tuple[str, int, int | None, str]]:
        """The marked rows without a case, as they stand."""
        return list(row_marks.of_the_office(self.session))

    def head(self, chain: int) -> Head | None:
        """The end of a chain as it is kept."""
        found = self.session.execute(select(*_HEAD).where(tables.journal_head.c.chain == chain)).first()
        return Head(*found) if found else None

    def heads_of_nothing(self) -> Sequence[int]:
        """Chains whose case is gone."""
        chain = tables.journal_head.c.chain
        gone = select(chain).where(chain != OFFICE, ~exists().where(tables.case.c.id == chain))
        return self.session.scalars(gone.order_by(chain)).all()

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

    def _of(self, table: Table, ids: list[int], *columns: Any, order: str = "id") -> Iterator[Any]:
        query = select(*columns).where(table.c.case_id.in_(ids)).order_by(table.c.case_id, table.c[order])
        yield from self.session.execute(query)

    def _timers(self, found: Mapping[int, AuditedCase], ids: list[int]) -> None:
        row = tables.deadline.c
        query = select(row.case_id, row.engine_id, row.due_at).where(
            row.case_id.in_(ids), tables.deadline_waits, row.kind != DeadlineKind.REMINDER
        )
        for each in self.session.execute(query):
            found[each.case_id].timers.append(each)

    def _files(self, found: Mapping[int, AuditedCase], ids: list[int]) -> None:
        attached, signed = tables.attachment.c, tables.signature.c
        for each in self._of(tables.attachment, ids, attached.case_id, attached.sha256):
            found[each.case_id].files.append(each.sha256)
        for each in self._of(tables.signature, ids, signed.case_id, signed.content_sha256):
            found[each.case_id].files.append(each.content_sha256)

    def _complaints(self, found: Mapping[int, AuditedCase], ids: list[int]) -> None:
        row, paper, change = tables.complaint.c, tables.document.c, tables.register_change.c
        cancelled = exists().where(change.entry_id == row.contested_entry_id, change.status == PermitStatus.CANCELLED)
        query = (
            select(
                row.case_id, row.contests, row.outcome, row.contested_document_id, row.package_sha256,
                paper.annulled_at, cancelled.label("cancelled_in_register"),
            )
            .select_from(tables.complaint.outerjoin(tables.document, paper.id == row.contested_document_id))
            .where(row.case_id.in_(ids))
        )  # fmt: skip
        for each in self.session.execute(query):
            found[each.case_id].complaint = each
            if each.package_sha256:
                found[each.case_id].files.append(each.package_sha256)


_HEAD = (tables.journal_head.c.chain, tables.journal_head.c.length, tables.journal_head.c.hash)
