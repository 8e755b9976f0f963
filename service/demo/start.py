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
from service.demo.accounts import OFFICERS, PASSWORD
from service.demo.seed import seed
from service.demo.world import World, offered_keys
from service.domain.deadlines import local
from service.once import make_once
from service.program import Program
from service.settings import READY, Settings


def start_demo(settings: Settings, *, fresh: bool, started: float, say: Callable[[str], None]) -> None:
    """Run until the process is ended; the first start makes keys and cases first."""
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
            say("Making the demo's people, keys and cases (once) ...")
            seed(program, world.pki)
            marker.touch()
        introduce(program, world, say, time.monotonic() - started)
        serve(program)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one demo at a time use the folder; the lock ends with the process, however it ends."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise OSError(f"another demo runs in {folder}; end it, or set RUQSAT_INSTANCE to another folder") from taken
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


def introduce(program: Program, world: World, say: Callable[[str], None], seconds: float) -> None:
    """Print the address and who can sign in."""
    say("")
    say(f"Ruqsat is ready after {seconds:.1f} s: {program.settings.address}")
    say(f"The demo's clock shows {local(program.clock.now()):%d.%m.%Y %H:%M}; any page or `ruqsat clock` moves it.")
    say(f"NCALayer of the demo listens on {world.ncalayer.url}; it signs with development keys only.")
    say("")
    say(f"Officers at {program.settings.address}/office, password {PASSWORD}:")
    for account in OFFICERS:
        say(f"  {account.login:13} {account.position['kk']} / {account.position['ru']} / {account.position['en']}")
    say(f"Applicants at {program.settings.address}/cabinet sign in with a key that the page lets you choose.")
    say("")


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one above it."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: left lines hold no port
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + 50}")
