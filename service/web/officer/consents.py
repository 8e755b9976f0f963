"""A withdrawn consent on the page of the examination: a possible ground 5, its facts filled in (A1.10.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from service.domain.case import Case, Task
from service.domain.consent import GROUND
from service.domain.deadlines import local
from service.domain.refusals import GROUND_FACTS
from service.usecases.consent import consent_of
from service.web import formats
from service.web.officer.door import program
from service.web.officer.lawful import Fact

EXAMINATION = "task_examine"


def consent_facts(case: Case, task: Task) -> Sequence[Fact]:
    """What the unit must know before it concludes; nothing while the consent stands."""
    found = consent_of(program(), case.id) if task.element == EXAMINATION else None
    if found is None or found.withdrawn_at is None:
        return ()
    moment = formats.moment(found.withdrawn_at)
    text = _(
        "The applicant withdrew the consent on %(moment)s: a possible ground 5, whose facts are filled in.",
        moment=moment,
    )
    return (Fact(text, "A1.10.5", bad=True),)


def consent_answers(case: Case, task: Task) -> Mapping[str, Sequence[str]]:
    """The facts of ground 5 as the form takes them, in the language of the refusal; the officer chooses the ground."""
    found = consent_of(program(), case.id) if task.element == EXAMINATION else None
    if found is None or found.withdrawn_at is None:
        return {}
    state, at = GROUND_FACTS[GROUND]
    with force_locale("kk"):
        told = str(_("The applicant withdrew the consent"))
    return {state: [told], at: [formats.date(local(found.withdrawn_at).date())]}
