"""Questions that are asked again and again: each is made once, for to make one costs as much as to ask it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.adapters.database.mapping import table_of
from service.domain.case import Case
from service.domain.decisions import RegisterEntry

Thing = TypeVar("Thing")


def all_of_case(session: Session, kind: type[Thing], case_id: int) -> Sequence[Thing]:
    """Everything of a kind that belongs to a case, in the order of its keys."""
    return all_with(session, kind, {"case_id": case_id})


def all_with(session: Session, kind: type[Thing], values: Mapping[str, object]) -> Sequence[Thing]:
    """Everything of a kind with these values, in the order of its keys."""
    return session.scalars(_all_with(cast(Hashable, kind), *_names(values)), values).all()


def latest_with(session: Session, kind: type[Thing], values: Mapping[str, object]) -> Thing | None:
    """The latest of a kind with these values, by its key."""
    return session.scalars(_latest_with(cast(Hashable, kind), *_names(values)), values).first()


UNMOVED: dict[str, Any] = {"key_share": True}
"""How PostgreSQL locks a row that is changed and keeps its key: who writes a row that points at it need not wait."""


@cache
def locked_case() -> Select[Any]:
    """A case by its `key`, for a move."""
    return _locked(select(Case).where(tables.case.c.id == bindparam("key")))


@cache
def locked_case_of_task() -> Select[Any]:
    """The case of the task with this `key`, likewise."""
    joined = select(Case).join(tables.task, tables.task.c.case_id == tables.case.c.id)
    return _locked(joined.where(tables.task.c.id == bindparam("key")))


def _locked(query: Select[Case]) -> Select[Any]:
    """Its row is locked, and told with the end of its journal's chain."""
    end = tables.journal_head.c
    joined = query.outerjoin(tables.journal_head, end.chain == tables.case.c.id).add_columns(end.length, end.hash)
    return joined.with_for_update(of=tables.case, **UNMOVED).execution_options(populate_existing=True)


@cache
def latest_entry() -> Select[Any]:
    """The latest entry of the register for the case `case_id`."""
    row = tables.register_entry.c
    return select(RegisterEntry).where(row.case_id == bindparam("case_id")).order_by(row.round.desc()).limit(1)


@cache
def _all_with(kind: Any, *names: _Name) -> Select[Any]:
    return _with(kind, names).order_by(*table_of(kind).primary_key)


@cache
def _latest_with(kind: Any, *names: _Name) -> Select[Any]:
    return _with(kind, names).order_by(*(column.desc() for column in table_of(kind).primary_key)).limit(1)


def _with(kind: Any, names: Sequence[_Name]) -> Select[Any]:
    row = table_of(kind).c
    return select(kind).where(
        *(row[name].is_(None) if is_nothing else row[name] == bindparam(name) for name, is_nothing in names)
    )


_Name = tuple[str, bool]
"""A column, and whether there is nothing in it: that is asked for in another way."""


def _names(values: Mapping[str, object]) -> Sequence[_Name]:
    return [(name, value is None) for name, value in values.items()]
