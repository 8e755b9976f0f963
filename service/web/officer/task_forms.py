"""The form of a task as its page shows it: what it asks now, what can be chosen, what is filled in (R6.1, R6.3, D6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from service.domain.appeal import Complaint, track_of
from service.domain.case import Task
from service.domain.completeness import DESPITE_FINDINGS, items_of
from service.domain.deadlines import local
from service.domain.forms import Form, Options, Raw
from service.domain.forms_fields import Field
from service.domain.forms_hours import with_hours
from service.domain.minutes import HEARD_AT
from service.domain.views import CaseView
from service.usecases.options import options_for
from service.web import formats
from service.web.answers import typed_again
from service.web.officer import consents, facts, problems
from service.web.officer.door import program
from service.web.officer.reading import Words
from service.web.officer.written_in import with_languages

COMPLETENESS = "task_check_completeness"
RAW = "_raw"
"""Under this name a draft holds what was typed letter by letter, also what no form would take yet."""


def form_of(task: Task, words: Words, complaint: Complaint | None) -> Form | None:
    """The form of a task as the page shows it: files apart, and of the tracks only the lawful one (D6)."""
    form = words.form_of(task.element)
    if form is None:
        return None
    form = problems.without_files(form)
    if complaint is None:
        return form
    only = (track_of(complaint.contests, complaint.body).value,)
    return replace(form, fields=tuple(replace(f, values=only) if f.key == "track" else f for f in form.fields))


def task_form(view: CaseView, task: Task, words: Words) -> tuple[Form | None, Options]:
    """The form of a task with its options.

    Its hints tell the working hours of the days it offers, or of today, and in which languages it is printed.
    """
    form, calendar = _about_findings(form_of(task, words, view.complaint), view), program().calendar
    options = _options(form, view)
    offered = [date.fromisoformat(day) for day, _label in options.get("hearing_days", ())]
    days = offered or [local(program().clock.now()).date()]
    if form is None:
        return None, options
    hours = [(day, calendar.hours_on(day)) for day in days]
    return with_languages(with_hours(form, hours), view.case), options


def filled(form: Form, task: Task, view: CaseView) -> Raw:
    """What the form is filled with: what is kept of what was typed, else what the case knows already."""
    draft = task.draft or {}
    if RAW in draft:
        return consents.with_consent(view.case, task, dict(draft[RAW]))
    return consents.with_consent(view.case, task, {**_found(task, view), **typed_again(form, draft)})


def _about_findings(form: Form | None, view: CaseView) -> Form | None:
    """The check of completeness asks why a set is complete all the same only where something was found in it (R6.3)."""
    if form is None:
        return None
    found = bool(facts.documents_found(view))
    return replace(form, fields=tuple(_asked_now(form.fields, found=found)))


def _asked_now(fields: Sequence[Field], *, found: bool) -> Iterator[Field]:
    for asked in fields:
        if asked.key != DESPITE_FINDINGS:
            yield replace(asked, fields=tuple(_asked_now(asked.fields, found=found)))
        elif found:
            yield replace(asked, required=True)


def _found(task: Task, view: CaseView) -> Raw:
    """What the case knows: what the automatic check found missing, and for minutes where and when it was invited to.

    The officer decides, and writes what was otherwise (R6.3, L74.1).
    """
    if task.element == HEARD_AT[view.case.procedure] and view.hearing is not None:
        held = view.hearing
        known = {"place": held.place, "date": formats.date(held.held_on), "start": held.held_at}
        return {f"minutes_{name}": [text] for name, text in known.items() if text}
    return items_of(facts.documents_found(view)) if task.element == COMPLETENESS else {}


def _options(form: Form | None, view: CaseView) -> Options:
    if form is None or not form.asks_for_options:
        return {}
    with program().reading() as uow:
        return options_for(program(), uow, view.case)
