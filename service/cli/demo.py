"""`ruqsat demo` and `ruqsat clock`."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import click

from service.cli.common import program, told
from service.cli.reports import CLOCK
from service.cli.speech import spoken
from service.cli.terms_text import text
from service.domain.deadlines import ZONE, local
from service.domain.worktime import offset_name
from service.settings import from_environment


@click.command()
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--fresh", is_flag=True, help="Forget the demo's cases and begin anew.")
@spoken
def demo(port: int | None, fresh: bool, lang: str) -> None:
    """Start the demo: the program, its scheduler and the outside world in miniature, on loopback only."""
    from service.demo.start import start_demo

    started = time.monotonic()
    with told(lang):
        settings = from_environment()
        settings = replace(settings, port=port or settings.port)
        start_demo(settings, fresh=fresh, started=started, say=click.echo, lang=lang)


@click.command()
@click.option("--to", help="Local time such as 2026-04-21T10:00.")
@click.option("--hours", type=float, help="Move forward by so many hours.")
@click.option("--next-opening", is_flag=True, help="Move to the start of the next working day.")
@spoken
def clock(to: str | None, hours: float | None, next_opening: bool, lang: str) -> None:
    """Show the demo's clock, or move it forward; everything due by then happens, each thing at its own time."""
    ready = program(demo=True)
    now = ready.clock.now()
    target = now
    if to is not None:
        target = _moment(to, lang)
    elif hours is not None:
        target = _later(now, hours, lang)
    elif next_opening:
        target = ready.next_opening(now)
    if target < now:
        raise click.UsageError(text(CLOCK, "backwards", lang, time=_written(now)))
    if target > now:
        with told(lang):
            ready.move_clock(target, send=False)
    now = ready.clock.now()
    click.echo(text(CLOCK, "now", lang, time=_written(now), zone=offset_name(now)))


def _moment(told_time: str, lang: str) -> datetime:
    try:
        moment = datetime.fromisoformat(told_time)
    except ValueError as wrong:
        raise click.UsageError(text(CLOCK, "not_a_time", lang, value=told_time)) from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _later(now: datetime, hours: float, lang: str) -> datetime:
    try:
        return now + timedelta(hours=hours)
    except (OverflowError, ValueError) as wrong:
        raise click.UsageError(text(CLOCK, "not_a_number", lang, value=hours)) from wrong


def _written(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M:%S}"
