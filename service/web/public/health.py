"""Whether the service is well, for administrators and their machines (R10.2): no sign-in, no personal data."""

from __future__ import annotations

from datetime import datetime

from flask.typing import ResponseReturnValue

from service.domain.errors import Unavailable
from service.web.public.door import program, public, today
from service.web.security import limiter

NOT_KEPT = {"Cache-Control": "no-store"}


@public.get("/health")
@limiter.exempt
def health() -> ResponseReturnValue:
    """`ok`; `attention` when a deadline or a message waits too long or is stopped; 503 without the database.

    Seconds are whole; instants are in UTC by the clock of the procedure.
    """
    ready = program()
    try:
        found = ready.queries.health(ready.clock.now())
        edition = ready.queries.edition_on(today())
    except Unavailable:
        return {"status": "down", "database": False}, 503, NOT_KEPT
    return (
        {
            "status": "ok" if found.good else "attention",
            "time": found.at.isoformat(),
            "database": True,
            "edition_in_force": edition.number if edition else None,
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


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
