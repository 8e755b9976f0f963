"""My cases, my drafts, and the beginning of a new application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from service.domain.case import APPEAL, PERMIT, Case, CaseState, Draft
from service.domain.deadlines import local
from service.domain.identifiers import is_branch
from service.domain.people import Applicant
from service.domain.views import OwnCase
from service.web.cabinet.desk import Desk
from service.web.cabinet.door import cabinet, me, program, signed_in
from service.web.cabinet.reading import Words, edition_in_force, newest_edition, words_of_draft
from service.web.cabinet.standing import Standing, answer_until, of_own, tag
from service.web.cabinet.words import contested


@dataclass(frozen=True)
class CaseLine:
    """One case on the list: `answer` is the term that runs for the applicant, `late` a term that has passed."""

    case: Case
    address: str
    tag: tuple[str, str]
    standing: Standing
    answer: datetime | None
    late: bool
    name: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anybody still has to act."""
        return self.case.state is CaseState.OPEN


@cabinet.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Everything of this applicant: cases with where they stand, drafts, and whether a new one can be begun (O2)."""
    applicant = me()
    found = [_line(own) for own in program().queries.own_cases(applicant.iin, applicant.bin)]
    # What waits for the applicant stands first, the nearest term on top; the rest stays in its order.
    waiting = sorted((line.answer, place) for place, line in enumerate(found) if line.answer)
    lines = [*(found[place] for _term, place in waiting), *(line for line in found if not line.answer)]
    return render_template(
        "cabinet/home.html",
        applicant=applicant,
        cases=[line for line in lines if line.case.procedure == PERMIT],
        complaints=[line for line in lines if line.case.procedure == APPEAL],
        drafts=drafts_of(applicant),
        draft_days=program().settings.draft_days,
        is_branch=bool(applicant.bin and is_branch(applicant.bin)),
        closed=closed() if edition_in_force() is None else None,
    )


@dataclass(frozen=True)
class Closed:
    """Why no applications are taken today: the act, and the days between which it is in force (O2)."""

    act: str
    since: date
    until: date | None
    not_yet: bool


def closed() -> Closed:
    """Explain the closed intake by the newest edition."""
    edition = newest_edition()
    not_yet = local(program().clock.now()).date() < edition.in_force_from
    return Closed(edition.act, edition.in_force_from, edition.in_force_until, not_yet)


def _line(own: OwnCase) -> CaseLine:
    words, now = Words.of(own.case), program().clock.now()
    stands, answer = of_own(own, words), answer_until(own.case, words)
    return CaseLine(
        case=own.case,
        address=url_for("cabinet.case" if own.case.procedure == PERMIT else "cabinet.complaint", case_id=own.case.id),
        tag=tag(own.case, words),
        standing=stands,
        answer=answer if answer and now <= answer else None,
        late=stands.missed is not None,
        name=_name(own.case, words),
    )


def _name(case: Case, words: Words) -> str:
    """What a case is about: the platform of an application, what a complaint is against."""
    fields = case.fields
    return str(fields.get("platform") or "") or contested(str(fields.get("contests") or ""), words)


def drafts_of(applicant: Applicant) -> Sequence[tuple[str, Draft]]:
    """What this applicant has begun and not sent: applications and complaints, each by its name."""
    drafts = program().queries.drafts_of(applicant.iin, applicant.bin)
    words = words_of_draft() if drafts else None
    return [(Desk(draft, (), words).title, draft) for draft in drafts if words]
