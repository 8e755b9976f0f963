"""Which rows a unit of work has written, and their marks for the journal; the same rows, read again for the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, inspect
from sqlalchemy.orm import Session, object_mapper

from service.adapters.database import tables
from service.adapters.database.row_said import MARKED, OF_AN_ENTRY, OF_THE_OFFICE, Said
from service.domain.case import Attachment
from service.domain.chain import OFFICE
from service.domain.decisions import RegisterEntry
from service.domain.duties import Duty
from service.domain.row_marks import GONE, NEW, Found


@dataclass
class _Row:
    """A row that was written: the hash of what it held before, and whether it was taken away."""

    said: Said
    entity: Any
    before: str
    gone: bool = False

    @property
    def now(self) -> str:
        return GONE if self.gone else self.said.of_thing([getattr(self.entity, name) for name in self.said.names])


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
            was = NEW if _has_come(entity, said) else said.of_thing(held)
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
        case_id = getattr(entity, row.said.chains[0].name)
        if case_id is None and table is tables.deadline and entity.duty_id is not None:
            case_id = self.session.get_one(Duty, entity.duty_id).case_id
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


def of_cases(session: Session, first: int, last: int) -> Iterator[tuple[str, int, Any, str]]:
    """The marked rows of the cases from one key to another as they stand: table, case, the row and its hash."""
    for name, said, asked in _asked_of_cases(session.get_bind().dialect.name):
        for row in session.execute(asked, {"first": first, "last": last}).all():
            yield name, row[0], row, said.of_row(row[2:])


@cache
def _asked_of_cases(dialect: str) -> Sequence[tuple[str, Said, Select[Any]]]:
    """What is asked of each table, for each of its ways to a case.

    To make a question costs as much as to ask it, so each is made once; so are those below.
    """

    def asked(said: Said, chain: Column[Any]) -> Select[Any]:
        wanted = chain.between(bindparam("first"), bindparam("last"))
        return said.of_cases(dialect, chain).where(wanted).order_by(said.table.c.id)

    return [(name, said, asked(said, chain)) for name, said in MARKED.items() for chain in said.chains]


def of_the_office(session: Session, at_once: int = 100) -> Iterator[Found]:
    """The marked rows that belong to no case."""
    for name, said, asked in _asked_of_the_office(session.get_bind().dialect.name):
        for row in session.execute(asked, execution_options={"yield_per": at_once}):
            yield name, row[0], said.of_row(row[1:])


@cache
def _asked_of_the_office(dialect: str) -> Sequence[tuple[str, Said, Select[Any]]]:
    asked = ((name, said, said.of_the_office(dialect)) for name, said in MARKED.items())
    return [(name, said, query) for name, said, query in asked if query is not None]
