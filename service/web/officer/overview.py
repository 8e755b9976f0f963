"""The overview of the head and the supervisor: what is due and late, who has what, how long steps take (O5, R8.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import CaseState
from service.domain.errors import NotFound
from service.domain.month_lines import PARTS, Line, in_days
from service.domain.overview import (
    MOST_SHOWN,
    BreachRow,
    Load,
    Overview,
    StepTime,
    UrgentDuty,
    UrgentRow,
    month_of,
)
from service.domain.rights import Right, may
from service.usecases.oversee import MonthReport, month_paper, month_report, months, step_names
from service.usecases.oversee import overview as seen_now
from service.web.duty_names import duty_name, duty_words
from service.web.languages import language
from service.web.office_table import MEDIA_TYPE, office_table
from service.web.officer.door import me, officer, open_to, program, role_name
from service.web.officer.reading import Words, edition_of
from service.web.officer.terms import left_in_words
from service.web.sending import sent

__all__ = ["month", "overview"]


@dataclass(frozen=True)
class Bar:
    """One bar of a plot: what it shows, its pieces as (kind, percent of the longest bar), and its value in words."""

    label: str
    minor: str
    pieces: Sequence[tuple[str, float]]
    values: Sequence[str]


@dataclass(frozen=True)
class Urgent:
    """An open task or duty that is late or due today, in words; `address` is that of a duty.

    `runs_until` is the end of the term of a task that runs while an earlier one was missed, `runs_left` what is left.
    """

    row: UrgentRow | UrgentDuty
    task: str
    lane: str
    who: str
    left: str
    late: bool
    address: str = ""
    runs_until: datetime | None = None
    runs_left: str = ""


@dataclass(frozen=True)
class Missed:
    """A missed term in words; `address` is that of a duty."""

    row: BreachRow
    term: str
    step: str
    who: str
    address: str = ""


@officer.get("/overview")
@open_to(Right.OVERVIEW)
def overview() -> ResponseReturnValue:
    """The work at this moment, and the times and breaches of the month so far."""
    found = seen_now(program(), me())
    urgent = sorted(
        [*(_urgent(row, found) for row in found.urgent), *(_urgent_duty(row, found) for row in found.duties)],
        key=lambda line: line.row.due_at,
    )
    return render_template(
        "officer/overview.html",
        found=found,
        urgent=urgent[:MOST_SHOWN],
        more_urgent=_more(len(urgent)),
        urgent_address=_all_urgent(),
        missed=[_missed(row) for row in found.breaches[:MOST_SHOWN]],
        more_missed=_more(len(found.breaches)),
        missed_address=url_for("officer.month", month=f"{month_of(found.at):%Y-%m}"),
        loads=_load_bars(found.loads),
        times=_time_bars(found.times),
        months=months(program(), me()),
    )


@officer.get("/overview/<month>")
@open_to(Right.OVERVIEW)
def month(month: str) -> ResponseReturnValue:
    """The report of one month."""
    report = month_report(program(), me(), _month(month), duty_words())
    parts = [(part, part_name(part), [line for line in report.lines if line.part == part]) for part in PARTS]
    return render_template("officer/month.html", report=report, parts=parts, who=_who, name=f"{report.month:%Y-%m}")


@officer.get("/overview/<month>.csv")
@open_to(Right.OVERVIEW)
def month_csv(month: str) -> ResponseReturnValue:
    """The same as a table for any office program."""
    report = month_report(program(), me(), _month(month), duty_words())
    heads = (
        _("Month"),
        _("Part"),
        _("What"),
        _("Officer"),
        _("How many"),
        _("Average, days"),
        _("Longest, days"),
        _("Late"),
    )
    table = office_table(heads, (_cells(report, line) for line in report.lines))
    return sent(table, f"ruqsat-{month}.csv", MEDIA_TYPE)


@officer.get("/overview/<month>.pdf")
@open_to(Right.OVERVIEW)
def month_pdf(month: str) -> ResponseReturnValue:
    """The same as a paper, in Kazakh and the language of the page."""
    paper = month_paper(program(), me(), _month(month), language(), duty_words())
    return sent(paper, f"ruqsat-{month}.pdf", "application/pdf", ours=True)


def part_name(part: str) -> str:
    """What a part of the report counts."""
    names: Mapping[str, str] = {
        "received": _("Cases received"),
        "closed": _("Cases closed"),
        "open_at_end": _("Cases open at the end of the period"),
        "steps": _("Time taken by the steps"),
        "breaches": _("Missed terms"),
        "people": _("Tasks done"),
    }
    return names[part]


def _month(text: str) -> date:
    """The month of an address such as 2026-04."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NotFound(what="month") from None


def _cells(report: MonthReport, line: Line) -> list[str]:
    is_step = line.part == "steps"
    return [
        f"{report.month:%Y-%m}",
        part_name(line.part),
        line.what.say(language()),
        _who(line),
        str(line.number),
        line.mean,
        line.longest,
        str(line.late) if is_step else "",
    ]


def _who(line: Line) -> str:
    """Of whom a line counts; where that is nobody, so in words."""
    return line.who or (str(_("nobody had taken it")) if line.part in ("breaches", "people") else "")


def _words(row: UrgentRow | BreachRow) -> Words:
    return Words(edition_of(row.edition_id or 0, row.procedure))


def _urgent(row: UrgentRow, found: Overview) -> Urgent:
    words = _words(row)
    calendar = program().calendar
    left = left_in_words(calendar, found.at, row.due_at)
    who = row.officer or str(_("nobody"))
    late = row.due_at < found.at
    runs = row.runs_until if late else None
    return Urgent(
        row,
        words.name(row.element),
        words.lane(row.role),
        who,
        left,
        late,
        runs_until=runs,
        runs_left=left_in_words(calendar, found.at, runs) if runs else "",
    )


def _urgent_duty(row: UrgentDuty, found: Overview) -> Urgent:
    left = left_in_words(program().calendar, found.at, row.due_at)
    address = url_for("officer.duty", duty_id=row.duty_id)
    return Urgent(row, duty_name(row.kind, row.part), "", role_name(row.role), left, row.due_at < found.at, address)


def _missed(row: BreachRow) -> Missed:
    """A missed term with its step and who had it: a person, a lane in which nobody had taken it, or a role (R8.2)."""
    if row.duty_id is not None:
        address = url_for("officer.duty", duty_id=row.duty_id)
        return Missed(row, duty_name(row.element, row.part), "", row.officer or role_name(row.role), address)
    words = _words(row)
    lane = words.lane(row.role) if row.role else ""
    nobody = ", ".join(part for part in (lane, str(_("nobody had taken it"))) if part)
    return Missed(row, words.term(row.element), words.name(row.task) if row.task else "", row.officer or nobody)


def _more(number: int) -> str:
    """What stands below a list that is cut."""
    return str(_("There are more than %(number)s.", number=MOST_SHOWN)) if number > MOST_SHOWN else ""


def _all_urgent() -> str:
    """Where all open work is: the late tasks of every lane, or for who has no worklist the open cases."""
    if may(me(), Right.WORK):
        return url_for("officer.worklist", tab="all", late="yes")
    return url_for("officer.cases", state=CaseState.OPEN.value)


def _load_bars(loads: Sequence[Load]) -> list[Bar]:
    most = max((load.all for load in loads), default=0)
    return [
        Bar(
            load.name or str(_("Nobody has taken them")),
            role_name(load.role),
            _pieces((("late", load.late), ("today", load.today), ("later", load.later)), most),
            [str(number) for number in (load.late, load.today, load.later, load.all)],
        )
        for load in loads
    ]


def _time_bars(times: Sequence[StepTime]) -> list[Bar]:
    longest = max((step.mean for step in times), default=0)
    names = _step_names()
    return [
        Bar(
            names.get(step.element, step.element),
            "",
            _pieces((("mean", step.mean),), longest),
            [str(step.done), in_days(step.mean), in_days(step.longest), str(step.late)],
        )
        for step in times
    ]


def _pieces(parts: Sequence[tuple[str, float]], most: float) -> list[tuple[str, float]]:
    return [(kind, round(100 * size / most, 2)) for kind, size in parts if size and most]


def _step_names() -> Mapping[str, str]:
    """What the steps are called in the newest edition, of every procedure."""
    with program().reading() as uow:
        return {step: names[language()] for step, names in step_names(program(), uow).items()}
