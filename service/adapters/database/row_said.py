"""Which tables the journal marks, what of a row counts, and the hash of it: from a thing, or as the database has it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from service.adapters.database import tables
from service.adapters.database.types import Day, Instant, Word, json_stored
from service.domain.canonical import canonical, plain

UNMARKED: Mapping[str, str] = {
    "journal": "its lines are chained by their hashes",
    "journal_head": "compared with the lines and with the seals",
    "seal": "signed by the system's key and written down beside the database",
    "counter": "compared with the numbers that were given",
    "case_reading": "keeps a reading from being noted twice in an hour: who read what is a line of the journal",
    "draft": "nothing is filed yet; what is filed is kept in the case with its signature",
    "prepared_document": "waits to be signed: the signature covers its bytes; what it says is kept in documents then",
    "challenge": "a text to sign for one sign-in, forgotten minutes later",
    "stash": "what a page keeps for a moment, such as a form to be shown again",
    "setting": "how far the demo's clock runs ahead, and the mark of the store of files: nothing of a case",
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
        "retry_at": "when a term that failed is tried again: within the hour, whatever stands there",
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
OF_BOTH = frozenset(
    {
        tables.claim, tables.duty, tables.outbox, tables.signature, tables.attachment, tables.deadline, tables.breach,
        tables.officer_note,
    }
)  # fmt: skip
"""Tables whose rows belong to a case, or to none; the files of a draft belong to neither yet and are not marked."""


def _said(kind: TypeEngine[Any], value: Any) -> Any:
    """A value of a thing as the database has it: texts and numbers, JSON as the text that is stored."""
    if isinstance(kind, JSON):
        return json_stored(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, bool):
        return int(value)
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else plain(value)


def _kept(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """A column as the database has it: reading and writing each value anew would be most of what an audit costs."""
    kind = column.type
    if isinstance(kind, JSON):
        return func.nullif(cast(column, Text), "null").label(column.name)
    if isinstance(kind, Boolean):
        return (type_coerce if dialect == "sqlite" else cast)(column, Integer).label(column.name)
    if isinstance(kind, Word):
        return type_coerce(column, String).label(column.name)
    form = next((form for each, form in _WRITTEN.items() if isinstance(kind, each)), "")
    if not form:
        return column
    said = type_coerce(column, String) if dialect == "sqlite" else func.to_char(column, form, type_=String)
    return said.label(column.name)


_WRITTEN: Mapping[type[TypeEngine[Any]], str] = {Instant: "YYYY-MM-DD HH24:MI:SS.US", Day: "YYYY-MM-DD"}
"""How PostgreSQL is asked to write an instant or a day: as SQLite keeps it."""


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
        """Their names, as plain texts: SQLAlchemy's own are more than that."""
        return [str(column.name) for column in self.columns]

    def of_thing(self, values: Sequence[Any]) -> str:
        """The hash of a row with these values of its columns."""
        kinds = [column.type for column in self.columns]
        return _hash(self.names, [None if v is None else _said(k, v) for k, v in zip(kinds, values, strict=True)])

    def of_row(self, values: Sequence[Any]) -> str:
        """The hash of a row with these values of its columns as the database has them."""
        if self._bytes:
            held = [_sum(v) if i in self._bytes else v for i, v in enumerate(values)]
            return _hash(self.names, held)
        return _hash(self.names, values)

    @cached_property
    def chains(self) -> Sequence[Column[Any]]:
        """The columns with the case whose journal marks the row; nothing in them means the office.

        The term of a duty belongs to the case of the duty.
        """
        if self.table in OF_THE_OFFICE:
            return ()
        if self.table in OF_AN_ENTRY:
            return (tables.register_entry.c.case_id,)
        name = {"case": "id", "claim": "contested_case_id"}.get(self.table.name, "case_id")
        of_duty = (tables.duty.c.case_id,) if self.table is tables.deadline else ()
        return (self.table.c[name], *of_duty)

    def of_cases(self, dialect: str, chain: Column[Any]) -> Select[Any]:
        """Its rows as the database has them: the case, the key, and what they say."""
        query = select(chain.label("of_case"), self._key, *self._said(dialect))
        return query if chain.table is self.table else query.join_from(self.table, chain.table)

    def of_the_office(self, dialect: str) -> Select[Any] | None:
        """Its rows that belong to no case, likewise; None where there are none."""
        query = select(self._key, *self._said(dialect))
        if self.table in OF_THE_OFFICE:
            return query
        if self.table not in OF_BOTH:
            return None
        if self.table is tables.attachment:
            query = query.where(self.table.c.draft_id.is_(None))
        for chain in self.chains:
            if chain.table is not self.table:
                query = query.outerjoin_from(self.table, chain.table)
            query = query.where(chain.is_(None))
        return query

    @property
    def _key(self) -> ColumnElement[int]:
        return self.table.c.id.label("row_id")

    def _said(self, dialect: str) -> Sequence[ColumnElement[Any]]:
        return [_kept(column, dialect) for column in self.columns]

    @cached_property
    def _bytes(self) -> Collection[int]:
        return {place for place, column in enumerate(self.columns) if isinstance(column.type, LargeBinary)}


MARKED: Mapping[str, Said] = {
    table.name: Said(table) for table in tables.metadata.sorted_tables if table.name not in UNMARKED
}
"""The tables whose rows the journal marks, by name."""


def _hash(names: Sequence[str], values: Iterable[Any]) -> str:
    """The hash of what a row says: texts and numbers by their names, in their canonical form.

    What is empty, no or nothing says nothing, so that a column that is added later changes no hash.
    """
    said = {name: value for name, value in zip(names, values, strict=True) if value}
    try:
        written = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a lone surrogate, more than 64 bits, or bytes for a text: the slower way knows them
        written = canonical(plain(said))
    return hashlib.sha256(written).hexdigest()


def _sum(value: Any) -> Any:
    """Bytes by their hash; a text that somebody has put in their place is no hash."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return None if value is None else f"'{value}'"
