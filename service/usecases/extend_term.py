"""The head extends the term of a case by a reasoned decision, for at most so long as its edition allows (L76.3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import Case, CaseState
from service.domain.deadlines import closing, local, months_after
from service.domain.errors import NotLawful
from service.domain.faults import Faults
from service.domain.forms import LONGEST_SENTENCES, told_texts
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.operations.duties import open_duty
from service.usecases.editions import LoadedEdition
from service.usecases.moves import Move
from service.usecases.services import Services

EXTENDED = "message_extended"
"""The message by which a drawing lets its term be extended."""


def extend_term(services: Services, case_id: int, actor: Actor, until: date | str, reason: str) -> Case:
    """Move every running term of the case to the new day and tell the applicant; both dates stay in the journal.

    The signed notice follows: a duty of 3 working days, which the head does at once or later (`ExtensionLetter`).

    What has passed before stays missed. `InvalidAnswers` for a day that is not one of `extension_days`, and for a
    missing reason; `Forbidden` for anybody but the head; `NotLawful` for a closed case, for a procedure that knows no
    longer term, and where no lawful day is left.
    """
    actor = require(actor, Right.LEAD)
    with services.unit_of_work() as uow:
        case = uow.cases.lock(case_id)
        if case.state is CaseState.CLOSED:
            raise NotLawful("case_closed", "L76.3")
        require_extendable(services.editions.of_case(uow, case))
        present = _present_end(services, uow, case)
        last_day = _lawful(services.calendar, extension_days(services, uow, case), until, reason)
        move = Move(services, uow, case, actor)
        move.catch_up()
        move.extend(last_day)
        told: dict[str, Any] = {"until": last_day.isoformat(), "reason": reason.strip(), "before": present.isoformat()}
        uow.note(case, actor, "term_extended", **told)
        open_duty(
            uow, services.calendar, "notify_extension", counted_from=local(uow.now).date(),
            periods=move.edition.terms, case=case, actor=actor, **told,
        )  # fmt: skip
        move.receive(EXTENDED, {"extended_until": told["until"], "extension_reason": told["reason"]})
        uow.commit()
        return case


def require_extendable(edition: LoadedEdition) -> None:
    """Refuse an extension where the drawing of the case's procedure waits for none, as that of a complaint (L76.3)."""
    if not edition.catalogue.catches(EXTENDED):
        raise NotLawful("no_extension", "L76.3")


def extension_days(services: Services, uow: UnitOfWork, case: Case) -> tuple[date, date]:
    """The first and the last working day to which a term can be extended; those between are lawful, too (L76.3).

    It is later than the present end and not over yet, and at most so many months after the first end by the case's
    edition. `NotLawful` where no such day is left.
    """
    calendar, months = services.calendar, services.editions.of_case(uow, case).terms["extension_months_most"]
    first = calendar.after(max(_present_end(services, uow, case), local(uow.now).date() - timedelta(days=1)), 1)
    if closing(calendar, first) <= uow.now:
        first = calendar.after(first, 1)
    last = months_after(_first_end(services, uow, case), months)
    while last >= first and not calendar.is_working(last):
        last -= timedelta(days=1)
    if first > last:
        raise NotLawful("extension_over", "L76.3", latest=last.isoformat())
    return first, last


def _present_end(services: Services, uow: UnitOfWork, case: Case) -> date:
    """The end of the service as it stands; a day that a calendar has taken since gives it to the next one (L76.1)."""
    return services.calendar.next_working(case.extended_until or _first_end(services, uow, case))


def _first_end(services: Services, uow: UnitOfWork, case: Case) -> date:
    """The end of the service before any extension, as the drawing of the case's edition counts it (A1.4)."""
    return services.calendar.after(case.counted_from, services.editions.of_case(uow, case).terms["service_due"])


def _lawful(calendar: WorkCalendar, lawful: tuple[date, date], until: date | str, reason: str) -> date:
    faults = Faults()
    first, last = lawful
    day = faults.day("until", until) or first
    if not first <= day <= last:
        faults.add("until", "outside_extension", first=first.isoformat(), last=last.isoformat())
    elif not calendar.is_working(day):
        faults.add("until", "not_a_working_day")
    faults.more(told_texts({"reason": reason}, {"reason": LONGEST_SENTENCES}))
    faults.refuse()
    return day
