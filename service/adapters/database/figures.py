"""Counts for the overview and the month's report: each figure is one statement that only reads an index's range."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy import case as case_when
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float

from service.adapters.database import tables
from service.adapters.database.repositories import Repository
from service.adapters.database.work_queries import runs_until
from service.domain.overview import (
    MOST_SHOWN,
    BreachRow,
    Count,
    KeptMonth,
    Load,
    MonthFigures,
    Overview,
    StepTime,
    UrgentDuty,
    UrgentRow,
    bounds,
    month_of,
)


class seconds_between(FunctionElement[float]):  # noqa: N801 - written like a function of SQL
    """The seconds from the first instant to the second."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _on_sqlite(element: seconds_between, compiler: Any, **more: Any) -> str:
    first, second = (compiler.process(clause, **more) for clause in element.clauses)
    return f"((julianday({second}) - julianday({first})) * 86400.0)"


@compiles(seconds_between, "postgresql")
def _on_postgresql(element: seconds_between, compiler: Any, **more: Any) -> str:
    first, second = (compiler.process(clause, **more) for clause in element.clauses)
    return f"CAST(EXTRACT(EPOCH FROM ({second} - {first})) AS DOUBLE PRECISION)"


def _open_duties() -> Select[Any]:
    return select(func.count()).select_from(tables.duty).where(tables.duty_waits)


class FigureRepository(Repository):
    """What the head and the supervisor see of all cases together."""

    def now(self, at: datetime, day_ends: datetime) -> Overview:
        """The state of the work at an instant; `day_ends` is the end of that day."""
        start, end = bounds(month_of(at))
        return Overview(
            at=at,
            open_cases=self._number(select(func.count()).where(tables.case.c.closed_at.is_(None))),
            loads=self._loads(at, day_ends),
            urgent=self._urgent(at, day_ends),
            duties=self._duties(day_ends),
            duties_late=self._number(_open_duties().where(tables.duty.c.due_at < at)),
            duties_today=self._number(
                _open_duties().where(tables.duty.c.due_at >= at, tables.duty.c.due_at <= day_ends)
            ),
            breaches=self._latest_breaches(),
            breaches_in_month=self._number(select(func.count()).where(_within(tables.breach.c.marked_at, start, end))),
            times=self._steps(start, end),
        )

    def month(self, month: date) -> MonthFigures:
        """The figures of a month as the cases stand now."""
        start, end = bounds(month)
        case = tables.case.c
        left_open = and_(case.closed_at.is_(None), case.received_at < end)
        closed_later = and_(case.closed_at >= end, case.received_at < end)
        return MonthFigures(
            month=month,
            received=self._cases(_within(case.received_at, start, end)),
            closed=self._cases(_within(case.closed_at, start, end), case.outcome),
            open_at_end=_together(self._cases(left_open), self._cases(closed_later)),
            steps=self._steps(start, end),
            breaches=self._breaches(start, end),
            people=self._people(start, end),
        )

    def kept(self, month: date) -> KeptMonth | None:
        """The figures that were kept of a month."""
        return self._one(select(KeptMonth).where(tables.month_figures.c.month == month))

    def first_month(self) -> date | None:
        """The month in which the first case was received."""
        first = self.session.scalar(select(func.min(tables.case.c.received_at)))
        return month_of(first) if first else None

    def _number(self, query: Select[Any]) -> int:
        return int(self.session.scalar(query) or 0)

    def _loads(self, at: datetime, day_ends: datetime) -> Sequence[Load]:
        task, officer = tables.task.c, tables.officer.c
        late = func.sum(case_when((task.due_at < at, 1), else_=0))
        today = func.sum(case_when((and_(task.due_at >= at, task.due_at <= day_ends), 1), else_=0))
        counted = (
            select(task.assignee_id, task.role, late.label("late"), today.label("today"), func.count().label("number"))
            .where(tables.task_is_open)
            .group_by(task.assignee_id, task.role)
            .subquery()
        )
        query = (
            select(officer.surname, officer.given, counted.c.role, counted.c.late, counted.c.today, counted.c.number)
            .select_from(counted.outerjoin(tables.officer, officer.id == counted.c.assignee_id))
            .order_by(counted.c.late.desc(), counted.c.number.desc(), officer.surname, counted.c.role)
        )
        return [
            Load(_name(surname, given), role, int(overdue), int(due), int(number - overdue - due))
            for surname, given, role, overdue, due, number in self.session.execute(query)
        ]

    def _urgent(self, at: datetime, day_ends: datetime) -> Sequence[UrgentRow]:
        task, case, officer = tables.task.c, tables.case.c, tables.officer.c
        joined = tables.task.join(tables.case, case.id == task.case_id)
        query = (
            select(
                task.case_id, case.number, case.procedure, case.edition_id, case.applicant_name,
                task.element, task.role, task.due_at, officer.surname, officer.given,
                runs_until(at).label("runs_until"),
            )
            .select_from(joined.outerjoin(tables.officer, officer.id == task.assignee_id))
            .where(tables.task_is_open, task.due_at <= day_ends)
            .order_by(task.due_at, task.id)
            .limit(MOST_SHOWN + 1)
        )  # fmt: skip
        return [UrgentRow(*row[:8], _name(row[8], row[9]), row[10]) for row in self.session.execute(query)]

    def _duties(self, day_ends: datetime) -> Sequence[UrgentDuty]:
        duty, case = tables.duty.c, tables.case.c
        query = (
            select(
                duty.id, duty.kind, duty.role, duty.due_at, duty.case_id, case.number, case.applicant_name, duty.details
            )
            .select_from(tables.duty.outerjoin(tables.case, case.id == duty.case_id))
            .where(tables.duty_waits, duty.due_at <= day_ends)
            .order_by(duty.due_at, duty.id)
            .limit(MOST_SHOWN + 1)
        )  # fmt: skip
        found = self.session.execute(query)
        return [UrgentDuty(*row[:5], row[5] or "", row[6] or "", _part(row[7])) for row in found]

    def _latest_breaches(self) -> Sequence[BreachRow]:
        breach, case, officer, task = tables.breach.c, tables.case.c, tables.officer.c, tables.task.c
        duty = tables.duty.c
        query = (
            select(
                breach.case_id, case.number, case.procedure, case.edition_id, breach.element, breach.due_at,
                task.element, func.coalesce(task.role, duty.role), officer.surname, officer.given, breach.duty_id,
                duty.details,
            )
            .select_from(
                tables.breach.outerjoin(tables.case, case.id == breach.case_id)
                .outerjoin(tables.task, task.id == breach.task_id)
                .outerjoin(tables.duty, duty.id == breach.duty_id)
                .outerjoin(tables.officer, officer.id == breach.responsible_id)
            )
            .order_by(breach.marked_at.desc(), breach.id.desc())
            .limit(MOST_SHOWN + 1)
        )  # fmt: skip
        return [
            BreachRow(
                row[0],
                row[1] or "",
                row[2] or "",
                *row[3:6],
                row[6] or "",
                row[7] or "",
                _name(row[8], row[9]),
                row[10],
                _part(row[11]),
            )
            for row in self.session.execute(query)
        ]

    def _cases(self, wanted: ColumnElement[bool], *by: ColumnElement[str]) -> Sequence[Count]:
        procedure = tables.case.c.procedure
        query = select(procedure, *by, func.count()).where(wanted).group_by(procedure, *by).order_by(procedure, *by)
        return [Count(row[0], row[1] if by else "", int(row[-1])) for row in self.session.execute(query)]

    def _steps(self, start: datetime, end: datetime) -> Sequence[StepTime]:
        task, breach = tables.task.c, tables.breach.c
        took = seconds_between(task.opened_at, task.completed_at)
        query = (
            select(task.element, func.count(), func.avg(took), func.max(took))
            .where(_within(task.completed_at, start, end))
            .group_by(task.element)
            .order_by(func.avg(took).desc(), task.element)
        )
        missed = (
            select(task.element, func.count(func.distinct(breach.task_id)))
            .select_from(tables.breach.join(tables.task, task.id == breach.task_id))
            .where(_within(breach.marked_at, start, end))
            .group_by(task.element)
        )
        late = {element: int(number) for element, number in self.session.execute(missed)}
        found = self.session.execute(query).all()
        done = [StepTime(row[0], int(row[1]), float(row[2]), float(row[3]), late.pop(row[0], 0)) for row in found]
        return [*done, *(StepTime(element, 0, 0.0, 0.0, number) for element, number in sorted(late.items()))]

    def _breaches(self, start: datetime, end: datetime) -> Sequence[Count]:
        breach, officer = tables.breach.c, tables.officer.c
        by = breach.element, officer.surname, officer.given
        query = (
            select(*by, func.count())
            .select_from(tables.breach.outerjoin(tables.officer, officer.id == breach.responsible_id))
            .where(_within(breach.marked_at, start, end))
            .group_by(*by)
            .order_by(func.count().desc(), *by)
        )
        return [Count(row[0], _name(row[1], row[2]), int(row[3])) for row in self.session.execute(query)]

    def _people(self, start: datetime, end: datetime) -> Sequence[Count]:
        task, officer = tables.task.c, tables.officer.c
        done = (
            select(task.completed_by, func.count().label("number"))
            .where(_within(task.completed_at, start, end), task.completed_by.is_not(None))
            .group_by(task.completed_by)
            .subquery()
        )
        query = (
            select(officer.login, officer.surname, officer.given, done.c.number)
            .join(done, done.c.completed_by == officer.id)
            .order_by(done.c.number.desc(), officer.login)
        )
        return [Count(row[0], _name(row[1], row[2]), int(row[3])) for row in self.session.execute(query)]


def _within(column: ColumnElement[Any], start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(column >= start, column < end)


def _together(first: Sequence[Count], second: Sequence[Count]) -> Sequence[Count]:
    numbers: dict[str, int] = {}
    for count in (*first, *second):
        numbers[count.kind] = numbers.get(count.kind, 0) + count.number
    return [Count(kind, "", number) for kind, number in sorted(numbers.items())]


def _part(details: Any) -> str:
    """Of a duty to sign minutes, in which part; empty of every other, and where there is no duty."""
    return str((details or {}).get("part") or "")


def _name(surname: str | None, given: str | None) -> str:
    return f"{surname or ''} {given or ''}".strip()
