"""The program's processes, started here to be killed: web and worker, or both in one as in `ruqsat run`."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Sequence
from dataclasses import fields, replace
from multiprocessing.connection import Connection
from threading import Event
from typing import Any

import waitress

from service import scheduler
from service.bootstrap import build
from service.program import Chore, Program
from service.settings import Settings
from service.web import create_app
from tests.soak.quick import Remembered, quick

HURRY = 0.2
"""Seconds between two looks of the worker at what is due."""

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.soak.warm"])


def serve_pages(settings: Settings, remembered: Remembered, ready: Connection) -> None:
    """The web process; tells its port once it listens."""
    _serve(_program(settings, remembered), ready)


def serve_and_work(settings: Settings, remembered: Remembered, ready: Connection) -> None:
    """Both in one process; tells its port once it listens."""
    program = _program(settings, remembered)
    scheduler.start(program)
    _serve(program, ready)


def run_worker(settings: Settings, remembered: Remembered, ready: Connection) -> None:
    """The worker process; tells when it begins."""
    program = _program(settings, remembered)
    ready.send(0)
    scheduler.run(program)


def _program(settings: Settings, remembered: Remembered) -> Program:
    logging.disable()
    program = quick(build(settings), remembered)
    return Hurried(**{each.name: getattr(program, each.name) for each in fields(program)})


def _serve(program: Program, ready: Connection) -> None:
    app = create_app(program)
    app.config["RATELIMIT_ENABLED"] = False
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
    ready.send(int(server.effective_port))
    server.run()


class Hurried(Program):
    """The program with every chore done again at once."""

    @property
    def chores(self) -> Sequence[Chore]:
        """The same chores, with hardly a pause."""
        return [replace(chore, seconds=HURRY) for chore in super().chores]


class Mortal:
    """A process that is started again each time that it is killed; `answered` is set when it has answered since."""

    def __init__(self, work: Any, settings: Settings, remembered: Remembered) -> None:
        self._work, self._given = work, (settings, remembered)
        self.answered = Event()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it works."""
        told, tells = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=self._work, args=(*self._given, tells), daemon=True)
        self._process.start()
        tells.close()
        self.answered.clear()
        self._port = int(told.recv())

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def kill(self) -> None:
        """SIGKILL: it can neither finish nor tidy up anything."""
        self._process.kill()
        self._process.join()
