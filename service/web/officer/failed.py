"""A step that failed, in the officer's words: which one, what kind of cause, what to do; nothing technical (L69.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from service.domain.case import Task
from service.domain.errors import OperationFailed, RuqsatError, Unavailable
from service.domain.files import StorageFull
from service.domain.views import CaseView
from service.usecases.failures import Cause, Failure
from service.web.officer.reading import Words
from service.web.officer.words import channel_name

STATUS: Mapping[str, int] = {Cause.PROGRAM: 500}
"""With what a failed step is answered, by its cause; all others pass by themselves or are mended outside: 503."""
FAILED = (OperationFailed, StorageFull, Unavailable)
"""What undoes a step through no fault of the officer."""


@dataclass(frozen=True)
class LastFailure:
    """The last attempt at a task, which failed: when, and why in sentences."""

    at: datetime
    why: Sequence[str]


def status(problem: RuqsatError) -> int:
    """With what a failed step is answered."""
    return STATUS.get(_told(problem)["cause"], 503)


def told(problem: RuqsatError, words: Words) -> list[str]:
    """Why a step failed and that it can be tried again, for the officer who has just taken it."""
    again = _("Nothing of it was saved, and nothing you entered is lost. Try again.")
    return [*why(_told(problem), words), again]


def why(failure: Mapping[str, Any], words: Words) -> list[str]:
    """Which step failed and what kind of cause it was, by what the journal keeps of it."""
    element = str(failure.get("element") or "")
    step = _("This step failed: %(step)s.", step=words.name(element)) if element else ""
    return [text for text in (step, _cause(failure)) if text]


def last_failure(view: CaseView, task: Task, words: Words) -> LastFailure | None:
    """What failed at a task when it was tried last; None where nothing did."""
    lines = [line for line in view.journal if (line.action, line.element) == ("step_failed", task.element)]
    return LastFailure(lines[-1].at, why(lines[-1].details, words)) if task.failure and lines else None


def _told(problem: RuqsatError) -> Mapping[str, Any]:
    return problem.data if "cause" in problem.data else Failure.of(problem).told


def _cause(failure: Mapping[str, Any]) -> str:
    system, number = str(failure.get("system") or ""), str(failure.get("reference") or "")
    error = _("The program has an error here. The administrator finds it by the number %(number)s.", number=number)
    sentences: dict[str, str] = {
        Cause.STORAGE_FULL: _("Our storage is full. What was saved before is safe; the administrator makes room."),
        Cause.DATABASE: _("Our database does not answer just now."),
        Cause.OUTSIDE: _("Another system does not answer just now: %(system)s.", system=channel_name(system)),
        Cause.PROGRAM: error if number else "",
    }
    return sentences.get(str(failure.get("cause") or ""), "")
