"""An outside system has answered: the answer is kept with the case, or moves it (R4.1, T-send)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.case import StateData
from service.domain.channels import REGISTERS
from service.domain.messages import OutboxMessage
from service.domain.people import SYSTEM
from service.usecases.services import Services


def receive_answer(services: Services, outbox_id: int, case_id: int | None, answer: Mapping[str, Any] | None) -> None:
    """Mark the message as sent and keep what came back; an answer that comes twice is kept once."""
    with services.unit_of_work() as uow:
        case = uow.cases.lock(case_id) if case_id else None
        row = uow.get(OutboxMessage, outbox_id)
        if row.sent_at is not None:
            return
        row.attempts, row.sent_at, row.last_error = row.attempts + 1, uow.now, ""
        asked = uow.find(StateData, case_id=case_id, source=row.channel) if case and row.channel in REGISTERS else None
        if asked is not None:
            asked.answered_at, asked.answer = uow.now, dict(answer or {})
            uow.note(case, SYSTEM, "state_data_received", row.channel, found=bool((answer or {}).get("found")))
        else:
            uow.note(case, SYSTEM, "message_sent", row.channel, message=row.message_id)
        uow.commit()
