"""What everybody may read: the state register, whether a document's code is known, how the service itself is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, FromClause, and_, case, false, func, or_, select, true
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from service.adapters.database import tables
from service.adapters.database.case_search import holds
from service.adapters.database.connection import answering, for_reading
from service.adapters.database.repositories import RegisterRepository
from service.domain.chain import Seal
from service.domain.corrections import RegisterCorrection
from service.domain.decisions import PermitStatus, RegisterChange, RegisterEntry, status_on
from service.domain.errors import Unavailable, Unreadable
from service.domain.health import Health
from service.domain.look_alikes import as_latin, plain_kazakh, sure_part
from service.domain.messages import Edition
from service.domain.views import MOST_COUNTED, EntryView, Page

REGISTER_PAGE = 25
_KAZAKH = "әғқңөұүһі"
_BETWEEN_DIGITS = re.compile(r"[\s\u00a0\u202f-]+")
_BETWEEN_WORDS = re.compile(r"[\s\"«»“”„']+")


class PublicQueries:
    """Questions that nobody has to sign in for; no answer names a case's applicant but for the register (R11.2)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_reading(engine)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A session that reads; `Unavailable` when the database does not answer."""
        with answering(), Session(self._engine, autoflush=False, expire_on_commit=False) as session:
            yield session

    def last_seal(self) -> Seal | None:
        """The newest seal of the journal; None while there is none (L69.1)."""
        with self._session() as session:
            return session.scalars(select(Seal).order_by(tables.seal.c.number.desc()).limit(1)).first()

    def register(
        self, day: date, *, search: str = "", status: PermitStatus | None = None, page: int | None = 1
    ) -> Page[EntryView]:
        """The register as it stood on a day, the newest permit first; without a page all of it, for an export.

        `search` is a part of the permit's number or of the holder's name, or a whole BIN or IIN (R11.2).
        """
        row = tables.register_entry.c
        wanted: list[ColumnElement[bool]] = [row.issued_on <= day]
        source: FromClause = tables.register_entry
        if search.strip():
            wanted.append(found_by(search))
        if status is not None:
            source, stands = _standing(day)
            wanted.append(stands == status.value)
        newest = row.issued_on.desc(), row.id.desc()
        query = select(RegisterEntry).select_from(source).where(*wanted).order_by(*newest)
        more = False
        with self._session() as session:
            if page is None:
                entries = session.scalars(query).all()
                total = len(entries)
            elif search.strip():
                # One look finds the page and counts: a part of a name stands in no order.
                ids = select(row.id).select_from(source).where(*wanted).order_by(*newest).limit(MOST_COUNTED + 1)
                found = session.scalars(ids).all()
                total, more = min(len(found), MOST_COUNTED), len(found) > MOST_COUNTED
                on_page = row.id.in_(found[_first(page) : _first(page) + REGISTER_PAGE])
                entries = session.scalars(select(RegisterEntry).where(on_page).order_by(*newest)).all()
            else:
                total = session.scalar(select(func.count()).select_from(source).where(*wanted)) or 0
                entries = session.scalars(query.limit(REGISTER_PAGE).offset(_first(page))).all()
            changes = _changes(session, [entry.id for entry in entries])
        rows = [EntryView(e, changes.get(e.id, []), status_on(e, changes.get(e.id, []), day), day) for e in entries]
        return Page(rows, total, page or 1, REGISTER_PAGE, more)

    def entry(self, number: str, day: date) -> EntryView | None:
        """One entry of the register by the permit's number, with its status on a day (A3.2)."""
        with self._session() as session:
            entry = RegisterRepository(session).by_number(number)
            if entry is None:
                return None
            entered = RegisterRepository(session).entered(entry.id)
            changes = [change for change in entered if change.withdrawn_at is None]
            withdrawn = [change for change in entered if change.withdrawn_at is not None]
            row = tables.register_correction.c
            corrected = select(RegisterCorrection).where(row.entry_id == entry.id).order_by(row.id)
            mended = session.scalars(corrected).all()
            return EntryView(entry, changes, status_on(entry, changes, day), day, mended, withdrawn)

    def code_among(self, codes: Collection[str]) -> str | None:
        """The one of these verification codes that a document of ours bears; None for none or several (A3.5)."""
        row = tables.document.c.verification_code
        with self._session() as session:
            found = session.scalars(select(row).where(row.in_(sorted(codes))).limit(2)).all()
        return found[0] if len(found) == 1 else None

    def editions(self) -> Sequence[Edition]:
        """Every deployed edition, the newest first (O1)."""
        with self._session() as session:
            return session.scalars(select(Edition).order_by(tables.edition.c.number.desc())).all()

    def health(self, now: datetime) -> Health:
        """Whether deadlines fire and messages leave in time; raises `Unavailable` when the database does not answer."""
        try:
            with self._session() as session:
                return _health(session, now)
        except SQLAlchemyError as fault:
            raise Unavailable(what="database") from fault


def _first(page: int) -> int:
    return (page - 1) * REGISTER_PAGE


def found_by(search: str) -> ColumnElement[bool]:
    """The entries with this part of a number or of a holder's name, or of this BIN or IIN (R11.2)."""
    row, digits = tables.register_entry.c, _BETWEEN_DIGITS.sub("", search)
    if len(digits) == 12 and digits.isdigit():
        return or_(row.bin == digits, row.iin == digits)
    words = [word for word in _BETWEEN_WORDS.split(plain_kazakh(search)) if word]
    numbered = holds(row.number, as_latin("".join(search.split())))
    # What every keyboard writes alike is looked for first: few names are left for the letters that it writes otherwise.
    sure = [holds(row.search_name, part) for part in map(sure_part, words) if part]
    named = [_plain(row.search_name).like(_like(word), escape="\\") for word in words]
    return or_(numbered, and_(true() if words else false(), *sure, *named))


def _plain(column: Any) -> ColumnElement[str]:
    """The column with Kazakh letters as a keyboard without them types them."""
    for letter in _KAZAKH:
        column = func.replace(column, letter, plain_kazakh(letter))
    plain: ColumnElement[str] = column
    return plain


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _standing(day: date) -> tuple[FromClause, ColumnElement[str]]:
    """The register beside the latest change of each entry on a day, and its status then: what `status_on` says."""
    entry, change = tables.register_entry.c, tables.register_change.c
    newest = func.row_number().over(partition_by=change.entry_id, order_by=(change.from_on.desc(), change.id.desc()))
    ranked = (
        select(change.entry_id, change.status, newest.label("place"))
        .where(change.from_on <= day, change.withdrawn_at.is_(None))
        .subquery()
    )
    latest = ranked.c.status
    source = tables.register_entry.outerjoin(ranked, and_(ranked.c.entry_id == entry.id, ranked.c.place == 1))
    return source, case(
        (latest == PermitStatus.CANCELLED, PermitStatus.CANCELLED.value),
        (entry.valid_until < day, PermitStatus.EXPIRED.value),
        else_=func.coalesce(latest, PermitStatus.IN_FORCE.value),
    )


def _changes(session: Session, ids: Sequence[int]) -> Mapping[int, list[RegisterChange]]:
    row = tables.register_change.c
    found: dict[int, list[RegisterChange]] = {}
    standing = row.entry_id.in_(ids), row.withdrawn_at.is_(None)
    for change in session.scalars(select(RegisterChange).where(*standing).order_by(row.from_on, row.id)):
        found.setdefault(change.entry_id, []).append(change)
    return found


def _health(session: Session, now: datetime) -> Health:
    deadline, message = tables.deadline.c, tables.outbox.c
    is_due, unsent = and_(tables.deadline_waits, deadline.due_at <= now), message.sent_at.is_(None)
    firsts = [
        _first_of(session, deadline.due_at, is_due),
        _first_of(session, deadline.due_at, and_(tables.deadline_waits, deadline.due_at > now)),
        _first_of(session, message.created_at, unsent),
    ]
    due_since, next_due, unsent_since = (None if isinstance(first, Unreadable) else first for first in firsts)
    return Health(
        now,
        _count(session, is_due),
        due_since,
        next_due,
        _count(session, unsent),
        _count(session, and_(unsent, message.stopped_at.is_not(None))),
        unsent_since,
        readable=not any(isinstance(first, Unreadable) for first in firsts),
    )


def _first_of(session: Session, column: ColumnElement[datetime], wanted: ColumnElement[bool]) -> Any:
    """The first of these instants; `Unreadable` where somebody has typed there what is none."""
    try:
        with answering():
            return session.scalar(select(func.min(column)).where(wanted))
    except Unreadable as nonsense:
        return nonsense


def _count(session: Session, wanted: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(wanted)) or 0
