"""What is lawful now and what follows from acting today: the last lawful moments of a refusal (R8.1-R8.4, L73)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from service.domain.calendar import WorkCalendar
from service.domain.case import APPEAL, PERMIT, Task
from service.domain.deadlines import local
from service.domain.hearing_hours import WRITTEN
from service.domain.minutes import HEARD_AT
from service.domain.rounds import came_back
from service.domain.terms import objection_until, refusal_from
from service.domain.views import CaseView
from service.usecases.answer_on_paper import heard_since
from service.web import formats
from service.web.officer.door import program
from service.web.officer.reading import Words
from service.web.officer.terms import service_row


@dataclass(frozen=True)
class Fact:
    """One thing that the law says of this moment; `bad` when it stands in the way."""

    text: str
    law: str
    bad: bool = False


def facts(view: CaseView, words: Words, calendar: WorkCalendar, now: datetime, task: Task) -> Sequence[Fact]:
    """What the officer must know before acting on this task."""
    return [*_why_it_came_back(view), *_now(view, words, calendar, now, task)]


def _why_it_came_back(view: CaseView) -> list[Fact]:
    """On which decision the case was taken up again, and the violations that it names (L100.1)."""
    line = came_back(view.journal)
    if line is None:
        return []
    basis = line.details.get("basis", "")
    if violations := line.details.get("violations", ""):
        told = _("The case came back by decision %(basis)s. To be avoided: %(text)s", basis=basis, text=violations)
    elif reasons := line.details.get("reasons", ""):
        told = _("The case came back by decision %(basis)s. Its reasons: %(text)s", basis=basis, text=reasons)
    else:
        return [Fact(_("The case was taken up again by %(basis)s.", basis=basis), "L100.1")]
    return [Fact(told, "L100.1", bad=True)]


def _now(view: CaseView, words: Words, calendar: WorkCalendar, now: datetime, task: Task) -> Sequence[Fact]:
    element = words.element(task.element)
    document = element.document if element else ""
    if document == "preliminary_decision":
        return _if_sent_today(view, words, calendar, now)
    if view.case.notified_on is not None and view.hearing is not None and document != "permit":
        found = _after_notice(view, words, calendar, now, is_refusal=document == "refusal")
        return [*_to_be_recorded(view, now, task), *found]
    return ()


def _if_sent_today(view: CaseView, words: Words, calendar: WorkCalendar, now: datetime) -> list[Fact]:
    today = local(now).date()
    periods = words.edition.terms
    hearing = calendar.after(today, periods["hearing_latest"])
    objection, refusal = objection_until(calendar, today, periods), refusal_from(calendar, today, periods)
    found = [
        Fact(_("A hearing may be held until %(day)s.", day=_day(hearing)), "R8.3"),
        Fact(_("The applicant may object until %(day)s.", day=_moment(objection)), "L73.3"),
        Fact(_("A refusal may be signed from %(day)s.", day=_day(refusal)), "L73.1"),
    ]
    row = service_row(view)
    if row is not None and refusal > local(row.due_at).date():
        end = _day(local(row.due_at).date())
        text = _("The service term ends on %(day)s, before that day: the head must extend it first.", day=end)
        found.append(Fact(text, "L76.3", bad=True))
    return found


def _after_notice(
    view: CaseView, words: Words, calendar: WorkCalendar, now: datetime, *, is_refusal: bool
) -> list[Fact]:
    if view.case.notified_on is None or view.hearing is None:
        return []
    with program().reading() as uow:
        known = heard_since(uow, view.case, view.hearing)
    notified, periods = known or view.case.notified_on, words.edition.terms
    objection, refusal = objection_until(calendar, notified, periods), refusal_from(calendar, notified, periods)
    if known is None and view.case.came_on_paper:
        silent = _(
            "The invitation has not reached the person yet: say first when the letter was handed over or came back."
        )
    elif now <= objection:
        silent = _("The applicant may object until %(day)s; before that silence says nothing.", day=_moment(objection))
    else:
        silent = _("The time for an objection ended on %(day)s.", day=_moment(objection))
    held, early = view.hearing, local(now).date() < refusal
    text = (
        _("The decision may be signed from %(day)s.", day=_day(refusal))
        if view.case.procedure == APPEAL
        else _("A refusal may be signed from %(day)s.", day=_day(refusal))
    )
    found = [Fact(silent, "L73.3"), Fact(text, "L73.1", bad=early and is_refusal)]
    if held.settled_at is None and held.appointed_at is not None and now < held.appointed_at:
        moment = _moment(held.appointed_at)
        told = _(
            "The hearing is appointed for %(moment)s: it is held, and its minutes begin, not before.", moment=moment
        )
        found.insert(0, Fact(told, "R8.1"))
    return found


def _to_be_recorded(view: CaseView, now: datetime, task: Task) -> list[Fact]:
    """Until when an oral hearing must be recorded for its term to be kept: who is silent may still come (R8.3)."""
    held = view.hearing
    oral = held is not None and (held.way != WRITTEN or held.asked_for_orally(view.positions))
    if task.element != HEARD_AT[PERMIT] or not oral or task.due_at is None or now > task.due_at:
        return []
    told = _(
        "Record the oral hearing by %(moment)s, also where nobody has come: its minutes say so. If nothing is recorded"
        " by then, its term is missed.",
        moment=_moment(task.due_at),
    )
    return [Fact(told, "R8.3")]


def _day(day: date) -> str:
    return formats.date(day)


def _moment(moment: datetime) -> str:
    return formats.moment(moment)
