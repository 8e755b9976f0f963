"""A withdrawn consent on the pages of a case: a possible ground 5, in the examination with its facts (A1.10.5)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from service.domain.case import Case, Task
from service.domain.consent import GROUND, Consent
from service.domain.deadlines import local
from service.domain.forms import Raw
from service.domain.refusals import GROUND_FACTS
from service.domain.views import CaseView
from service.usecases.consent import consent_of
from service.web import formats
from service.web.officer.door import program
from service.web.officer.lawful import Fact

EXAMINATION = "task_examine"


def consent_facts(view: CaseView, task: Task) -> Sequence[Fact]:
    """What the unit and the head must know at each of their tasks; nothing while the consent stands."""
    found = _withdrawn(view.case)
    if found is None:
        return ()
    moment = formats.moment(found.withdrawn_at)
    if task.element == EXAMINATION:
        told = _(
            "The applicant withdrew the consent on %(moment)s: a possible ground 5, whose facts are filled in.",
            moment=moment,
        )
    elif _weighed(view, found):
        told = _("The applicant withdrew the consent on %(moment)s, before the examination ended.", moment=moment)
    elif task.role == "head" and _examination(view) is not None:
        told = _(
            "The applicant withdrew the consent on %(moment)s, after the examination: a possible ground 5 that nobody "
            "has weighed. Send it back to be examined again.",
            moment=moment,
        )
    else:
        told = _("The applicant withdrew the consent on %(moment)s: a possible ground 5 of a refusal.", moment=moment)
    return (Fact(told, "A1.10.5", bad=True),)


def with_consent(case: Case, task: Task, raw: Raw) -> dict[str, Sequence[str]]:
    """The answers of the examination with the facts of ground 5 where nothing was typed for them.

    They are in the language of the refusal; whether the ground is chosen the officer decides.
    """
    found = _withdrawn(case) if task.element == EXAMINATION else None
    if found is None or found.withdrawn_at is None:
        return dict(raw)
    state, at = GROUND_FACTS[GROUND]
    with force_locale("kk"):
        told = str(_("The applicant withdrew the consent"))
    facts = {state: [told], at: [formats.date(local(found.withdrawn_at).date())]}
    return {**raw, **{name: texts for name, texts in facts.items() if not any(raw.get(name, ()))}}


def _withdrawn(case: Case) -> Consent | None:
    found = consent_of(program(), case.id)
    return found if found is not None and found.withdrawn_at is not None else None


def _examination(view: CaseView) -> Task | None:
    """The latest examination that is done."""
    done = [task for task in view.tasks if task.element == EXAMINATION and task.completed_at is not None]
    return max(done, key=lambda task: (task.completed_at, task.id), default=None)


def _weighed(view: CaseView, consent: Consent) -> bool:
    """Whether the latest examination ended after the withdrawal: the unit knew of it."""
    done = _examination(view)
    ended, withdrawn = done.completed_at if done else None, consent.withdrawn_at
    return ended is not None and withdrawn is not None and ended > withdrawn
