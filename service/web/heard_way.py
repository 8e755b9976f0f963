"""By which way a hearing is held, as cabinet and office say it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from service.domain.decisions import Hearing, Position
from service.domain.hearing_hours import WRITTEN


def way_of(hearing: Hearing, positions: Iterable[Position], invited: str) -> str:
    """The way that the invitation named, `invited` in words; orally where a written one was asked for so (L73.3)."""
    if hearing.way == WRITTEN and hearing.asked_for_orally(positions):
        return str(_("orally, as was asked for"))
    return invited
