"""Walks drawings in tests: every step is saved and loaded, so each test is also one of the saved state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from service.domain.steps import Data, OperationCall, Step
from service.engine.definition import Procedure
from service.engine.runner import Runner
from tests.engine.drawing import Drawing

NOW = datetime(2023, 9, 12, 4, 0, tzinfo=UTC)


def days_after(day: str, count: int) -> date:
    return date.fromisoformat(day) + timedelta(days=count)


def closing(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)


FUNCTIONS: dict[str, Callable[..., Any]] = {"days_after": days_after, "closing": closing}


def clock() -> datetime:
    return NOW


def load(drawing: Drawing) -> Procedure:
    return Procedure.load(drawing.files(), drawing.process, functions=FUNCTIONS, clock=clock)


@dataclass
class Walker:
    """One case on a drawing; remembers what the operations were asked."""

    drawing: Drawing
    answers: Mapping[str, Data] = field(default_factory=dict)
    calls: list[OperationCall] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.procedure = load(self.drawing)
        self.runner = Runner(self.procedure)
        self.step = Step(b"", {})

    def call(self, asked: OperationCall) -> Mapping[str, Any]:
        self.calls.append(asked)
        return self.answers.get(asked.operation, {})

    def start(self, **data: Any) -> Walker:
        self.step = self.runner.start(data, self.call)
        return self

    def done(self, element: str, **answers: Any) -> Walker:
        self.step = self.runner.complete(self.step.state, self.task(element), answers, self.call)
        return self

    def fire(self, element: str) -> Walker:
        self.step = self.runner.fire(self.step.state, self.timer(element).id, self.call)
        return self

    def receive(self, message: str, **payload: Any) -> Walker:
        self.step = self.runner.receive(self.step.state, message, payload, self.call)
        return self

    def task(self, element: str) -> str:
        return next(task.id for task in self.step.tasks if task.element == element)

    def timer(self, element: str) -> Any:
        return next(timer for timer in self.step.timers if timer.element == element)

    @property
    def tasks(self) -> list[str]:
        return [task.element for task in self.step.tasks]

    @property
    def timers(self) -> list[str]:
        return [timer.element for timer in self.step.timers]

    @property
    def messages(self) -> list[str]:
        return [message.element for message in self.step.messages]

    @property
    def passed(self) -> list[str]:
        return [one.element for one in self.step.passed]
