"""What an officer may read of the cases: each question carries who asks, and a case that is not theirs stays shut."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, false, func, or_, select, true

from service.adapters.database import tables
from service.adapters.database.case_search import matches
from service.adapters.database.delivery_queries import DeliveryQueries
from service.adapters.database.queries import Queries
from service.adapters.database.work_queries import PAGE_SIZE, counted
from service.domain.case import Case, CaseState, JournalEntry
from service.domain.deadlines import start_of_day
from service.domain.errors import Forbidden, NotFound
from service.domain.people import Actor
from service.domain.rights import Sight, sight_of
from service.domain.views import MOST_COUNTED, CaseView, Page


class OfficeQueries(Queries, DeliveryQueries):
    """The questions of the office's pages, each within the rights of the officer who asks."""

    def case_for(self, actor: Actor, case_id: int) -> CaseView:
        """Everything of a case that this officer may read; `Forbidden` for any other case (O5, R13.1), `NotFound`."""
        query = select(Case, cases_seen_by(actor)).where(tables.case.c.id == case_id)
        with self._session() as session:
            found = session.execute(query).first()
            if found is None:
                raise NotFound(what="case")
            case, is_seen = found
            if not is_seen:
                raise Forbidden(what="case")
            return self._whole(session, case)

    def cases_for(self, actor: Actor, *, search: str = "", state: CaseState | None = None, page: int = 1) -> Page[Case]:
        """The cases that this officer may read, the newest first, by number, IIN, BIN or name."""
        wanted = [cases_seen_by(actor)]
        if search:
            wanted.append(matches(search))
        if state is not None:
            wanted.append(tables.case.c.state == state)
        row, first = tables.case.c, (page - 1) * PAGE_SIZE
        ids = select(row.id).where(*wanted).order_by(row.id.desc())
        with self._session() as session:
            if search:
                # One look among the names finds the page and counts: a part of a name stands in no index.
                found = session.scalars(ids.limit(MOST_COUNTED + 1)).all()
                total, on_page = len(found), found[first : first + PAGE_SIZE]
            else:
                total = session.scalar(select(func.count()).select_from(tables.case).where(*wanted)) or 0
                on_page = session.scalars(ids.limit(PAGE_SIZE).offset(first)).all()
            rows = session.scalars(select(Case).where(row.id.in_(on_page)).order_by(row.id.desc())).all()
        more = bool(search) and total > MOST_COUNTED
        return Page(rows, total - more, page, PAGE_SIZE, more)

    def office_journal(self, day: date | None = None, page: int = 1) -> Page[JournalEntry]:
        """The lines that belong to no case, of one day or of all, the newest first (L69.1)."""
        row, first = tables.journal.c, (page - 1) * PAGE_SIZE
        wanted: list[ColumnElement[bool]] = [row.case_id.is_(None)]
        if day is not None:
            wanted += [row.at >= start_of_day(day), row.at < start_of_day(day + timedelta(days=1))]
        with self._session() as session:
            total, more = counted(session, select(row.id).where(*wanted))
            newest = select(JournalEntry).where(*wanted).order_by(row.sequence.desc())
            rows = session.scalars(newest.limit(PAGE_SIZE).offset(first)).all()
        return Page(rows, total, page, PAGE_SIZE, more)


def cases_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The cases that the actor may read: all (O5), those that have reached the reviewing body (R13.1), or none."""
    match sight_of(actor):
        case Sight.ALL:
            return true()
        case Sight.REVIEWS:
            return _sent_to_review()
        case Sight.NONE:
            return false()


def _sent_to_review() -> ColumnElement[bool]:
    """The complaints that were forwarded, and with each the case that it contests (R13.1, R13.3)."""
    complaint, own = tables.complaint.c, tables.case.c.id
    sent = complaint.forwarded_at.is_not(None)
    return or_(
        own.in_(select(complaint.case_id).where(sent)),
        own.in_(select(complaint.contested_case_id).where(sent, complaint.contested_case_id.is_not(None))),
    )
