"""Timers that become due only by our word: the row in the deadline table is the legal deadline, not a clock.

When a case reaches a timer, its expression is computed once and kept with the case; from then on nothing but `fire`
lets it pass, and nothing but `move_timer` changes it. A date means the closing of that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.task import Task

from service.engine.errors import ExpressionFailed
from service.engine.expressions import Expression, ExpressionError

DUE = "due"
FIRED = "event_fired"


class DueDate(TimerEventDefinition):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A timer that keeps the due time it was given when it was reached and waits to be fired."""

    def __init__(self, element: str) -> None:
        super().__init__(element, "")

    def has_fired(self, my_task: Task) -> bool:
        """Whether our word has come; the first look computes the due time."""
        if DUE not in my_task.internal_data:
            my_task.internal_data[DUE] = my_task.workflow.script_engine.due(self.name)
        return bool(my_task.internal_data.get(FIRED, False))


def due_time(element: str, expression: Expression, data: Mapping[str, Any], functions: Mapping[str, Any]) -> datetime:
    """The instant, in UTC, that this timer's expression gives. ExpressionFailed if it gives no date and no instant."""
    try:
        answer = expression.evaluate(data, functions)
        return instant_of(answer, functions)
    except ExpressionError as wrong:
        raise ExpressionFailed(element=element, expression=expression.text, reason=str(wrong)) from wrong


def instant_of(answer: Any, functions: Mapping[str, Any]) -> datetime:
    """The answer as an instant in UTC: an instant with its offset, or the closing of a day."""
    if isinstance(answer, str):
        answer = _read(answer)
    if isinstance(answer, datetime):
        if answer.utcoffset() is None:
            raise ExpressionError("time_without_offset", 1, answer.isoformat())
        try:
            return answer.astimezone(UTC)
        except OverflowError:
            raise ExpressionError("not_a_date", 1, answer.isoformat()) from None
    if not isinstance(answer, date):
        raise ExpressionError("not_a_date", 1, repr(answer)[:80])
    if "closing" not in functions:
        raise ExpressionError("unknown_function", 1, "closing")
    return instant_of(functions["closing"](answer), {})


def _read(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
    except ValueError:
        raise ExpressionError("not_a_date", 1, repr(text)[:80]) from None
