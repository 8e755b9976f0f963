"""What an applicant does in an open case: says a position, withdraws (L73.3, point 8)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service.domain.appeal import Complaint
from service.domain.case import APPEAL, NOON, OF_POSITION, Attachment, Case, CaseState
from service.domain.deadlines import ZONE, local
from service.domain.decisions import Position
from service.domain.errors import Forbidden, InvalidAnswers, NobodyWaits, NotLawful
from service.domain.files import MAX_TOTAL_BYTES, FileRefused
from service.domain.forms import Problem, told_texts
from service.domain.messages import OfficerNote
from service.domain.people import Actor, Applicant
from service.domain.ports import UnitOfWork
from service.domain.refusals import wants_to_be_heard
from service.domain.terms import objection_until
from service.operations.appeals.holder import holder_of, latest_hearing
from service.operations.appeals.review import known_on
from service.operations.in_charge import in_charge
from service.usecases.moves import Move
from service.usecases.services import Services

LONGEST_TEXT = 10_000
LONGEST_REASON = 500
TWICE = timedelta(minutes=1)
"""What is sent once more within this time was pressed twice; later it is said again."""


def own_case(uow: UnitOfWork, case_id: int, applicant: Applicant) -> Case:
    """The applicant's own case, locked; nobody else may touch it."""
    case = uow.cases.lock(case_id)
    if case.identifier != applicant.identifier:
        raise Forbidden(what="case")
    return case


def submit_position(
    services: Services,
    case_id: int,
    applicant: Applicant,
    text: str,
    *,
    wants_oral: bool,
    file: Attachment | None = None,
) -> Position:
    """Record an objection or a request for an oral hearing within 2 working days of the notice (L73.3).

    A late one is kept and shown as late. `NotLawful` when no preliminary decision was sent or the case is closed,
    `FileRefused` where the files of all answers would be too large together.
    """
    with services.unit_of_work() as uow:
        case, actor = own_case(uow, case_id, applicant), _by(applicant)
        position = stated(services, uow, Statement(case, actor, text.strip(), wants_oral, file))
        uow.commit()
        return position


def submit_holder_position(
    services: Services,
    complaint_case_id: int,
    applicant: Applicant,
    text: str,
    *,
    wants_oral: bool,
    file: Attachment | None = None,
) -> Position:
    """The same by the holder of a permit before a decision on the complaint of somebody else (L73.1, L73.3).

    `Forbidden` for anybody but the holder who is invited.
    """
    with services.unit_of_work() as uow:
        case = uow.cases.lock(complaint_case_id)
        complaint, hearing = uow.find(Complaint, case_id=case.id), uow.cases.hearing(case.id)
        holder = holder_of(uow, complaint, case) if complaint else None
        if holder is None or holder.identifier != applicant.identifier or hearing is None or not hearing.of_holder:
            raise Forbidden(what="case")
        said = Statement(case, _by(applicant), text.strip(), wants_oral, file, of_holder=True)
        position = stated(services, uow, said)
        uow.commit()
        return position


def keep_position_file(
    services: Services, case_id: int, name: str, content: bytes, media_type: str, *, of_holder: bool = False
) -> Attachment:
    """Store the file of a position that is about to be stated; all files of one side together may hold 100 MiB.

    `FileRefused` before any byte reaches the disk, `StorageFull`.
    """
    with services.reading() as uow:
        _require_room(uow, case_id, len(content), of_holder=of_holder)
    return Attachment(
        "position", name, str(services.files.put(content)), len(content), media_type, services.clock.now()
    )


def _require_room(uow: UnitOfWork, case_id: int, more: int, *, of_holder: bool) -> None:
    """Refuse a file for which the answers of this side, the applicant's or the holder's, have no room (A1.9.2)."""
    ours = {each.attachment_id for each in uow.cases.positions(case_id) if each.of_holder == of_holder}
    if sum(file.size for file in uow.cases.attachments(case_id) if file.id in ours) + more > MAX_TOTAL_BYTES:
        raise FileRefused("too_large_with_answers", limit=MAX_TOTAL_BYTES)


@dataclass(frozen=True)
class Statement:
    """What somebody says to a preliminary decision, and who enters it: the person, or of a paper an officer.

    `received_on` is the day on which a paper came; in the cabinet it comes now.
    """

    case: Case
    by: Actor
    text: str
    wants_oral: bool
    file: Attachment | None
    of_holder: bool = False
    received_on: date | None = None


def _by(applicant: Applicant) -> Actor:
    return Actor(applicant.name, "applicant", iin=applicant.iin)


def stated(services: Services, uow: UnitOfWork, said: Statement) -> Position:
    """Keep a position, tell who considers the case, and let the drawing know (L73.3); raises as `submit_position`.

    What was said a moment ago, word by word and file by file, was only pressed twice.
    """
    case, file = said.case, said.file
    if errors := told_texts({"text": said.text}, {"text": LONGEST_TEXT}):
        raise InvalidAnswers(errors=errors)
    if case.notified_on is None or case.state is CaseState.CLOSED:
        raise NotLawful("no_preliminary_decision", "L73.3")
    if said_before := _same(uow, said):
        return said_before
    at, late = _came_at(uow, said), _is_late(services, uow, said, case.notified_on)
    if file is not None:
        _require_room(uow, case.id, file.size, of_holder=said.of_holder)
        file.case_id, file.purpose = case.id, OF_POSITION
        uow.add(file)
        uow.flush()
    file_id = file.id if file else None
    position = Position(case.id, at, said.text, said.wants_oral, late, file_id, said.of_holder)
    uow.add(position)
    uow.flush()
    told = {"received_on": said.received_on.isoformat()} if said.received_on else {}
    uow.note(case, said.by, "position_submitted", oral=said.wants_oral, late=late, holder=said.of_holder, **told)
    uow.add(_note_of(uow, case, position))
    move = Move(services, uow, case, said.by)
    move.catch_up()
    if case.procedure == APPEAL:
        _owe_hearing(move, position)
    # After the hearing nobody waits for it: it stays with the case, and is late only after the 2 days (L73.3).
    with suppress(NobodyWaits):
        move.receive("message_position", {})
    return position


def _same(uow: UnitOfWork, said: Statement) -> Position | None:
    """The answer of a moment ago that says all of this already; of a paper also that it came on this day."""
    files = {each.id: each.sha256 for each in uow.cases.attachments(said.case.id)}
    this = (said.of_holder, said.text, said.wants_oral, said.file.sha256 if said.file else None)
    for each in uow.cases.positions(said.case.id):
        that = (each.of_holder, each.text, each.wants_oral, files.get(each.attachment_id or 0))
        is_of_day = said.received_on in (None, local(each.at).date())
        if this == that and is_of_day and uow.now - each.at < TWICE:
            return each
    return None


def _owe_hearing(move: Move, position: Position) -> None:
    """An oral hearing that is asked for in time after another result was recorded is held yet (L73.3).

    Before an unfavourable decision the drawing then invites once more.
    """
    hearing = latest_hearing(move.uow, move.case, of_holder=position.of_holder)
    if hearing is not None and wants_to_be_heard(hearing, [position]):
        heard = "holder_heard" if position.of_holder else "review_heard"
        move.case.engine_state = move.edition.runner.with_data(move.case.engine_state, **{heard: False})


def _came_at(uow: UnitOfWork, said: Statement) -> datetime:
    """When it came: of a paper of an earlier day the day alone is known, and it answers what was sent before."""
    if said.received_on is None or said.received_on == local(uow.now).date():
        return uow.now
    noon, hearing = datetime.combine(said.received_on, NOON, ZONE), uow.cases.hearing(said.case.id)
    sent = hearing.notified_at if hearing is not None else None
    return max(noon, sent) if sent is not None and local(sent).date() == said.received_on else noon


def _is_late(services: Services, uow: UnitOfWork, said: Statement, notified_on: date) -> bool:
    """Whether it came after the 2 working days from when the invitation was known; of a paper the day counts (L73.3).

    Who complained on paper and answers a letter of which the delivery is not recorded yet, is in time.
    """
    known = known_on(uow, said.case, notified_on, of_holder=said.of_holder)
    if known is None:
        return False
    until = objection_until(services.calendar, known, services.editions.of_case(uow, said.case).terms)
    return said.received_on > local(until).date() if said.received_on else uow.now > until


def _note_of(uow: UnitOfWork, case: Case, position: Position) -> OfficerNote:
    """Who is told: the officer in charge, or of a position in a complaint the body that considers it."""
    if case.procedure == APPEAL:
        told = {"holder": position.of_holder}
        return OfficerNote(case.id, "position", uow.now, "message_position", role="reviewer", details=told)
    executor_id = in_charge(uow, case)
    role = "" if executor_id else "unit"
    return OfficerNote(case.id, "position", uow.now, "message_position", executor_id, role)


def withdraw_case(services: Services, case_id: int, applicant: Applicant, reason: str) -> Case:
    """Withdraw the application before the decision; the case ends at once, with the reason as it was written.

    `InvalidAnswers` for a reason that is too long, `NotLawful` when the case is over already.
    """
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise InvalidAnswers(errors={"reason": Problem("too_long", {"limit": LONGEST_REASON})})
    with services.unit_of_work() as uow:
        case = own_case(uow, case_id, applicant)
        if case.state is CaseState.CLOSED:
            raise NotLawful("case_closed", "L69.1")
        actor = applicant.actor
        uow.note(case, actor, "withdrawal_asked", reason=said)
        Move(services, uow, case, actor).receive("message_withdrawn", {"withdrawal_reason": said})
        uow.commit()
        return case
