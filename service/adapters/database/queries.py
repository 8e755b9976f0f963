"""What the pages of office and cabinet read: worklist, case, drafts, letters. Few statements, each on an index."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy import case as case_when
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.adapters.database.public_queries import PublicQueries
from service.adapters.database.repositories import CaseRepository, DraftRepository, RegisterRepository
from service.domain.appeal import Complaint
from service.domain.case import (
    NEVER,
    ApplicantKind,
    Case,
    CaseState,
    Deadline,
    DeadlineKind,
    Draft,
    JournalEntry,
    Task,
)
from service.domain.decisions import SignatureRecord
from service.domain.errors import NotFound
from service.domain.messages import Edition, Notice, OfficerNote, OutboxMessage
from service.domain.people import Officer
from service.domain.views import CaseView, NoteRow, OwnCase, Page, UnsentRow, WorkCounts, WorkRow

PAGE_SIZE = 25
IDENTIFIER_DIGITS = 12
CASE_NUMBER = re.compile(r"[A-Z]-\d{4}-\d+")


class Queries(PublicQueries):
    """Questions of the pages; each opens a transaction that changes nothing and waits for nobody."""

    def worklist(
        self,
        roles: Collection[str],
        now: datetime,
        *,
        officer_id: int | None = None,
        unassigned: bool = False,
        search: str = "",
        late: bool = False,
        page: int = 1,
    ) -> Page[WorkRow]:
        """Open tasks of these roles, what is due first on top: one officer's, nobody's, or all; or only late ones."""
        task, case = tables.task.c, tables.case.c
        wanted: list[ColumnElement[bool]] = [tables.task_is_open, task.role.in_(sorted(roles))]
        if officer_id is not None:
            wanted.append(task.assignee_id == officer_id)
        if unassigned:
            wanted.append(task.assignee_id.is_(None))
        if search:
            wanted.append(task.case_id.in_(select(case.id).where(matches(search))))
        if late:
            wanted.append(task.due_at < now)
        joined = tables.task.join(tables.case, case.id == task.case_id)
        with self._session() as session:
            total = session.scalar(select(func.count(task.id)).where(and_(*wanted))) or 0
            query = (
                select(
                    task.id.label("task_id"), task.case_id, case.number.label("case_number"), case.edition_id,
                    case.procedure,
                    case.applicant_name, case.iin, case.bin, task.element, task.role, task.opened_at,
                    task.due_at, _service_due().label("service_due_at"), task.assignee_id,
                    tables.officer.c.surname, tables.officer.c.given, case.notified_on,
                    func.coalesce(case.reopened_on, case.registered_on).label("registered_on"),
                )
                .select_from(joined.outerjoin(tables.officer, tables.officer.c.id == task.assignee_id))
                .where(and_(*wanted))
                .order_by(task.due_at, task.id)
                .limit(PAGE_SIZE)
                .offset((page - 1) * PAGE_SIZE)
            )  # fmt: skip
            rows = [_work_row(dict(row), now) for row in session.execute(query).mappings()]
        return Page(rows, total, page, PAGE_SIZE)

    def work_counts(self, roles: Collection[str], lanes: Collection[str], officer_id: int) -> WorkCounts:
        """How many open tasks of these roles this officer has and nobody has, and how many there are in these lanes."""
        task = tables.task.c
        mine, nobodys = (
            func.sum(case_when((and_(wanted, task.role.in_(sorted(roles))), 1), else_=0))
            for wanted in (task.assignee_id == officer_id, task.assignee_id.is_(None))
        )
        query = select(mine, nobodys, func.count()).where(tables.task_is_open, task.role.in_(sorted(lanes)))
        with self._session() as session:
            counted = session.execute(query).one()
        return WorkCounts(*(int(number or 0) for number in counted))

    def case(self, case_id: int) -> CaseView:
        """Everything of one case; `NotFound`."""
        with self._session() as session:
            case = session.get(Case, case_id)
            if case is None:
                raise NotFound(what="case")
            found = CaseRepository(session)
            return CaseView(
                case=case,
                tasks=found.tasks(case_id),
                deadlines=found.deadlines(case_id),
                attachments=found.attachments(case_id),
                documents=found.documents(case_id),
                state_data=found.state_data(case_id),
                hearing=found.hearing(case_id),
                positions=found.positions(case_id),
                breaches=found.breaches(case_id),
                journal=found.journal(case_id),
                notices=_of(session, Notice, tables.notice.c.case_id == case_id, tables.notice.c.id),
                signatures=_of(session, SignatureRecord, tables.signature.c.case_id == case_id, tables.signature.c.id),
                entry=RegisterRepository(session).of_case(case_id),
                officers=_names(session),
                complaint=session.scalars(select(Complaint).filter_by(case_id=case_id)).first(),
            )

    def case_of_task(self, task_id: int) -> int:
        """The case of a task; `NotFound`."""
        with self._session() as session:
            found = session.scalar(select(tables.task.c.case_id).where(tables.task.c.id == task_id))
        if found is None:
            raise NotFound(what="task")
        return int(found)

    def case_by_number(self, number: str) -> int | None:
        """The id of a case by its number."""
        with self._session() as session:
            return session.scalar(select(tables.case.c.id).where(tables.case.c.number == number.strip()))

    def cases(self, *, search: str = "", state: CaseState | None = None, page: int = 1) -> Page[Case]:
        """All cases, the newest first, by number, IIN, BIN or name."""
        wanted: list[ColumnElement[bool]] = [matches(search)] if search else []
        if state is not None:
            wanted.append(tables.case.c.state == state)
        with self._session() as session:
            total = session.scalar(select(func.count()).select_from(tables.case).where(*wanted)) or 0
            query = select(Case).where(*wanted).order_by(tables.case.c.id.desc()).limit(PAGE_SIZE)
            rows = session.scalars(query.offset((page - 1) * PAGE_SIZE)).all()
        return Page(rows, total, page, PAGE_SIZE)

    def cases_of(self, iin: str, bin_: str) -> Sequence[Case]:
        """An applicant's own cases, the newest first: a legal entity's by BIN, a sole proprietor's by IIN."""
        row = tables.case.c
        mine = row.bin == bin_ if bin_ else and_(row.iin == iin, row.applicant_kind == ApplicantKind.ENTREPRENEUR)
        with self._session() as session:
            return session.scalars(select(Case).where(mine).order_by(row.id.desc())).all()

    def own_cases(self, iin: str, bin_: str) -> Sequence[OwnCase]:
        """The same cases, the open ones with their open tasks and with their terms and waits."""
        cases = self.cases_of(iin, bin_)
        ids = [case.id for case in cases if case.state is CaseState.OPEN]
        task, deadline = tables.task.c, tables.deadline.c
        with self._session() as session:
            open_tasks = select(Task).where(tables.task_is_open, task.case_id.in_(ids)).order_by(task.id)
            told = deadline.cancelled_at.is_(None), deadline.kind != DeadlineKind.REMINDER
            terms = select(Deadline).where(*told, deadline.case_id.in_(ids)).order_by(deadline.due_at)
            tasks, deadlines = session.scalars(open_tasks).all(), session.scalars(terms).all()
        return [
            OwnCase(
                case,
                [found for found in tasks if found.case_id == case.id],
                [found for found in deadlines if found.case_id == case.id],
            )
            for case in cases
        ]

    def drafts_of(self, iin: str, bin_: str) -> Sequence[Draft]:
        """An applicant's unsent drafts."""
        with self._session() as session:
            return DraftRepository(session).of(iin, bin_)

    def draft(self, draft_id: str) -> tuple[Draft, Sequence[Any]]:
        """A draft and its files; `NotFound`."""
        with self._session() as session:
            draft = session.get(Draft, draft_id)
            if draft is None:
                raise NotFound(what="draft")
            return draft, DraftRepository(session).attachments(draft_id)

    def notes(self, officer_id: int, roles: Collection[str], *, limit: int = 50) -> Sequence[OfficerNote]:
        """Reminders and escalations for an officer that are not read yet, the newest first."""
        return [row.note for row in self.notes_with_cases(officer_id, roles, limit=limit)]

    def notes_with_cases(
        self, officer_id: int, roles: Collection[str], *, open_only: bool = False, limit: int = 50
    ) -> Sequence[NoteRow]:
        """The same with the numbers of their cases; `open_only` leaves out reminders of cases that are closed."""
        row, case = tables.officer_note.c, tables.case.c
        mine = or_(row.officer_id == officer_id, and_(row.officer_id.is_(None), row.role.in_(sorted(roles))))
        joined = select(OfficerNote, case.number, case.applicant_name, case.edition_id, case.procedure).join(
            tables.case, case.id == row.case_id
        )
        wanted = [mine, row.read_at.is_(None)]
        if open_only:
            wanted.append(or_(row.kind != "reminder", case.state == CaseState.OPEN))
        with self._session() as session:
            query = joined.where(*wanted).order_by(row.id.desc()).limit(limit)
            return [NoteRow(*found) for found in session.execute(query)]

    def unsent(self, overdue: datetime | None = None, limit: int = 200) -> Sequence[UnsentRow]:
        """Messages that failed, or that nobody has tried to send since `overdue`, the oldest first (R10.2, L66.1)."""
        row, case = tables.outbox.c, tables.case.c
        joined = select(OutboxMessage, case.number).outerjoin(tables.case, case.id == row.case_id)
        with self._session() as session:
            late = row.created_at < overdue if overdue else false()
            query = (
                joined.where(row.sent_at.is_(None), or_(row.attempts > 0, late)).order_by(row.created_at).limit(limit)
            )
            return [UnsentRow(message, number or "") for message, number in session.execute(query)]

    def officers(self) -> Sequence[Officer]:
        """Every account, by login."""
        with self._session() as session:
            return session.scalars(select(Officer).order_by(tables.officer.c.login)).all()

    def edition_on(self, day: date) -> Edition | None:
        """The edition in force on a day."""
        row = tables.edition.c
        until = or_(row.in_force_until.is_(None), row.in_force_until >= day)
        with self._session() as session:
            query = select(Edition).where(row.in_force_from <= day, until)
            return session.scalars(query.order_by(row.number.desc()).limit(1)).first()

    def newest_edition(self) -> Edition | None:
        """The edition with the highest number."""
        with self._session() as session:
            query = select(Edition).order_by(tables.edition.c.number.desc()).limit(1)
            return session.scalars(query).first()

    def journal_without_case(self, limit: int = 200) -> Sequence[JournalEntry]:
        """The newest journal lines that belong to no case: sign-ins, editions, accounts."""
        row = tables.journal.c
        with self._session() as session:
            query = select(JournalEntry).where(row.case_id.is_(None)).order_by(row.id.desc()).limit(limit)
            return session.scalars(query).all()


def _of(session: Session, kind: type[Any], wanted: ColumnElement[bool], order: Any) -> Sequence[Any]:
    return session.scalars(select(kind).where(wanted).order_by(order)).all()


def _names(session: Session) -> dict[int, str]:
    row = tables.officer.c
    return {
        key: f"{surname} {given}" for key, surname, given in session.execute(select(row.id, row.surname, row.given))
    }


def _service_due() -> Any:
    row = tables.deadline.c
    query = select(func.max(row.due_at)).where(
        row.case_id == tables.task.c.case_id, row.task_id.is_(None), row.kind == DeadlineKind.TERM
    )
    return query.scalar_subquery()


def matches(search: str) -> ColumnElement[bool]:
    """The cases of this number, IIN, BIN or a part of the name; each kind is looked for by its own index."""
    row, text = tables.case.c, search.strip()
    digits = "".join(text.split())
    if len(digits) == IDENTIFIER_DIGITS and digits.isdecimal():
        return or_(row.iin == digits, row.bin == digits)
    if CASE_NUMBER.fullmatch(text.upper()):
        return row.number == text.upper()
    like = f"%{_escaped(text.casefold())}%"
    return row.id.in_(select(row.id).where(row.search_name.like(like, escape="\\")))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _work_row(row: Mapping[Any, Any], now: datetime) -> WorkRow:
    due_at = None if row["due_at"] == NEVER else row["due_at"]
    return WorkRow(
        task_id=row["task_id"],
        case_id=row["case_id"],
        case_number=row["case_number"],
        edition_id=row["edition_id"],
        procedure=row["procedure"],
        applicant_name=row["applicant_name"],
        identifier=row["bin"] or row["iin"],
        element=row["element"],
        role=row["role"],
        opened_at=row["opened_at"],
        due_at=due_at,
        service_due_at=row["service_due_at"],
        assignee_id=row["assignee_id"],
        assignee_name=f"{row['surname'] or ''} {row['given'] or ''}".strip(),
        late=due_at is not None and due_at < now,
        registered_on=row["registered_on"],
        notified_on=row["notified_on"],
    )
