"""`ruqsat calendar load` and `versions`: a new act on days off, first shown, then carried out (D28)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from service.calendar_file import load_calendar_text
from service.cli.common import program, told
from service.cli.files import DiskFile
from service.cli.proof_text import page_words
from service.cli.speech import spoken
from service.cli.terms_text import LOADING, text
from service.domain.calendar import parse_calendar
from service.domain.case import Case
from service.domain.dated import CalendarVersion
from service.domain.duties import DUTIES
from service.domain.ports import UnitOfWork
from service.domain.recount import MovedTerm
from service.domain.worktime import local
from service.program import Program
from service.usecases.load_calendar import load_calendar, preview_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.wording import MARKS
from service.web.duty_names import duty_name


@click.command()
@click.argument("file", type=DiskFile())
@click.option("--act", default="", help="The act by which the days change, for the journal: its number and date.")
@click.option("--apply", "carry_out", is_flag=True, help="Move the dates without asking.")
@spoken
def load(file: Path, act: str, carry_out: bool, lang: str) -> int:
    """Show which open deadlines FILE would move and by how much; with --apply, or when asked, move them.

    Everything moves in one transaction, with a line in each journal. Closed cases stay as they are. Every process
    counts by the new calendar from then on, without a restart.
    """
    with told(lang):
        content, ready = load_calendar_text(file), program()
        found = preview_calendar(ready, content)
        for line in moved_lines(ready, found, lang):
            click.echo(line)
        if not carry_out and not _agreed(lang):
            click.echo(text(LOADING, "nothing_done", lang))
            return 0
        if not act.strip():
            if not sys.stdin.isatty():
                raise click.UsageError(text(LOADING, "act_missing", lang))
            act = click.prompt(text(LOADING, "act", lang))
        moved = load_calendar(ready, content, act, ADMINISTRATOR)
    click.echo(text(LOADING, "loaded", lang, n=len(moved)))
    return 0


def _agreed(lang: str) -> bool:
    """Ask a person; a script that does not say --apply wants to look only."""
    return sys.stdin.isatty() and click.confirm(text(LOADING, "ask", lang))


@click.command()
def versions() -> None:
    """Every version of the calendar: number, when and by whom it was entered, its hash and its act."""
    with told(), program().reading() as uow:
        for version in uow.list(CalendarVersion):
            entered = f"{local(version.entered_at):%Y-%m-%d %H:%M}"
            click.echo(f"{version.number}  {entered}  {version.entered_by}  {version.sha256}  {version.act}")


def moved_lines(ready: Program, found: Sequence[MovedTerm], lang: str) -> Iterator[str]:
    """Each end that moves, once: the case, the term, both ends, by how many working days, and the days to blame."""
    with ready.reading() as uow:
        version = uow.dated.calendar()
        entered = parse_calendar(version.content).years if version else range(0)
        lines = dict.fromkeys(_moved_line(moved, _term_name(ready, uow, moved, lang), lang) for moved in found)
    yield from lines
    cases = len({moved.case_id for moved in found if moved.case_id is not None})
    yield text(LOADING, "total", lang, n=len(lines), cases=cases, years=f"{entered.start}-{entered.stop - 1}")


def _moved_line(moved: MovedTerm, name: str, lang: str) -> str:
    marks = [f" ({MARKS[lang]})" if preliminary else "" for preliminary in moved.preliminary]
    before, after = (f"{local(end):%Y-%m-%d %H:%M}{mark}" for end, mark in zip(moved.ends, marks, strict=True))
    days = ", ".join(day.isoformat() for day in moved.days)
    late = f"  {text(LOADING, 'past', lang)}" if moved.is_past else ""
    return f"{moved.case_number or '-'}  {name}: {before} -> {after} ({_distance(moved, lang)})  {days}{late}"


def _distance(moved: MovedTerm, lang: str) -> str:
    """By how many working days an end moves; by how many hours and minutes where it stays on its day."""
    if local(moved.before).date() != local(moved.after).date():
        return text(LOADING, "by", lang, n=f"{moved.by:+d}")
    minutes = int((moved.after - moved.before).total_seconds()) // 60
    span = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
    return text(LOADING, "by_hours", lang, n=span)


def _term_name(ready: Program, uow: UnitOfWork, moved: MovedTerm, lang: str) -> str:
    """What the term is for, with the name of its timer; of a duty what has to be done, with its point of the law."""
    if not moved.element or moved.case_id is None:
        return f"{DUTIES[moved.duty].law} {page_words(duty_name(moved.duty), lang)}" if moved.duty else ""
    catalogue = ready.editions.of_case(uow, uow.get(Case, moved.case_id)).catalogue
    element = catalogue.element(moved.element)
    of = element.attached_to or element.within
    names = (catalogue.element(of).names.get(lang, "") if of else "", element.names.get(lang) or moved.element)
    return ", ".join(part for part in names if part)
