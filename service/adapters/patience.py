"""Patience with the files of strangers: a library reads one for so many seconds of the processor and no longer.

Readers written in Python can be kept busy for hours by a small file: by fields that branch and branch, by a number of
a million digits. What they unfold and how much they take at once is bounded where they are called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import thread_time
from types import FrameType
from typing import Any

MOST_SECONDS = 2.0
"""Of the processor, so that a busy machine refuses nothing; a paper of ours takes a twentieth of one."""
_CALLS_BETWEEN = 200


class OutOfPatience(BaseException):
    """The time is over. No `Exception`: a reader that puts up with every fault of a file would put up with this one."""


@contextmanager
def patience(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Read a file of a stranger in here; OutOfPatience comes at one of the reader's own calls when it takes longer.

    It comes again where it came to nothing, as in what is done with garbage: Python looks no more after a look that
    raised, and is told to.
    """
    until, calls, over = thread_time() + seconds, count(1), False
    profiled, traced = sys.getprofile(), sys.gettrace()

    def look(_frame: FrameType, _event: str, _argument: Any) -> None:
        if next(calls) % _CALLS_BETWEEN == 0 and thread_time() > until and not over:
            sys.settrace(look_again)
            raise OutOfPatience

    def look_again(_frame: FrameType, _event: str, _argument: Any) -> None:
        if not over:
            sys.setprofile(look)

    sys.setprofile(look)
    try:
        yield
    finally:
        over = True  # before anything is called: nothing is raised any more
        sys.settrace(traced)
        sys.setprofile(profiled)
