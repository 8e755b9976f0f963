"""Papers for who complained on paper go by post: when they were sent, and what became of them (L64.1, L66.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from service.domain.appeal_effects import require_done
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.duties import POST, Duty
from service.domain.errors import Forbidden, NotFound, NotLawful
from service.domain.messages import Notice
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.operations.duties import end_duty
from service.usecases.services import Services

HANDED_OVER = "handed_over"
RESULTS = (HANDED_OVER, "came_back")
"""What may become of a letter: handed over to the person, or come back."""


def post_paper(services: Services, duty_id: int, actor: Actor, number: str, posted_on: str) -> Duty:
    """The chancellery says that a paper was posted, under which number and on which day; the duty ends.

    `Forbidden` for other roles, `InvalidAnswers` that names the field, `NotLawful` for a paper that was posted.
    """
    with services.unit_of_work() as uow:
        duty = _own(uow, duty_id, actor)
        day = _day(uow, {"result": number, "done_on": posted_on}, local(duty.opened_at).date())
        end_duty(uow, duty, actor, number, day)
        uow.commit()
        return duty


def record_delivery(services: Services, duty_id: int, actor: Actor, result: str, day: str) -> Duty:
    """What became of a posted paper, and on which day: handed over to the person, or come back.

    Raises as `post_paper`; `NotLawful` for a paper that is not posted yet, or whose delivery is recorded.
    """
    with services.unit_of_work() as uow:
        duty = _own(uow, duty_id, actor)
        if duty.is_open or duty.details.get("delivery"):
            raise NotLawful("delivery_is_recorded" if duty.details.get("delivery") else "not_posted_yet", duty.law)
        answers = {"result": result if result in RESULTS else "", "done_on": day}
        on = _day(uow, answers, date.fromisoformat(duty.details["done_on"])).isoformat()
        duty.details = {**duty.details, "delivery": result, "delivered_on": on}
        case = uow.get(Case, duty.case_id)
        if result == HANDED_OVER:
            for notice in uow.locked.all(Notice, case_id=case.id, document_id=duty.document_id):
                notice.told_on = date.fromisoformat(on)
        uow.note(case, actor, "paper_delivered", number=duty.details["number"], result=result, done_on=on)
        uow.commit()
        return duty


def _own(uow: UnitOfWork, duty_id: int, actor: Actor) -> Duty:
    duty = uow.locked.one(Duty, duty_id)
    if duty.kind != POST:
        raise NotFound(what="duty")
    if duty.role not in actor.roles:
        raise Forbidden(what="duty")
    return duty


def _day(uow: UnitOfWork, answers: dict[str, Any], earliest: date) -> date:
    return require_done(answers, "result", "done_on", local(uow.now).date(), earliest)
