"""What the worklist reads: open tasks of a lane, what is due first on top, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.adapters.database.case_search import matches
from service.adapters.database.public_queries import PublicQueries
from service.domain.case import NEVER, DeadlineKind
from service.domain.identifiers import masked
from service.domain.minutes import HEARD_AT
from service.domain.views import MOST_COUNTED, Page, WorkCounts, WorkRow

PAGE_SIZE = 25


class WorkQueries(PublicQueries):
    """The questions of the worklist."""

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
        if late:
            wanted.append(task.due_at < now)
        with self._session() as session:
            if search:
                wanted.append(task.case_id.in_(_few_or_all(session, select(case.id).where(matches(search)))))
            ids = select(task.id).where(*wanted)
            total, more = counted(session, ids)
            first = (page - 1) * PAGE_SIZE
            on_page = session.scalars(ids.order_by(task.due_at, task.id).limit(PAGE_SIZE).offset(first)).all()
            return Page(_work_rows(session, on_page, now), total, page, PAGE_SIZE, more)

    def work_counts(self, roles: Collection[str], lanes: Collection[str], officer_id: int) -> WorkCounts:
        """How many open tasks of these roles this officer has and nobody has, and how many there are in these lanes."""
        task = tables.task.c
        own, everything = task.role.in_(sorted(roles)), task.role.in_(sorted(lanes))
        behind = ((task.assignee_id == officer_id, own), (task.assignee_id.is_(None), own), (everything,))
        numbers = [_number(select(task.id).where(tables.task_is_open, *wanted)) for wanted in behind]
        with self._session() as session:
            told = session.execute(select(*numbers)).one()
        return WorkCounts(mine=told[0], unassigned=told[1], all=told[2])


def counted(session: Session, wanted: Select[Any]) -> tuple[int, bool]:
    """How many rows there are, and whether there are more than are counted."""
    number = session.scalar(select(_number(wanted))) or 0
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def _number(wanted: Select[Any]) -> ScalarSelect[int]:
    """How many rows there are, one more than are counted at the most: a long list costs no more than that."""
    return select(func.count()).select_from(wanted.limit(MOST_COUNTED + 1).subquery()).scalar_subquery()


def _few_or_all(session: Session, ids: Select[int]) -> Sequence[int] | Select[int]:
    """The ids themselves while they are few, so that the database begins with them; else the question for them."""
    found = session.scalars(ids.limit(MOST_COUNTED + 1)).all()
    return found if len(found) <= MOST_COUNTED else ids


def _work_rows(session: Session, task_ids: Collection[int], now: datetime) -> Sequence[WorkRow]:
    """These tasks as the worklist shows them, what is due first on top."""
    task, case, officer = tables.task.c, tables.case.c, tables.officer.c
    held = tables.task.join(tables.case, case.id == task.case_id).outerjoin(
        tables.officer, officer.id == task.assignee_id
    )
    query = (
        select(
            task.id.label("task_id"), task.case_id, case.number.label("case_number"), case.edition_id, case.procedure,
            case.applicant_name, case.iin, case.bin, task.element, task.role, task.opened_at, task.due_at,
            _service_due().label("service_due_at"), runs_until(now).label("runs_until"), task.assignee_id,
            officer.surname, officer.given, case.notified_on,
            func.coalesce(case.reopened_on, case.registered_on).label("registered_on"),
        )
        .select_from(held)
        .where(task.id.in_(task_ids))
        .order_by(task.due_at, task.id)
    )  # fmt: skip
    found = [dict(row) for row in session.execute(query).mappings()]
    sent_back, given_back, hearings = _sent_back(session, found), _given_back(session, found), _hearings(session, found)
    return [
        _work_row(row, now, sent_back.get(row["case_id"]), given_back.get(task), hearings.get(task, (None, "")))
        for row in found
        for task in [(row["case_id"], row["element"])]
    ]


def _service_due() -> Any:
    row = tables.deadline.c
    query = select(func.max(row.due_at)).where(
        row.case_id == tables.task.c.case_id, row.task_id.is_(None), row.kind == DeadlineKind.TERM
    )
    return query.scalar_subquery()


def runs_until(now: datetime) -> Any:
    """The end of the term of a task that runs now, also where an earlier one was missed."""
    row = tables.deadline.c
    query = select(func.min(row.due_at)).where(
        row.task_id == tables.task.c.id, row.kind == DeadlineKind.TERM, tables.deadline_waits, row.due_at >= now
    )
    return query.scalar_subquery()


def _sent_back(session: Session, rows: Sequence[Mapping[Any, Any]]) -> Mapping[int, datetime]:
    """When the paper of each of these cases was sent back, where that is the last that was done in it (R9.1)."""
    row = tables.task.c
    cases = [each["case_id"] for each in rows]
    done = select(row.case_id, row.completed_at, row.answers).where(
        row.case_id.in_(cases), row.completed_at.is_not(None)
    )
    latest = {
        case_id: (at, answers) for case_id, at, answers in session.execute(done.order_by(row.completed_at, row.id))
    }
    return {case_id: at for case_id, (at, answers) in latest.items() if (answers or {}).get("decision") == "return"}


def _given_back(session: Session, rows: Sequence[Mapping[Any, Any]]) -> Mapping[tuple[int, str], datetime]:
    """When each of these tasks that nobody has was given back the last time."""
    line = tables.journal.c
    free = {(each["case_id"], each["element"]): each["opened_at"] for each in rows if each["assignee_id"] is None}
    if not free:
        return {}
    asked = select(line.case_id, line.element, line.at).where(
        line.case_id.in_([case_id for case_id, _element in free]), line.action == "task_returned"
    )
    told = {(case_id, element): at for case_id, element, at in session.execute(asked.order_by(line.id))}
    return {task: at for task, at in told.items() if task in free and at >= free[task]}


Appointed = tuple[date | None, str]
"""The day and the hour of a hearing."""


def _hearings(session: Session, rows: Sequence[Mapping[Any, Any]]) -> Mapping[tuple[int, str], Appointed]:
    """For when the hearing is appointed that is held at one of these tasks (R8.1)."""
    row = tables.hearing.c
    holding = {each["case_id"]: each["element"] for each in rows if each["element"] == HEARD_AT[each["procedure"]]}
    if not holding:
        return {}
    query = select(row.case_id, row.held_on, row.held_at).where(row.case_id.in_(holding), row.settled_at.is_(None))
    return {(case_id, holding[case_id]): (on, at) for case_id, on, at in session.execute(query.order_by(row.id))}


def _work_row(
    row: Mapping[Any, Any],
    now: datetime,
    sent_back_at: datetime | None,
    given_back_at: datetime | None,
    hearing: Appointed,
) -> WorkRow:
    due_at = None if row["due_at"] == NEVER else row["due_at"]
    return WorkRow(
        task_id=row["task_id"],
        case_id=row["case_id"],
        case_number=row["case_number"],
        edition_id=row["edition_id"],
        procedure=row["procedure"],
        applicant_name=row["applicant_name"],
        identifier=row["bin"] or masked(row["iin"]),
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
        runs_until=row["runs_until"],
        hearing_on=hearing[0],
        hearing_at=hearing[1],
        sent_back_at=sent_back_at,
        given_back_at=given_back_at,
    )
