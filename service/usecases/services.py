"""What the use cases are handed: ports, settings, and the deployed editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from service.domain.calendar import WorkCalendar
from service.domain.case import Case
from service.domain.chain import Seal
from service.domain.channels import Channel
from service.domain.files import ContentTypes
from service.domain.people import Actor
from service.domain.ports import Clock, FileStore, LetterPress, UnitOfWork
from service.domain.signatures import SignatureEngine
from service.operations import Work
from service.settings import Settings
from service.usecases.editions import EditionShelf
from service.usecases.times import TimeShelf


class PaperSigning(Protocol):
    """Reserves the place of a signature in a PDF and puts the signature there."""

    def prepare(self, pdf: bytes, *, signer: str, reason: str, at: datetime) -> tuple[bytes, int, int]:
        """The PDF with a reserved region, and where that region begins and ends."""
        ...

    def code_in(self, pdf: bytes) -> str | None:
        """The verification code that a PDF of ours carries; None for anything else."""
        ...

    def revisions(self, pdf: bytes, most: int) -> Sequence[bytes]:
        """The file as each of the first signers signed it, at `most` so many; the first signer's first."""
        ...

    def embed(self, pdf: bytes, start: int, end: int, cms: bytes) -> bytes:
        """The signed PDF."""
        ...


class SystemKey(Protocol):
    """The program's own key: it signs seals, proofs of terms and packages."""

    @property
    def key_id(self) -> str:
        """By what the key is named: the SHA-256 of its public part."""
        ...

    @property
    def public_key(self) -> str:
        """The public part, in PEM, as it is published."""
        ...

    def sign(self, content: bytes) -> bytes:
        """The signature over these bytes."""
        ...

    def verify(self, key_id: str, content: bytes, signature: bytes) -> bool:
        """Whether our key of this name, the present one or an earlier one, has signed these bytes."""
        ...


class SealBook(Protocol):
    """The list of all seals outside of the database."""

    def append(self, seals: Sequence[Seal]) -> None:
        """Write down seals that do not stand there yet."""
        ...

    def hashes(self) -> Iterable[tuple[int, str]]:
        """Number and hash of every seal."""
        ...


@dataclass(frozen=True)
class Services:
    """The program as the use cases see it; built by bootstrap.

    `alone` gives a unit of work beside which no other changes anything, for what moves the terms of many cases.
    `channels` are for what waits in the outbox; `registers` ask the state registers while a person waits for the page:
    they give up soon.
    """

    settings: Settings
    clock: Clock
    times: TimeShelf
    unit_of_work: Callable[[], UnitOfWork]
    alone: Callable[[], UnitOfWork]
    reading: Callable[[], UnitOfWork]
    editions: EditionShelf
    signatures: SignatureEngine
    papers: PaperSigning
    press: LetterPress
    files: FileStore
    content_types: ContentTypes
    channels: Mapping[str, Channel]
    registers: Mapping[str, Channel]
    system_key: SystemKey
    seals: SealBook

    @property
    def calendar(self) -> WorkCalendar:
        """The newest calendar, with the working hours of every day (D28, A1.8.1)."""
        return self.times.current.calendar

    def work(self, uow: UnitOfWork, case: Case, actor: Actor) -> Work:
        """What operations use for an act beside the diagram, by the terms of the case's edition."""
        return Work(uow, self.calendar, actor, self.editions.functions, self.editions.of_case(uow, case).terms)
