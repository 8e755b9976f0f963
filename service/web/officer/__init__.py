"""The office: where officers see what is due, do it and sign it."""

from __future__ import annotations

from service.web.officer import (
    acts,
    cases,
    downloads,
    extension,
    overview,
    papers,
    signing_in,
    status,
    tasks,
    troubles,
    unsent,
    worklist,
)
from service.web.officer.door import officer

__all__ = [
    "acts",
    "cases",
    "downloads",
    "extension",
    "officer",
    "overview",
    "papers",
    "signing_in",
    "status",
    "tasks",
    "troubles",
    "unsent",
    "worklist",
]
