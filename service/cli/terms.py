"""The commands about the law's time: `ruqsat calendar` and `ruqsat deadlines` (section 8 of the requirements)."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import BinaryIO

import click

from service.calendar_file import calendar_in_force
from service.cli import one_line
from service.cli.files import Batch
from service.cli.speech import sentence, spoken
from service.cli.terms_input import Events, LineError, read_events, read_lines
from service.cli.terms_show import calendar_lines, deadline_lines
from service.cli.terms_text import ERRORS, WORDS, text
from service.domain.calendar import CalendarError, OutsideCalendar, WorkCalendar
from service.domain.deadlines import (
    KEYS,
    DeadlineInputError,
    Deadlines,
    ZoneDataError,
    all_deadlines,
    explain_all,
    require_zone_data,
)

_LONGEST = 80


class _OrYear(click.Group):
    """What is no command of the group is a year: `ruqsat calendar 2026`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = bool(args) and (args[0] in LOADERS or args[0] in self.commands)
        return super().resolve_command(ctx, args if known else ["year", *args])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in LOADERS:
            # Imported only now: a year is shown without the program.
            from service.cli import calendar_load

            found: click.Command = getattr(calendar_load, cmd_name)
            return found
        return super().get_command(ctx, "year" if cmd_name.isdecimal() else cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *LOADERS]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not {"-h", "--help"} & set(args) and (not args or args[0].startswith("-")):
            args = ["year", *args]
        return super().parse_args(ctx, args)


LOADERS = ("load", "versions")
"""Commands that need the whole program."""


@click.group(cls=_OrYear)
def calendar() -> None:
    """The calendar: `ruqsat calendar 2026 [--json]` shows a year, `load` a new act, `versions` what was entered."""


@calendar.command()
@click.argument("year", type=int)
@click.option("--json", "as_json", is_flag=True, help="Every day of the year as one JSON object.")
@spoken
def year(year: int, as_json: bool, lang: str) -> None:
    """Working days of YEAR, and for each other day why it is off and by which act."""
    with _one_line(lang):
        cal = calendar_in_force()
        out = _year_json(cal, year, lang) if as_json else "\n".join(calendar_lines(cal, year, lang))
    click.echo(out)


@click.command()
@click.option("--received", metavar="TIME", help="When the application arrived: 2023-09-12T10:00:00+06:00.")
@click.option("--complete", metavar="DATE", help="The day completeness was established: 2023-09-14.")
@click.option("--notice", metavar="DATE", help="The day of the notice of a preliminary refusal.")
@click.option("--complaint", metavar="TIME", help="When a complaint arrived.")
@click.option(
    "--batch",
    metavar="FILE",
    type=Batch(),
    help="JSON lines with these keys in, JSON lines out; - reads standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="The dates as one JSON object, null where an input is missing.")
@spoken
def deadlines(batch: BinaryIO | None, as_json: bool, lang: str, **values: str | None) -> int:
    """Every date of a case or a complaint, with the days counted and skipped and the point of the rules.

    Give --received or --complaint, or --batch with many of them. Times carry their offset from UTC. A line of a batch
    that cannot be used is named by its number; the others are answered, and the exit is 2.
    """
    with _one_line(lang):
        require_zone_data()
        cal = calendar_in_force()
        if batch is not None:
            if any(values.values()):
                raise click.UsageError(text(ERRORS, "batch_alone", lang))
            return _run_batch(cal, batch, lang)
        events = read_events({key: value for key, value in values.items() if value is not None})
        dates = all_deadlines(cal, events.received, events.complete, events.notice, events.complaint)
        if as_json:
            click.echo(_dates_json(dates))
            _tell_preliminary(", ".join(_preliminary(cal, dates)), lang)
            return 0
        explained = explain_all(cal, events.received, events.complete, events.notice, events.complaint)
        click.echo("\n".join(deadline_lines(cal, events, dates, explained, lang)))
    return 0


def _run_batch(cal: WorkCalendar, batch: BinaryIO, lang: str) -> int:
    """Answer every line that can be used; 2 when there was another."""
    write, wrong_lines, doubtful_lines = sys.stdout.write, 0, 0
    for line, events in read_lines(batch):
        answer = _answer(cal, line, events, lang)
        if isinstance(answer, Deadlines):
            write(_dates_json(answer) + "\n")
            doubtful_lines += bool(_preliminary(cal, answer))
        else:
            wrong_lines += 1
            click.echo(f"ruqsat: {one_line(_sentence(answer, lang))}", err=True)
    _tell_preliminary(text(ERRORS, "lines", lang, number=doubtful_lines) if doubtful_lines else "", lang)
    return 2 if wrong_lines else 0


def _answer(cal: WorkCalendar, line: int, events: Events | LineError, lang: str) -> Deadlines | LineError:
    if isinstance(events, LineError):
        return events
    try:
        return all_deadlines(cal, events.received, events.complete, events.notice, events.complaint)
    except DeadlineInputError as wrong:
        return LineError(line, wrong)
    except OutsideCalendar as outside:
        return LineError(line, DeadlineInputError(outside.code, value=_covered(outside, lang)))


@lru_cache(maxsize=10_000)
def _day_json(day: object) -> str:
    return "null" if day is None else f'"{day}"'


def _dates_json(dates: Deadlines) -> str:
    """The dates by their keys, always the same ones."""
    return "{" + ", ".join(f'"{key}": {_day_json(getattr(dates, key))}' for key in KEYS) + "}"


def _preliminary(cal: WorkCalendar, dates: Deadlines) -> list[str]:
    """The keys of the dates in a year whose calendar is not confirmed yet (D28)."""
    return [key for key in KEYS if (day := getattr(dates, key)) and not cal.confirmed(day.year)]


def _tell_preliminary(what: str, lang: str) -> None:
    """Say beside the answer, not in it, which dates are preliminary; nothing where none is (D28)."""
    if what:
        click.echo(f"ruqsat: {text(WORDS, 'preliminary', lang)}: {what}", err=True)


def _year_json(cal: WorkCalendar, year: int, lang: str) -> str:
    days = []
    for day in cal.days(year):
        reason = cal.reason(day)
        why = "" if reason.code == "working" else reason.names[lang]
        days.append({"date": day.isoformat(), "working": cal.is_working(day), "reason": why})
    return json.dumps({"year": year, "days": days}, ensure_ascii=False)


@contextmanager
def _one_line(lang: str) -> Iterator[None]:
    """Turn errors of input and calendar into one line in the chosen language, exit 2."""
    try:
        yield
    except DeadlineInputError as wrong:
        sys.stdout.flush()
        raise click.UsageError(_sentence(wrong, lang)) from wrong
    except OutsideCalendar as wrong:
        raise click.UsageError(f"{_covered(wrong, lang)}: {text(ERRORS, wrong.code, lang)}") from wrong
    except CalendarError as wrong:
        raise click.UsageError(sentence(wrong, lang)) from wrong
    except ZoneDataError as wrong:
        raise click.ClickException(sentence(wrong, lang)) from wrong


def _sentence(wrong: DeadlineInputError, lang: str) -> str:
    line = text(ERRORS, "line", lang, line=wrong.line) if isinstance(wrong, LineError) else ""
    parts = (line, wrong.field, wrong.value[:_LONGEST], text(ERRORS, wrong.code, lang))
    return ": ".join(part for part in parts if part)


def _covered(outside: OutsideCalendar, lang: str) -> str:
    what = text(ERRORS, "end_of_term", lang) if outside.day is None else outside.day
    return f"{what} ({outside.first} - {outside.last})"
