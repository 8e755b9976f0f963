"""What somebody has typed into SQLite that is no instant, JSON or text, where the marks of the journal tell nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    String,
    cast,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from service.adapters.database.row_said import UNMARKED, UNSAID
from service.adapters.database.tables import metadata
from service.adapters.database.types import Day, Instant, instant_read, json_read
from service.domain.errors import Unreadable

CHAINED = frozenset({"journal", "seal"})
"""What was written over in these is named by their chains."""


def _json_or_number(stored: Any) -> object:
    return stored if isinstance(stored, int | float) else json_read(stored)


def _read(column: Column[Any]) -> Callable[[Any], object]:
    return _json_or_number if isinstance(column.type, JSON) else instant_read


def _is_unmarked(column: Column[Any]) -> bool:
    return column.table.name in UNMARKED or column.name in UNSAID.get(column.table.name, ())


_COLUMNS = [column for table in metadata.sorted_tables if table.name not in CHAINED for column in table.c]
_TYPED = [column for column in _COLUMNS if isinstance(column.type, JSON | Instant | Day)]
UNMARKED_VALUES: Mapping[Column[Any], Callable[[Any], object]] = {
    column: _read(column) for column in _TYPED if _is_unmarked(column)
}
UNMARKED_OTHERS = [
    column
    for column in _COLUMNS
    if _is_unmarked(column) and column not in UNMARKED_VALUES and not isinstance(column.type, LargeBinary)
]
"""Texts and numbers: what stands there may be a text that is no UTF-8."""
LIKE_NOTHING = [column for column in _TYPED if column.nullable and column not in UNMARKED_VALUES]
"""For the mark of a row an empty text is nothing, and here it is not: no instant, no day, no JSON."""


def unreadable_values(session: Session) -> Iterator[tuple[str, int, str]]:
    """The values that the program could not read: the table, the row and the column of each."""
    for column, read, query in _ASKED_VALUES:
        for row, value in session.execute(query, execution_options=_SOME):
            try:
                read(value)
            except Unreadable:
                yield column.table.name, row, column.name
    for column, query in _ASKED_OTHERS:
        for row, stored in session.execute(query, execution_options=_SOME):
            try:
                (stored or b"").decode()
            except UnicodeDecodeError:
                yield column.table.name, row, column.name
    for column, query in _ASKED_LIKE_NOTHING:
        for row, _empty in session.execute(query):
            yield column.table.name, row, column.name


def _stored(column: Column[Any]) -> Any:
    """The key of each row, which has no other name where it is no number, and the value as it stands."""
    return _with_key(column, type_coerce(column, String))


def _with_key(column: Column[Any], value: ColumnElement[Any]) -> Any:
    return select(literal_column("rowid", Integer), value).select_from(column.table)


_SOME = {"yield_per": 500}
"""So many rows are in memory at once."""

# Made once: to make these questions costs as much as to ask them.
_ASKED_VALUES = [(column, read, _stored(column).where(column.is_not(None))) for column, read in UNMARKED_VALUES.items()]
_ASKED_OTHERS = [(column, _with_key(column, cast(column, LargeBinary))) for column in UNMARKED_OTHERS]
_ASKED_LIKE_NOTHING = [(column, _stored(column).where(type_coerce(column, String) == "")) for column in LIKE_NOTHING]
