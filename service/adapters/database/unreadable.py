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
    for column, read in UNMARKED_VALUES.items():
        for row, value in session.execute(_stored(column).where(column.is_not(None)).execution_options(yield_per=500)):
            try:
                read(value)
            except Unreadable:
                yield column.table.name, row, column.name
    for column in UNMARKED_OTHERS:
        held = _with_key(column, cast(column, LargeBinary)).execution_options(yield_per=500)
        for row, stored in session.execute(held):
            try:
                (stored or b"").decode()
            except UnicodeDecodeError:
                yield column.table.name, row, column.name
    for column in LIKE_NOTHING:
        for row, _empty in session.execute(_stored(column).where(type_coerce(column, String) == "")):
            yield column.table.name, row, column.name


def _stored(column: Column[Any]) -> Any:
    """The key of each row, which has no other name where it is no number, and the value as it stands."""
    return _with_key(column, type_coerce(column, String))


def _with_key(column: Column[Any], value: ColumnElement[Any]) -> Any:
    return select(literal_column("rowid", Integer), value).select_from(column.table)
