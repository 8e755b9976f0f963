"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class MachineClock:
    """The machine's own time, in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)
