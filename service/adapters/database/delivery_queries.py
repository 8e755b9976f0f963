"""What became of the notices of a case, for the office (L66.1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from service.adapters.database import tables
from service.adapters.database.public_queries import PublicQueries
from service.domain.deliveries import Delivery, deliveries
from service.domain.messages import Notice, OutboxMessage
from service.domain.views import UntoldRow


class DeliveryQueries(PublicQueries):
    """The delivery records of notices."""

    def deliveries(self, case_id: int) -> Sequence[Delivery]:
        """The record of every notice of a case, on each of its two channels."""
        row, message = tables.notice.c, tables.outbox.c
        with self._session() as session:
            notices = session.scalars(select(Notice).where(row.case_id == case_id).order_by(row.id)).all()
            letters = session.scalars(select(OutboxMessage).where(message.case_id == case_id)).all()
        return list(deliveries(notices, letters))

    def untold(self, limit: int = 200) -> Sequence[UntoldRow]:
        """The notices without an e-mail address that nobody has read or told in another way, the oldest first."""
        row, case, letter = tables.notice.c, tables.case.c, tables.outbox.c
        by_mail = exists().where(letter.message_id == row.key.concat("/mail"))
        query = (
            select(Notice, case.number, case.edition_id, case.procedure)
            .join(tables.case, case.id == row.case_id)
            .where(row.read_at.is_(None), row.told_on.is_(None), ~by_mail)
            .order_by(row.at, row.id)
            .limit(limit)
        )
        with self._session() as session:
            return [UntoldRow(*found) for found in session.execute(query)]
