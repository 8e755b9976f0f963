"""Questions that are asked again and again: each is made once, for to make one costs as much as to ask it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from service.adapters.database.mapping import table_of

Thing = TypeVar("Thing")


def all_of_case(session: Session, kind: type[Thing], case_id: int) -> Sequence[Thing]:
    """Everything of a kind that belongs to a case, in the order of its keys."""
    return session.scalars(_of_case(cast(Hashable, kind)), {"case_id": case_id}).all()


def all_with(session: Session, kind: type[Thing], values: Mapping[str, object]) -> Sequence[Thing]:
    """Everything of a kind with these values, in the order of its keys."""
    return session.scalars(_all_with(cast(Hashable, kind), *_names(values)), values).all()


def latest_with(session: Session, kind: type[Thing], values: Mapping[str, object]) -> Thing | None:
    """The latest of a kind with these values, by its key."""
    return session.scalars(_latest_with(cast(Hashable, kind), *_names(values)), values).first()


@cache
def _of_case(kind: Any) -> Select[Any]:
    row = table_of(kind).c
    return select(kind).where(row.case_id == bindparam("case_id")).order_by(row.id)


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
