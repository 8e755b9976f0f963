"""What is said to who complained on paper goes by post: when, where to, and what became of it (L64.1, L66.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.appeal import Complaint
from service.domain.appeal_effects import require_done
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.duties import POST, Duty
from service.domain.errors import Forbidden, NotFound, NotLawful
from service.domain.faults import Faults
from service.domain.forms import LONGEST_LINE, told_texts
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.posting import BY_POST, CAME_BACK, HANDED_OVER, RESULTS, WAYS, delivers
from service.operations.duties import end_duty
from service.operations.posting import notices_of, post_again
from service.usecases.services import Services
from service.usecases.take_complaint import SHORT
from service.usecases.wording import mail_of

LONGEST_ADDRESS = SHORT["postal_address"]


@dataclass(frozen=True)
class Letter:
    """What a notice without a paper says, in the language of the complaint."""

    subject: str
    body: str
    language: str


def post_paper(
    services: Services,
    duty_id: int,
    actor: Actor,
    number: str,
    posted_on: str,
    *,
    way: str = BY_POST,
    address: str = "",
) -> Duty:
    """The chancellery says under which number, where to and on which day a letter was posted; the duty ends.

    Without an `address` it went to the one that is known. By hand it is delivered at once: `number` says who took it.
    `Forbidden` for other roles, `InvalidAnswers` that names the field, `NotLawful` for a letter that was posted.
    """
    with services.unit_of_work() as uow:
        duty = _own(uow, duty_id, actor)
        actor, faults = actor.acting_in(duty.role), Faults()
        by_post, to = way == BY_POST, address.strip() or address_known(uow, duty)
        if way not in WAYS:
            faults.add("way", "not_an_option" if way else "required")
        faults.more(told_texts({"result": number}, {"result": LONGEST_LINE}))
        if by_post:
            faults.more(told_texts({"address": to}, {"address": LONGEST_ADDRESS}))
        day = _day(uow, {"result": number, "done_on": posted_on}, local(duty.opened_at).date(), faults)
        end_duty(uow, duty, actor, number, day)
        duty.details = {**duty.details, "way": way, **({"address": to} if by_post else {})}
        if not by_post:
            _ended(uow, uow.get(Case, duty.case_id), duty, actor, HANDED_OVER, day)
        uow.commit()
        return duty


def record_delivery(services: Services, duty_id: int, actor: Actor, result: str, day: str, reason: str = "") -> Duty:
    """What became of a posted letter, and on which day: handed over to the person, or come back, and why.

    One that came back is to be delivered again: the duty is open anew, with a term like that of the first try (L66.1).
    Raises as `post_paper`; `NotLawful` for a letter that is not posted yet, or whose delivery is recorded.
    """
    with services.unit_of_work() as uow:
        duty = _own(uow, duty_id, actor)
        actor = actor.acting_in(duty.role)
        if duty.is_open or duty.details.get("delivery"):
            raise NotLawful("delivery_is_recorded" if duty.details.get("delivery") else "not_posted_yet", duty.law)
        faults = Faults()
        if result not in RESULTS:
            faults.add("result", "not_an_option" if result else "required")
        if result == CAME_BACK:
            faults.more(told_texts({"why": reason}, {"why": LONGEST_LINE}))
        posted_on = date.fromisoformat(duty.details["done_on"])
        on = _day(uow, {"result": result, "done_on": day}, posted_on, faults)
        case = uow.get(Case, duty.case_id)
        _ended(uow, case, duty, actor, result, on, reason.strip() if result == CAME_BACK else "")
        if result == CAME_BACK:
            post_again(uow, services.calendar, services.editions.of_case(uow, case).terms, case, actor, duty)
        uow.commit()
        return duty


def address_known(uow: UnitOfWork, duty: Duty) -> str:
    """Where a letter was sent last, or where the complaint says that the person gets letters or lives."""
    last = str(duty.details.get("came_back", {}).get("address") or "")
    complaint = uow.find(Complaint, case_id=duty.case_id)
    return last or (complaint.postal_address or complaint.residence if complaint else "")


def tries_before(uow: UnitOfWork, duty: Duty) -> Sequence[Duty]:
    """The earlier tries to deliver the same letter, in their order."""
    notices = notices_of(uow, duty)
    earlier = (each for each in uow.duties.of_case(duty.case_id or 0) if each.id < duty.id)
    return [each for each in earlier if any(delivers(each, notice) for notice in notices)]


def letters_of(services: Services, uow: UnitOfWork, duty: Duty) -> Sequence[Letter]:
    """What is to be written to the person; nothing where the notice has a paper, which is posted itself."""
    if duty.document_id is not None or duty.case_id is None:
        return []
    case = uow.get(Case, duty.case_id)
    found = []
    for notice in notices_of(uow, duty):
        said = {**{name: str(value) for name, value in notice.details.items()}, "to": "", "kind": notice.kind}
        told = mail_of(said, case, services.editions.with_words(uow, case, notice.kind), services.calendar)
        found.append(Letter(str(told["subject"]), str(told["body"]), case.language))
    return found


def _ended(uow: UnitOfWork, case: Case, duty: Duty, actor: Actor, result: str, day: date, reason: str = "") -> None:
    """Keep what became of a letter; who has it in hand has been told what it says."""
    on = day.isoformat()
    duty.details = {**duty.details, "delivery": result, "delivered_on": on, **({"why": reason} if reason else {})}
    if result == HANDED_OVER:
        for notice in notices_of(uow, duty):
            locked = uow.locked.one(type(notice), notice.id)
            locked.told_on = locked.told_on or day
    told: Mapping[str, Any] = {"number": duty.details.get("number") or duty.result, "letter": duty.result}
    uow.note(
        case,
        actor,
        "paper_delivered",
        **told,
        result=result,
        done_on=on,
        reason=reason,
        way=duty.details.get("way", BY_POST),
    )


def _own(uow: UnitOfWork, duty_id: int, actor: Actor) -> Duty:
    duty = uow.locked.one(Duty, duty_id)
    if duty.kind != POST:
        raise NotFound(what="duty")
    if duty.role not in actor.roles:
        raise Forbidden(what="duty")
    return duty


def _day(uow: UnitOfWork, answers: Mapping[str, Any], earliest: date, faults: Faults) -> date:
    """The day of an act that needs a text; raises `InvalidAnswers` with these faults and its own."""
    day = earliest
    with faults.gathered():
        day = require_done(answers, "result", "done_on", local(uow.now).date(), earliest)
    faults.refuse()
    return day
