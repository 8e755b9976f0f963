"""`ruqsat setting`: what holds from a day on, and announced breaks of the portal (R2.2, A1.8.1, A1.8.2, D10, D11)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import click

from service.cli.calendar_load import moved_lines
from service.cli.common import program, told
from service.cli.reports import SETTINGS as SAID
from service.cli.speech import spoken
from service.cli.terms_text import LOADING, text
from service.domain.case import PERMIT
from service.domain.dated import HOURS, SETTINGS, WORKING_HOURS, DatedSetting, PortalBreak, hours_as_told, row_on
from service.domain.errors import NotFound
from service.domain.ports import UnitOfWork
from service.domain.worktime import ZONE, local
from service.program import Program
from service.usecases.dated_settings import announce_break, change_setting, preview_setting, withdraw_break
from service.usecases.people import ADMINISTRATOR

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])


@click.group()
def setting() -> None:
    """What holds from a day on: the provider's name and details, the reviewing body, working hours, breaks."""


@setting.command("list")
@spoken
def list_all(lang: str) -> None:
    """Every setting with its value of today and since when; then all that was entered, and the breaks."""
    with told(lang):
        ready = program()
        with ready.reading() as uow:
            for line in _present(ready, uow, lang):
                click.echo(line)
            rows = uow.list(DatedSetting)
            click.echo(text(SAID, "entered" if rows else "nothing_entered", lang))
            for row in rows:
                name = text(SAID, row.name, lang)
                click.echo(f"  {row.valid_from}  {name}: {_value(row.value, lang)}  [{row.basis}]  {row.entered_by}")
            for known in uow.list(PortalBreak):
                facts = {"number": known.id, "span": _span(known.starts_at, known.ends_at), "by": known.announced_by}
                state = f" ({text(SAID, 'withdrawn', lang)})" if known.withdrawn_at else ""
                click.echo(text(SAID, "break", lang, reason=known.reason.get(lang, ""), **facts) + state)


def _present(ready: Program, uow: UnitOfWork, lang: str) -> Iterator[str]:
    """What holds today: the value that was entered last, or the edition's own (R2.2, A1.8.1)."""
    today, times = local(uow.now).date(), ready.times.current
    edition = times.edition_on(today) or uow.editions.newest()
    if edition is None:
        yield text(SAID, "no_edition", lang)
        return
    loaded = ready.editions.of(uow, edition.id, PERMIT)
    for key in SETTINGS:
        held = row_on(times.settings, key, today)
        told_value = _hours(ready, today) if key == WORKING_HOURS else times.told(loaded, key, today)
        since, basis = (held.valid_from, held.basis) if held else (edition.in_force_from, edition.act)
        facts = {
            "name": text(SAID, key, lang),
            "key": key,
            "value": _value(told_value, lang),
            "since": since,
            "basis": basis,
        }
        yield text(SAID, "now" if held else "by_edition", lang, **facts)


def _hours(ready: Program, today: date) -> Mapping[str, Any]:
    return hours_as_told(ready.calendar.hours_on(today))


def _value(value: Mapping[str, Any], lang: str) -> str:
    """The texts of a setting by their languages, or the hours by their names."""
    named = {key: text(SAID, key, lang) if key in HOURS else key for key in value}
    return "; ".join(f"{named[key]} {told_text}" for key, told_text in value.items())


def _span(starts: datetime, ends: datetime) -> str:
    return f"{local(starts):%Y-%m-%d %H:%M} - {local(ends):%Y-%m-%d %H:%M}"


@setting.command("set")
@click.argument("name", type=click.Choice([name for name in SETTINGS if name != WORKING_HOURS]))
@click.option("--from", "since", type=DAY, required=True, help="The first day, YYYY-MM-DD.")
@click.option("--kk", required=True, help="The text in Kazakh.")
@click.option("--ru", required=True, help="The text in Russian.")
@click.option("--en", required=True, help="The text in English.")
@click.option("--basis", required=True, help="The act: its number and date.")
@spoken
def set_text(name: str, since: datetime, kk: str, ru: str, en: str, basis: str, lang: str) -> None:
    """Enter a text that documents of that day and later bear; those issued before stay as they are."""
    with told(lang):
        change_setting(program(), name, since.date(), {"kk": kk, "ru": ru, "en": en}, basis, ADMINISTRATOR)
    click.echo(text(SAID, "set", lang, name=text(SAID, name, lang), since=f"{since:%Y-%m-%d}"))


@setting.command()
@click.option("--from", "since", type=DAY, required=True, help="The first day, YYYY-MM-DD.")
@click.option("--opens", required=True, help="HH:MM")
@click.option("--closes", required=True, help="HH:MM")
@click.option("--break-from", required=True, help="HH:MM")
@click.option("--break-until", required=True, help="HH:MM")
@click.option("--basis", required=True, help="The act: its number and date.")
@click.option("--apply", "carry_out", is_flag=True, help="Enter it without asking.")
@spoken
def hours(since: datetime, basis: str, lang: str, carry_out: bool, **told_hours: str) -> int:
    """Working hours from a day on: shows which open deadlines they move, then moves them."""
    value: Mapping[str, Any] = {name: told_hours[name] for name in HOURS}
    with told(lang):
        ready = program()
        found = preview_setting(ready, WORKING_HOURS, since.date(), value, basis)
        for line in moved_lines(ready, found, lang):
            click.echo(line)
        if not carry_out and not (sys.stdin.isatty() and click.confirm(text(SAID, "ask_hours", lang))):
            click.echo(text(LOADING, "nothing_done", lang))
            return 0
        change_setting(ready, WORKING_HOURS, since.date(), value, basis, ADMINISTRATOR)
    click.echo(text(SAID, "hours_set", lang, since=f"{since:%Y-%m-%d}", n=len(found)))
    return 0


@setting.command("break")
@click.option("--from", "starts", type=MOMENT, required=True, help='Local time: "2026-01-10 22:00".')
@click.option("--until", "ends", type=MOMENT, required=True, help='Local time: "2026-01-11 02:00".')
@click.option("--kk", required=True, help="Why, in Kazakh.")
@click.option("--ru", required=True, help="Why, in Russian.")
@click.option("--en", required=True, help="Why, in English.")
@spoken
def announce(starts: datetime, ends: datetime, kk: str, ru: str, en: str, lang: str) -> None:
    """Announce a technical break of the portal; public pages and cabinet show it until it is over."""
    begins, over = starts.replace(tzinfo=ZONE), ends.replace(tzinfo=ZONE)
    with told(lang):
        row = announce_break(program(), begins, over, {"kk": kk, "ru": ru, "en": en}, ADMINISTRATOR)
    click.echo(text(SAID, "announced", lang, number=row.id, span=_span(begins, over)))


@setting.command()
@click.argument("number", type=int)
@spoken
def withdraw(number: int, lang: str) -> None:
    """Take back an announced break that has not begun."""
    with told(lang):
        try:
            withdraw_break(program(), number, ADMINISTRATOR)
        except NotFound as missing:
            raise NotFound(what="break", number=number) from missing
    click.echo(text(SAID, "taken_back", lang, number=number))
