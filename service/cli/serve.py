"""`ruqsat run` and `ruqsat worker`."""

from __future__ import annotations

import errno
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from functools import partial
from types import FrameType
from typing import Any

import click
import waitress
from waitress.adjustments import Adjustments

from service import scheduler
from service.bootstrap import SERVER_THREADS, require_fonts, require_own_clock, require_own_files
from service.cli.common import program, told
from service.cli.settings_text import SERVING
from service.cli.speech import spoken
from service.cli.terms_text import text
from service.program import Program
from service.settings import Settings, SettingsError, address_of, of_commands, variable
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.people import ADMINISTRATOR
from service.web import create_app
from service.web.oversize import MOST_READ


def settings_help() -> str:
    """Every setting with its sentence, for `--help`."""
    rows = [f"{variable(setting.name)}: {setting.metadata['help']}" for setting in fields(Settings)]
    return "Settings come from the environment:\n\n\b\n" + "\n".join(rows)


@click.command(help="Web server and scheduler in one process.\n\n" + settings_help())
@click.option("--host", help="Address to listen on (RUQSAT_HOST).")
@click.option("--port", type=int, help="Port to listen on (RUQSAT_PORT).")
@click.option("--without-scheduler", is_flag=True, help="Pages only; `ruqsat worker` does the rest.")
@spoken
def run(host: str | None, port: int | None, without_scheduler: bool, lang: str) -> None:
    """Serve until the process is ended."""
    overrides: dict[str, Any] = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    with told(lang):
        require_address(of_commands(**overrides))
        require_fonts()
    ready = program(**overrides)
    with told(lang):
        require_own_clock(ready)
        require_own_files(ready)
        ensure_edition(ready)
        says = partial(text, SERVING, "run_pages" if without_scheduler else "run", lang)
        serve(ready, with_scheduler=not without_scheduler, says=says)


@click.command(help="The scheduler alone: fires deadlines and sends the outbox.\n\n" + settings_help())
@spoken
def worker(lang: str) -> None:
    """Run until the process is ended."""
    with told(lang):
        require_fonts()
    ready = program()
    with told(lang):
        require_own_clock(ready)
        require_own_files(ready)
    report(ready.settings)
    end_quietly()
    _say(text(SERVING, "worker", lang))
    scheduler.run(ready)


def _say(line: str) -> None:
    with suppress(OSError):  # a full disk that takes no word keeps no term from ending
        click.echo(line)


def ensure_edition(ready: Program) -> None:
    """A fresh database gets the edition of the folder; later ones come by `ruqsat deploy`."""
    if ready.queries.newest_edition() is None:
        files = collect(ready.settings.processes, ready.settings.forms)
        deploy_edition(ready, files, ADMINISTRATOR)


def serve(ready: Program, *, with_scheduler: bool = True, says: Callable[..., str] | None = None) -> None:
    """Serve the pages until the process is ended; once they can be asked for, `says` makes a line of their address."""
    report(ready.settings)
    end_quietly()
    app = create_app(ready)
    running = scheduler.start(ready) if with_scheduler else None
    try:
        server = waitress.create_server(app, **server_options(ready.settings))
        if says:
            port = getattr(server, "effective_port", ready.settings.port)  # many sockets share the one named
            _say(says(address=address_of(ready.settings.host, port)))
        server.run()
    except OSError as wrong:
        raise _named(wrong, ready.settings) from wrong
    finally:
        if running is not None:
            running.shutdown(wait=False)


def require_address(settings: Settings) -> None:
    """Refuse a host that leads nowhere, before anything starts; `SettingsError`."""
    try:
        Adjustments(host=settings.host, port=settings.port)
    except ValueError as wrong:
        raise SettingsError("no_host", value=settings.host) from wrong


def _named(wrong: OSError, settings: Settings) -> Exception:
    """Which setting the system does not take to listen on; any other fault as it is."""
    if wrong.errno == errno.EADDRINUSE:
        return SettingsError("port_taken", port=settings.port)
    if wrong.errno == errno.EADDRNOTAVAIL:
        return SettingsError("host_of_another", value=settings.host)
    if wrong.errno == errno.EACCES:
        return SettingsError("port_forbidden", port=settings.port)
    return wrong


MOST_CONNECTIONS = 800
"""Open at once: who opens a hundred and says nothing keeps nobody out. Below the thousand that a process may have."""
PATIENCE_SECONDS = 60
"""How long a connection may say nothing before it is closed."""


def server_options(settings: Settings) -> dict[str, Any]:
    """How the web server listens; only the proxy that is named may say for whom it asks.

    What is longer than any request that a page reads is refused before it fills the disk on which it would wait.
    """
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "threads": SERVER_THREADS,
        "connection_limit": MOST_CONNECTIONS,
        "asyncore_use_poll": True,
        "channel_timeout": PATIENCE_SECONDS,
        "cleanup_interval": PATIENCE_SECONDS // 4,
        "max_request_body_size": MOST_READ,
    }
    if settings.trusted_proxy:
        headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
        options |= {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": headers}
    return options | {"clear_untrusted_proxy_headers": True}


def report(settings: Settings) -> None:
    """Write to the standard error what is wrong, and in production also what the program reports of its own work."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("service").setLevel(logging.INFO if settings.production else logging.WARNING)


def end_quietly() -> None:
    """Ctrl+C and the end that a supervisor asks for are the ordinary way to end a server, not a failure."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, _leave)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """What has begun is brought to its end; who asks once more does not wait for that, and nothing is lost by it."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda _signal, _frame: os._exit(0))
    raise SystemExit(0)
