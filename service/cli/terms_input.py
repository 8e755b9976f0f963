"""Reads the events that deadlines are counted from: options of the command, or JSON lines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from service.domain.deadlines import DeadlineInputError

MOST_OF_A_LINE = 1024 * 1024
EVENTS = ("received", "complete", "notice", "complaint")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.,+Zz-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Events:
    """What has happened so far: instants of receipt, days of completeness and of the notice."""

    received: datetime | None
    complete: date | None
    notice: date | None
    complaint: datetime | None


class LineError(DeadlineInputError):
    """A line of a batch cannot be used; `line` is its number."""

    def __init__(self, line: int, wrong: DeadlineInputError) -> None:
        super().__init__(wrong.code, wrong.field, wrong.value)
        self.line = line


def read_events(values: dict[str, Any]) -> Events:
    """Turn words into instants and days; DeadlineInputError names the one that cannot be read."""
    for key in values:
        if key not in EVENTS:
            raise DeadlineInputError("unknown_key", value=key)
    if values.get("received") is None and values.get("complaint") is None:
        raise DeadlineInputError("nothing_received")
    return Events(
        _time(values, "received"),
        _day(values, "complete"),
        _day(values, "notice"),
        _time(values, "complaint"),
    )


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, Events | LineError]]:
    """The events of each line that is not empty, with its number; LineError stands for one that cannot be used.

    A line that is longer than any is the last: it may have no end.
    """
    for number, raw in enumerate(iter(lambda: stream.readline(MOST_OF_A_LINE + 1), b""), 1):
        if len(raw) > MOST_OF_A_LINE:
            yield number, LineError(number, DeadlineInputError("line_too_long"))
            return
        if not raw.strip():
            continue
        try:
            yield number, read_events(_object(raw))
        except DeadlineInputError as wrong:
            yield number, LineError(number, wrong)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        values = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as wrong:
        raise DeadlineInputError("not_utf8") from wrong
    except DeadlineInputError:
        raise
    except (ValueError, RecursionError) as wrong:
        raise DeadlineInputError("not_json") from wrong
    if not isinstance(values, dict):
        raise DeadlineInputError("not_an_object")
    return values


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _ in pairs]
        raise DeadlineInputError("key_stands_twice", value=next(key for key in keys if keys.count(key) > 1))
    return values


def _time(values: dict[str, Any], field: str) -> datetime | None:
    value = values.get(field)
    if value is None:
        return None
    try:
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            raise ValueError
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise DeadlineInputError("not_a_time", field, str(value)) from None
    if moment.utcoffset() is None:
        raise DeadlineInputError("time_without_offset", field, value)
    return moment


def _day(values: dict[str, Any], field: str) -> date | None:
    value = values.get(field)
    if value is None:
        return None
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise DeadlineInputError("not_a_day", field, str(value)) from None
