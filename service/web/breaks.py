"""Announced breaks of the portal, shown beforehand on the pages of applicants and of the public (A1.8.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from service.program import Program
from service.web.languages import language
from service.web.services import services


def context() -> dict[str, Any]:
    """Give the templates of a door the breaks to come: from when, until when, why."""
    program: Program = services()
    now = program.clock.now()
    told: list[tuple[datetime, datetime, str]] = [
        (row.starts_at, row.ends_at, row.reason[language()]) for row in program.times.breaks if row.ends_at > now
    ]
    return {"portal_breaks": told}
