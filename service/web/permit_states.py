"""The state of a permit in words, with the shape beside it, for every door (R11.2)."""

from __future__ import annotations

from flask_babel import gettext as _

from service.domain.decisions import PermitStatus

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
