"""The receipt: number, time, day of registration and why, and what happens next by when (R4.2, R5.2, D5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import APPEAL, Case
from service.domain.deadlines import TERMS, closing, local
from service.domain.terms import counted
from service.domain.views import CaseView
from service.web import formats
from service.web.cabinet.door import program
from service.web.cabinet.lacking import lacking
from service.web.cabinet.own import of_case
from service.web.cabinet.reading import Words
from service.web.cabinet.standing import standing
from service.web.languages import language


@dataclass(frozen=True)
class Next:
    """What happens next: until when, and by which point."""

    what: str
    until: datetime
    law: str


@of_case("/receipt")
def receipt(view: CaseView) -> ResponseReturnValue:
    """What the applicant keeps: shown at once after sending, at any hour, and whenever it is asked for again."""
    if view.case.procedure == APPEAL:
        return redirect(url_for("cabinet.complaint_receipt", case_id=view.case.id), 303)
    case, words = view.case, Words.of(view.case)
    return render_template(
        "cabinet/receipt.html",
        case=case,
        stands=standing(case, view.tasks, view.deadlines, words),
        why=why_registered(case),
        skipped=skipped(case),
        nexts=what_next(case),
        lacking=lacking(view, words),
        unchecked=any(row.purpose == "application" and row.verdict == "unchecked" for row in view.signatures),
        email=str(case.fields.get("email") or ""),
        is_printed=view.application is not None,
    )


def why_registered(case: Case) -> str:
    """Why the application is registered on its day (R5.1, R5.2, D24)."""
    received, calendar = local(case.received_at), program().calendar
    closes = formats.time(calendar.hours_on(received.date()).closes)
    if case.registered_on == received.date():
        return str(_("It arrived on a working day, not later than %(closes)s.", closes=closes))
    if calendar.is_working(received.date()):
        return str(_("It arrived after %(closes)s, so it is registered on the next working day.", closes=closes))
    return str(_("It arrived on a day off, so it is registered on the next working day."))


def skipped(case: Case) -> Sequence[tuple[date, str, str]]:
    """The days off between arrival and registration, each with its reason and basis (D21)."""
    received, calendar = local(case.received_at).date(), program().calendar
    if received == case.registered_on:
        return []
    days = [(day, why) for day, why in calendar.count(received, case.registered_on).skipped]
    if not calendar.is_working(received):
        days.insert(0, (received, calendar.reason(received)))
    return [(day, why.names[language()], why.basis) for day, why in days]


def what_next(case: Case) -> Sequence[Next]:
    """The terms that run from the registration, the earliest first (R6.1, R8.1, A1.4)."""
    calendar, periods = program().calendar, Words.of(case).edition.terms
    end = calendar.after(case.registered_on, periods["service_due"])
    days = {
        "completeness_due": calendar.after(case.registered_on, periods["completeness_due"]),
        "hearing_notice_latest": counted(calendar, end, periods["hearing_notice_latest"]),
        "service_due": end,
    }
    told = {
        "completeness_due": _("The unit checks whether the set of documents is complete"),
        "hearing_notice_latest": _("If there are grounds for refusal, you are invited to a hearing"),
        "service_due": _("You receive the permit or a reasoned refusal"),
    }
    found = [Next(str(what), closing(calendar, days[key]), TERMS[key].law) for key, what in told.items()]
    registered = Next(
        str(_("The application is registered and sent to the responsible unit")),
        closing(calendar, case.registered_on), "R5.1,R5.3",
    )  # fmt: skip
    return sorted([registered, *found], key=lambda step: step.until)
