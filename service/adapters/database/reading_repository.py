"""Which officer has opened which case in which hour: one row, so that the journal gets one line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.adapters.database import tables

_row = tables.case_reading


class ReadingRepository:
    """Reads of cases by officers."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def known(self, officer_id: int, case_id: int, hour: datetime) -> bool:
        """Whether it is written already that the officer has opened the case in this hour."""
        here = _row.c.officer_id == officer_id, _row.c.case_id == case_id, _row.c.hour == hour
        return self.session.scalar(select(_row.c.case_id).where(*here)) is not None

    def begin(self, officer_id: int, case_id: int, hour: datetime) -> bool:
        """Write it; False when another was faster."""
        dialect = sqlite if self.session.get_bind().dialect.name == "sqlite" else postgresql
        new = dialect.insert(_row).values(officer_id=officer_id, case_id=case_id, hour=hour)
        return self.session.execute(new.on_conflict_do_nothing().returning(_row.c.case_id)).first() is not None
