"""How a decision in one case reaches another in the same transaction: reopening, giving an outcome (L100.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from service.domain.calendar import WorkCalendar
from service.domain.case import Case, CaseState
from service.domain.deadlines import local, registered_on
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.steps import Data


class Mover(Protocol):
    """Moves one case."""

    def start(self, data: Data) -> None:
        """Walk from the start of its procedure to the first resting place."""
        ...

    def end(self, ending: str) -> None:
        """End the case with what still runs in it."""
        ...


class CasesReached:
    """The cases that a step may reach beside its own, inside its unit of work."""

    def __init__(self, uow: UnitOfWork, calendar: WorkCalendar, actor: Actor, mover: Callable[[Case], Mover]) -> None:
        self.uow, self.calendar, self.actor, self.mover = uow, calendar, actor, mover

    def reopen(self, case_id: int, data: Data, basis: str, contested: str = "") -> bool:
        """Take a closed case up again on the edition of its registration; its terms count from the day of reopening.

        What comes after working hours is taken up on the next working day (L76.1, D24). `contested` is what was
        contested, by which the diagram knows where to go on. False where the case is open already.
        """
        case = self._locked(case_id)
        if case.state is CaseState.OPEN:
            return False
        before = case.outcome
        case.reopen(registered_on(self.calendar, self.uow.now))
        reopened_on = case.counted_from.isoformat()
        details = {name: value for name, value in data.items() if value}
        details |= {"before": before, "reopened_on": reopened_on}
        self.uow.note(case, self.actor, "case_reopened", basis=basis, **details)
        begun = {
            "received_on": local(case.received_at).date().isoformat(),
            "registered_on": reopened_on,
            "applicant_kind": case.applicant_kind.value,
            "signature": "valid",
            "reopened": True,
            "contested": contested,
        }
        self.mover(case).start(begun)
        return True

    def conclude(self, case_id: int, outcome: str, basis: str) -> None:
        """Give a case its outcome; its open tasks and running terms end with it."""
        case = self._locked(case_id)
        self.uow.note(case, self.actor, "outcome_given", outcome=outcome, basis=basis, before=case.outcome)
        self.mover(case).end(f"end_{outcome}")

    def _locked(self, case_id: int) -> Case:
        """The case as this step has left it: the lock reads its row anew, so that what was changed is written first."""
        self.uow.flush()
        return self.uow.cases.lock(case_id)
