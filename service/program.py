"""The whole program as pages, scheduler and command line know it: the use cases' services, and what runs by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.adapters.clock import MachineClock
from service.adapters.database import Database
from service.adapters.database.clock import DemoClock
from service.adapters.database.office_queries import OfficeQueries
from service.adapters.database.stash import DatabaseStash
from service.domain.deadlines import local, opening
from service.domain.errors import NotLawful, RuqsatError, Unreadable
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.leavers import give_back_what_was_left
from service.usecases.oversee import keep_last_month
from service.usecases.people import Passwords
from service.usecases.recheck_signatures import recheck_signatures
from service.usecases.remind_holders import remind_holders
from service.usecases.retention import remove_old_drafts
from service.usecases.seal_journal import seal_when_due
from service.usecases.send_outbox import send_outbox
from service.usecases.services import Services

log = logging.getLogger(__name__)
MOST_STEPS = 500
"""How many due times a move of the demo's clock may pass through."""


@dataclass(frozen=True)
class DemoKey:
    """A key that signs in the demo: the persona, for whom it signs, and what it serves to show in kk, ru and en."""

    key: str
    name: str
    iin: str
    bin: str
    organisation: str
    description: Mapping[str, str]


@dataclass(frozen=True)
class Chore:
    """Something that is done by itself, every so many seconds; a look costs an index lookup where nothing is to do."""

    name: str
    seconds: float
    act: Callable[[], object]

    def do(self) -> None:
        """Do it once; what somebody has written over in the database is told in a line, and stops no other chore."""
        try:
            self.act()
        except Unreadable as nonsense:
            log.error(
                "%s could not be done: the database holds a value that cannot be read (%s); `ruqsat audit` says where",
                self.name,
                nonsense.data["value"],
            )


@dataclass(frozen=True)
class Program(Services):
    """The whole program: what the use cases are handed, and what pages, scheduler and command line need beside it."""

    database: Database
    queries: OfficeQueries
    stash: DatabaseStash
    passwords: Passwords
    demo_keys: Sequence[DemoKey] = ()

    @property
    def chores(self) -> Sequence[Chore]:
        """What is done by itself, again and again: none of it waits for another, nor ends with another's failure."""
        return (
            Chore("deadlines", 2, lambda: fire_deadlines(self)),
            Chore("signatures", 10, lambda: recheck_signatures(self)),
            Chore("outbox", 2, lambda: send_outbox(self)),
            Chore("holders", 60, lambda: remind_holders(self)),
            Chore("leavers", 60, lambda: give_back_what_was_left(self)),
            Chore("drafts", 60, lambda: remove_old_drafts(self)),
            Chore("seals", 10, lambda: seal_when_due(self)),
            Chore("month", 60, lambda: keep_last_month(self)),
            Chore("stash", 60, lambda: self.stash.sweep(MachineClock().now())),
        )

    def sweep(self) -> None:
        """Do every chore once, one after the other."""
        for chore in self.chores:
            chore.do()

    def next_due(self) -> datetime | None:
        """When the next deadline is due."""
        with self.reading() as uow:
            return uow.deadlines.next_due(uow.now)

    def set_clock(self, to: datetime) -> None:
        """Begin a demo at this instant, without anything happening on the way."""
        if not isinstance(self.clock, DemoClock):
            raise NotLawful("clock_is_real", "D20")
        self.clock.set(to)

    def move_clock(self, to: datetime, *, send: bool = True) -> None:
        """Set the demo's clock forward and let everything due by then happen, each deadline at its own time.

        Without `send` the outbox is left to the process that knows the other systems.
        """
        if not isinstance(self.clock, DemoClock):
            raise NotLawful("clock_is_real", "D20")
        for _ in range(MOST_STEPS):
            due = self.next_due()
            if due is None or due > to:
                break
            self.clock.set(max(due, self.clock.now()) + timedelta(seconds=1))
            fire_deadlines(self)
            if send:
                self.sweep()
        else:
            raise RuqsatError(problem="clock_moved_too_far", at=self.clock.now().isoformat())
        if to > self.clock.now():
            self.clock.set(to)
        if send:
            self.sweep()

    def next_opening(self, after: datetime) -> datetime:
        """The start of the provider's next working day after this instant (A1.8.1)."""
        day = local(after).date() + timedelta(days=1)
        return opening(self.calendar, self.calendar.next_working(day))
