"""What became of the notices of a case, and which signatures wait for their check, for the office (L66.1, R3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, select

from service.adapters.database import tables
from service.adapters.database.public_queries import PublicQueries
from service.adapters.database.questions import all_of_case
from service.domain.case import APPEAL, CaseState
from service.domain.deliveries import Delivery, deliveries
from service.domain.messages import Notice, OutboxMessage
from service.domain.views import UncheckedRow, UntoldRow


class DeliveryQueries(PublicQueries):
    """The delivery records of notices."""

    def deliveries(self, case_id: int) -> Sequence[Delivery]:
        """The record of every notice of a case, on each of its channels."""
        message, case = tables.outbox.c, tables.case.c
        with self._session() as session:
            known = session.execute(select(case.iin, case.bin).where(case.id == case_id)).one()
            notices = all_of_case(session, Notice, case_id)
            letters = session.scalars(select(OutboxMessage).where(message.case_id == case_id)).all()
        return list(deliveries(notices, letters, has_cabinet=any(known)))

    def untold(self, limit: int = 200) -> Sequence[UntoldRow]:
        """The notices that nobody has read or told in another way, the oldest first: those without an e-mail address.

        A paper for who complained on paper is one of them until it is handed over, also where an e-mail has told of it.
        """
        row, case, letter = tables.notice.c, tables.case.c, tables.outbox.c
        by_mail = exists().where(letter.message_id == row.key.concat("/mail"))
        on_paper = and_(case.procedure == APPEAL, case.manifest == b"")
        is_posted = and_(on_paper, row.document_id.is_not(None))
        query = (
            select(Notice, case.number, case.edition_id, case.procedure, on_paper)
            .join(tables.case, case.id == row.case_id)
            .where(row.read_at.is_(None), row.told_on.is_(None), ~by_mail | is_posted)
            .order_by(row.at, row.id)
            .limit(limit)
        )
        with self._session() as session:
            return [UntoldRow(*found) for found in session.execute(query)]

    def unchecked(self, before: datetime, limit: int = 200) -> Sequence[UncheckedRow]:
        """The open cases, received before an instant, whose applicant's signature could not be checked yet."""
        row, case = tables.signature.c, tables.case.c
        query = (
            select(case.id, case.number, case.received_at, row.checked_at)
            .join(tables.case, case.id == row.case_id)
            .where(tables.signature_waits, case.state == CaseState.OPEN, case.received_at <= before)
            .order_by(case.received_at, case.id)
            .limit(limit)
        )
        with self._session() as session:
            return [UncheckedRow(*found) for found in session.execute(query)]
