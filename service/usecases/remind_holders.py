"""The holder of a permit is told, once, that it is about to expire (A3.2): in the cabinet and by e-mail."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, RegisterEntry, status_on
from service.domain.people import SYSTEM
from service.operations.notices import tell
from service.usecases.services import Services

log = logging.getLogger(__name__)

BATCH = 50


def remind_holders(services: Services) -> int:
    """Tell the holders whose permits end soon; costs an index lookup when none does.

    A permit that is cancelled is only marked: nobody is told of the end of what does not hold.
    """
    with services.reading() as uow:
        today = local(uow.now).date()
        due = uow.register.ending(today, today + timedelta(days=LONGEST), BATCH)
    told = 0
    for entry_id in due:
        try:
            told += _remind(services, entry_id)
        except Exception:  # the other holders are told, too
            log.exception("the holder of entry %s could not be told", entry_id)
    return told


LONGEST = 30
"""So many days before the end a holder is reminded: the law sets no number; a month is enough for a new permit."""


def _remind(services: Services, entry_id: int) -> int:
    with services.unit_of_work() as uow:
        entry = uow.locked.one(RegisterEntry, entry_id)
        case = uow.get(Case, entry.case_id)
        if entry.expiry_told_at is not None:
            return 0
        entry.expiry_told_at = uow.now
        status = status_on(entry, uow.register.changes(entry.id), local(uow.now).date())
        if status is not PermitStatus.CANCELLED:
            work = services.work(uow, case, SYSTEM)
            said: dict[str, Any] = {"permit": entry.number, "valid_until": entry.valid_until.isoformat()}
            work.note(case, "expiry_told", **said)
            tell(work, case, "permit_expires", **said)
        uow.commit()
        return int(status is not PermitStatus.CANCELLED)
