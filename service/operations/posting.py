"""Lays on the chancellery the duty to post what is said to who complained on paper, and again when it came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from service.domain.calendar import WorkCalendar
from service.domain.case import Case
from service.domain.deadlines import local, registered_on
from service.domain.duties import POST, Duty
from service.domain.messages import Notice
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.posting import CAME_BACK, delivers, number_of_try, tries_of
from service.operations import Work
from service.operations.duties import open_duty


def post(work: Work, case: Case, notice: Notice, number: str) -> None:
    """The notice is to be posted on the same day: its paper, or a letter that says it (L64.1, L66.1).

    What is said on the same day without a paper goes in one letter, while that is not posted yet.
    """
    day = registered_on(work.calendar, work.now)
    letter = None if notice.document_id else _letter_of(work.uow, case, day)
    if letter is not None:
        letter.details = {**letter.details, "notices": [*letter.details["notices"], notice.key]}
        return
    open_duty(
        work.uow, work.calendar, POST, counted_from=day, periods=work.periods, case=case, actor=work.actor,
        document_id=notice.document_id, number=number, notices=[notice.key],
    )  # fmt: skip


def post_again(
    uow: UnitOfWork, calendar: WorkCalendar, periods: Mapping[str, int], case: Case, actor: Actor, back: Duty
) -> Duty:
    """The letter came back: it is to be delivered again, to another address or in another way (L66.1).

    The term is as at the first try: the day on which it is known, or the next working day.
    """
    told = {name: back.details[name] for name in ("why", "delivered_on", "address") if back.details.get(name)}
    return open_duty(
        uow, calendar, POST, counted_from=registered_on(calendar, uow.now), periods=periods, case=case, actor=actor,
        document_id=back.document_id, number=back.details.get("number", ""),
        notices=[notice.key for notice in notices_of(uow, back)],
        attempt=number_of_try(back) + 1, came_back=told,
    )  # fmt: skip


def notices_of(uow: UnitOfWork, duty: Duty) -> Sequence[Notice]:
    """The notices that a duty brings to the person."""
    return [notice for notice in uow.list(Notice, case_id=duty.case_id) if delivers(duty, notice)]


def learned_on(uow: UnitOfWork, case: Case, kind: str) -> date | None:
    """The day on which who complained on paper came to know the latest notice of a kind (L66.1, L73.3).

    It is the day on which the letter was handed over, or the person was told otherwise, or has read it. A letter that
    came back was sent to the address that the person gave: it counts from the day on which that was known. None while
    it still lies here or is on its way.
    """
    notice = next((each for each in reversed(uow.list(Notice, case_id=case.id)) if each.kind == kind), None)
    if notice is None:
        return None
    tries = tries_of(uow.duties.of_case(case.id), notice)
    ended = [str(duty.details["delivered_on"]) for duty in tries if duty.details.get("delivery") == CAME_BACK]
    read_on = local(notice.read_at).date() if notice.read_at is not None else None
    known = [notice.told_on, read_on, *map(date.fromisoformat, ended)]
    return min((day for day in known if day is not None), default=None)


def _letter_of(uow: UnitOfWork, case: Case, day: date) -> Duty | None:
    """The letter without a paper that is to be posted on that day and still lies here."""
    waiting = (duty for duty in uow.duties.of_case(case.id) if duty.kind == POST and duty.is_open)
    fit = (duty for duty in waiting if duty.document_id is None and duty.counted_from == day)
    return next((duty for duty in fit if number_of_try(duty) == 1 and "notices" in duty.details), None)
