"""Hearings as the cabinet shows them: the applicant's own, and those of a permit's holder (R8.1, L73.1, L73.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import url_for

from service.domain.appeal import Complaint
from service.domain.case import APPEAL, PERMIT, CaseState
from service.domain.deadlines import local
from service.domain.decisions import Hearing
from service.domain.minutes import ORAL
from service.domain.views import CaseView
from service.web import formats
from service.web.boxes import Stated, stated
from service.web.cabinet import clock
from service.web.cabinet.attachments import shown as file_shown
from service.web.cabinet.door import program
from service.web.cabinet.reading import Words
from service.web.heard_way import way_of

_INVITATION = {PERMIT: "invite_hearing", APPEAL: "invite_review_hearing"}
_HELD = {PERMIT: "hold_hearing", APPEAL: "hold_review_hearing"}


@dataclass(frozen=True)
class Invited:
    """The hearing: time, place and way, and until when the applicant may answer (R8.1, R8.3, L73.3)."""

    day: str
    hour: str
    way: str
    place: str
    answer: clock.Clock | None
    days: int
    may_answer: bool
    went: str
    settled: str
    was_oral: bool


def hearing(view: CaseView, words: Words) -> Invited | None:
    """The hearing to which the applicant is invited; None where there is none, or it was before the case came back.

    That of the holder of a permit, before a decision on the complaint of somebody else, stands in the holder's case.
    """
    held, back = view.hearing, view.case.reopened_on
    if held is None or held.of_holder or held.held_on is None or (back is not None and held.held_on < back):
        return None
    return invited(view, words, held)


def invited(view: CaseView, words: Words, held: Hearing) -> Invited:
    """A hearing in words: when, where, until when one may answer, and how it went."""
    return Invited(
        day=f"{formats.date_long(held.held_on)} ({formats.weekday(held.held_on)})" if held.held_on else "",
        hour=held.held_at,
        way=way_of(held, view.positions, words.option(_INVITATION[view.case.procedure], "hearing_way", held.way)),
        place=held.place,
        answer=clock.answer_clock(view.case, words, of_holder=held.of_holder),
        days=words.edition.terms["objection_days"],
        may_answer=view.case.state is CaseState.OPEN,
        went=words.option(_HELD[view.case.procedure], "hearing_result", held.result) if held.result else "",
        settled=formats.moment(held.settled_at),
        was_oral=held.result == ORAL,
    )


def positions(
    view: CaseView, words: Words, *, of_holder: bool = False, file_of: Callable[[int], str] | None = None
) -> list[Stated]:
    """The applicant's answers to the preliminary decision, or those of the holder of a contested permit.

    `file_of` gives the address of a file where that is not among the files of the case itself.
    """
    received_on, address = local(view.case.received_at).date(), file_of or partial(file_address, view)
    kept = {each.id: each for each in view.attachments}
    found = []
    for said in (each for each in view.positions if each.of_holder == of_holder):
        attached = kept.get(said.attachment_id or 0)
        file = file_shown(attached, words, address(attached.id), received_on) if attached else None
        found.append(stated(said, attached, file))
    return found


def file_address(view: CaseView, attachment_id: int) -> str:
    """Where a file of the applicant's own case is."""
    return url_for("cabinet.case_file", case_id=view.case.id, attachment_id=attachment_id)


@dataclass(frozen=True)
class Heard:
    """A hearing of the holder on a complaint of somebody else: its number, the invitation, what was said, where to."""

    number: str
    hearing: Invited
    positions: Sequence[Stated]
    address: str


def complaint_against(view: CaseView, complaint_id: int) -> tuple[CaseView, Hearing] | None:
    """A complaint on which the holder of this permit is heard, with the hearing; None for every other."""
    return _with_hearing(complaint_id) if complaint_id in _contesting(view) else None


def hearings_of_holder(view: CaseView) -> Sequence[Heard]:
    """The hearings to which the holder of this permit is invited, the newest first."""
    if view.entry is None:
        return ()
    found = (_with_hearing(complaint_id) for complaint_id in reversed(_contesting(view)))
    return [_heard(view, *each) for each in found if each is not None]


def _contesting(view: CaseView) -> Sequence[int]:
    """The complaints against this case, the oldest first."""
    with program().reading() as uow:
        return [complaint.case_id for complaint in uow.list(Complaint, contested_case_id=view.case.id)]


def _with_hearing(complaint_id: int) -> tuple[CaseView, Hearing] | None:
    complaint = program().queries.case(complaint_id)
    held = complaint.hearing
    return (complaint, held) if held is not None and held.of_holder else None


def _heard(view: CaseView, complaint: CaseView, held: Hearing) -> Heard:
    case_id, complaint_id, words = view.case.id, complaint.case.id, Words.of(complaint.case)

    def file_of(key: int) -> str:
        return url_for("cabinet.holder_file", case_id=case_id, complaint_id=complaint_id, attachment_id=key)

    said = positions(complaint, words, of_holder=True, file_of=file_of)
    address = url_for("cabinet.holder_position", case_id=case_id, complaint_id=complaint_id)
    return Heard(complaint.case.number, invited(complaint, words, held), said, address)
