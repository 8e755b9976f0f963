"""The audit on several processors: each process has a program of its own and parts of the cases that are its own.

Nobody waits for the audit as people wait for their pages: these processes let everybody else go first.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection

from service.bootstrap import build
from service.domain.audited import Disagreement
from service.domain.errors import AuditCutShort, RuqsatError
from service.settings import Settings
from service.usecases.audit import Hands, Part, audit_part

MOST = 4
"""Processes at once: more would crowd the database of a program that runs beside them."""
BEHIND = 10
"""How far they stand behind everybody else, as the system counts it."""

CONTEXT = get_context("forkserver")
"""Where processes come from: one that has nothing but the program's modules, which are so loaded once for all."""
CONTEXT.set_forkserver_preload([__name__])

Found = list[Disagreement] | Exception


def processors() -> int:
    """How many processes look through the cases of this machine."""
    return min(len(os.sched_getaffinity(0)), MOST)


def hands(settings: Settings, processes: int) -> Hands | None:
    """So many processes on the same database; None where one alone does it.

    What one of them is refused is raised here, and `AuditCutShort` where one has ended before its work.
    """

    def look(parts: Sequence[Part], files: bool) -> Iterator[Disagreement]:
        with ExitStack() as stack:
            at_once = min(processes, len(parts))
            told = [stack.enter_context(_told(settings, parts[n::at_once], files)) for n in range(at_once)]
            for _part, each in zip(parts, cycle(told), strict=False):
                found = _heard(each)
                if isinstance(found, Exception):
                    raise found
                yield from found

    return look if processes > 1 else None


@contextmanager
def _told(settings: Settings, parts: Sequence[Part], files: bool) -> Iterator[Connection]:
    """What a process finds in these parts, part after part; it is ended with whoever no longer listens.

    An interruption is heard by whoever asked for it alone, who ends it.
    """
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_look, args=(settings, parts, files, there), daemon=True)
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # and so from the first moment of the process on
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, heard)
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.terminate()
        process.join()


def _heard(told: Connection) -> Found:
    try:
        found: Found = told.recv()
    except (EOFError, OSError) as ended:  # OSError in the middle of what it told
        raise AuditCutShort from ended
    return found


def _look(settings: Settings, parts: Sequence[Part], files: bool, told: Connection) -> None:
    """The work of one process."""
    os.nice(BEHIND)
    try:
        program = build(settings)
        for part in parts:
            told.send(list(audit_part(program, part, files)))
    except BrokenPipeError:
        return
    except (RuqsatError, OSError) as wrong:
        told.send(wrong)
