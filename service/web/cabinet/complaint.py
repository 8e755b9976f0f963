"""The page of one's own complaint: what it contests, where it is, what was decided, what can be done (A1.11.3, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.appeal import Complaint, Track, track_of
from service.domain.case import CaseState
from service.domain.deadlines import TERMS, closing, local
from service.domain.views import CaseView
from service.usecases.record_reading import record_notices_read
from service.web.answers import shown
from service.web.cabinet import clock
from service.web.cabinet.case import breaches, files, papers, signature_of
from service.web.cabinet.complaint_of import bound, complaint_of, contested, effect
from service.web.cabinet.desk import COMPLAINT
from service.web.cabinet.door import me, program
from service.web.cabinet.hearing import hearing, positions
from service.web.cabinet.notices import notices
from service.web.cabinet.own import of_case
from service.web.cabinet.path import path
from service.web.cabinet.reading import Words
from service.web.cabinet.receipt import skipped, why_registered
from service.web.cabinet.rights import remarks_of
from service.web.cabinet.standing import standing, tag
from service.web.complaint_ways import way_name
from service.web.languages import language
from service.web.spans import working_days


@of_case("/complaint")
def complaint(view: CaseView) -> ResponseReturnValue:
    """Everything that concerns the person, the most important first."""
    record_notices_read(program(), view, me())
    found, words = complaint_of(view), Words.of(view.case)
    stands, is_open = standing(view.case, view.tasks, view.deadlines, words), view.case.state is CaseState.OPEN
    step = clock.step_clock(view, stands, words) if is_open else None
    return render_template(
        "cabinet/complaint.html",
        case=view.case,
        complaint=found,
        way=way_name(found.channel),
        contested=contested(found, words),
        effect=effect(found, words),
        bound=bound(view.case.id),
        done=done(view),
        is_open=is_open,
        tag=tag(view.case, words),
        stands=stands,
        step_clock=step,
        if_late=if_late(found, words),
        hearing=hearing(view, words),
        positions=positions(view, words),
        minutes=remarks_of(view),
        papers=papers(view),
        filed=signature_of(view),
        is_printed=view.application is not None,
        told=notices(view, words),
        files=files(view, words, "application"),
        breaches=breaches(view, words),
        parts=parts(view, words),
        steps=path(view, stands, words),
    )


def done(view: CaseView) -> tuple[str, str]:
    """What the provider did to satisfy the complaint, and on which day; empty where it was another remedy (R13.4)."""
    line = next((each for each in view.journal if each.action == "action_done"), None)
    return (str(line.details["result"]), str(line.details["done_on"])) if line else ("", "")


def parts(view: CaseView, words: Words) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """What the complaint says, by the pages of its form (L93.1)."""
    form = words.edition.form(COMPLAINT)
    told = [form.part(group.key) for group in form.pages if not group.attachments]
    return [(part.titles[language()], shown(part, view.case.fields)) for part in told]


def if_late(complaint: Complaint, words: Words) -> Sequence[tuple[str, str]]:
    """What follows when a term passes, each sentence with its point (R13.3, L100.5)."""
    forwarded = complaint.forwarded_at is not None
    goes_on = track_of(complaint.contests, complaint.body) is Track.ACT
    term = working_days(words.edition.terms["complaint_forward_due"])
    if forwarded:
        first = [
            (_("If the body gives no decision in term, that counts as a refusal, and you may go to court."), "L100.5")
        ]
    elif goes_on:
        told = _("If the provider does nothing in its term (%(term)s), your complaint goes on by itself.", term=term)
        first = [(told, "R13.3")]
    else:
        first = []
    return [
        *first,
        (_("The head is told at once, and the delay stays in the case for ever."), "R8.2"),
        (_("The single contact centre answers questions at 1414 and 8 800 080 7777."), "A1.11.5"),
    ]


@of_case("/complaint/receipt")
def complaint_receipt(view: CaseView) -> ResponseReturnValue:
    """What the person keeps: number, time, day of registration, and what happens next (L64.1, R13.3)."""
    found, words = complaint_of(view), Words.of(view.case)
    return render_template(
        "cabinet/complaint_receipt.html",
        case=view.case,
        complaint=found,
        contested=contested(found, words),
        why=why_registered(view.case),
        skipped=skipped(view.case),
        nexts=what_next(view, found),
        is_printed=view.application is not None,
        unchecked=any(row.verdict == "unchecked" for row in view.signatures),
        email=str(view.case.fields.get("email") or ""),
    )


def what_next(view: CaseView, complaint: Complaint) -> Sequence[tuple[str, datetime, str]]:
    """The term that runs now: that of the one lawful track of the complaint (R13.3, R14.1, D6)."""
    calendar, case = program().calendar, view.case
    periods = Words.of(case).edition.terms
    if track_of(complaint.contests, complaint.body) is Track.SERVICE:
        term, since, what = TERMS["complaint_provider_due"], case.registered_on, _("The provider answers with reasons")
    else:
        term, since = TERMS["complaint_forward_due"], local(case.received_at).date()
        what = _("The provider satisfies the complaint fully, or it goes with the whole case to the reviewing body")
    return [(str(what), closing(calendar, calendar.after(since, periods[term.key])), term.law)]
