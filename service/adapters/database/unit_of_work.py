"""One transaction as the use cases see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from sqlalchemy import Connection, Engine, Table, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service.adapters.database import audit_rows, chains, repositories, tables
from service.adapters.database.connection import answering, for_reading, hold, is_outage, let_go, why
from service.adapters.database.dated_repository import DatedRepository
from service.adapters.database.duty_repository import DutyRepository
from service.adapters.database.figures import FigureRepository
from service.adapters.database.locked_repository import LockedRepository
from service.adapters.database.mapping import map_classes, table_of
from service.adapters.database.people_repository import PeopleRepository
from service.adapters.database.questions import all_with, latest_with
from service.adapters.database.reading_repository import ReadingRepository
from service.adapters.database.retention_repository import RetentionRepository
from service.adapters.database.rivalries import is_rivalry
from service.adapters.database.row_marks import Written
from service.domain import ports
from service.domain import repositories as wanted
from service.domain.audited import Audit
from service.domain.case import Case, Deadline, JournalEntry, StateData
from service.domain.chain import GENESIS, OFFICE, Head
from service.domain.errors import CaseChanged, NotFound, OperationFailed
from service.domain.messages import Notice, OfficerNote, OutboxMessage
from service.domain.people import ACTING, SYSTEM, Actor

Entity = TypeVar("Entity")

WRITTEN_LAST = (Deadline, StateData, Notice, OfficerNote, OutboxMessage)
"""What nothing in the same step asks back: each kind is written by one statement, with the commit."""

AT_THE_END = (*WRITTEN_LAST, JournalEntry)
"""The same and the journal's lines, which are chained first."""


class Database:
    """Makes units of work and read-only views of one database."""

    def __init__(self, engine: Engine, clock: ports.Clock) -> None:
        map_classes()
        self.engine = engine
        self._reader = for_reading(engine)
        self.clock = clock
        self.begun: Callable[[ports.UnitOfWork], None] = lambda uow: None

    def unit_of_work(self) -> SqlUnitOfWork:
        """A transaction that may change things; `begun` is called with it when it begins."""
        return SqlUnitOfWork(self.engine, self.clock.now, self.begun, keeps=True)

    def alone(self) -> SqlUnitOfWork:
        """The same with no other beside it: it waits for those that run, and none begins until it ends."""
        return SqlUnitOfWork(self.engine, self.clock.now, self._begin_alone, keeps=True)

    def _begin_alone(self, uow: ports.UnitOfWork) -> None:
        # Before the turn is shared with others: two who share it and want it alone would wait for each other.
        uow.dated.take()
        self.begun(uow)

    def reading(self) -> SqlUnitOfWork:
        """A transaction that changes nothing, waits for nobody and keeps nobody waiting."""
        return SqlUnitOfWork(self._reader, self.clock.now)


class SqlUnitOfWork:
    """A unit of work on SQLAlchemy's session."""

    cases: wanted.Cases
    locked: ports.Locked
    deadlines: wanted.Deadlines
    drafts: wanted.Drafts
    people: wanted.People
    register: wanted.Register
    editions: wanted.Editions
    duties: wanted.Duties
    dated: wanted.Dated
    figures: wanted.Figures
    outbox: wanted.Outbox
    signatures: wanted.Signatures
    challenges: wanted.Challenges
    chains: wanted.Chains
    audit: Audit
    readings: wanted.Readings
    retention: wanted.Retention
    now: datetime

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        begun: Callable[[ports.UnitOfWork], None] = lambda uow: None,
        *,
        keeps: bool = False,
    ) -> None:
        """Who `keeps` what was read until the end does not ask for the same row again."""
        self._engine = engine
        self._clock = clock
        self._begun = begun
        self._keeps = keeps

    def __enter__(self) -> Self:
        self.session = Session(self._engine, autoflush=False, expire_on_commit=False)
        self._kept: list[object] = []
        if self._keeps:
            event.listen(self.session, "loaded_as_persistent", lambda _session, thing: self._kept.append(thing))
        self._last: list[object] = []
        self._written = Written(self.session)
        self._held: Connection | None = None
        self.now = self._clock()
        self._ends: dict[int, Head] = {}
        self._asked: repositories.Asked = {}
        self.cases = repositories.CaseRepository(self.session, self._ends, self._asked)
        self.locked = LockedRepository(self.session, self.cases)
        self.deadlines = repositories.DeadlineRepository(self.session)
        self.drafts = repositories.DraftRepository(self.session, self._written.taken_over)
        self.people = PeopleRepository(self.session, self._asked)
        self.register = repositories.RegisterRepository(self.session)
        self.editions = repositories.EditionRepository(self.session)
        self.dated = DatedRepository(self.session)
        self.duties = DutyRepository(self.session)
        self.figures = FigureRepository(self.session)
        self.outbox = repositories.OutboxRepository(self.session)
        self.signatures = repositories.SignatureRepository(self.session)
        self.challenges = repositories.ChallengeRepository(self.session)
        self.chains = chains.ChainRepository(self.session)
        self.readings = ReadingRepository(self.session)
        self.retention = RetentionRepository(self.session)
        self.audit = audit_rows.AuditRepository(self.session)
        try:
            with answering():
                self._begun(self)
        except BaseException:
            # Nobody leaves a block that was never entered: what is begun here must not keep others waiting.
            self.session.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Things that were read stay readable outside: they are let go before the rollback would empty them.
        self.session.expunge_all()
        self._kept.clear()
        with answering(), closing(self.session):
            if self._held and error is None:
                let_go(self._held)
        fault = error.__cause__ if isinstance(error, OperationFailed) else error
        if is_outage(fault):
            told = why(fault)
            if isinstance(error, OperationFailed):
                told.data.update(error.data)
            raise told from error

    def at_one_moment(self) -> None:
        """Let everything that is read from here on stand as it does now."""
        self._held = hold(self.session.connection())

    def add(self, *entities: object) -> None:
        """Save new things with the commit."""
        self._last += (entity for entity in entities if isinstance(entity, AT_THE_END))
        self.session.add_all(entity for entity in entities if not isinstance(entity, AT_THE_END))

    def remove(self, entity: object) -> None:
        """Take a thing away with the commit."""
        self.session.delete(entity)

    def get(self, kind: type[Entity], key: object) -> Entity:
        """A thing by its key."""
        found = self.session.get(kind, key)
        if found is None:
            raise NotFound(what=kind.__name__.lower())
        return found

    def find(self, kind: type[Entity], **values: object) -> Entity | None:
        """The latest thing with these values."""
        return latest_with(self.session, kind, values)

    def list(self, kind: type[Entity], **values: object) -> Sequence[Entity]:
        """Every thing with these values, in the order of their keys."""
        return all_with(self.session, kind, values)

    def next_number(self, series: str, year: int) -> int:
        """The next number of a series; its row stays locked until the commit, so that no number is lost or doubled."""
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        begun = dialect.insert(tables.counter).values(name=series, year=year, value=1)
        raised = begun.on_conflict_do_update(
            index_elements=["name", "year"], set_={"value": tables.counter.c.value + 1}
        ).returning(tables.counter.c.value)
        return int(self.session.execute(raised).scalar_one())

    def peek_number(self, series: str, year: int) -> int:
        """The number that `next_number` would give now."""
        row = tables.counter.c
        last = self.session.scalar(select(row.value).where(row.name == series, row.year == year))
        return int(last or 0) + 1

    def note(self, case: Case | None, actor: Actor, action: str, element: str = "", /, **details: Any) -> None:
        """Append a line to the journal."""
        self.add(_entry(self.now, case, actor, action, element, details))

    def note_past(
        self, at: datetime, case: Case | None, actor: Actor, action: str, element: str = "", /, **details: Any
    ) -> None:
        """Append a line about what happened before it is recorded now."""
        self.add(_entry(self.now, case, actor, action, element, details, at))

    def flush(self) -> None:
        """Give new things their keys; the chain of a new case begins with its first line."""
        self._asked.clear()
        opened = [entity for entity in self.session.new if isinstance(entity, Case)]
        self._written.look()
        self._write(self.session.flush)
        self._ends.update({case.id: Head(case.id, 0, GENESIS) for case in opened})

    def commit(self) -> None:
        """Save everything with its marks in the journal, or tell that somebody else was faster."""
        self.flush()
        self._write(self._write_last)
        self._write(self._write_lines)
        self.session.commit()

    def _mark_rows(self) -> None:
        """Let the last line of each chain carry the marks of the rows that were written with it (L69.1)."""
        lines = {_chain(entity): entity for entity in self._last if isinstance(entity, JournalEntry)}
        for chain, marks in self._written.marks().items():
            if chain not in lines:
                self.note(self.get(Case, chain) if chain != OFFICE else None, SYSTEM, "rows_written")
                lines[chain] = cast(JournalEntry, self._last[-1])
            lines[chain].rows = marks

    def _write_last(self) -> None:
        for kind in WRITTEN_LAST:
            new: list[Any] = [entity for entity in self._last if isinstance(entity, kind)]
            if new:
                for entity, key in zip(
                    new, self._inserted(table_of(kind), [_row(entity) for entity in new]), strict=True
                ):
                    entity.id = key
                    self._written.add(entity)

    def _inserted(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Write these rows by one statement and give their keys in their order."""
        # SQLite counts the keys of one statement upwards; SQLAlchemy would ask it row by row to be told their order.
        told = self._engine.dialect.name != "sqlite"
        keys = self.session.scalars(insert(table).returning(table.c.id, sort_by_parameter_order=told), rows).all()
        return keys if told else sorted(keys)

    def _write_lines(self) -> None:
        """The journal comes last of all: whoever writes on the same chain waits from here to the commit only."""
        self._mark_rows()
        lines = [entity for entity in self._last if isinstance(entity, JournalEntry)]
        if lines:
            chains.append(self.session, lines, self._ends)
        self._last = []

    @staticmethod
    def _write(act: Callable[[], None]) -> None:
        try:
            act()
        except StaleDataError as changed:
            raise CaseChanged() from changed
        except IntegrityError as broken:
            if not is_rivalry(broken):
                raise
            raise CaseChanged() from broken


def _entry(
    now: datetime,
    case: Case | None,
    actor: Actor,
    action: str,
    element: str,
    details: dict[str, Any],
    happened_at: datetime | None = None,
) -> JournalEntry:
    case_id, edition_id = (case.id, case.edition_id) if case else (None, None)
    if actor.order:
        details = {**details, ACTING: actor.order}
    return JournalEntry(case_id, now, actor.name, actor.role, action, element, edition_id, details, happened_at)


def _chain(entry: JournalEntry) -> int:
    return OFFICE if entry.case_id is None else entry.case_id


def _row(entity: object) -> Mapping[str, Any]:
    return {column.name: getattr(entity, column.name) for column in table_of(type(entity)).c if column.name != "id"}
