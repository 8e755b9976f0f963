"""Opens and ends duties beside the diagrams, within the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import Case
from service.domain.duties import DUTIES, Duty, duty_due
from service.domain.errors import NotLawful
from service.domain.people import SYSTEM, Actor
from service.domain.ports import UnitOfWork
from service.operations.duty_terms import begin_term, end_term


def open_duty(
    uow: UnitOfWork,
    calendar: WorkCalendar,
    kind: str,
    *,
    counted_from: date,
    periods: Mapping[str, int],
    case: Case | None = None,
    edition_id: int | None = None,
    document_id: int | None = None,
    actor: Actor = SYSTEM,
    role: str = "",
    last_day: date | None = None,
    days: int = 0,
    **details: Any,
) -> Duty:
    """Lay a duty on the role of its kind, within the transaction of what causes it; a line of the journal says so.

    The term is counted from the day given, by the `periods` of an edition: its `[terms]`, which for a duty within a
    case are those of the case's edition (O1). Where the law names no number of days, the number is `days`, without
    which that day is the last; where somebody else sets the last day, such as a court, it is `last_day`.
    `role` is who has it where that is not the role of its kind: of a hearing on a complaint who considers that.
    """
    rule = DUTIES[kind]
    if rule.term:
        days = periods[rule.term] if last_day is None else 0
    counted_from = last_day or counted_from
    duty = Duty(
        kind=kind,
        law=rule.law,
        role=role or rule.role,
        opened_at=uow.now,
        due_at=duty_due(calendar, counted_from, days),
        counted_from=counted_from,
        days=days,
        case_id=case.id if case else None,
        edition_id=edition_id,
        document_id=document_id,
        details=details,
    )
    uow.add(duty)
    begin_term(uow, calendar, duty)
    told = {"part": duty.part} if duty.part else {}
    uow.note(case, actor, "duty_opened", duty=kind, law=rule.law, due_at=duty.due_at.isoformat(), **told)
    return duty


def end_duty(uow: UnitOfWork, duty: Duty, actor: Actor, result: str = "", done_on: date | None = None) -> None:
    """Record that a duty is done, within the transaction of the act that does it; `NotLawful` when it was done.

    `done_on` is the day on which it was done, where that is not the day on which it is recorded.
    """
    if not duty.is_open:
        raise NotLawful("duty_is_done", duty.law)
    end_term(uow, duty)
    duty.done_at, duty.done_by, duty.result = uow.now, actor.officer_id, result.strip()
    case = uow.get(Case, duty.case_id) if duty.case_id is not None else None
    told = {"done_on": done_on.isoformat()} if done_on else {}
    duty.details = {**duty.details, **told}
    told |= {"part": duty.part} if duty.part else {}
    late = duty.is_late(uow.now)
    was = {"before": "open", "after": "done", "due_at": duty.due_at.isoformat()}
    uow.note(case, actor, "duty_done", duty=duty.kind, law=duty.law, result=duty.result, late=late, **told, **was)
