"""Which rows a unit of work has written, and their marks for the journal; the same rows, read again for the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Select, Table, inspect, select
from sqlalchemy.orm import Session, object_mapper

from service.adapters.database import tables
from service.domain.case import Attachment
from service.domain.chain import OFFICE
from service.domain.decisions import RegisterEntry
from service.domain.row_marks import GONE, NEW, Found, names_text, row_hash

UNMARKED: Mapping[str, str] = {
    "journal": "its lines are chained by their hashes",
    "journal_head": "compared with the lines and with the seals",
    "seal": "signed by the system's key and written down beside the database",
    "counter": "compared with the numbers that were given",
    "case_reading": "keeps a reading from being noted twice in an hour: who read what is a line of the journal",
    "draft": "nothing is filed yet; what is filed is kept in the case with its signature",
    "prepared_document": "waits to be signed: the signature covers its bytes, and what is signed is kept in documents",
    "challenge": "a text to sign for one sign-in, forgotten minutes later",
    "stash": "what a page keeps for a moment, such as a form to be shown again",
    "setting": "how far the demo's clock runs ahead, which no other installation has",
}
"""The tables whose rows the journal does not mark, and why the audit finds what matters all the same."""

UNSAID: Mapping[str, Mapping[str, str]] = {
    "case": {"version": "tells two hands at one case apart"},
    "claim": {"version": "tells two hands at one claim apart"},
    "task": {
        "draft": "typed and not sent: no answer yet",
        "failure": "why the last try failed, which is a line of the journal",
    },
    "deadline": {
        "retry_at": "when a term that failed is tried again",
        "failure": "why the last try failed, which is a line of the journal",
    },
    "outbox": dict.fromkeys(
        ("due_at", "attempts", "stopped_at", "last_error", "failed_at"), "how trying goes; a delivery is marked"
    ),
    "signature": {"checked_at": "moves with each try while there is no verdict; the verdict is marked"},
}
"""The columns that the marks leave out, and why."""

OF_AN_ENTRY = frozenset({tables.register_change, tables.register_correction})
OF_THE_OFFICE = frozenset(
    {
        tables.edition, tables.calendar_version, tables.dated_setting, tables.portal_break, tables.officer,
        tables.role_assignment, tables.month_figures,
    }
)  # fmt: skip
OF_BOTH = frozenset({tables.claim, tables.duty, tables.outbox, tables.signature, tables.attachment})
"""Tables whose rows belong to a case, or to none; the files of a draft belong to neither yet and are not marked."""


@dataclass(frozen=True)
class Said:
    """A table whose rows the journal marks, and what of a row its hash holds."""

    table: Table

    @cached_property
    def columns(self) -> Sequence[Column[Any]]:
        """The columns that say something; the key and the case stand beside the hash."""
        left_out = {"id", "case_id", *UNSAID.get(self.table.name, ())}
        return sorted((each for each in self.table.c if each.name not in left_out), key=lambda each: each.name)

    @cached_property
    def names(self) -> Sequence[str]:
        """Their names."""
        return [column.name for column in self.columns]

    @cached_property
    def _texts(self) -> Sequence[str]:
        return names_text(self.names)

    def sha256(self, values: Iterable[Any]) -> str:
        """The hash of a row with these values of its columns."""
        return row_hash(self._texts, values)

    @cached_property
    def chain(self) -> Column[Any]:
        """The column with the case whose journal marks the row; None in it means the office."""
        if self.table is tables.case:
            return self.table.c.id
        if self.table in OF_AN_ENTRY:
            return tables.register_entry.c.case_id
        return self.table.c.contested_case_id if self.table is tables.claim else self.table.c.case_id

    @cached_property
    def query(self) -> Select[Any]:
        """Its rows: the case, where there may be one, the key, and what they say."""
        key = self.table.c.id.label("row_id")
        if self.table in OF_THE_OFFICE:
            return select(key, *self.columns)
        query = select(self.chain.label("of_case"), key, *self.columns)
        return query.join_from(self.table, tables.register_entry) if self.table in OF_AN_ENTRY else query


MARKED: Mapping[str, Said] = {
    table.name: Said(table) for table in tables.metadata.sorted_tables if table.name not in UNMARKED
}
"""The tables whose rows the journal marks, by name."""


@dataclass
class _Row:
    """A row that was written: the hash of what it held before, and whether it was taken away."""

    said: Said
    entity: Any
    before: str
    gone: bool = False

    @property
    def now(self) -> str:
        return GONE if self.gone else self.said.sha256([getattr(self.entity, name) for name in self.said.names])


class Written:
    """The marked rows that a unit of work has made, changed and taken away so far, in their order."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: dict[int, _Row] = {}

    def look(self) -> None:
        """Take in what the session is about to write."""
        for entity in self.session.new:
            self.add(entity)
        for entity in self.session.dirty:
            self._changed(entity)
        for entity in self.session.deleted:
            self._changed(entity, gone=True)

    def add(self, entity: object) -> None:
        """Take in a new thing, if its rows are marked."""
        said = MARKED.get(_table(entity).name)
        if said is not None:
            self._rows.setdefault(id(entity), _Row(said, entity, NEW))

    def _changed(self, entity: object, gone: bool = False) -> None:
        said = MARKED.get(_table(entity).name)
        if said is None:
            return
        row = self._rows.get(id(entity))
        if row is None:
            before = _before(entity, said)
            if not before and not gone:
                return
            held = [before.get(name, getattr(entity, name)) for name in said.names]
            was = NEW if _has_come(entity, said) else said.sha256(held)
            row = self._rows[id(entity)] = _Row(said, entity, was)
        row.gone = gone

    def taken_over(self, files: Iterable[Attachment]) -> None:
        """The files of a draft have become those of a case: its journal has not marked them before."""
        for file in files:
            self.add(file)

    def marks(self) -> Mapping[int, list[list[Any]]]:
        """The marks of all rows by chain, once they have their keys; the next ones begin anew."""
        found: dict[int, list[list[Any]]] = {}
        for row in self._rows.values():
            chain, now = self._chain(row), row.now
            if chain is not None and now != row.before:
                found.setdefault(chain, []).append([row.said.table.name, row.entity.id, now, row.before])
        self._rows = {}
        return found

    def _chain(self, row: _Row) -> int | None:
        """The chain of a row; None for the file of a draft, which belongs to no case yet."""
        table, entity = row.said.table, row.entity
        if table in OF_THE_OFFICE:
            return OFFICE
        if table in OF_AN_ENTRY:
            return int(self.session.get_one(RegisterEntry, entity.entry_id).case_id)
        case_id = getattr(entity, row.said.chain.name)
        if case_id is not None:
            return int(case_id)
        return None if table is tables.attachment and entity.draft_id else OFFICE


def _table(entity: object) -> Table:
    table: Table = object_mapper(entity).local_table  # type: ignore[assignment]  # every entity is mapped to a table
    return table


def _has_come(entity: object, said: Said) -> bool:
    """Whether a file of a draft has become one of a case, which has not marked it before."""
    if said.table is not tables.attachment:
        return False
    case_id = inspect(entity).attrs.case_id.history
    return bool(case_id.added) and not any(case_id.deleted)


def _before(entity: object, said: Said) -> Mapping[str, Any]:
    """What the row says otherwise in the database than now."""
    state = inspect(entity)
    found = {}
    for name in state.committed_state.keys() & set(said.names):
        was = state.attrs[name].load_history()
        if was.has_changes():
            found[name] = was.deleted[0] if was.deleted else None
    return found


def of_cases(session: Session, ids: Collection[int]) -> Iterator[tuple[str, int, Any, str]]:
    """The marked rows of these cases as they stand: table, case, the row and its hash."""
    for name, said in MARKED.items():
        if said.table not in OF_THE_OFFICE:
            for row in session.execute(said.query.where(said.chain.in_(ids)).order_by(said.table.c.id)):
                yield name, row[0], row, said.sha256(row[2:])


def of_the_office(session: Session, at_once: int = 100) -> Iterator[Found]:
    """The marked rows that belong to no case."""
    for name, said in MARKED.items():
        table, query, said_from = said.table, said.query, 1
        if table in OF_BOTH:
            query, said_from = query.where(said.chain.is_(None)), 2
            if table is tables.attachment:
                query = query.where(table.c.draft_id.is_(None))
        elif table not in OF_THE_OFFICE:
            continue
        for row in session.execute(query.execution_options(yield_per=at_once)):
            yield name, row.row_id, said.sha256(row[said_from:])
