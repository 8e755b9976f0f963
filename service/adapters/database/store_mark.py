"""With which store of files this database works: the first process that worked on it has noted the store's mark."""

from __future__ import annotations

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from service.adapters.database import tables
from service.adapters.database.connection import answering

NAME = "files"


def noted_mark(engine: Engine, mine: str) -> str:
    """The mark that is noted; this one where there was none: of several processes the first one's stays."""
    row, dialect = tables.setting.c, sqlite if engine.dialect.name == "sqlite" else postgresql
    noting = dialect.insert(tables.setting).values(name=NAME, value=mine).on_conflict_do_nothing()
    with answering(), engine.begin() as connection:
        connection.execute(noting)
        return str(connection.scalar(select(row.value).where(row.name == NAME)))
