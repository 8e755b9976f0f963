"""Wakes in short steps, fires what is due and sends what waits; no job exists per case, so a restart loses nothing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import partial
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from service.program import Chore, Program

log = logging.getLogger(__name__)
LONGEST_WAIT = 5
"""Seconds after which the clock is looked at again in any case."""


class Steady(BaseScheduler):  # type: ignore[misc]  # the library has no types
    """A scheduler that goes on when the machine's clock steps back: no chore waits until it is where it was."""

    _looked = datetime.min.replace(tzinfo=UTC)

    def _process_jobs(self) -> Any:
        now, before = datetime.now(UTC), self._looked
        self._looked = now
        if now < before:
            log.warning("the machine's clock has stepped back by %s", before - now)
            for job in self.get_jobs():
                job.modify(next_run_time=now)
        wait = super()._process_jobs()
        return None if wait is None else min(wait, LONGEST_WAIT)


class SteadyBackground(Steady, BackgroundScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Beside the web server."""


class SteadyBlocking(Steady, BlockingScheduler):  # type: ignore[misc]  # as above
    """Alone."""


def start(program: Program) -> BaseScheduler:
    """Run beside the web server in one process; `shutdown()` ends it."""
    scheduler = SteadyBackground(timezone="UTC")
    _plan(scheduler, program)
    scheduler.start()
    return scheduler


def run(program: Program) -> None:
    """Run alone, until the process is ended (`ruqsat worker`)."""
    scheduler = SteadyBlocking(timezone="UTC")
    _plan(scheduler, program)
    scheduler.start()


def _plan(scheduler: BaseScheduler, program: Program) -> None:
    """Each chore has a job of its own: a gateway that is silent for an hour keeps no deadline from firing."""
    for chore in program.chores:
        act = partial(_do, chore)
        scheduler.add_job(act, "interval", seconds=chore.seconds, id=chore.name, max_instances=1, coalesce=True)


def _do(chore: Chore) -> None:
    try:
        chore.do()
    except Exception:  # a database that is away for a moment must not end the chore
        log.exception("%s could not be done and is tried again", chore.name)
