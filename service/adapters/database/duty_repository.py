"""Finds duties: each method is one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from service.adapters.database import tables
from service.adapters.database.questions import all_of_case
from service.adapters.database.repositories import Repository
from service.domain.duties import Duty


class DutyRepository(Repository):
    """Duties beside the diagrams."""

    def waiting(self, roles: Collection[str] | None = None) -> Sequence[Duty]:
        """The duties that are not done, the earliest term first."""
        row = tables.duty.c
        return self._all(select(Duty).where(tables.duty_waits, *_of(roles)).order_by(row.due_at, row.id))

    def done(self, limit: int) -> Sequence[Duty]:
        """The duties that were done last."""
        row = tables.duty.c
        done = select(Duty).where(row.done_at.is_not(None))
        return self._all(done.order_by(row.done_at.desc(), row.id.desc()).limit(limit))

    def of_case(self, case_id: int) -> Sequence[Duty]:
        """Every duty of a case, in the order in which they were opened."""
        return all_of_case(self.session, Duty, case_id)


def _of(roles: Collection[str] | None) -> tuple[Any, ...]:
    return () if roles is None else (tables.duty.c.role.in_(roles),)
