"""Column types: instants in UTC on both databases, days, and words of a closed list."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from service.domain.errors import Unreadable

json_stored = json.dumps
"""How JSON is stored: the audit hashes this text as it stands."""


def json_read(stored: str | bytes) -> Any:
    """What a stored JSON text says; `Unreadable` for one that somebody has written over by hand."""
    try:
        return json.loads(stored)
    except ValueError as wrong:
        raise Unreadable(stored) from wrong


def instant_read(stored: Any) -> datetime | None:
    """An instant in UTC as it is stored; `Unreadable` for what somebody has typed into SQLite that is none."""
    if stored is None:
        return None
    try:
        moment = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    except (TypeError, ValueError) as wrong:
        raise Unreadable(stored) from wrong
    return moment.replace(tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An instant: aware in Python, stored in UTC (D20). A naive datetime is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")
        return value.astimezone(UTC).replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """From the database: UTC with its offset."""
        return instant_read


def day_read(stored: Any) -> date | None:
    """A day as it is stored; `Unreadable` for what somebody has typed into SQLite that is none."""
    if stored is None or isinstance(stored, date):
        return stored
    try:
        return date.fromisoformat(stored)
    except (TypeError, ValueError) as wrong:
        raise Unreadable(stored) from wrong


class Day(TypeDecorator[date]):
    """A day of the calendar."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """From the database."""
        return day_read


class Word(TypeDecorator[StrEnum]):
    """A member of a closed list, stored as its word."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """To the database; a word outside the list is refused."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """From the database; `Unreadable` for a word outside the list."""
        try:
            return None if value is None else self.words(value)
        except ValueError as wrong:
            raise Unreadable(value) from wrong


class AsFound(TypeDecorator[Any]):
    """A column as the audit reads it: what is none of its kind is told as it stands there, and stops nothing."""

    impl = String
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        super().__init__()
        self.is_json = isinstance(kind, JSON)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """From the database: what it says, else the text itself."""
        return _json_found if self.is_json else _instant_found


def _json_found(stored: Any) -> Any:
    if not isinstance(stored, str | bytes):
        return stored  # nothing, or PostgreSQL has read it already
    try:
        return json_read(stored)
    except Unreadable:
        return stored


def _instant_found(stored: Any) -> Any:
    try:
        return instant_read(stored)
    except Unreadable:
        return stored
