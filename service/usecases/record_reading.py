"""Who has opened which case, and when: officers by lines of the journal, applicants by their notices (L66.1, L69.1)."""

from __future__ import annotations

import logging

from service.domain.case import Case
from service.domain.claims import Claim
from service.domain.identifiers import masked, searched_by
from service.domain.messages import Notice
from service.domain.people import Actor, Applicant
from service.domain.views import CaseView
from service.usecases.services import Services

log = logging.getLogger(__name__)


def record_reading(services: Services, actor: Actor, case_id: int) -> bool:
    """Note that an officer reads a case, at most once an hour; whether a line was written now.

    It has a transaction of its own, and whatever goes wrong there is the operator's to see: the officer's page and
    the case's own step never wait for it or fail with it.
    """
    if actor.officer_id is None:
        return False
    try:
        return _record(services, actor, actor.officer_id, case_id)
    except Exception:  # the page is shown all the same
        log.exception("that a case was read could not be noted: officer %s, case %s", actor.officer_id, case_id)
        return False


def record_paper_reading(services: Services, actor: Actor, case_id: int, paper: str) -> bool:
    """Note that an officer takes one paper of a case to read, each time, by its number or the name of its file.

    Like the reading of the case it hurts no page when it fails.
    """
    if actor.officer_id is None:
        return False
    try:
        with services.unit_of_work() as uow:
            uow.note(uow.get(Case, case_id), actor, "paper_read", paper=paper)
            uow.commit()
    except Exception:  # the paper is handed out all the same
        log.exception("that a paper was read could not be noted: officer %s, case %s", actor.officer_id, case_id)
        return False
    return True


def record_claim_reading(services: Services, actor: Actor, claim: Claim, paper: str = "") -> bool:
    """Note that an officer reads a claim, or one paper of it: in the case that it contests, or in the office.

    Like the reading of a case it hurts no page when it fails.
    """
    if claim.contested_case_id is not None:
        read = claim.contested_case_id
        return record_paper_reading(services, actor, read, paper) if paper else record_reading(services, actor, read)
    try:
        with services.unit_of_work() as uow:
            uow.note(None, actor, "claim_read", number=claim.number, paper=paper)
            uow.commit()
    except Exception:  # the page is shown all the same
        log.exception("that a claim was read could not be noted: officer %s, claim %s", actor.officer_id, claim.id)
        return False
    return True


def record_taken(services: Services, actor: Actor, case_id: int, paper: str) -> None:
    """Note that a paper about a case is taken away by a command, before it is handed out (L69.1)."""
    with services.unit_of_work() as uow:
        uow.note(uow.get(Case, case_id), actor, "paper_read", paper=paper)
        uow.commit()


def record_notices_read(services: Services, view: CaseView, applicant: Applicant) -> None:
    """Note that the applicant has opened the case in the cabinet, where its notices stand (L66.1)."""
    if all(notice.read_at for notice in view.notices):
        return
    try:
        with services.unit_of_work() as uow:
            unread = uow.locked.all(Notice, case_id=view.case.id, read_at=None)
            for notice in unread:
                notice.read_at = uow.now
            if unread:
                actor = applicant.actor
                uow.note(uow.get(Case, view.case.id), actor, "notices_read", kinds=[notice.kind for notice in unread])
                uow.commit()
    except Exception:  # the page is shown all the same
        log.exception("that the notices of case %s were read could not be noted", view.case.id)


def record_search(services: Services, actor: Actor, asked: str, found: int) -> bool:
    """Note that an officer has looked for cases by a number or a name, each time: what was asked and how many came.

    It is a line of the office: who opens one of them leaves another in the case itself. An IIN or BIN is kept by its
    last digits. Like the reading of a case it hurts no page when it fails.
    """
    by = searched_by(asked)
    said = masked(asked) if by == "identifier" else asked[:LONGEST_SEARCH]
    try:
        with services.unit_of_work() as uow:
            uow.note(None, actor, "cases_searched", by=by, asked=said, found=found)
            uow.commit()
    except Exception:  # the page is shown all the same
        log.exception("that somebody was looked for could not be noted: officer %s", actor.officer_id)
        return False
    return True


LONGEST_SEARCH = 100
"""So much of what was typed is kept."""


def _record(services: Services, actor: Actor, officer_id: int, case_id: int) -> bool:
    with services.reading() as uow:
        hour = uow.now.replace(minute=0, second=0, microsecond=0)
        if uow.readings.known(officer_id, case_id, hour):
            return False
    with services.unit_of_work() as uow:
        # Of two pages that open at once one writes the line.
        if not uow.readings.begin(officer_id, case_id, hour):
            return False
        uow.note(uow.get(Case, case_id), actor, "case_read")
        uow.commit()
        return True
