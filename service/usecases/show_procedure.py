"""The procedure in words, as analysts and reviewers read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from service.domain.errors import NotFound
from service.engine.definition import Procedure
from service.engine.words import in_words


def show_procedure(files: Mapping[str, bytes], process: str, functions: Mapping[str, Callable[..., Any]]) -> str:
    """The text of `PROCESS.md`: the same diagram always gives the same text."""
    if f"{process}.bpmn" not in files:
        raise NotFound(what=f"{process}.bpmn")
    return in_words(Procedure.load(files, process, functions=functions, clock=lambda: datetime.now(UTC)))
