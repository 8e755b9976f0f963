"""The office: where officers see what is due, do it and sign it."""

from __future__ import annotations

from service.web.officer import (
    act_papers,
    acts,
    beside,
    cases,
    claims,
    clerical,
    corrections,
    downloads,
    duties,
    extension,
    intake,
    overview,
    papers,
    permits,
    proofs,
    signing_in,
    status,
    tasks,
    troubles,
    unsent,
    worklist,
)
from service.web.officer.door import officer

__all__ = [
    "act_papers",
    "acts",
    "beside",
    "cases",
    "claims",
    "clerical",
    "corrections",
    "downloads",
    "duties",
    "extension",
    "intake",
    "officer",
    "overview",
    "papers",
    "permits",
    "proofs",
    "signing_in",
    "status",
    "tasks",
    "troubles",
    "unsent",
    "worklist",
]
