"""Wakes in short steps, fires what is due and sends what waits; no job exists per case, so a restart loses nothing."""

from __future__ import annotations

import logging
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from service.program import Chore, Program

log = logging.getLogger(__name__)


def start(program: Program) -> BaseScheduler:
    """Run beside the web server in one process; `shutdown()` ends it."""
    scheduler = BackgroundScheduler(timezone="UTC")
    _plan(scheduler, program)
    scheduler.start()
    return scheduler


def run(program: Program) -> None:
    """Run alone, until the process is ended (`ruqsat worker`)."""
    scheduler = BlockingScheduler(timezone="UTC")
    _plan(scheduler, program)
    scheduler.start()


def _plan(scheduler: BaseScheduler, program: Program) -> None:
    """Each chore has a job of its own: a gateway that is silent for an hour keeps no deadline from firing."""
    for chore in program.chores:
        act = partial(_do, chore)
        scheduler.add_job(act, "interval", seconds=chore.seconds, id=chore.name, max_instances=1, coalesce=True)


def _do(chore: Chore) -> None:
    try:
        chore.act()
    except Exception:  # a database that is away for a moment must not end the chore
        log.exception("%s could not be done and is tried again", chore.name)
