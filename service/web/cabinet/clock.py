"""The open clock: until when the step lasts, how that was counted, and what follows if they are late (U1, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from service.domain.case import Case, Deadline, DeadlineKind
from service.domain.deadlines import TERMS, Explanation, explain
from service.domain.timers import counted_terms
from service.domain.views import CaseView
from service.usecases.case_terms import anchors
from service.web import formats, spans
from service.web.boxes import DeadlineBox, deadline_box
from service.web.cabinet.door import program
from service.web.cabinet.reading import Words
from service.web.cabinet.standing import Standing, invited_since


@dataclass(frozen=True)
class Clock:
    """A running term; `was` is its first end where it has been moved since (L76.3)."""

    box: DeadlineBox
    was: datetime | None = None


def step_clock(view: CaseView, stands: Standing, words: Words) -> Clock | None:
    """The term of the step at which the case is."""
    return _clock(stands.term, view, words, _("This step ends by")) if stands.term else None


def service_clock(view: CaseView, words: Words) -> Clock | None:
    """The term of the whole service (A1.4, D26)."""
    rows = [row for row in view.deadlines if row.kind is DeadlineKind.TERM and row.task_id is None]
    return _clock(max(rows, key=lambda row: row.due_at), view, words, _("You receive the result by")) if rows else None


def answer_clock(case: Case, words: Words, *, of_holder: bool = False) -> Clock | None:
    """The applicant's own term, or the holder's: an objection, or the wish for an oral hearing (L73.3).

    None while the invitation is on its way to who complained on paper.
    """
    since = invited_since(case, of_holder=of_holder)
    if since is None:
        return None
    term = TERMS["objection_latest"]
    counted = explain(program().calendar, since, words.edition.terms["objection_days"])
    box = deadline_box(
        program().calendar, program().clock.now(), counted.due_at,
        title=_("You may answer until"), law=term.law, explanation=counted,
    )  # fmt: skip
    return Clock(box)


def if_late(late: bool, words: Words) -> Sequence[tuple[str, str]]:
    """What follows when a term passes, each sentence with its point (R8.2, L92.1)."""
    term = spans.months(words.edition.terms["complaint_months"])
    head = (
        (_("The head was told at once, and the delay stays in the case for ever."), "R8.2")
        if late
        else (_("The head is told at once, and the delay stays in the case for ever."), "R8.2")
    )
    return [
        head,
        (_("You lose nothing: the case goes on, and you need not file anew."), ""),
        (_("You may complain about the inaction. The term from learning of it: %(term)s.", term=term), "L92.1"),
        (_("The single contact centre answers questions at 1414 and 8 800 080 7777."), "A1.11.5"),
    ]


def _clock(row: Deadline, view: CaseView, words: Words, title: str) -> Clock:
    case, element, calendar = view.case, words.element(row.element), program().calendar
    moved = row.due_at != row.first_due_at
    explanation = governing(element.expression if element else "", view)
    if explanation is not None and explanation.due_at != row.due_at:
        explanation = None
    box = deadline_box(
        calendar, program().clock.now(), row.due_at,
        title=title, law=",".join(element.law) if element else "", explanation=explanation,
    )  # fmt: skip
    if explanation is None and moved and case.extended_until is not None:
        was = _("The head has moved the end of the term. It was %(moment)s.", moment=formats.moment(row.first_due_at))
        box = replace(box, counted=was, law="L76.3")
    elif moved:
        ended = formats.moment(row.first_due_at)
        was = _("The working days or hours have changed. The end was %(moment)s.", moment=ended)
        box = replace(box, counted=f"{box.counted} {was}".strip())
    return Clock(box, row.first_due_at if moved else None)


def governing(expression: str, view: CaseView) -> Explanation | None:
    """The counted term of an expression that ends first; None where nothing is counted yet."""
    terms = counted_terms(expression, anchors(view.case, view.complaint), program().calendar) if expression else ()
    return terms[0].explanation if terms else None
