"""The provider does what a decision on a complaint binds it to, or a court act orders (L100.1, R15.1)."""

from __future__ import annotations

from datetime import date

from service.domain.appeal import Complaint
from service.domain.appeal_effects import require_done
from service.domain.case import Case
from service.domain.claims import Claim
from service.domain.deadlines import local
from service.domain.duties import CARRY_OUT, COURT_ORDER, Duty
from service.domain.errors import Forbidden, NotFound
from service.domain.messages import OfficerNote
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.operations.duties import end_duty
from service.operations.notices import tell
from service.usecases.acts_beside import Scene
from service.usecases.services import Services


def carry_out(services: Services, duty_id: int, actor: Actor, done: str, done_on: str) -> Duty:
    """Say what was done and on which day: the duty ends; of a complaint the person and the reviewing body are told.

    The day is between the decision, or the court act, and today (L100.1, R15.1). `Forbidden` for who does not hold the
    role of the duty, `InvalidAnswers` that names the field, `NotLawful` for a duty that was done before.
    """
    with services.unit_of_work() as uow:
        duty = uow.locked.one(Duty, duty_id)
        if duty.kind not in (CARRY_OUT, COURT_ORDER):
            raise NotFound(what="duty")
        if duty.role not in actor.roles:
            raise Forbidden(what="duty")
        actor = actor.acting_in(duty.role)
        answers = {"result": done, "done_on": done_on}
        earliest = _decided_on(uow, duty)
        day = require_done(answers, "result", "done_on", local(uow.now).date(), earliest)
        end_duty(uow, duty, actor, done, day)
        if duty.kind == CARRY_OUT:
            _tell(services, uow, duty, actor, day)
        uow.commit()
        return duty


def _decided_on(uow: UnitOfWork, duty: Duty) -> date:
    """The day of what binds to it: of a court act its own, which may be recorded here later."""
    court_act_on = uow.get(Claim, duty.details["claim"]).act_on if duty.kind == COURT_ORDER else None
    return court_act_on or local(duty.opened_at).date()


def _tell(services: Services, uow: UnitOfWork, duty: Duty, actor: Actor, day: date) -> None:
    """The complaint's case, the contested one, the person and the reviewing body learn what was done."""
    case = uow.get(Case, duty.case_id)
    complaint = uow.find(Complaint, case_id=case.id)
    told = {"decision": str(duty.details["decision"]), "text": duty.result, "done_on": day.isoformat()}
    if complaint is not None and complaint.contested_case_id is not None:
        contested = uow.get(Case, complaint.contested_case_id)
        uow.note(
            contested,
            actor,
            "decision_carried_out",
            basis=told["decision"],
            result=duty.result,
            done_on=told["done_on"],
        )
    uow.add(OfficerNote(case.id, "carried_out", uow.now, "operation_order_action", role="reviewer", details=told))
    tell(Scene(services, uow, case, actor, {}).work, case, "decision_carried_out", None, **told)
