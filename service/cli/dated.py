"""`ruqsat setting`: what holds from a day on, and announced breaks of the portal (R2.2, A1.8.1, A1.8.2, D10, D11)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from service.cli.calendar_load import LANG, moved_lines
from service.cli.common import program, told
from service.domain.dated import HOURS, SETTINGS, WORKING_HOURS, DatedSetting, PortalBreak
from service.domain.worktime import ZONE, local
from service.usecases.dated_settings import announce_break, change_setting, preview_setting, withdraw_break
from service.usecases.people import ADMINISTRATOR

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])


@click.group()
def setting() -> None:
    """What holds from a day on: the provider's name and details, the reviewing body, working hours, breaks."""


@setting.command("list")
def list_all() -> None:
    """Every value that was entered: from which day, what, by whom, on which basis; then the announced breaks."""
    with told(), program().reading() as uow:
        for row in uow.list(DatedSetting):
            value = "; ".join(f"{key} {text}" for key, text in row.value.items())
            click.echo(f"{row.valid_from}  {row.name}  {value}  [{row.basis}]  {row.entered_by}")
        for known in uow.list(PortalBreak):
            state = "withdrawn" if known.withdrawn_at else "announced"
            span = f"{local(known.starts_at):%Y-%m-%d %H:%M} - {local(known.ends_at):%Y-%m-%d %H:%M}"
            click.echo(f"break {known.id}  {span}  {known.reason['kk']}  {state} by {known.announced_by}")


@setting.command("set")
@click.argument("name", type=click.Choice([name for name in SETTINGS if name != WORKING_HOURS]))
@click.option("--from", "since", type=DAY, required=True, help="The first day, YYYY-MM-DD.")
@click.option("--kk", required=True, help="The text in Kazakh.")
@click.option("--ru", required=True, help="The text in Russian.")
@click.option("--en", required=True, help="The text in English.")
@click.option("--basis", required=True, help="The act: its number and date.")
def set_text(name: str, since: datetime, kk: str, ru: str, en: str, basis: str) -> None:
    """Enter a text that documents of that day and later bear; those issued before stay as they are."""
    with told():
        change_setting(program(), name, since.date(), {"kk": kk, "ru": ru, "en": en}, basis, ADMINISTRATOR)
    click.echo(f"{name}: from {since:%Y-%m-%d}")


@setting.command()
@click.option("--from", "since", type=DAY, required=True, help="The first day, YYYY-MM-DD.")
@click.option("--opens", required=True, help="HH:MM")
@click.option("--closes", required=True, help="HH:MM")
@click.option("--break-from", required=True, help="HH:MM")
@click.option("--break-until", required=True, help="HH:MM")
@click.option("--basis", required=True, help="The act: its number and date.")
@click.option("--apply", "carry_out", is_flag=True, help="Enter it without asking.")
@LANG
def hours(since: datetime, basis: str, lang: str, carry_out: bool, **told_hours: str) -> int:
    """Working hours from a day on: shows which open deadlines they move, then moves them."""
    value: Mapping[str, Any] = {name: told_hours[name] for name in HOURS}
    with told():
        ready = program()
        found = preview_setting(ready, WORKING_HOURS, since.date(), value, basis)
        for line in moved_lines(ready, found, lang):
            click.echo(line)
        if not carry_out and not (sys.stdin.isatty() and click.confirm("Enter these hours?")):
            click.echo("Nothing was changed; --apply carries it out.")
            return 0
        change_setting(ready, WORKING_HOURS, since.date(), value, basis, ADMINISTRATOR)
    click.echo(f"{WORKING_HOURS}: from {since:%Y-%m-%d}, deadlines moved: {len(found)}")
    return 0


@setting.command("break")
@click.option("--from", "starts", type=MOMENT, required=True, help='Local time: "2026-01-10 22:00".')
@click.option("--until", "ends", type=MOMENT, required=True, help='Local time: "2026-01-11 02:00".')
@click.option("--kk", required=True, help="Why, in Kazakh.")
@click.option("--ru", required=True, help="Why, in Russian.")
@click.option("--en", required=True, help="Why, in English.")
def announce(starts: datetime, ends: datetime, kk: str, ru: str, en: str) -> None:
    """Announce a technical break of the portal; public pages and cabinet show it until it is over."""
    begins, over = starts.replace(tzinfo=ZONE), ends.replace(tzinfo=ZONE)
    with told():
        row = announce_break(program(), begins, over, {"kk": kk, "ru": ru, "en": en}, ADMINISTRATOR)
    click.echo(f"break {row.id}: {begins:%Y-%m-%d %H:%M} - {over:%Y-%m-%d %H:%M}")


@setting.command()
@click.argument("number", type=int)
def withdraw(number: int) -> None:
    """Take back an announced break that has not begun."""
    with told():
        withdraw_break(program(), number, ADMINISTRATOR)
    click.echo(f"break {number}: withdrawn")
