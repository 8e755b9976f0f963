"""Where a case stands, in words: the step, who acts, until when, by which point of the rules (A1.11.3, U14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from service.domain.case import APPEAL, Case, CaseState, Deadline, DeadlineKind, Task
from service.domain.steps import Element
from service.domain.terms import objection_until
from service.domain.views import OwnCase, task_term
from service.usecases.answer_on_paper import answers_count_from
from service.usecases.recheck_signatures import SIGNATURE_CHECKED
from service.web.cabinet.door import program
from service.web.cabinet.reading import Words

REGISTRATION, EARLIEST_REFUSAL = "timer_registration_day", "timer_refusal_earliest"
EARLIEST_REVIEW = "timer_review_earliest"
GOOD_ENDINGS = frozenset({"granted", "satisfied", "cancelled", "adopted", "ordered"})
BAD_ENDINGS = frozenset({"refused", "not_considered", "not_accepted", "unsatisfied", "silence"})


@dataclass(frozen=True)
class Standing:
    """The place of a case: `term` is the running term of the step, `wait` the day that has to come first.

    `missed` is the first term of the step that was missed, also while another runs (R8.2).
    """

    title: str
    who: str = ""
    law: str = ""
    task: Task | None = None
    element: Element | None = None
    term: Deadline | None = None
    wait: Deadline | None = None
    missed: Deadline | None = None

    @property
    def until(self) -> datetime | None:
        """The end of the step's term, or the day for which the case waits."""
        row = self.term or self.wait
        return row.due_at if row else None


def standing(case: Case, tasks: Sequence[Task], deadlines: Sequence[Deadline], words: Words) -> Standing:
    """Where the case stands now; a closed case stands at its ending."""
    if case.state is CaseState.CLOSED:
        return Standing(words.name(f"end_{case.outcome}"))
    waiting = [task for task in tasks if task.is_open]
    if waiting:
        return _at_task(waiting[-1], deadlines, words)
    waits = [row for row in deadlines if row.kind is DeadlineKind.WAIT and _runs(row)]
    if waits:
        return _at_wait(waits[0], words)
    return _at_message(case, words)


def of_own(own: OwnCase, words: Words) -> Standing:
    """The same for a line of the list of cases."""
    return standing(own.case, own.tasks, own.deadlines, words)


def answer_until(case: Case, words: Words) -> datetime | None:
    """Until when the applicant may object to the preliminary decision (L73.3).

    None where nothing is asked, and while the invitation is on its way by post.
    """
    since = invited_since(case) if case.state is CaseState.OPEN else None
    return objection_until(program().calendar, since, words.edition.terms) if since else None


def invited_since(case: Case, *, of_holder: bool = False) -> date | None:
    """The day from which the days for an answer count; None where nobody is invited, or the letter is on its way."""
    if case.notified_on is None:
        return None
    with program().reading() as uow:
        return answers_count_from(uow, case, of_holder=of_holder)


def tag(case: Case, words: Words) -> tuple[str, str]:
    """The state of a case in words and the kind of its tag."""
    if case.state is CaseState.OPEN:
        return str(_("In progress")), "open"
    kind = "good" if case.outcome in GOOD_ENDINGS else ("bad" if case.outcome in BAD_ENDINGS else "quiet")
    return words.name(f"end_{case.outcome}"), kind


def _runs(row: Deadline) -> bool:
    return row.fired_at is None and row.cancelled_at is None


def _at_task(task: Task, deadlines: Sequence[Deadline], words: Words) -> Standing:
    element = words.element(task.element)
    term = task_term(deadlines, task.id, program().clock.now())
    return Standing(
        title=words.name(task.element),
        who=words.lane(task.role),
        law=",".join(element.law) if element else "",
        task=task,
        element=element,
        term=term.row if term else None,
        missed=term.missed if term else None,
    )


def _at_wait(row: Deadline, words: Words) -> Standing:
    element = words.element(row.element)
    is_complaint = words.edition.procedure.process == APPEAL
    registration = _("The complaint waits for its day of registration")
    titles = {
        REGISTRATION: registration if is_complaint else _("The application waits for its day of registration"),
        EARLIEST_REVIEW: _("The law makes the decision wait for the applicant's answer"),
        EARLIEST_REFUSAL: _("The law makes the decision wait for the applicant's answer"),
    }
    return Standing(
        title=str(titles.get(row.element) or words.name(row.element)),
        who=str(_("Nobody has to act: the day comes by itself")),
        law=",".join(element.law) if element else "",
        element=element,
        wait=row,
    )


def _at_message(case: Case, words: Words) -> Standing:
    element = words.element(SIGNATURE_CHECKED)
    if case.registered_at is None and element is not None:
        title = str(_("The electronic signature is being checked"))
        return Standing(title, str(_("The program, again and again by itself")), ",".join(element.law), element=element)
    return Standing(str(_("The case waits for an answer from another system")))
