"""`ruqsat demo` and `ruqsat clock`."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import click

from service.cli.common import program, told
from service.domain.deadlines import ZONE, local
from service.settings import from_environment


@click.command()
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--fresh", is_flag=True, help="Forget the demo's cases and begin anew.")
def demo(port: int | None, fresh: bool) -> None:
    """Start the demo: the program, its scheduler and the outside world in miniature, on loopback only."""
    from service.demo.start import start_demo

    started = time.monotonic()
    with told():
        settings = from_environment()
        settings = replace(settings, port=port or settings.port)
        start_demo(settings, fresh=fresh, started=started, say=click.echo)


@click.command()
@click.option("--to", help="Local time such as 2026-04-21T10:00.")
@click.option("--hours", type=float, help="Move forward by so many hours.")
@click.option("--next-opening", is_flag=True, help="Move to the start of the next working day.")
def clock(to: str | None, hours: float | None, next_opening: bool) -> None:
    """Show the demo's clock, or move it forward; everything due by then happens, each thing at its own time."""
    ready = program(env="demo")
    now = ready.clock.now()
    target = now
    if to is not None:
        try:
            moment = datetime.fromisoformat(to)
        except ValueError as wrong:
            raise click.UsageError(f"--to: {to} is not a time such as 2026-04-21T10:00") from wrong
        target = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    elif hours is not None:
        target = now + timedelta(hours=hours)
    elif next_opening:
        target = ready.next_opening(now)
    if target < now:
        raise click.UsageError("the clock moves forward only")
    if target > now:
        with told():
            ready.move_clock(target, send=False)
    click.echo(f"{local(ready.clock.now()):%Y-%m-%d %H:%M:%S} Asia/Almaty")
