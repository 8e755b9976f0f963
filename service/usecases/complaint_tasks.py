"""Who may not act in a complaint, and what the answers of its tasks say of the complaint itself (L97.1, D6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.appeal import OWN_ACT_MAY, Complaint, Track, track_of
from service.domain.appeal_effects import require_possible_outcome, require_possible_remedy, require_possible_term
from service.domain.calendar import WorkCalendar
from service.domain.case import APPEAL, Case, Task
from service.domain.deadlines import local
from service.domain.errors import Forbidden, InvalidAnswers
from service.domain.forms import Problem
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.operations.appeals.holder import holder_of


def require_not_own_act(uow: UnitOfWork, case: Case, task: Task, actor: Actor) -> None:
    """The official whose act is challenged decides nothing in its complaint but to satisfy it fully (L97.1, R13.4).

    The same person under another account is the same person. Raises `Forbidden(what="own_act")`.
    """
    if case.procedure == APPEAL and task.element not in OWN_ACT_MAY and is_own_act(uow, case, actor):
        raise Forbidden(what="own_act", role=task.role)


def is_own_act(uow: UnitOfWork, case: Case, actor: Actor) -> bool:
    """Whether this officer is the official whose act, action or inaction the complaint challenges."""
    complaint = uow.find(Complaint, case_id=case.id)
    return complaint is not None and _challenges(uow, complaint, actor.officer_id, actor.iin)


def _challenges(uow: UnitOfWork, complaint: Complaint, officer_id: int | None, iin: str) -> bool:
    """Whether a complaint challenges what this officer did, under whichever account."""
    if complaint.official_id is None or officer_id is None:
        return False
    return complaint.official_id == officer_id or (bool(iin) and uow.get(Officer, complaint.official_id).iin == iin)


def heed_answers(uow: UnitOfWork, calendar: WorkCalendar, case: Case, task: Task, answers: Mapping[str, Any]) -> None:
    """Heed what the complaint itself allows: its track, the remedies and outcomes of its act, their day (D6, L100.1).

    `InvalidAnswers` for any other, at its field.
    """
    complaint = uow.find(Complaint, case_id=case.id) if case.procedure == APPEAL else None
    if complaint is None:
        return
    of_case = complaint.contested_case_id is not None
    if task.element == "task_register_complaint":
        _confirm_track(uow, complaint, answers)
    elif task.element == "task_review_complaint":
        today = local(uow.now).date()
        of_another = holder_of(uow, complaint, case) is not None
        require_possible_remedy(
            complaint.contests, of_case=of_case, of_another=of_another, answers=answers, today=today
        )
    elif task.element == "task_consider_complaint":
        require_possible_outcome(complaint.contests, of_case=of_case, answers=answers)
        require_possible_term(answers, calendar, uow.now)


def _confirm_track(uow: UnitOfWork, complaint: Complaint, answers: Mapping[str, Any]) -> None:
    """Write down the track that was confirmed at registration: the one that follows from the complaint (D6).

    `InvalidAnswers` for the other track, and where a complaint that the provider answers itself is given to the
    official whom it challenges.
    """
    lawful = track_of(complaint.contests, complaint.body)
    if str(answers.get("track") or "") != lawful:
        raise InvalidAnswers(errors={"track": Problem(f"track_is_{lawful.value}")})
    complaint.track = lawful.value
    executor = uow.get(Officer, int(answers["executor"])) if answers.get("executor") else None
    if lawful is Track.SERVICE and executor and _challenges(uow, complaint, executor.id, executor.iin):
        raise InvalidAnswers(errors={"executor": Problem("own_act")})
