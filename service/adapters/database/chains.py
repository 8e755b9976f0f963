"""The journal's chains in the database: new lines are hung on their ends in the transaction that writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.domain.case import JournalEntry
from service.domain.chain import BEGUN, GENESIS, OFFICE, Head, link

_head = tables.journal_head


def append(session: Session, entries: Sequence[JournalEntry], known: Mapping[int, Head]) -> None:
    """Write new lines, each on the end of its chain, in two statements where its end is known, else in three.

    Raising the ends locks them until the commit: of two writers on one chain the second waits and continues where the
    first has stopped, whatever end it knew. Chains are locked in the order of their keys, so that two writers never
    wait for each other.
    """
    ordered = sorted(entries, key=_chain)
    grown = {chain: list(lines) for chain, lines in groupby(ordered, key=_chain)}
    if not _continued(session, grown, known):
        ends = _raise(session, {key: len(lines) for key, lines in grown.items()})
        tops = [_hung(grown[end.chain], end) for end in ends]
        renewed = update(_head).where(_head.c.chain == bindparam("of_chain")).values(hash=bindparam("new_hash"))
        session.connection().execute(renewed, [{"of_chain": top.chain, "new_hash": top.hash} for top in tops])
    session.execute(insert(tables.journal), [_row(entry) for entry in entries])


def _chain(entry: JournalEntry) -> int:
    return OFFICE if entry.case_id is None else entry.case_id


def _continued(session: Session, grown: Mapping[int, list[JournalEntry]], known: Mapping[int, Head]) -> bool:
    """Hang the lines of one chain on the end that is known; False where it is not, or another has written since."""
    if len(grown) > 1 or not grown.keys() <= known.keys():
        return False
    ((chain, lines),) = grown.items()
    before = known[chain]
    top = _hung(lines, before)
    row = {"of_chain": chain, "new_length": top.length, "new_hash": top.hash, "old_length": before.length}
    return session.scalar(_continuation(session.get_bind().dialect.name), row) is not None


@cache
def _continuation(dialect: str) -> Any:
    """Moves an end on if it still is where it was; made once, for to make it costs as much as to carry it out."""
    new: dict[str, Any] = {"length": bindparam("new_length"), "hash": bindparam("new_hash")}
    begun = _insert(dialect).values(chain=bindparam("of_chain"), sealed=0, **new)
    moved = begun.on_conflict_do_update(
        index_elements=["chain"],
        set_={"length": begun.excluded.length, "hash": begun.excluded.hash},
        where=_head.c.length == bindparam("old_length"),
    )
    return moved.returning(_head.c.chain)


def _hung(lines: Sequence[JournalEntry], before: Head) -> Head:
    """Hang lines on an end; the first line of all says that the chain marks its rows from the beginning (L69.1)."""
    if before.length == 0:
        lines[0].rows = [BEGUN, *(mark for mark in lines[0].rows if mark != BEGUN)]
    return link(lines, before)


def _insert(dialect: str) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(_head)


def _raise(session: Session, by: dict[int, int]) -> list[Head]:
    """Lock the ends and make room for so many lines; where each chain ended before."""
    begun = [{"chain": chain, "length": by[chain], "hash": GENESIS, "sealed": 0} for chain in sorted(by)]
    raised = session.connection().execute(_raising(session.get_bind().dialect.name), begun)
    return [Head(chain, length - by[chain], top) for chain, length, top in raised]


@cache
def _raising(dialect: str) -> Any:
    """Moves ends on, of one chain or of many at once, wherever they are."""
    begun = _insert(dialect)
    raised = begun.on_conflict_do_update(
        index_elements=["chain"], set_={"length": _head.c.length + begun.excluded.length}
    )
    return raised.returning(_head.c.chain, _head.c.length, _head.c.hash)


def _row(entry: JournalEntry) -> dict[str, object]:
    return {column.name: getattr(entry, column.name) for column in tables.journal.c if column.name != "id"}


class ChainRepository:
    """The ends of the chains."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def have_grown(self) -> bool:
        """Whether any end has grown since its last seal."""
        return self.session.scalar(select(_head.c.chain).where(tables.head_is_unsealed).limit(1)) is not None

    def unsealed(self, limit: int) -> Sequence[Head]:
        """The ends that have grown since their last seal, locked until the commit."""
        query = select(_head.c.chain, _head.c.length, _head.c.hash).where(tables.head_is_unsealed)
        found = self.session.execute(query.order_by(_head.c.chain).limit(limit).with_for_update())
        return [Head(chain, length, top) for chain, length, top in found]

    def seal(self, heads: Sequence[Head]) -> None:
        """Remember that these ends stand in a seal."""
        done = update(_head).where(_head.c.chain == bindparam("of_chain")).values(sealed=bindparam("up_to"))
        rows = [{"of_chain": head.chain, "up_to": head.length} for head in heads]
        self.session.connection().execute(done, rows)
