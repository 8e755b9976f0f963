"""A notice without an e-mail address is told in another way, and an officer records when and how (L66.1)."""

from __future__ import annotations

from service.domain.appeal_effects import require_done
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.errors import NotLawful
from service.domain.forms import LONGEST_LINE
from service.domain.messages import Notice
from service.domain.people import Actor
from service.domain.rights import Right, require
from service.usecases.services import Services


def tell_otherwise(services: Services, notice_id: int, actor: Actor, how: str, day: str) -> Notice:
    """The chancellery or the head says how and on which day the person was told, by telephone or in person.

    `Forbidden` for other roles, `InvalidAnswers` that names the field, `NotLawful` where it was told before.
    """
    actor = require(actor, Right.COMPLAINTS, Right.LEAD)
    with services.unit_of_work() as uow:
        notice = uow.locked.one(Notice, notice_id)
        case = uow.get(Case, notice.case_id)
        if notice.told_on is not None:
            raise NotLawful("notice_was_told", "L66.1")
        answers, today, earliest = {"how": how, "told_on": day}, local(uow.now).date(), local(notice.at).date()
        told_on = require_done(answers, "how", "told_on", today, earliest, LONGEST_LINE)
        notice.told_on, notice.told_how = told_on, how.strip()
        told = {"kind": notice.kind, "how": notice.told_how, "told_on": told_on.isoformat()}
        uow.note(case, actor, "notice_told", **told)
        uow.commit()
        return notice
