"""What may be deleted, and only with a record of it: old unsent drafts, and files that nothing refers to (L69.1)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from service.domain.errors import InvalidAnswers, NotFound
from service.domain.forms import Problem
from service.domain.people import SYSTEM, Actor
from service.usecases.services import Services

log = logging.getLogger(__name__)

BATCH = 500
SETTLED = timedelta(days=1)
"""A younger file may belong to a step that has not been saved yet."""


def remove_old_drafts(services: Services, limit: int = 100) -> int:
    """Remove the drafts that were not sent and not changed for the time that the setting says; how many.

    The decision is the setting, announced in the cabinet; each removal is a line of the journal. A case that was
    filed is never touched.
    """
    days = services.settings.draft_days
    if days <= 0:
        return 0
    with services.reading() as uow:
        before = uow.now - timedelta(days=days)
        old = uow.drafts.unchanged_since(before, limit)
    removed = 0
    for draft_id in old:
        try:
            removed += _remove(services, draft_id, days)
        except Exception:  # the other drafts are removed, too
            log.exception("draft %s could not be removed", draft_id)
    return removed


def _remove(services: Services, draft_id: str, days: int) -> bool:
    with services.unit_of_work() as uow:
        try:
            draft = uow.drafts.lock(draft_id)
        except NotFound:
            return False
        if draft.case_id is not None or draft.changed_at >= uow.now - timedelta(days=days):
            return False
        files = [file.sha256 for file in uow.drafts.attachments(draft_id)]
        uow.note(
            None,
            SYSTEM,
            "draft_removed",
            draft=draft_id,
            changed_at=draft.changed_at.isoformat(),
            days=days,
            files=files,
        )
        uow.remove(draft)
        uow.commit()
    return True


def unused_files(services: Services) -> Iterator[str]:
    """The stored files that nothing needs: of drafts that are gone, and papers as they waited for a signature.

    Of a paper that was signed the signed file is kept; one that nobody signed is prepared again.
    """
    stored = services.files.stored(SETTLED)
    while batch := list(islice(stored, BATCH)):
        with services.reading() as uow:
            yield from sorted(set(batch) - uow.retention.referenced(batch))


def remove_unused_files(services: Services, actor: Actor, decision: str) -> Sequence[str]:
    """Remove the files that nothing refers to, by a decision that is recorded first; their hashes.

    `decision` is the number and date of the paper by which it was decided. `InvalidAnswers` without one.
    """
    if not decision.strip():
        raise InvalidAnswers(errors={"decision": Problem("required")})
    removed: list[str] = []
    unused = unused_files(services)
    while batch := list(islice(unused, BATCH)):
        # First the record, then the act: a machine that stops in between leaves files, never an unrecorded removal.
        with services.unit_of_work() as uow:
            uow.note(None, actor, "files_removed", decision=decision.strip(), files=batch)
            uow.commit()
        # The same bytes may have been handed in again since they were looked for; such a file is young and stays.
        removed += [sha256 for sha256 in batch if services.files.remove(sha256, SETTLED)]
    return removed
