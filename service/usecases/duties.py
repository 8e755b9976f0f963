"""Duties beside the diagrams: opened by what happens, done by officers, listed with the late ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from service.domain.duties import CARRY_OUT, Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.forms import LONGEST_SENTENCES, told_texts
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.operations.duties import end_duty
from service.usecases.services import Services


def finish_duty(services: Services, duty_id: int, actor: Actor, result: str) -> Duty:
    """An officer says that a duty is done and how: the number and day of what was sent, or the like.

    `Forbidden` for who does not hold its role, `InvalidAnswers` without a result, `NotLawful` for a duty that is
    done by an act of its own, or was done before.
    """
    with services.unit_of_work() as uow:
        duty = uow.locked.one(Duty, duty_id)
        if duty.role not in actor.roles:
            raise Forbidden(what="duty")
        actor = actor.acting_in(duty.role)
        if not duty.rule.by_hand:
            raise NotLawful("duty_has_an_act", duty.law)
        if errors := told_texts({"result": result}, {"result": LONGEST_SENTENCES}):
            raise InvalidAnswers(errors=errors)
        end_duty(uow, duty, actor, result)
        uow.commit()
        return duty


def open_duties(services: Services, roles: Collection[str] | None = None) -> Sequence[Duty]:
    """The duties that are not done, of these roles or of all: the earliest term first, so that the late ones lead."""
    with services.reading() as uow:
        return uow.duties.waiting(roles)


def binding(uow: UnitOfWork, case_id: int) -> Duty | None:
    """The duty that the decision on this complaint has laid on the provider; None where there is none (L100.1)."""
    return next((duty for duty in uow.duties.of_case(case_id) if duty.kind == CARRY_OUT), None)
