"""Starts the demo: world, program, cases, pages; says where it is and who can sign in."""

from __future__ import annotations

import fcntl
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from service.bootstrap import STORE_MARK, build, require_fonts, require_own_files
from service.cli.serve import ensure_edition, require_address, serve
from service.cli.settings_text import DEMO
from service.cli.terms_text import text
from service.demo.accounts import OFFICERS, PASSWORD
from service.demo.seed import seed
from service.demo.world import World, offered_keys
from service.domain.deadlines import local
from service.once import make_once
from service.program import Program
from service.settings import READY, Settings, SettingsError

PORTS = 50
"""How many ports are tried, from the one that was asked for."""


def start_demo(settings: Settings, *, fresh: bool, started: float, say: Callable[[str], None], lang: str) -> None:
    """Run until the process is ended; the first start makes keys and cases first. What it says is in this language."""
    settings = settings.as_demo()
    require_address(settings)
    require_fonts()
    marker = settings.instance / READY
    settings = replace(settings, port=free_port(settings.port))
    with only_one(settings.instance), World(begun(settings.instance, fresh or not marker.exists())) as world:
        program = replace(build(world.settings(settings)), demo_keys=offered_keys())
        world.clock = program.clock.now
        require_own_files(program)
        ensure_edition(program)
        if not marker.exists():
            say(text(DEMO, "making", lang))
            seed(program, world.pki)
            marker.touch()
        for line in introduction(program, world, time.monotonic() - started, lang):
            say(line)
        serve(program)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one demo at a time use the folder; the lock ends with the process, however it ends."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise SettingsError("another_demo", folder=folder) from taken
        yield


def begun(folder: Path, anew: bool) -> Path:
    """The demo's folder, emptied when it begins anew: a demo that was cut off while it was made is made again.

    It stays the same store of files, by which a database elsewhere knows it.
    """
    if anew and folder.exists():
        mark = folder / STORE_MARK
        known = mark.read_bytes() if mark.exists() else b""
        shutil.rmtree(folder)
        if known:
            folder.mkdir(mode=0o700)
            mark.parent.mkdir()
            make_once(mark, known)
    return folder


def introduction(program: Program, world: World, seconds: float, lang: str) -> Iterator[str]:
    """The address and who can sign in, line by line."""
    address = program.settings.address
    yield ""
    yield text(DEMO, "ready", lang, seconds=f"{seconds:.1f}", address=address)
    yield text(DEMO, "clock", lang, moment=f"{local(program.clock.now()):%d.%m.%Y %H:%M}")
    yield text(DEMO, "ncalayer", lang, address=world.ncalayer.url)
    yield ""
    yield text(DEMO, "officers", lang, address=address, password=PASSWORD)
    yield from (f"  {account.login:13} {account.position[lang]}" for account in OFFICERS)
    yield text(DEMO, "applicants", lang, address=address)
    yield ""


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one above it."""
    for port in range(wanted, wanted + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: left lines hold no port
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SettingsError("no_free_port", first=wanted, last=wanted + PORTS - 1)
