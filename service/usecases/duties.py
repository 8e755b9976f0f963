"""Duties beside the diagrams: opened by what happens, done by officers, listed with the late ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import Case
from service.domain.duties import DUTIES, Duty, duty_due
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.people import SYSTEM, Actor
from service.domain.ports import UnitOfWork
from service.usecases.services import Services


def open_duty(
    uow: UnitOfWork,
    calendar: WorkCalendar,
    kind: str,
    *,
    counted_from: date,
    case: Case | None = None,
    edition_id: int | None = None,
    document_id: int | None = None,
    actor: Actor = SYSTEM,
    **details: Any,
) -> Duty:
    """Lay a duty on the role of its kind, within the transaction of what causes it; a line of the journal says so.

    The term is counted from the day given; where the law names no number of days, that day is the last.
    """
    rule = DUTIES[kind]
    duty = Duty(
        kind=kind,
        law=rule.law,
        role=rule.role,
        opened_at=uow.now,
        due_at=duty_due(calendar, counted_from, rule.days),
        counted_from=counted_from,
        days=rule.days,
        case_id=case.id if case else None,
        edition_id=edition_id,
        document_id=document_id,
        details=details,
    )
    uow.add(duty)
    uow.note(case, actor, "duty_opened", duty=kind, law=rule.law, due_at=duty.due_at.isoformat())
    return duty


def end_duty(uow: UnitOfWork, duty: Duty, actor: Actor, result: str = "") -> None:
    """Record that a duty is done, within the transaction of the act that does it; `NotLawful` when it was done."""
    if not duty.is_open:
        raise NotLawful("duty_is_done", duty.law)
    duty.done_at, duty.done_by, duty.result = uow.now, actor.officer_id, result.strip()
    case = uow.get(Case, duty.case_id) if duty.case_id is not None else None
    uow.note(case, actor, "duty_done", duty=duty.kind, law=duty.law, result=duty.result, late=duty.is_late(uow.now))


def finish_duty(services: Services, duty_id: int, actor: Actor, result: str) -> Duty:
    """An officer says that a duty is done and how: the number and day of what was sent, or the like.

    `Forbidden` for who does not hold its role, `InvalidAnswers` without a result, `NotLawful` for a duty that is
    done by an act of its own, or was done before.
    """
    with services.unit_of_work() as uow:
        duty = uow.duties.lock(duty_id)
        if duty.role not in actor.roles:
            raise Forbidden(what="duty")
        if not duty.rule.by_hand:
            raise NotLawful("duty_has_an_act", duty.law)
        if not result.strip():
            raise InvalidAnswers(errors={"result": Problem("required")})
        end_duty(uow, duty, actor, result)
        uow.commit()
        return duty


def open_duties(services: Services, roles: Collection[str] | None = None) -> Sequence[Duty]:
    """The duties that are not done, of these roles or of all: the earliest term first, so that the late ones lead."""
    with services.reading() as uow:
        return uow.duties.waiting(roles)


def done_duties(services: Services, roles: Collection[str] | None = None, limit: int = 100) -> Sequence[Duty]:
    """The duties that were done last, of these roles or of all."""
    with services.reading() as uow:
        return uow.duties.done(roles, limit)
