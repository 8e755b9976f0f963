"""Finds the calendar's versions, the dated settings and the announced breaks; each method is one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select, text

from service.adapters.database import tables
from service.adapters.database.repositories import Repository
from service.domain.dated import CalendarVersion, DatedSetting, PortalBreak

TURN = 280623
"""The number of the advisory lock by which PostgreSQL lets a change of the calendar wait for the steps that run."""


def _newest(table: Table) -> ColumnElement[int]:
    return func.coalesce(select(func.max(table.c.id)).scalar_subquery(), 0)


KEPT = text("SELECT calendar, setting, edition FROM kept_marks(:turn)")
NEWEST = select(_newest(tables.calendar_version), _newest(tables.dated_setting), _newest(tables.edition))


class DatedRepository(Repository):
    """What holds from a day on."""

    def marks(self) -> tuple[int, int, int]:
        """The newest calendar, setting and edition by their keys: whoever knows these three has nothing to read."""
        calendar, setting, edition = self.session.execute(NEWEST).one()
        return int(calendar), int(setting), int(edition)

    def kept_marks(self) -> tuple[int, int, int]:
        """The same, and nobody changes it until this unit of work ends; SQLite lets one write at a time anyway."""
        if self.session.get_bind().dialect.name == "sqlite":
            return self.marks()
        calendar, setting, edition = self.session.execute(KEPT, {"turn": TURN}).one()
        return int(calendar), int(setting), int(edition)

    def take(self) -> None:
        """Wait for every step that runs, and let none begin until this unit of work ends."""
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})

    def calendar(self) -> CalendarVersion | None:
        """The newest version of the calendar."""
        row = tables.calendar_version.c
        return self._one(select(CalendarVersion).order_by(row.id.desc()).limit(1))

    def settings(self) -> Sequence[DatedSetting]:
        """Every dated setting, in the order in which they were entered."""
        return self._all(select(DatedSetting).order_by(tables.dated_setting.c.id))

    def breaks(self, since: datetime) -> Sequence[PortalBreak]:
        """The announced breaks that end after an instant, the earliest first."""
        row = tables.portal_break.c
        announced = select(PortalBreak).where(row.ends_at > since, row.withdrawn_at.is_(None))
        return self._all(announced.order_by(row.starts_at, row.id))
