"""What an applicant does in an open case: says a position, withdraws (L73.3, point 8)."""

from __future__ import annotations

from contextlib import suppress

from service.domain.case import OF_POSITION, Attachment, Case, CaseState
from service.domain.decisions import Position
from service.domain.errors import Forbidden, InvalidAnswers, NobodyWaits, NotLawful
from service.domain.forms import Problem, told_texts
from service.domain.messages import OfficerNote
from service.domain.people import Actor, Applicant
from service.domain.ports import UnitOfWork
from service.domain.terms import objection_until
from service.usecases.moves import Move
from service.usecases.services import Services

LONGEST_TEXT = 10_000
LONGEST_REASON = 500


def own_case(uow: UnitOfWork, case_id: int, applicant: Applicant) -> Case:
    """The applicant's own case, locked; nobody else may touch it."""
    case = uow.cases.lock(case_id)
    if case.identifier != applicant.identifier:
        raise Forbidden(what="case")
    return case


def submit_position(
    services: Services,
    case_id: int,
    applicant: Applicant,
    text: str,
    *,
    wants_oral: bool,
    file: Attachment | None = None,
) -> Position:
    """Record an objection or a request for an oral hearing within 2 working days of the notice (L73.3).

    A late one is kept and shown as late. `NotLawful` when no preliminary decision was sent or the case is closed.
    """
    if errors := told_texts({"text": text}, {"text": LONGEST_TEXT}):
        raise InvalidAnswers(errors=errors)
    with services.unit_of_work() as uow:
        case = own_case(uow, case_id, applicant)
        if case.notified_on is None or case.state is CaseState.CLOSED:
            raise NotLawful("no_preliminary_decision", "L73.3")
        periods = services.editions.of_case(uow, case).terms
        late = uow.now > objection_until(services.calendar, case.notified_on, periods)
        if file is not None:
            file.case_id, file.purpose = case.id, OF_POSITION
            uow.add(file)
            uow.flush()
        position = Position(case.id, uow.now, text.strip(), wants_oral, late, file.id if file else None)
        uow.add(position)
        uow.flush()
        actor = Actor(applicant.name, "applicant", iin=applicant.iin)
        uow.note(case, actor, "position_submitted", oral=wants_oral, late=late)
        role = "" if case.executor_id else "unit"
        uow.add(OfficerNote(case.id, "position", uow.now, "message_position", case.executor_id, role))
        move = Move(services, uow, case, actor)
        move.catch_up()
        # After the hearing nobody waits for it: it stays with the case, and is late only after the 2 days (L73.3).
        with suppress(NobodyWaits):
            move.receive("message_position", {})
        uow.commit()
        return position


def withdraw_case(services: Services, case_id: int, applicant: Applicant, reason: str) -> Case:
    """Withdraw the application before the decision; the case ends at once, with the reason as it was written.

    `InvalidAnswers` for a reason that is too long, `NotLawful` when the case is over already.
    """
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise InvalidAnswers(errors={"reason": Problem("too_long", {"limit": LONGEST_REASON})})
    with services.unit_of_work() as uow:
        case = own_case(uow, case_id, applicant)
        if case.state is CaseState.CLOSED:
            raise NotLawful("case_closed", "L69.1")
        actor = Actor(applicant.name, "applicant", iin=applicant.iin)
        uow.note(case, actor, "withdrawal_asked", reason=said)
        Move(services, uow, case, actor).receive("message_withdrawn", {"withdrawal_reason": said})
        uow.commit()
        return case
