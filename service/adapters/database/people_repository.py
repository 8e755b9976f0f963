"""Finds officers and who holds which role on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from service.adapters.database import tables
from service.adapters.database.repositories import Repository
from service.domain.people import Officer, RoleAssignment


class PeopleRepository(Repository):
    """Officers and their roles."""

    def by_login(self, login: str) -> Officer | None:
        """An officer by login."""
        return self._one(select(Officer).where(tables.officer.c.login == login))

    def roles(self, officer_id: int, day: date) -> Sequence[RoleAssignment]:
        """The roles that the officer holds on a day; who has no account any more holds none."""
        row = tables.role_assignment.c
        active = select(tables.officer.c.id).where(tables.officer.c.active)
        held = (row.officer_id == officer_id, row.officer_id.in_(active), *self._on(day))
        return self._all(select(RoleAssignment).where(*held))

    def holding(self, role: str, day: date) -> Sequence[Officer]:
        """The active officers who hold a role on a day, by name."""
        row = tables.role_assignment.c
        ids = select(row.officer_id).where(row.role == role, *self._on(day))
        people = select(Officer).where(tables.officer.c.id.in_(ids), tables.officer.c.active)
        return self._all(people.order_by(tables.officer.c.surname, tables.officer.c.given))

    @staticmethod
    def _on(day: date) -> tuple[Any, ...]:
        row = tables.role_assignment.c
        # Nobody acts for the head without an order and an end (R9.1).
        by_order = or_(row.acting.is_(False), and_(row.basis != "", row.valid_until.is_not(None)))
        return row.valid_from <= day, or_(row.valid_until.is_(None), row.valid_until >= day), by_order
