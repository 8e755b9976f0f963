"""Whether the service is well, for administrators and their machines (R10.2): no sign-in, no personal data."""

from __future__ import annotations

from datetime import datetime

from flask.typing import ResponseReturnValue

from service.domain.errors import Unavailable, Unreadable
from service.program import Program
from service.web.public.door import program, public, today
from service.web.security import limiter

NOT_KEPT = {"Cache-Control": "no-store"}


@public.get("/health")
@limiter.exempt
def health() -> ResponseReturnValue:
    """`ok`; `attention` when something waits too long, is stopped or cannot be read; 503 without the database.

    Seconds are whole; instants are in UTC by the clock of the procedure.
    """
    ready = program()
    try:
        found = ready.queries.health(ready.clock.now())
        edition, readable = _edition_in_force(ready)
    except Unavailable:
        return {"status": "down", "database": False}, 503, NOT_KEPT
    return (
        {
            "status": "ok" if found.good and readable else "attention",
            "time": found.at.isoformat(),
            "database": True,
            "edition_in_force": edition,
            "deadlines": {
                "due": found.due,
                "lag_seconds": int(found.lag.total_seconds()),
                "next_due": _instant(found.next_due),
            },
            "messages": {
                "unsent": found.unsent,
                "stopped": found.stopped,
                "oldest_seconds": int(found.oldest_message.total_seconds()),
            },
        },
        200,
        NOT_KEPT,
    )


def _edition_in_force(ready: Program) -> tuple[int | None, bool]:
    """The number of today's edition, and whether that could be read: somebody may have written over its days."""
    try:
        edition = ready.queries.edition_on(today())
    except Unreadable:
        return None, False
    return edition.number if edition else None, True


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
