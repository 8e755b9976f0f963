"""Counts what a piece of work says to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event


@dataclass
class Counted:
    """The statements that were sent and the transactions that were saved; the demo's clock apart."""

    statements: int = 0
    commits: int = 0


@contextmanager
def counted(engine: Engine) -> Iterator[Counted]:
    """Count every statement meanwhile, also of what is only read before the step begins, without BEGIN and COMMIT."""
    found = Counted()

    def statement(_connection: object, _cursor: object, text: str, *_more: object) -> None:
        found.statements += not text.startswith(("BEGIN", "PRAGMA")) and "FROM setting" not in text

    def commit(_connection: object) -> None:
        found.commits += 1

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)
