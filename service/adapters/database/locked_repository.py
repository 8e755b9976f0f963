"""Reads what is to be changed when nobody else can change it any more: never by what was seen before the lock.

Everybody locks in one order, so that no two wait for each other: the turn of the calendar (`dated_repository`), a
draft or an account, the case, a younger case before an older one, then a single thing of it or of the office, and last
of all the ends of the journal's chains (`chains`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.adapters.database.mapping import table_of
from service.adapters.database.questions import UNMOVED
from service.adapters.database.repositories import CaseRepository, Repository
from service.adapters.database.row_said import MARKED
from service.domain.errors import NotFound

Entity = TypeVar("Entity")


class LockedRepository(Repository):
    """Things that are changed; `cases` locks the case of a thing before the thing itself."""

    def __init__(self, session: Session, cases: CaseRepository) -> None:
        super().__init__(session, cases.asked)
        self.cases = cases

    def one(self, kind: type[Entity], key: object) -> Entity:
        """A thing by its key, read anew once its case is locked; one that belongs to no case is locked itself."""
        table = table_of(kind)
        for of_case in (chain for chain in MARKED[table.name].chains if chain.table is table):
            case_id = self.session.scalar(select(of_case).where(table.c.id == key))
            if case_id is not None:
                self.cases.lock(case_id)
        found = self.session.get(kind, key, with_for_update=UNMOVED, populate_existing=True)
        self.asked.clear()
        if found is None:
            raise NotFound(what=kind.__name__.lower())
        return found

    def all(self, kind: type[Entity], **values: object) -> Sequence[Entity]:
        """Every thing with these values, each locked and read anew, in the order of their keys; no case is locked."""
        table = table_of(kind)
        found = select(kind).where(*(table.c[name] == value for name, value in values.items()))
        locked = found.order_by(table.c.id).with_for_update(**UNMOVED).execution_options(populate_existing=True)
        self.asked.clear()
        return self._all(locked)
