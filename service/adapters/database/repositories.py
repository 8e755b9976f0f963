"""Finds things for the use cases; each method is one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, and_, delete, func, not_, or_, select, update
from sqlalchemy import case as choose
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.adapters.database.questions import (
    UNMOVED,
    all_of_case,
    latest_entry,
    latest_with,
    locked_case,
    locked_case_of_task,
)
from service.domain.case import Attachment, Breach, Case, Deadline, Draft, JournalEntry, StateData, Task
from service.domain.chain import Head
from service.domain.deadlines import start_of_day
from service.domain.decisions import Hearing, IssuedDocument, Position, RegisterChange, RegisterEntry
from service.domain.errors import NotFound
from service.domain.messages import Edition, OutboxMessage

Row = TypeVar("Row")
Answer = TypeVar("Answer")


Asked = dict[tuple[object, ...], Any]
"""What was asked and answered since anything was written or locked: the same question need not be asked again."""


class Repository:
    """What all repositories share: the session, and in one unit of work what was `asked`."""

    def __init__(self, session: Session, asked: Asked | None = None) -> None:
        self.session = session
        self.asked: Asked = {} if asked is None else asked

    def _once(self, question: tuple[object, ...], ask: Callable[[], Answer]) -> Answer:
        """The answer to a question that one step asks in several places."""
        if question not in self.asked:
            self.asked[question] = ask()
        answer: Answer = self.asked[question]
        return answer

    def _one(self, query: Select[Row]) -> Row | None:
        return self.session.scalars(query).first()

    def _all(self, query: Select[Row]) -> Sequence[Row]:
        return self.session.scalars(query).all()


class CaseRepository(Repository):
    """Cases and everything that hangs on one; `ends` keeps the ends of the journal's chains as they were read."""

    def __init__(self, session: Session, ends: dict[int, Head] | None = None, asked: Asked | None = None) -> None:
        super().__init__(session, asked)
        self.ends = {} if ends is None else ends

    def lock(self, case_id: int) -> Case:
        """Load a case for a move; on PostgreSQL its row is locked, on SQLite the whole file already is."""
        return self._locked(locked_case(), case_id, "case")

    def lock_of_task(self, task_id: int) -> Case:
        """Load the case of a task for a move, before the task itself is read."""
        return self._locked(locked_case_of_task(), task_id, "task")

    def _locked(self, query: Select[Any], key: int, what: str) -> Case:
        found = self.session.execute(query, {"key": key}).first()
        self.asked.clear()
        if found is None:
            raise NotFound(what=what)
        case: Case = found[0]
        length, top = found[1:]
        if length is not None:
            self.ends[case.id] = Head(case.id, length, top)
        return case

    def after(self, case_id: int, limit: int) -> Sequence[Case]:
        """The cases that follow this one, in order."""
        row = tables.case.c
        return self._all(select(Case).where(row.id > case_id).order_by(row.id).limit(limit))

    def tasks(self, case_id: int) -> Sequence[Task]:
        """Every task of the case, the oldest first."""
        return all_of_case(self.session, Task, case_id)

    def deadlines(self, case_id: int) -> Sequence[Deadline]:
        """Every deadline of the case, the earliest first."""
        rows = all_of_case(self.session, Deadline, case_id)
        return sorted(rows, key=lambda row: row.due_at)

    def attachments(self, case_id: int) -> Sequence[Attachment]:
        """The files of the case."""
        return all_of_case(self.session, Attachment, case_id)

    def documents(self, case_id: int) -> Sequence[IssuedDocument]:
        """The signed documents of the case."""
        return all_of_case(self.session, IssuedDocument, case_id)

    def state_data(self, case_id: int) -> Sequence[StateData]:
        """What the state systems were asked and answered."""
        return all_of_case(self.session, StateData, case_id)

    def hearing(self, case_id: int) -> Hearing | None:
        """The latest hearing of the case."""
        said = {"case_id": case_id}
        return self._once(("hearing", case_id), lambda: latest_with(self.session, Hearing, said))

    def positions(self, case_id: int) -> Sequence[Position]:
        """What the applicant said to the preliminary decision."""
        return self._once(("said", case_id), lambda: all_of_case(self.session, Position, case_id))

    def breaches(self, case_id: int) -> Sequence[Breach]:
        """The terms that were missed."""
        return all_of_case(self.session, Breach, case_id)

    def journal(self, case_id: int) -> Sequence[JournalEntry]:
        """The journal of the case, from its first line."""
        return all_of_case(self.session, JournalEntry, case_id)


class DeadlineRepository(Repository):
    """The due rows of all cases and duties; the index holds only those that wait."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, int | None, int | None]]:
        """What is due and not fired, the earliest first: the ids of the deadline, of its case and of its duty."""
        row = tables.deadline.c
        query = select(row.id, row.case_id, row.duty_id).where(*_due(now)).order_by(row.due_at, row.id).limit(limit)
        return [(deadline_id, case_id, duty_id) for deadline_id, case_id, duty_id in self.session.execute(query)]

    def next_due(self, now: datetime) -> datetime | None:
        """When the next deadline is due."""
        moment: Any = choose((_pauses(now), tables.deadline.c.retry_at), else_=tables.deadline.c.due_at)
        return cast(datetime | None, self.session.scalar(select(func.min(moment)).where(tables.deadline_waits)))

    def reaching(self, day: date) -> Sequence[int]:
        """The ids of the cases with a term or a wait that still runs and reaches to this day or beyond it."""
        row, case = tables.deadline.c, tables.case.c
        runs = (
            tables.deadline_waits,
            row.engine_id != "",
            or_(row.due_at >= start_of_day(day), case.extended_until >= day),
        )
        ids = select(row.case_id).join(tables.case, case.id == row.case_id).where(*runs)
        return self.session.scalars(ids.distinct().order_by(row.case_id)).all()


def _due(now: datetime) -> tuple[Any, ...]:
    return tables.deadline_waits, tables.deadline.c.due_at <= now, not_(_pauses(now))


def _pauses(now: datetime) -> ColumnElement[bool]:
    """Whether one that failed waits for its next try; what would hold it back for longer is no such pause."""
    again = func.coalesce(tables.deadline.c.retry_at, now)
    return and_(again > now, again <= now + Deadline.PAUSE)


class DraftRepository(Repository):
    """Applications that are being filled in; `taken_over` hears which files have become those of a case."""

    def __init__(
        self, session: Session, taken_over: Callable[[Iterable[Attachment]], None] = lambda files: None
    ) -> None:
        super().__init__(session)
        self.taken_over = taken_over

    def lock(self, draft_id: str) -> Draft:
        """Load a draft for a change."""
        draft = self._one(select(Draft).where(tables.draft.c.id == draft_id).with_for_update(**UNMOVED))
        if draft is None:
            raise NotFound(what="draft")
        return draft

    def of(self, iin: str, bin_: str) -> Sequence[Draft]:
        """The unsent drafts of one applicant, the newest first."""
        row = tables.draft.c
        mine = select(Draft).where(row.bin == bin_, or_(row.bin != "", row.iin == iin), row.case_id.is_(None))
        return self._all(mine.order_by(row.changed_at.desc()))

    def attachments(self, draft_id: str) -> Sequence[Attachment]:
        """The files of a draft."""
        row = tables.attachment.c
        return self._all(select(Attachment).where(row.draft_id == draft_id).order_by(row.id))

    def hand_over(self, draft_id: str, case_id: int) -> None:
        """The files of a draft become those of its case."""
        given = update(Attachment).where(tables.attachment.c.draft_id == draft_id)
        moved = given.values(case_id=case_id, draft_id=None).returning(Attachment)
        # Those that were read already are read again: a change by its values would leave them as they were.
        fresh = {"synchronize_session": False, "populate_existing": True}
        self.taken_over(self.session.scalars(moved, execution_options=fresh).all())

    def unchanged_since(self, before: datetime, limit: int) -> Sequence[str]:
        """The unsent drafts whose last change lies before an instant, the oldest first."""
        row = tables.draft.c
        old = select(row.id).where(row.case_id.is_(None), row.changed_at < before)
        return self.session.scalars(old.order_by(row.changed_at).limit(limit)).all()


class RegisterRepository(Repository):
    """The state register."""

    def by_number(self, number: str) -> RegisterEntry | None:
        """An entry by the permit's number."""
        return self._one(select(RegisterEntry).where(tables.register_entry.c.number == number))

    def of_case(self, case_id: int) -> RegisterEntry | None:
        """The latest entry of a case."""
        return self.session.scalars(latest_entry(), {"case_id": case_id}).first()

    def ending(self, since: date, until: date, limit: int) -> Sequence[int]:
        """Ids of the entries that end between these days and whose holders were not told, the first end first."""
        row = tables.register_entry.c
        untold = tables.expiry_untold, row.valid_until >= since, row.valid_until <= until
        return self.session.scalars(select(row.id).where(*untold).order_by(row.valid_until).limit(limit)).all()

    def changes(self, entry_id: int) -> Sequence[RegisterChange]:
        """The changes of an entry that stand, the oldest first."""
        return [change for change in self.entered(entry_id) if change.withdrawn_at is None]

    def entered(self, entry_id: int) -> Sequence[RegisterChange]:
        """Every change of an entry, also those that were withdrawn before their day, the oldest first."""
        row = tables.register_change.c
        return self._all(select(RegisterChange).where(row.entry_id == entry_id).order_by(row.from_on, row.id))


class EditionRepository(Repository):
    """The deployed editions of the rules."""

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day: a later one takes the place of those before it from its first day on."""
        row = tables.edition.c
        newest = self._one(select(Edition).where(row.in_force_from <= day).order_by(row.number.desc()).limit(1))
        return newest if newest is not None and newest.is_in_force(day) else None

    def newest(self) -> Edition | None:
        """The edition with the highest number."""
        return self._one(select(Edition).order_by(tables.edition.c.number.desc()).limit(1))


class OutboxRepository(Repository):
    """Messages that wait to be sent."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
        """The messages to be sent now by their ids, the oldest first, each with its channel."""
        row = tables.outbox.c
        query = select(row.id, row.channel).where(*_sendable(now)).order_by(row.due_at, row.id).limit(limit)
        return [(found.id, found.channel) for found in self.session.execute(query)]

    def claim(self, message_id: int, now: datetime, until: datetime) -> OutboxMessage | None:
        """Keep a due message from other workers until an instant; None when another has it or it was sent."""
        claimed = self.session.execute(
            update(tables.outbox).where(tables.outbox.c.id == message_id, *_sendable(now)).values(due_at=until)
        )
        if not claimed.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
            return None
        return self.session.get(OutboxMessage, message_id, populate_existing=True)


def _sendable(now: datetime) -> tuple[Any, ...]:
    row = tables.outbox.c
    return row.sent_at.is_(None), row.stopped_at.is_(None), row.due_at <= now


class SignatureRepository(Repository):
    """The evidence of signatures."""

    def unchecked(self, before: datetime) -> Sequence[int]:
        """Ids of the applications' signatures that wait for a verdict and were last looked at before an instant."""
        row = tables.signature.c
        return self.session.scalars(
            select(row.id).where(tables.signature_waits, row.checked_at <= before).order_by(row.id)
        ).all()


class ChallengeRepository(Repository):
    """Challenges of the sign-in."""

    def take(self, nonce: str, since: datetime, now: datetime) -> bool:
        """Use a challenge up, once, if it was made since that instant."""
        row = tables.challenge.c
        fresh = row.nonce == nonce, row.used_at.is_(None), row.created_at >= since
        used = self.session.execute(update(tables.challenge).where(*fresh).values(used_at=now))
        return bool(used.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result counts its rows

    def forget(self, before: datetime) -> None:
        """Forget the challenges that were made before an instant."""
        self.session.execute(delete(tables.challenge).where(tables.challenge.c.created_at < before))
