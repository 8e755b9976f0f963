"""Access of the applicant to the case file: asked for, given within 3 working days, with copies, for a time (L75.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

LONGEST_REASON = 2000
OPEN_FOR = timedelta(days=30)
"""How long a given access lasts where the officer names no other last day."""


@dataclass(eq=False)
class FileAccess:
    """A request to see the case file; `open_until` is the last day on which the copies can be fetched."""

    case_id: int
    asked_at: datetime
    asked_by: str
    reason: str = ""
    granted_at: datetime | None = None
    granted_by: int | None = None
    open_until: date | None = None
    note: str = ""
    id: int = field(init=False)

    @property
    def waits(self) -> bool:
        """Whether the unit still has to give the access."""
        return self.granted_at is None

    def is_open(self, today: date) -> bool:
        """Whether the copies can be fetched today."""
        return self.granted_at is not None and self.open_until is not None and today <= self.open_until
