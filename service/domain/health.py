"""How the service itself is: do deadlines fire and messages leave in time? No personal data (R10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LATEST_FIRING = timedelta(minutes=5)
"""A deadline that has waited longer than this has been missed by the scheduler."""
LONGEST_WAY = timedelta(hours=1)
"""A message that has waited longer than this needs a person to look."""


@dataclass(frozen=True)
class Health:
    """What an administrator's watch reads; instants are aware, None where nothing waits.

    `due` deadlines should have fired already, the first of them at `due_since`; `next_due` is the next in time.
    `unsent` messages wait, `stopped` of them for a person, the oldest since `unsent_since`. An instant that somebody
    has written over is left out, and the whole is not `readable`.
    """

    at: datetime
    due: int
    due_since: datetime | None
    next_due: datetime | None
    unsent: int
    stopped: int
    unsent_since: datetime | None
    readable: bool = True

    @property
    def lag(self) -> timedelta:
        """How long the first deadline that is due has been waiting; nothing when none is."""
        return _since(self.due_since, self.at)

    @property
    def oldest_message(self) -> timedelta:
        """How long the oldest unsent message has been waiting; nothing when none is."""
        return _since(self.unsent_since, self.at)

    @property
    def good(self) -> bool:
        """Whether nothing needs a person to look."""
        in_time = self.lag <= LATEST_FIRING and self.oldest_message <= LONGEST_WAY
        return in_time and not self.stopped and self.readable


def _since(start: datetime | None, end: datetime) -> timedelta:
    return max(end - start, timedelta(0)) if start else timedelta(0)
