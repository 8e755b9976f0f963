"""What a service task of a diagram can call. The docstring of an operation is read by analysts."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib import import_module
from typing import Any, Protocol

from service.domain.calendar import WorkCalendar
from service.domain.case import Case, Task, latest_answers
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, SignatureRecord
from service.domain.errors import OperationFailed, RuqsatError
from service.domain.operations import OperationSignature
from service.domain.people import SYSTEM, Actor
from service.domain.ports import UnitOfWork
from service.domain.steps import CallOperation, Data, OperationCall

MODULES = ("appeals", "decisions", "documents", "escalation", "gateway", "hearings", "intake", "notices", "register")


@dataclass(frozen=True)
class SignedPaper:
    """A document that has been signed: what it is and says, the signed file, and the evidence of the signature.

    `signatures` is how many it bears.
    """

    kind: str
    number: str
    code: str
    content: dict[str, Any]
    sha256: str
    evidence: SignatureRecord
    signatures: int = 1


class OtherCases(Protocol):
    """How a step of one case reaches another, in the same transaction (L100.1)."""

    def reopen(self, case_id: int, data: Data, basis: str, contested: str = "") -> bool:
        """Take a closed case up again with new terms counted from today; False where it is open already."""
        ...

    def conclude(self, case_id: int, outcome: str, basis: str) -> None:
        """Give a case its outcome by a decision taken elsewhere; what still runs in it ends."""
        ...


@dataclass(frozen=True)
class Work:
    """What an operation may use: the unit of work, the calendar, who acts, and where on the diagram the case is.

    `terms` are the functions that count terms, `periods` the terms of the case's edition that no drawing shows (O1),
    `issued` the papers that this step has issued, `kept` that the term from which this comes was not missed.
    """

    uow: UnitOfWork
    calendar: WorkCalendar
    actor: Actor
    terms: Mapping[str, Any]
    periods: Mapping[str, int]
    tasks: Sequence[Task] = ()
    signed: SignedPaper | None = None
    element: str = ""
    origin: str = ""
    others: OtherCases | None = None
    kept: bool = False
    issued: list[IssuedDocument] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The instant of this unit of work."""
        return self.uow.now

    @property
    def today(self) -> date:
        """The local day of this unit of work."""
        return local(self.now).date()

    def answers(self, element: str) -> Mapping[str, Any]:
        """The latest answers that were given at a user task."""
        return latest_answers(self.tasks, element)

    def note(self, case: Case, action: str, /, **details: Any) -> None:
        """Append a line about this element to the journal."""
        self.uow.note(case, self.actor, action, self.element, **details)

    def note_own(self, case: Case, action: str, /, **details: Any) -> None:
        """Append a line about what the program did by itself, after whosever act it was."""
        self.uow.note(case, SYSTEM, action, self.element, **details)

    def reopen(self, case_id: int, data: Data, basis: str, contested: str = "") -> bool:
        """Take another case up again: its terms count anew from today, its old rows stay (L100.1)."""
        return self._others.reopen(case_id, data, basis, contested)

    def conclude(self, case_id: int, outcome: str, basis: str) -> None:
        """Give another case its outcome by the decision of this one (L100.1)."""
        self._others.conclude(case_id, outcome, basis)

    @property
    def _others(self) -> OtherCases:
        if self.others is None:
            raise RuqsatError(problem="no_other_cases", element=self.element)
        return self.others


Operation = Callable[..., Mapping[str, Any] | None]
_operations: dict[str, tuple[Operation, OperationSignature]] = {}


def operation(*, returns: Sequence[str] = ()) -> Callable[[Operation], Operation]:
    """Offer a function to the diagrams under `module.function`; its keyword arguments are its parameters.

    `returns` names what it adds to the process data, so that the check of a diagram knows every name.
    """

    def register(function: Operation) -> Operation:
        parameters = [p for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY]
        signature = OperationSignature(
            name=f"{function.__module__.removeprefix(f'{__name__}.').split('.')[0]}.{function.__name__}",
            required=frozenset(p.name for p in parameters if p.default is p.empty),
            optional=frozenset(p.name for p in parameters if p.default is not p.empty),
            returns=tuple(returns),
            summary=inspect.getdoc(function) or "",
        )
        _operations[signature.name] = (function, signature)
        return function

    return register


def catalogue() -> Mapping[str, OperationSignature]:
    """Every operation by the name that a diagram uses."""
    for module in MODULES:
        import_module(f"{__name__}.{module}")
    return {name: signature for name, (_, signature) in sorted(_operations.items())}


def bind(work: Work, case: Case) -> CallOperation:
    """The operations as the engine calls them, bound to one unit of work and one case.

    What one of them raises names the element of this case, also where it has moved another one; a failure of the
    program becomes `OperationFailed` with its cause.
    """
    catalogue()

    def call(asked: OperationCall) -> Mapping[str, Any]:
        found = _operations.get(asked.operation)
        if found is None:
            raise RuqsatError(operation=asked.operation, element=asked.element)
        here = replace(work, element=asked.element, origin=asked.origin)
        try:
            return found[0](here, case, **asked.parameters) or {}
        except RuqsatError as answer:
            answer.data["element"] = asked.element
            raise
        except Exception as fault:
            raise OperationFailed(element=asked.element) from fault

    return call
