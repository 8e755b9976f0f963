"""What the procedure needs of the outside world: Protocols that adapters fulfil and tests can stand in for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, TypeVar

from service.domain.audited import Audit
from service.domain.case import Case
from service.domain.files import MAX_FILE_BYTES
from service.domain.people import Actor
from service.domain.repositories import (
    Cases,
    Chains,
    Challenges,
    Dated,
    Deadlines,
    Drafts,
    Duties,
    Editions,
    Figures,
    Outbox,
    People,
    Readings,
    Register,
    Retention,
    Signatures,
)

Entity = TypeVar("Entity")


class Clock(Protocol):
    """The time by which everything is counted; in the demo it can be moved."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Locked(Protocol):
    """What is to be changed, read when nobody else can change it any more: the case is locked before the thing."""

    def one(self, kind: type[Entity], key: object) -> Entity:
        """A thing by its key, with its case where it belongs to one; `NotFound`."""
        ...

    def all(self, kind: type[Entity], **values: object) -> Sequence[Entity]:
        """Every thing with these values, in the order of their keys, and without their case."""
        ...


class UnitOfWork(Protocol):
    """One database transaction: leaving it without `commit` undoes everything."""

    cases: Cases
    locked: Locked
    deadlines: Deadlines
    drafts: Drafts
    people: People
    register: Register
    editions: Editions
    duties: Duties
    dated: Dated
    figures: Figures
    outbox: Outbox
    signatures: Signatures
    challenges: Challenges
    chains: Chains
    audit: Audit
    readings: Readings
    retention: Retention

    @property
    def now(self) -> datetime:
        """The instant at which this unit of work began: one time for everything it writes."""
        ...

    def __enter__(self) -> UnitOfWork: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def at_one_moment(self) -> None:
        """Let everything that is read from here on stand as it does now, whatever others write; for reading only."""
        ...

    def add(self, *entities: object) -> None:
        """Save new things with the commit; deadlines, journal, notices and messages have no key before it."""
        ...

    def remove(self, entity: object) -> None:
        """Take a thing away with the commit."""
        ...

    def get(self, kind: type[Entity], key: object) -> Entity:
        """A thing by its key; `NotFound`."""
        ...

    def find(self, kind: type[Entity], **values: object) -> Entity | None:
        """The latest thing with these values, or None."""
        ...

    def list(self, kind: type[Entity], **values: object) -> Sequence[Entity]:
        """Every thing with these values, in the order of their keys."""
        ...

    def next_number(self, series: str, year: int) -> int:
        """The next number of a series, without gaps: the counter's row is locked until the commit."""
        ...

    def peek_number(self, series: str, year: int) -> int:
        """The number that `next_number` would give now, without taking it."""
        ...

    def note(self, case: Case | None, actor: Actor, action: str, element: str = "", /, **details: Any) -> None:
        """Append a line to the journal."""
        ...

    def note_past(
        self, at: datetime, case: Case | None, actor: Actor, action: str, element: str = "", /, **details: Any
    ) -> None:
        """Append a line about what happened before it is recorded now."""
        ...

    def flush(self) -> None:
        """Give new things their keys."""
        ...

    def commit(self) -> None:
        """Save everything; `CaseChanged` when somebody else was faster."""
        ...


class FileStore(Protocol):
    """Files by the hash of their content, outside of the database."""

    def put(self, content: bytes, *, limit: int | None = MAX_FILE_BYTES) -> str:
        """Store bytes durably; their SHA-256. `limit` in bytes is for what people hand in, None for our own work."""
        ...

    def read(self, sha256: str) -> bytes:
        """The bytes; `NotFound`, and an error if they no longer fit their hash."""
        ...

    def stored(self, older_than: timedelta) -> Iterator[str]:
        """The hashes of the files that were put in so long ago, by the machine's clock."""
        ...

    def remove(self, sha256: str, older_than: timedelta) -> bool:
        """Remove a file for good unless it was put in again since; whether it is gone."""
        ...


class LetterPress(Protocol):
    """Renders documents to PDF with the templates of an edition."""

    def render(self, document: Any, *, at: datetime, edition: str, files: Mapping[str, bytes]) -> bytes:
        """The PDF of a document; `edition` is the hash under which the templates of `files` are kept ready."""
        ...

    def problem(self, files: Mapping[str, bytes]) -> TemplateFault | None:
        """The first template among these files of an edition that cannot be used; None when all of them can."""
        ...


@dataclass(frozen=True)
class TemplateFault:
    """A template of a document that cannot be used: its file, its line (0 if unknown), and what is wrong."""

    file: str
    line: int
    what: str
