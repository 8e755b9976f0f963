"""Wakes in short steps, fires what is due and sends what waits; no job exists per case, so a restart loses nothing."""

from __future__ import annotations

import logging

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from service.bootstrap import Program

log = logging.getLogger(__name__)

SECONDS = 2
"""How often the due rows are looked at; a look costs an index lookup, however many cases wait."""


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
    def sweep() -> None:
        try:
            program.sweep()
        except Exception:  # a database that is away for a moment must not end the scheduler
            log.exception("the sweep failed and is repeated")

    scheduler.add_job(sweep, "interval", seconds=SECONDS, max_instances=1, coalesce=True)
