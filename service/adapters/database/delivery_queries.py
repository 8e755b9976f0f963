"""What became of the notices of a case, for the office (L66.1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from service.adapters.database import tables
from service.adapters.database.public_queries import PublicQueries
from service.domain.deliveries import Delivery, deliveries
from service.domain.messages import Notice, OutboxMessage


class DeliveryQueries(PublicQueries):
    """The delivery records of notices."""

    def deliveries(self, case_id: int) -> Sequence[Delivery]:
        """The record of every notice of a case, on each of its two channels."""
        row, message = tables.notice.c, tables.outbox.c
        with self._session() as session:
            notices = session.scalars(select(Notice).where(row.case_id == case_id).order_by(row.id)).all()
            letters = session.scalars(select(OutboxMessage).where(message.case_id == case_id)).all()
        return list(deliveries(notices, letters))
