"""Which rows a unit of work has written, and their marks for the journal; the same rows, read again for the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Select, Table, inspect, select
from sqlalchemy.orm import Session, object_mapper

from service.adapters.database import tables
from service.domain.chain import OFFICE
from service.domain.decisions import RegisterEntry
from service.domain.row_marks import GONE, row_hash

_CASE = frozenset(
    {
        "number", "procedure", "submission_id", "applicant_kind", "iin", "bin", "applicant_name", "language",
        "received_at", "registered_on",
    }
)  # fmt: skip
"""Who the case is: what it has come to stands in its journal, its terms and its engine."""

_SERVES_THE_PROGRAM = frozenset(
    {"id", "case_id", "search_name", "expiry_told_at", "version", "read_at", "told_on", "told_how"}
)
"""Columns that say nothing of their own: keys, words to search by, and what has been shown to whom."""

_YOUNGER = frozenset({"of_holder"})
"""Columns younger than the first marks: they say something where they hold something."""

MARKED = (
    tables.case, tables.register_entry, tables.register_change, tables.register_correction, tables.document,
    tables.notice, tables.hearing, tables.position, tables.minutes, tables.minutes_remark, tables.complaint,
    tables.claim, tables.duty, tables.consent, tables.file_access, tables.edition, tables.calendar_version,
    tables.dated_setting, tables.portal_break,
)  # fmt: skip
"""Whose rows the journal marks."""

UNKEYED = frozenset({tables.notice})
"""Written with the commit and never changed: these have no key yet when they are marked."""

OF_THE_OFFICE = frozenset({tables.edition, tables.calendar_version, tables.dated_setting, tables.portal_break})
OF_AN_ENTRY = frozenset({tables.register_change, tables.register_correction})


def said_by(table: Table) -> Sequence[Column[Any]]:
    """The columns of a table that say something."""
    if table is tables.case:
        return [column for column in table.c if column.name in _CASE]
    return [column for column in table.c if column.name not in _SERVES_THE_PROGRAM]


_SAID: Mapping[str, Sequence[str]] = {table.name: [column.name for column in said_by(table)] for table in MARKED}


class Written:
    """The marked rows that a unit of work has made, changed and taken away so far, in their order."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: dict[int, tuple[Table, Any]] = {}
        self._gone: dict[int, tuple[Table, Any]] = {}

    def look(self) -> None:
        """Take in what the session is about to write."""
        for entity in self.session.new:
            self.add(entity)
        for entity in self.session.dirty:
            table = _table(entity)
            if table.name in _SAID and _has_changed(entity, _SAID[table.name]):
                self.add(entity)
        for entity in self.session.deleted:
            if _table(entity).name in _SAID:
                self._gone[id(entity)] = _table(entity), entity

    def add(self, entity: object) -> None:
        """Take in one thing, if its rows are marked."""
        table = _table(entity)
        if table.name in _SAID:
            self._rows[id(entity)] = table, entity

    def marks(self) -> Mapping[int, list[list[Any]]]:
        """The marks of all rows by chain, once they have their keys; the next ones begin anew."""
        found: dict[int, list[list[Any]]] = {}
        for key, (table, entity) in (self._rows | self._gone).items():
            values = {name: getattr(entity, name) for name in _SAID[table.name]}
            mark = GONE if key in self._gone else _hash(values)
            found.setdefault(self._chain(table, entity), []).append(
                [table.name, None if table in UNKEYED else entity.id, mark]
            )
        self._rows, self._gone = {}, {}
        return found

    def _chain(self, table: Table, entity: Any) -> int:
        if table is tables.case:
            return int(entity.id)
        if table in OF_THE_OFFICE:
            return OFFICE
        if table in OF_AN_ENTRY:
            return int(self.session.get_one(RegisterEntry, entity.entry_id).case_id)
        return int((entity.contested_case_id if table is tables.claim else entity.case_id) or OFFICE)


def _hash(values: Mapping[str, Any]) -> str:
    return row_hash({name: value for name, value in values.items() if value or name not in _YOUNGER})


def _table(entity: object) -> Table:
    table: Table = object_mapper(entity).local_table  # type: ignore[assignment]  # every entity is mapped to a table
    return table


def _has_changed(entity: object, names: Collection[str]) -> bool:
    state = inspect(entity)
    return any(state.attrs[name].history.has_changes() for name in names)


Found = tuple[str, int, int | None, str]
"""A row as it stands: its table, its number, its key where it has one, and its hash."""


def of_cases(session: Session, ids: Collection[int]) -> Iterator[tuple[int, Found]]:
    """The marked rows of these cases as they stand, each with its case."""
    for table in MARKED:
        if table not in OF_THE_OFFICE:
            chain = _chain_column(table)
            yield from _hashed(table, session.execute(_from(table, chain).where(chain.in_(ids))))


def of_the_office(session: Session) -> Iterator[Found]:
    """The marked rows that belong to no case."""
    for table in (tables.claim, tables.duty, *OF_THE_OFFICE):
        query = select(table.c.id, *said_by(table))
        if table not in OF_THE_OFFICE:
            query = query.where(_chain_column(table).is_(None))
        yield from (found for _chain, found in _hashed(table, ((None, *row) for row in session.execute(query))))


def _chain_column(table: Table) -> Column[Any]:
    if table is tables.case:
        return table.c.id
    if table in OF_AN_ENTRY:
        return tables.register_entry.c.case_id
    return table.c.contested_case_id if table is tables.claim else table.c.case_id


def _from(table: Table, chain: Column[Any]) -> Select[Any]:
    query = select(
        chain, table.c.id.label("row_id"), *(column.label(f"said_{column.name}") for column in said_by(table))
    )
    return query.join_from(table, tables.register_entry) if table in OF_AN_ENTRY else query


def _hashed(table: Table, rows: Iterable[Any]) -> Iterator[tuple[Any, Found]]:
    names = _SAID[table.name]
    for chain, key, *values in rows:
        sha256 = _hash(dict(zip(names, values, strict=True)))
        yield chain, (table.name, key, None if table in UNKEYED else key, sha256)
