"""Finds officers and who holds which role on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, bindparam, exists, or_, select

from service.adapters.database import tables
from service.adapters.database.repositories import Repository
from service.adapters.database.types import Day
from service.domain.case import Task
from service.domain.people import PROVIDER_ROLES, Officer, RoleAssignment, by_name

DAY, JUST = timedelta(days=1), timedelta(days=31)
"""So long after its end an office is looked at for what was left: longer than any program stands still."""


class PeopleRepository(Repository):
    """Officers and their roles."""

    def by_login(self, login: str) -> Officer | None:
        """An officer by login."""
        return self._one(select(Officer).where(tables.officer.c.login == login))

    def roles(self, officer_id: int, day: date) -> Sequence[RoleAssignment]:
        """The roles that the officer holds on a day; who has no account any more holds none."""
        return self.session.scalars(_roles_of(), {"officer_id": officer_id, "day": day}).all()

    def holding(self, role: str, day: date) -> Sequence[Officer]:
        """The active officers who hold a role on a day, by name."""
        said = {"role": role, "day": day}
        return self._once(("holding", role, day), lambda: by_name(self.session.scalars(_holding(), said).all()))

    def who_left(self, day: date) -> Sequence[int]:
        """The officers with a task but no office for it on a day, or with a note unread and an office just ended."""
        note, task, ended = tables.officer_note.c, tables.task.c, tables.role_assignment.c
        unread = select(note.officer_id).where(note.officer_id.is_not(None), note.read_at.is_(None))
        an_end = exists().where(ended.officer_id == note.officer_id, ended.valid_until.between(day - JUST, day - DAY))
        closed = exists().where(tables.officer.c.id == note.officer_id, tables.officer.c.active.is_(False))
        found = self.session.scalars(
            select(task.assignee_id)
            .where(tables.task_is_open, task.assignee_id.is_not(None), ~_held(task.assignee_id, task.role))
            .union(unread.where(or_(an_end, closed))),
            {"day": day},
        )
        return sorted(found)

    def tasks_left_by(self, officer_id: int, day: date) -> Sequence[Task]:
        """The open tasks of an officer who does not hold the role of their lane on a day."""
        task = tables.task.c
        left = select(Task).where(
            tables.task_is_open, task.assignee_id == officer_id, ~_held(task.assignee_id, task.role)
        )
        return self.session.scalars(left, {"day": day}).all()


@cache
def _roles_of() -> Select[Any]:
    """Asked with every page, and therefore written once: the roles of an officer on a day."""
    row = tables.role_assignment.c
    active = select(tables.officer.c.id).where(tables.officer.c.active)
    return select(RoleAssignment).where(
        row.officer_id == bindparam("officer_id"), row.officer_id.in_(active), *_on_day()
    )


@cache
def _holding() -> Select[Any]:
    """The officers with a role on a day."""
    row = tables.role_assignment.c
    ids = select(row.officer_id).where(row.role == bindparam("role"), *_on_day())
    return select(Officer).where(tables.officer.c.id.in_(ids), tables.officer.c.active)


def _held(officer_id: ColumnElement[int], role: ColumnElement[str]) -> Exists:
    """Whether an officer at work holds a role on a day."""
    row, officer = tables.role_assignment.c, tables.officer.c
    at_work = (officer.id == row.officer_id, officer.active)
    return exists().where(row.officer_id == officer_id, row.role == role, *at_work, *_on_day())


def _on_day() -> tuple[ColumnElement[bool], ...]:
    row, other = tables.role_assignment.c, tables.role_assignment.alias().c
    # Nobody acts for the head without an order, an end, and an office of the own at the provider (R9.1).
    office = (other.officer_id == row.officer_id, other.acting.is_(False), other.role.in_(PROVIDER_ROLES))
    at_work = exists().where(*office, *_lasting(other))
    by_order = or_(row.acting.is_(False), and_(row.basis != "", row.valid_until.is_not(None), at_work))
    return *_lasting(row), by_order


def _lasting(row: Any) -> tuple[ColumnElement[bool], ...]:
    day = bindparam("day", type_=Day)
    return row.valid_from <= day, or_(row.valid_until.is_(None), row.valid_until >= day)
