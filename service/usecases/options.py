"""Options that are known only at run time: whom the chancellery may choose, on which days a hearing is lawful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from service.domain.case import Case
from service.domain.deadlines import closing, local
from service.domain.ports import UnitOfWork
from service.usecases.services import Services

Options = Mapping[str, Sequence[tuple[str, str]]]


def options_for(services: Services, uow: UnitOfWork, case: Case) -> Options:
    """Every `valuesKey` that a form of the procedure may name, with its values and labels."""
    today = local(uow.now).date()
    officers = [(str(officer.id), officer.full_name) for officer in uow.people.holding("unit", today)]
    return {"unit_officers": officers, "hearing_days": hearing_days(services, uow, case)}


def hearing_days(services: Services, uow: UnitOfWork, case: Case) -> list[tuple[str, str]]:
    """The days on which a hearing announced today is lawful: working days up to the last after the notice (R8.3).

    The day of the notice itself is offered while the provider is open: the law sets no earliest day.
    """
    calendar, today = services.calendar, local(uow.now).date()
    last = calendar.after(today, services.editions.of_case(uow, case).terms["hearing_latest"])
    days = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    lawful = [day for day in days if calendar.is_working(day) and uow.now < closing(calendar, day)]
    return [(day.isoformat(), f"{day:%d.%m.%Y}") for day in lawful]
