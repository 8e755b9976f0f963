"""Which stored files anything still refers to: every column that holds a hash is asked, and every text of JSON."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import JSON, Text, cast, select
from sqlalchemy.orm import Session

from service.adapters.database import tables

SAID_ONLY = frozenset({"journal", "seal", "outbox"})
"""What these say of a file is history: it keeps no file."""

WAITS = tables.prepared_document.c.sha256
"""A paper waits half an hour for its signature, and no file is looked at before it is a day old: this one keeps none.

What was signed is another file, which its document keeps.
"""

HASHES = [
    column
    for table in tables.metadata.sorted_tables
    if table.name not in SAID_ONLY
    for column in table.c
    if column.name.endswith("sha256") and column is not WAITS
]
TEXTS = [
    column
    for table in tables.metadata.sorted_tables
    if table.name not in SAID_ONLY
    for column in table.c
    if isinstance(column.type, JSON)
]


class RetentionRepository:
    """What is still needed."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def referenced(self, hashes: Collection[str]) -> set[str]:
        """Those of these files that a row refers to."""
        found: set[str] = set()
        for column in HASHES:
            found.update(self.session.scalars(select(column).where(column.in_(hashes)).distinct()))
        return found | {sha256 for sha256 in set(hashes) - found if self._is_told(sha256)}

    def _is_told(self, sha256: str) -> bool:
        """Whether a JSON value names the file: asked of the few that no column names."""
        asked = (select(column).where(cast(column, Text).contains(sha256)).limit(1) for column in TEXTS)
        return any(self.session.execute(query).first() is not None for query in asked)
