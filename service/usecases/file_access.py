"""The applicant asks to see the case file, an officer gives access, and copies can be fetched for a time (L75.1)."""

from __future__ import annotations

from datetime import date

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.faults import Faults
from service.domain.file_access import LONGEST_REASON, OPEN_FOR, FileAccess
from service.domain.forms import Problem
from service.domain.people import Actor, Applicant
from service.operations.duties import end_duty, open_duty
from service.operations.notices import tell
from service.usecases.applicant_acts import own_case
from service.usecases.case_package import CasePackage, build_package
from service.usecases.package_complaints import Reader
from service.usecases.services import Services


def request_access(services: Services, case_id: int, applicant: Applicant, reason: str = "") -> FileAccess:
    """Ask for the case file; a duty of 3 working days begins. A request that still waits is not doubled.

    The reason is optional: the right needs none.
    """
    _keep_short("reason", reason)
    with services.unit_of_work() as uow:
        case = own_case(uow, case_id, applicant)
        waiting = next((found for found in uow.list(FileAccess, case_id=case.id) if found.waits), None)
        if waiting is not None:
            return waiting
        access = FileAccess(case.id, uow.now, applicant.name, reason.strip())
        uow.add(access)
        uow.flush()
        actor = applicant.actor
        uow.note(case, actor, "access_asked", reason=access.reason)
        open_duty(
            uow, services.calendar, "give_case_file", counted_from=local(uow.now).date(),
            periods=services.editions.of_case(uow, case).terms, case=case, actor=actor, access=access.id,
        )  # fmt: skip
        uow.commit()
        return access


def grant_access(
    services: Services, access_id: int, actor: Actor, open_until: date | str | None = None, note: str = ""
) -> FileAccess:
    """Give the access until a day, the duty is done, the applicant is told at once.

    `Forbidden` for who is not of the unit, `NotLawful` when it was given before, `InvalidAnswers` for a day that has
    passed and for a note that is too long.
    """
    if "unit" not in actor.roles:
        raise Forbidden(what="grant_access")
    actor = actor.acting_in("unit")
    with services.unit_of_work() as uow:
        access = uow.locked.one(FileAccess, access_id)
        case = uow.get(Case, access.case_id)
        if not access.waits:
            raise NotLawful("access_was_given", "L75.1")
        today = local(uow.now).date()
        faults = Faults()
        last = (today + OPEN_FOR if open_until is None else faults.day("open_until", open_until)) or today
        if last < today:
            faults.add("open_until", "day_in_the_past")
        with faults.gathered():
            _keep_short("note", note)
        faults.refuse()
        access.granted_at, access.granted_by = uow.now, actor.officer_id
        access.open_until, access.note = last, note.strip()
        uow.note(case, actor, "access_given", open_until=last.isoformat(), note=access.note)
        tell(services.work(uow, case, actor), case, "file_access", open_until=f"{last:%d.%m.%Y}", note=access.note)
        for duty in uow.duties.of_case(case.id):
            if duty.kind == "give_case_file" and duty.is_open and duty.details.get("access") == access.id:
                end_duty(uow, duty, actor, access.note)
        uow.commit()
        return access


def fetch_file(services: Services, case_id: int, applicant: Applicant) -> CasePackage:
    """The case file with copies, while access is given; each fetching is a line of the journal.

    The own complaints against its acts stand in it as they were filed, with the decisions on them; those of others and
    what of a complaint is of the holder of the permit do not. `Forbidden` when no access is open today.
    """
    with services.reading() as uow:
        uow.at_one_moment()
        case = uow.get(Case, case_id)
        today = local(uow.now).date()
        is_own = case.identifier == applicant.identifier
        if not is_own or not any(access.is_open(today) for access in uow.list(FileAccess, case_id=case.id)):
            raise Forbidden(what="case_file")
        package = build_package(services, uow, case, reader=Reader.APPLICANT)
    with services.unit_of_work() as uow:
        case = own_case(uow, case_id, applicant)
        uow.note(case, applicant.actor, "file_fetched", sha256=package.sha256)
        uow.commit()
    return package


def accesses_of(services: Services, case_id: int) -> list[FileAccess]:
    """Every request of a case, the newest first."""
    with services.reading() as uow:
        return list(reversed(uow.list(FileAccess, case_id=case_id)))


def _keep_short(field: str, said: str) -> None:
    """No text is cut: one that is too long is given back (L75.1)."""
    if len(said) > LONGEST_REASON:
        raise InvalidAnswers(errors={field: Problem("too_long", {"limit": LONGEST_REASON})})
