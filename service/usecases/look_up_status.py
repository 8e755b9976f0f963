"""The single contact centre learns where one case stands, for the person who calls and names it (A1.11.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.case import NEVER, Case, CaseState, Deadline, DeadlineKind, Task
from service.domain.identifiers import IdentifierError, masked, normalise
from service.domain.people import Actor
from service.domain.rights import Right, require
from service.usecases.services import Services


@dataclass(frozen=True)
class CaseStatus:
    """What the contact centre may say: where the case stands and its days. Nobody's name and no paper of the case.

    `service_due_at` is the end of the service, also when it was missed; a complaint has that of its step.
    """

    number: str
    procedure: str
    edition_id: int
    received_at: datetime | date
    registered_on: date | None
    state: CaseState
    outcome: str
    closed_at: datetime | None
    tasks: Sequence[Task]
    waits: Sequence[Deadline]
    service_due_at: datetime | None
    step_due_at: datetime | None
    late: bool


def look_up_status(services: Services, actor: Actor, number: str, identifier: str) -> CaseStatus | None:
    """The status of the case with this number whose applicant has this IIN or BIN; None when the two do not fit.

    Every look-up is a line of the journal: of the case where it was found, of the office where it was not. `Forbidden`
    for any other role: who may read cases has no use for it.
    """
    actor = require(actor, Right.STATUS)
    asked = number.strip().upper()
    try:
        digits = normalise(identifier)
    except IdentifierError:
        digits = ""
    with services.unit_of_work() as uow:
        case = uow.find(Case, number=asked)
        if case is None or case.identifier != digits:
            uow.note(None, actor, "status_not_told", number=asked[:32], identifier=masked(identifier))
            uow.commit()
            return None
        uow.note(case, actor, "status_told")
        uow.commit()
        tasks, deadlines = uow.cases.tasks(case.id), uow.cases.deadlines(case.id)
        return _status(case, tasks, deadlines, uow.now)


def _status(case: Case, tasks: Sequence[Task], deadlines: Sequence[Deadline], now: datetime) -> CaseStatus:
    tasks = [task for task in tasks if task.is_open]
    terms = [row for row in deadlines if row.kind is DeadlineKind.TERM and row.cancelled_at is None]
    service, step = [row.due_at for row in terms if row.task_id is None], [task.due_at for task in tasks]
    ends = (service if case.state is CaseState.OPEN else []) or [end for end in step if end != NEVER]
    due_at = max(ends, default=None)
    return CaseStatus(
        number=case.number,
        procedure=case.procedure,
        edition_id=case.edition_id,
        received_at=case.came_at,
        registered_on=case.registered_on if case.registered_at else None,
        state=case.state,
        outcome=case.outcome,
        closed_at=case.closed_at,
        tasks=tasks,
        waits=[row for row in deadlines if row.waits and row.kind is DeadlineKind.WAIT and row.engine_id],
        service_due_at=due_at if service else None,
        step_due_at=None if service else due_at,
        late=due_at is not None and due_at < now,
    )
