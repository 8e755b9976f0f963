"""How long a template may fill a document, and in how much memory: a loop without end needs no Python."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time
from types import FrameType
from typing import Any

MOST_SECONDS = 5.0
"""Of the processor; a document of ours is filled in a hundredth of one."""
MOST_MEMORY = 500_000
"""Kilobytes by which the program may grow meanwhile."""
TEMPLATE = "<template>"
"""What Jinja calls the file of a template that it was given as text."""


class TooMuch(RuntimeError):
    """A template takes too long or too much memory."""


@contextmanager
def bounded() -> Iterator[None]:
    """Fill a document in here; `TooMuch` comes at a line of a template when it has taken more than its share.

    What a single line can do to a text is bounded where the templates are read.
    """
    until, most = thread_time() + MOST_SECONDS, _memory() + MOST_MEMORY
    traced = sys.gettrace()

    def called(frame: FrameType, _event: str, _argument: Any) -> Any:
        return at_line if frame.f_code.co_filename == TEMPLATE else None

    def at_line(_frame: FrameType, _event: str, _argument: Any) -> Any:
        if thread_time() > until:
            raise TooMuch("it takes too long")
        if _memory() > most:
            raise TooMuch("it takes too much memory")
        return at_line

    sys.settrace(called)
    try:
        yield
    finally:
        sys.settrace(traced)


def _memory() -> int:
    """The most memory that the program has had so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
