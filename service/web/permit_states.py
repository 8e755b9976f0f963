"""The state of a permit in words, with the shape beside it, for every door (R11.2)."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, RegisterChange, RegisterEntry, status_on
from service.usecases.services import Services
from service.web import formats

STATUS_SHAPES = {
    PermitStatus.IN_FORCE: "good",
    PermitStatus.EXPIRED: "quiet",
    PermitStatus.CANCELLED: "bad",
    PermitStatus.SUSPENDED: "wait",
}
"""The shape beside the word, so that no status is told by colour alone."""


def status_name(status: PermitStatus) -> str:
    """The state of a permit in the register."""
    names = {
        PermitStatus.IN_FORCE: _("in force"),
        PermitStatus.EXPIRED: _("expired"),
        PermitStatus.CANCELLED: _("cancelled"),
        PermitStatus.SUSPENDED: _("suspended"),
    }
    return str(names[status])


def change_name(change: RegisterChange, today: date) -> str:
    """What a change makes of the permit: its state, or as a thing to come with its first day (R11.2)."""
    return status_name(change.status) if change.from_on <= today else _coming(change)


def _coming(change: RegisterChange) -> str:
    day = formats.date(change.from_on)
    names = {
        PermitStatus.IN_FORCE: _("will be in force again from %(day)s on", day=day),
        PermitStatus.CANCELLED: _("will be cancelled from %(day)s on", day=day),
        PermitStatus.SUSPENDED: _("will be suspended from %(day)s on", day=day),
    }
    return str(names[change.status])


def status_today(services: Services, entry: RegisterEntry) -> PermitStatus:
    """What the register says of a permit today."""
    with services.reading() as uow:
        return status_on(entry, uow.register.changes(entry.id), local(services.clock.now()).date())


def permit_tag(services: Services, entry: RegisterEntry) -> tuple[str, str]:
    """The same in words, with its shape."""
    status = status_today(services, entry)
    return status_name(status), STATUS_SHAPES[status]


def permit_ahead(services: Services, entry: RegisterEntry) -> list[str]:
    """What becomes of the permit on a later day, the earliest first."""
    today = local(services.clock.now()).date()
    with services.reading() as uow:
        return [_coming(change) for change in uow.register.changes(entry.id) if change.from_on > today]
