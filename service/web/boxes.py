"""What the parts of a case's page show: a deadline, a step of the outline, a line of the journal, a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.calendar import WorkCalendar
from service.domain.case import Attachment
from service.domain.deadlines import local
from service.domain.decisions import Position
from service.domain.posting import ANSWER_ON_PAPER
from service.domain.terms import Explanation
from service.domain.worktime import TimeLeft, last_day, working_time_left
from service.web import formats
from service.web.languages import language
from service.web.preliminary import reaches_unconfirmed


@dataclass(frozen=True)
class DeadlineBox:
    """A term as people read it: day and hour, what is left, which days were skipped and why, the point of the rules."""

    title: str
    due_at: dt.datetime
    left: str
    late: bool
    last_day: bool
    counted: str = ""
    law: str = ""
    skipped: Sequence[tuple[dt.date, str, str]] = ()
    preliminary: bool = False

    @property
    def skipped_title(self) -> str:
        """Say how many days were not counted."""
        return str(
            ngettext("%(num)s day was not counted: why", "%(num)s days were not counted: why", len(self.skipped))
        )


def deadline_box(
    calendar: WorkCalendar,
    now: dt.datetime,
    due_at: dt.datetime,
    *,
    title: str,
    law: str = "",
    explanation: Explanation | None = None,
) -> DeadlineBox:
    """Put a term in words for this instant; `explanation` says from which day it was counted and what was skipped."""
    left = working_time_left(calendar, now, due_at)
    days = explanation.count.skipped if explanation else ()
    return DeadlineBox(
        title=title,
        due_at=due_at,
        left=time_left(left, late=now > due_at),
        late=now > due_at,
        last_day=last_day(calendar, due_at) <= now <= due_at,
        counted=_counted(explanation) if explanation else "",
        law=law,
        skipped=[(day, why.names[language()], why.basis) for day, why in days],
        preliminary=bool(explanation and explanation.preliminary) or reaches_unconfirmed(calendar, due_at),
    )


def time_left(left: TimeLeft, *, late: bool) -> str:
    """Say how many working days and hours are left, or by how many the term has passed."""
    days = ngettext("%(num)s working day", "%(num)s working days", left.days)
    hours = ngettext("%(num)s working hour", "%(num)s working hours", left.hours)
    told = [text for text, number in ((days, left.days), (hours, left.hours)) if number]
    both = _("%(days)s and %(hours)s", days=days, hours=hours) if len(told) == 2 else "".join(told)
    if late:
        return str(_("Late by %(time)s", time=both) if both else _("Late: the term has passed"))
    return str(_("%(time)s left", time=both) if both else _("Less than a working hour left"))


def _counted(explanation: Explanation) -> str:
    days, anchor = abs(explanation.days), formats.date(explanation.anchor)
    if explanation.days < 0:
        return str(
            ngettext("%(num)s working day before %(day)s.", "%(num)s working days before %(day)s.", days, day=anchor)
        )
    return str(ngettext("%(num)s working day after %(day)s.", "%(num)s working days after %(day)s.", days, day=anchor))


@dataclass(frozen=True)
class OutlineStep:
    """A step of the procedure in words; `state` is done, current, next, skipped, or returned for a paper sent back.

    What comes `perhaps` has no number: the case may go another way.
    """

    name: str
    state: str = "next"
    who: str = ""
    when: str = ""
    law: str = ""
    late: bool = False
    address: str = ""
    perhaps: bool = False


@dataclass(frozen=True)
class JournalLine:
    """A line of the journal in words: when, what, who, further facts; `bad` for a breach or a failure."""

    at: dt.datetime
    what: str
    who: str
    details: Sequence[str] = ()
    bad: bool = False


@dataclass(frozen=True)
class File:
    """A file that can be downloaded; `marks` pairs a word with the kind of its tag, such as ("Expired", "bad")."""

    name: str
    address: str
    size: int
    type: str
    kind: str = ""
    facts: str = ""
    marks: Sequence[tuple[str, str]] = ()
    remove: str = ""


@dataclass(frozen=True)
class Stated:
    """What was said to a preliminary decision, by the applicant or a permit's holder; late is shown as late (L73.3).

    Of what came on paper the day alone is told.
    """

    at: dt.datetime | dt.date
    text: str
    oral: bool
    late: bool
    file: File | None
    of_holder: bool
    on_paper: bool = False


def stated(said: Position, kept: Attachment | None, shown: File | None) -> Stated:
    """A position as people read it; `kept` is its file, `shown` the same as it is shown here."""
    on_paper = kept is not None and kept.kind == ANSWER_ON_PAPER
    at = local(said.at).date() if on_paper else said.at
    return Stated(at, said.text, said.wants_oral, said.late, shown, said.of_holder, on_paper)
