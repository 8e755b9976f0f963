"""The state of a permit in words, with the shape beside it, for every door (R11.2)."""

from __future__ import annotations

from flask_babel import gettext as _

from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, RegisterEntry, status_on
from service.usecases.services import Services

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


def status_today(services: Services, entry: RegisterEntry) -> PermitStatus:
    """What the register says of a permit today."""
    with services.reading() as uow:
        return status_on(entry, uow.register.changes(entry.id), local(services.clock.now()).date())


def permit_tag(services: Services, entry: RegisterEntry) -> tuple[str, str]:
    """The same in words, with its shape."""
    status = status_today(services, entry)
    return status_name(status), STATUS_SHAPES[status]
