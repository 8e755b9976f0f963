"""By what a unit of work finds things: Protocols that the database fulfils."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from service.domain.case import Attachment, Breach, Case, Deadline, Draft, JournalEntry, StateData, Task
from service.domain.chain import Head
from service.domain.dated import CalendarVersion, DatedSetting, PortalBreak
from service.domain.decisions import Hearing, IssuedDocument, Position, RegisterChange, RegisterEntry
from service.domain.duties import Duty
from service.domain.messages import Edition, OutboxMessage
from service.domain.overview import KeptMonth, MonthFigures, Overview
from service.domain.people import Officer, RoleAssignment


class Cases(Protocol):
    """The cases and everything that hangs on one."""

    def lock(self, case_id: int) -> Case:
        """Load a case and keep others from moving it until this unit of work ends; `NotFound`."""
        ...

    def lock_of_task(self, task_id: int) -> Case:
        """The same for the case of a task, before the task itself is read: what is read then is the newest."""
        ...

    def after(self, case_id: int, limit: int) -> Sequence[Case]:
        """The cases that follow this one, in order."""
        ...

    def tasks(self, case_id: int) -> Sequence[Task]:
        """Every task of the case, the oldest first."""
        ...

    def deadlines(self, case_id: int) -> Sequence[Deadline]:
        """Every deadline of the case, the earliest first."""
        ...

    def attachments(self, case_id: int) -> Sequence[Attachment]:
        """The files of the case, in the order in which they were added."""
        ...

    def documents(self, case_id: int) -> Sequence[IssuedDocument]:
        """The signed documents of the case."""
        ...

    def state_data(self, case_id: int) -> Sequence[StateData]:
        """What the state systems were asked and what they answered."""
        ...

    def hearing(self, case_id: int) -> Hearing | None:
        """The latest hearing of the case."""
        ...

    def positions(self, case_id: int) -> Sequence[Position]:
        """What the applicant said to the preliminary decision."""
        ...

    def breaches(self, case_id: int) -> Sequence[Breach]:
        """The terms that were missed."""
        ...

    def journal(self, case_id: int) -> Sequence[JournalEntry]:
        """The journal of the case, from its first line."""
        ...


class Deadlines(Protocol):
    """The due rows of all cases and duties."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, int | None, int | None]]:
        """What is due and not fired, the earliest first: the ids of the deadline, of its case and of its duty."""
        ...

    def next_due(self, now: datetime) -> datetime | None:
        """When the next deadline is due."""
        ...

    def reaching(self, day: date) -> Sequence[int]:
        """The ids of the cases with a term or a wait that still runs and reaches to this day or beyond it."""
        ...


class Drafts(Protocol):
    """Applications that are being filled in."""

    def lock(self, draft_id: str) -> Draft:
        """Load a draft for a change; `NotFound`."""
        ...

    def of(self, iin: str, bin_: str) -> Sequence[Draft]:
        """The unsent drafts of one applicant, the newest first."""
        ...

    def attachments(self, draft_id: str) -> Sequence[Attachment]:
        """The files of a draft."""
        ...

    def hand_over(self, draft_id: str, case_id: int) -> None:
        """The files of a draft become those of its case."""
        ...

    def unchanged_since(self, before: datetime, limit: int) -> Sequence[str]:
        """The unsent drafts whose last change lies before an instant, the oldest first."""
        ...


class People(Protocol):
    """Officers and their roles."""

    def by_login(self, login: str) -> Officer | None:
        """An active or inactive officer by login."""
        ...

    def roles(self, officer_id: int, day: date) -> Sequence[RoleAssignment]:
        """The roles that the officer holds on a day."""
        ...

    def holding(self, role: str, day: date) -> Sequence[Officer]:
        """The active officers who hold a role on a day, by name."""
        ...

    def who_left(self, day: date) -> Sequence[int]:
        """The officers with a task but no office for it on a day, or with a note unread and an office just ended."""
        ...

    def tasks_left_by(self, officer_id: int, day: date) -> Sequence[Task]:
        """The open tasks of an officer who does not hold the role of their lane on a day."""
        ...


class Register(Protocol):
    """The state register (R11.1)."""

    def by_number(self, number: str) -> RegisterEntry | None:
        """An entry by the permit's number."""
        ...

    def of_case(self, case_id: int) -> RegisterEntry | None:
        """The latest entry of a case; one that was taken up again may have several."""
        ...

    def ending(self, since: date, until: date, limit: int) -> Sequence[int]:
        """Ids of the entries that end between these days and whose holders were not told, the first end first."""
        ...

    def changes(self, entry_id: int) -> Sequence[RegisterChange]:
        """The changes of an entry that stand, the oldest first."""
        ...

    def entered(self, entry_id: int) -> Sequence[RegisterChange]:
        """Every change of an entry, also those that were withdrawn before their day, the oldest first."""
        ...


class Figures(Protocol):
    """What is counted over all cases together (O5)."""

    def now(self, at: datetime, day_ends: datetime) -> Overview:
        """The state of the work at an instant."""
        ...

    def month(self, month: date) -> MonthFigures:
        """The figures of a month as the cases stand now."""
        ...

    def kept(self, month: date) -> KeptMonth | None:
        """The figures that were kept of a month that is over."""
        ...

    def first_month(self) -> date | None:
        """The month in which the first case was received."""
        ...


class Editions(Protocol):
    """The deployed editions of the rules (O1)."""

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day."""
        ...

    def newest(self) -> Edition | None:
        """The edition with the highest number."""
        ...


class Duties(Protocol):
    """Duties beside the diagrams."""

    def waiting(self, roles: Collection[str] | None = None) -> Sequence[Duty]:
        """The duties that are not done, of these roles or of all, the earliest term first."""
        ...

    def done(self, limit: int) -> Sequence[Duty]:
        """The duties that were done last."""
        ...

    def of_case(self, case_id: int) -> Sequence[Duty]:
        """Every duty of a case, in the order in which they were opened."""
        ...


class Dated(Protocol):
    """What holds from a day on: versions of the calendar, dated settings, announced breaks of the portal."""

    def marks(self) -> tuple[int, int, int]:
        """The newest calendar, setting and edition by their keys."""
        ...

    def kept_marks(self) -> tuple[int, int, int]:
        """The same, and nobody changes it until this unit of work ends."""
        ...

    def take(self) -> None:
        """Wait for every step that runs, and let none begin until this unit of work ends."""
        ...

    def calendar(self) -> CalendarVersion | None:
        """The newest version of the calendar."""
        ...

    def settings(self) -> Sequence[DatedSetting]:
        """Every dated setting, in the order in which they were entered."""
        ...

    def breaks(self, since: datetime) -> Sequence[PortalBreak]:
        """The announced breaks that end after an instant, the earliest first."""
        ...


class Outbox(Protocol):
    """Messages that wait to be sent."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
        """The messages to be sent now by their ids, the oldest first, each with its channel."""
        ...

    def claim(self, message_id: int, now: datetime, until: datetime) -> OutboxMessage | None:
        """Keep a due message from other workers until an instant; None when another has it or it was sent."""
        ...


class Signatures(Protocol):
    """The evidence of signatures."""

    def unchecked(self, before: datetime) -> Sequence[int]:
        """Ids of the applications' signatures that wait for a verdict and were last looked at before an instant."""
        ...


class Challenges(Protocol):
    """What applicants sign to enter the cabinet."""

    def take(self, nonce: str, since: datetime, now: datetime) -> bool:
        """Use a challenge up, once, if it was made since that instant."""
        ...

    def forget(self, before: datetime) -> None:
        """Forget the challenges that were made before an instant."""
        ...


class Chains(Protocol):
    """The ends of the journal's chains (L69.1)."""

    def have_grown(self) -> bool:
        """Whether any end has grown since its last seal."""
        ...

    def unsealed(self, limit: int) -> Sequence[Head]:
        """The ends that have grown since their last seal, locked until the commit."""
        ...

    def seal(self, heads: Sequence[Head]) -> None:
        """Remember that these ends stand in a seal."""
        ...


class Readings(Protocol):
    """Which officer has opened which case in which hour (L75.1)."""

    def known(self, officer_id: int, case_id: int, hour: datetime) -> bool:
        """Whether it is written already that the officer has opened the case in this hour."""
        ...

    def begin(self, officer_id: int, case_id: int, hour: datetime) -> bool:
        """Write it; False when another was faster."""
        ...


class Retention(Protocol):
    """What is still needed (L69.1)."""

    def referenced(self, hashes: Collection[str]) -> set[str]:
        """Those of these stored files that a row refers to."""
        ...
