"""What the pages of office and cabinet read: cases, drafts, letters. Few statements, each on an index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.adapters.database.case_search import matches
from service.adapters.database.questions import all_of_case
from service.adapters.database.repositories import (
    CaseRepository,
    DraftRepository,
    EditionRepository,
    RegisterRepository,
)
from service.adapters.database.work_queries import PAGE_SIZE, WorkQueries
from service.domain.appeal import Complaint
from service.domain.case import (
    ApplicantKind,
    Case,
    CaseState,
    Deadline,
    DeadlineKind,
    Draft,
    Task,
)
from service.domain.decisions import IssuedDocument, SignatureRecord
from service.domain.errors import NotFound
from service.domain.messages import Edition, Notice, OfficerNote, OutboxMessage
from service.domain.people import Officer
from service.domain.views import CaseView, NoteRow, OwnCase, Page, UnsentRow


class Queries(WorkQueries):
    """Questions of the pages; each opens a transaction that changes nothing and waits for nobody."""

    def case(self, case_id: int) -> CaseView:
        """Everything of one case; `NotFound`."""
        with self._session() as session:
            case = session.get(Case, case_id)
            if case is None:
                raise NotFound(what="case")
            return self._whole(session, case)

    def _whole(self, session: Session, case: Case) -> CaseView:
        found, case_id = CaseRepository(session), case.id
        papers = found.documents(case_id)
        notices = all_of_case(session, Notice, case_id)
        return CaseView(
            case=case,
            tasks=found.tasks(case_id),
            deadlines=found.deadlines(case_id),
            attachments=found.attachments(case_id),
            documents=[paper for paper in papers if not paper.filed],
            state_data=found.state_data(case_id),
            hearing=found.hearing(case_id),
            positions=found.positions(case_id),
            breaches=found.breaches(case_id),
            journal=found.journal(case_id),
            notices=notices,
            signatures=all_of_case(session, SignatureRecord, case_id),
            entry=RegisterRepository(session).of_case(case_id),
            officers=_names(session),
            complaint=session.scalars(select(Complaint).filter_by(case_id=case_id)).first(),
            application=next((paper for paper in papers if paper.filed), None),
            shared=_shared(session, notices, papers),
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
        """The same with the numbers of their cases; `open_only` leaves out reminders of terms that run no more."""
        row, case = tables.officer_note.c, tables.case.c
        mine = or_(row.officer_id == officer_id, and_(row.officer_id.is_(None), row.role.in_(sorted(roles))))
        joined = select(OfficerNote, case.number, case.applicant_name, case.edition_id, case.procedure).outerjoin(
            tables.case, case.id == row.case_id
        )
        wanted = [mine, row.read_at.is_(None)]
        if open_only:
            term = tables.deadline.c
            runs = exists().where(term.case_id == row.case_id, term.element == row.element, tables.deadline_waits)
            wanted.append(or_(row.kind != "reminder", row.duty_id.is_not(None), runs))
        with self._session() as session:
            query = joined.where(*wanted).order_by(row.id.desc()).limit(limit)
            return [
                NoteRow(note, number or "", name or "", edition_id, procedure or "")
                for note, number, name, edition_id, procedure in session.execute(query)
            ]

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
        with self._session() as session:
            return EditionRepository(session).on(day)

    def newest_edition(self) -> Edition | None:
        """The edition with the highest number."""
        with self._session() as session:
            query = select(Edition).order_by(tables.edition.c.number.desc()).limit(1)
            return session.scalars(query).first()


def _of(session: Session, kind: type[Any], wanted: ColumnElement[bool], order: Any) -> Sequence[Any]:
    return session.scalars(select(kind).where(wanted).order_by(order)).all()


def _shared(session: Session, notices: Sequence[Notice], own: Sequence[IssuedDocument]) -> Sequence[IssuedDocument]:
    """The papers of other cases that came with a notice of this one."""
    others = {notice.document_id for notice in notices if notice.document_id} - {paper.id for paper in own}
    row = tables.document.c.id
    return _of(session, IssuedDocument, row.in_(sorted(others)), row) if others else ()


def _names(session: Session) -> dict[int, str]:
    row = tables.officer.c
    return {
        key: f"{surname} {given}" for key, surname, given in session.execute(select(row.id, row.surname, row.given))
    }
