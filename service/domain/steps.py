"""What the engine answers: where a case rests after a step, and what it asks of the operations on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Data = dict[str, Any]
"""Process data: JSON values only; decisions and references, never papers."""


@dataclass(frozen=True)
class OperationCall:
    """A service task asks for an operation: its name, its parameters and the element the case came from."""

    operation: str
    element: str
    parameters: Mapping[str, Any]
    origin: str


CallOperation = Callable[[OperationCall], Mapping[str, Any]]
"""Does what the service task asks; what it returns is merged into the process data."""


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for a person of its lane."""

    id: str
    element: str


@dataclass(frozen=True)
class WaitingTimer:
    """A timer that waits; `attached_to` is the element on whose edge it stands, `task_id` that element's open task."""

    id: str
    element: str
    due_at: datetime
    attached_to: str | None = None
    task_id: str | None = None


@dataclass(frozen=True)
class WaitingMessage:
    """A message event that waits: the message's name and the element that catches it."""

    id: str
    element: str
    message: str


@dataclass(frozen=True)
class Passed:
    """An element that the case has passed in this step, in order: its id and its kind in BPMN's words."""

    element: str
    kind: str


@dataclass(frozen=True)
class Step:
    """A case at rest: the saved state, its data, everything it waits for, what it passed and whether it has ended."""

    state: bytes
    data: Data
    tasks: tuple[OpenTask, ...] = ()
    timers: tuple[WaitingTimer, ...] = ()
    messages: tuple[WaitingMessage, ...] = ()
    passed: tuple[Passed, ...] = ()
    endings: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True)
class Element:
    """One element of a diagram as the catalogue tells it."""

    id: str
    kind: str
    names: Mapping[str, str]
    law: tuple[str, ...] = ()
    lane: str = ""
    form: str = ""
    document: str = ""
    operation: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    expression: str = ""
    attached_to: str = ""
    interrupting: bool = True
    message: str = ""
    flows_to: tuple[str, ...] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    within: str = ""

    @property
    def kept_when(self) -> str:
        """The expression of a term that is kept, though its task is open, where this holds at its end."""
        return self.properties.get("kept_when", "")
