"""Walks the real drawings day by day, with operations that only answer; for the tables of paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from service.calendar_file import load_calendar
from service.domain.deadlines import local
from service.domain.steps import OperationCall, Step
from service.domain.timers import diagram_functions
from service.engine.definition import Procedure
from service.engine.runner import Runner

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
FORMS = PROCESSES.parent / "forms"
FUNCTIONS = diagram_functions(load_calendar(PROCESSES / "calendar" / "kz.csv"))


@cache
def procedure(process: str) -> Procedure:
    """A procedure of the folder, read once."""
    files = {f"{process}.bpmn": (PROCESSES / f"{process}.bpmn").read_bytes()}
    return Procedure.load(files, process, functions=FUNCTIONS, clock=lambda: datetime(2023, 9, 12, 5, tzinfo=UTC))


PROCEDURE = procedure("permit")
REGISTERED = "2023-09-12"
"""A Tuesday with three working days, a weekend and two more after it (D25)."""

OF_ANOTHER = "15-18"
"""The number under which the reviewing body registers a complaint against the permit of somebody else."""


@dataclass(frozen=True)
class Day:
    """The next acts happen on this day."""

    day: str


@dataclass(frozen=True)
class Does:
    """A person does the task with these answers."""

    task: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Comes:
    """The day of this timer comes."""

    timer: str


@dataclass(frozen=True)
class Receives:
    """A message comes."""

    message: str
    payload: Mapping[str, Any] = field(default_factory=dict)


Act = Day | Does | Comes | Receives


class Walk:
    """One case on the drawing; keeps what was asked of the operations and which terms began to run."""

    def __init__(self, process: str = "permit", **begins: Any) -> None:
        self.runner = Runner(procedure(process))
        self.today = REGISTERED
        self.calls: list[OperationCall] = []
        self.terms: dict[str, str] = {}
        self.passed: set[str] = set()
        self.endings: list[str] = []
        self.given: dict[str, Mapping[str, Any]] = {}
        self.heard: Sequence[str] | None = None
        data = {
            "received_on": REGISTERED, "registered_on": REGISTERED,
            "applicant_kind": "company", "signature": "valid", **begins,
        }  # fmt: skip
        self.step = self._after(self.runner.start(data, self._answer))

    def act(self, *acts: Act) -> Walk:
        """Do these acts one after another."""
        for one in acts:
            match one:
                case Day(day):
                    self.today = day
                case Does(task, answers):
                    self.given[task] = answers
                    step = self.runner.complete(self.step.state, self._task(task), dict(answers), self._answer)
                    self.step = self._after(step)
                case Comes(timer):
                    self.step = self._after(self.runner.fire(self.step.state, self._timer(timer), self._answer))
                case Receives(message, payload):
                    step = self.runner.receive(self.step.state, message, dict(payload), self._answer)
                    self.step = self._after(step)
        return self

    @property
    def tasks(self) -> list[str]:
        """The tasks that wait for a person."""
        return [task.element for task in self.step.tasks]

    @property
    def timers(self) -> list[str]:
        """The timers that wait."""
        return [timer.element for timer in self.step.timers]

    @property
    def messages(self) -> set[str]:
        """The messages that would be caught."""
        return {message.message for message in self.step.messages}

    @property
    def operations(self) -> list[str]:
        """The operations asked so far, in order; a result with what it says."""
        return [
            f"{call.operation} {call.parameters['outcome']}" if "outcome" in call.parameters else call.operation
            for call in self.calls
        ]

    def told(self) -> list[tuple[str, str]]:
        """What the head was told: which service task told it, and the term that it came from."""
        return [(call.element, call.origin) for call in self.calls if call.operation == "escalation.tell_head"]

    def _needs_another_hearing(self) -> bool:
        """Whether the grounds found now were not heard, or were answered in the applicant's favour (R8.1, R8.4)."""
        grounds = self.given.get("task_examine", {}).get("grounds", [])
        granted = self.given.get("task_hold_hearing", {}).get("outcome") == "grant"
        return bool(grounds) and self.heard is not None and (granted or not set(grounds) <= set(self.heard))

    def _heard_at_review(self) -> Mapping[str, bool]:
        """Who was heard: before a permit is taken its holder, otherwise the person who complained (L73.1)."""
        outcome = self.given.get("task_consider_complaint", {}).get("outcome")
        return {"holder_heard" if outcome in ("cancel", "adopt", "send_back") else "review_heard": True}

    def _task(self, element: str) -> str:
        assert self.tasks == [element], f"{element} is not the one open task but {self.tasks}"
        return self.step.tasks[0].id

    def _timer(self, element: str) -> str:
        found = [timer.id for timer in self.step.timers if timer.element == element]
        assert found, f"{element} does not wait, but {self.timers}"
        return found[0]

    def _after(self, step: Step) -> Step:
        for timer in step.timers:
            self.terms[timer.element] = f"{local(timer.due_at):%m-%d %H:%M}"
        self.passed |= {one.element for one in step.passed} | {task.element for task in step.tasks}
        self.passed |= {timer.element for timer in step.timers} | {message.element for message in step.messages}
        self.endings += step.endings
        return step

    def _answer(self, call: OperationCall) -> Mapping[str, Any]:
        self.calls.append(call)
        if call.operation in ("hearings.send_invitation", "hearings.record_exemption"):
            self.heard = self.given["task_examine"]["grounds"]
        answers: Mapping[str, Mapping[str, Any]] = {
            "documents.check_application": {"documents_complete": True},
            "intake.record_completeness": {"completeness_on": self.today},
            "intake.note_reopening": {} if call.parameters.get("contested") else {"completeness_on": self.today},
            "hearings.send_invitation": {"notified_on": self.today},
            "hearings.record_exemption": {"hearing_settled": True},
            "hearings.record_outcome": {"hearing_settled": True},
            "decisions.record_conclusion": {"hearing_settled": False} if self._needs_another_hearing() else {},
            "decisions.issue_permit": {"permit_number": "KZ-2023-000001"},
            "appeals.forward": {"forwarded_on": self.today},
            "appeals.register_review": {
                "review_registered_on": self.today,
                "holder_concerned": self.given.get("task_register_review", {}).get("review_number") == OF_ANOTHER,
            },
            "appeals.send_review_invitation": {"notified_on": self.today},
            "appeals.record_review_hearing": self._heard_at_review(),
        }
        return answers.get(call.operation, {})
