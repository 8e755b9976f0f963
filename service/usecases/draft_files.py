"""The files of a draft: added, described, replaced, taken off (A1.9.2, A1.9.3, A2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.domain.case import Attachment, Draft
from service.domain.errors import CaseChanged, NotFound
from service.domain.files import MAX_TOTAL_BYTES, FileRefused
from service.domain.people import Applicant
from service.domain.ports import UnitOfWork
from service.usecases.own_draft import own_draft
from service.usecases.services import Services


@dataclass(frozen=True)
class NewFile:
    """A file as it was handed in, already recognised by its content."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Description:
    """What the applicant says of a file: its kind, number, date, and the last day of its validity (R6.3)."""

    kind: str
    number: str = ""
    dated: date | None = None
    valid_until: date | None = None


def attach(
    services: Services,
    draft_id: str,
    applicant: Applicant,
    *,
    kind: str,
    name: str,
    content: bytes,
    media_type: str,
    number: str = "",
    dated: date | None = None,
    valid_until: date | None = None,
) -> Attachment:
    """Add a file to the draft; together they may hold 100 MiB. The bytes go to the store before the transaction.

    Whether there is room is asked twice: before, so that bytes nobody may keep never reach the disk, and inside.
    Raises `FileRefused("too_large_together")`, `StorageFull`, `CaseChanged` when the draft has been filed.
    """
    with services.reading() as uow:
        _require_room(uow, _unsent(uow, draft_id, applicant), len(content))
    sha256 = str(services.files.put(content))
    with services.unit_of_work() as uow:
        draft = _unsent(uow, draft_id, applicant)
        _require_room(uow, draft, len(content))
        file = Attachment(kind, name, sha256, len(content), media_type, uow.now, number, dated, valid_until, draft.id)
        draft.manifest, draft.changed_at = b"", uow.now
        uow.add(file)
        uow.commit()
        return file


def describe(
    services: Services,
    draft_id: str,
    applicant: Applicant,
    attachment_id: int,
    told: Description,
    file: NewFile | None = None,
) -> Attachment:
    """Change what is said of a file, and put another file in its place when one is handed in."""
    sha256 = ""
    if file is not None:
        with services.reading() as uow:
            draft = _unsent(uow, draft_id, applicant)
            _require_room(uow, draft, len(file.content) - _own_file(uow, draft, attachment_id).size)
        sha256 = str(services.files.put(file.content))
    with services.unit_of_work() as uow:
        draft = _unsent(uow, draft_id, applicant)
        found = _own_file(uow, draft, attachment_id)
        found.kind, found.number, found.dated, found.valid_until = told.kind, told.number, told.dated, told.valid_until
        if file is not None:
            _require_room(uow, draft, len(file.content) - found.size)
            found.name, found.media_type, found.added_at = file.name, file.media_type, uow.now
            found.sha256, found.size = sha256, len(file.content)
        draft.manifest, draft.changed_at = b"", uow.now
        uow.commit()
        return found


def detach(services: Services, draft_id: str, applicant: Applicant, attachment_id: int) -> None:
    """Take a file off the draft; its bytes stay in the store."""
    with services.unit_of_work() as uow:
        draft = _unsent(uow, draft_id, applicant)
        uow.remove(_own_file(uow, draft, attachment_id))
        draft.manifest, draft.changed_at = b"", uow.now
        uow.commit()


def _unsent(uow: UnitOfWork, draft_id: str, applicant: Applicant) -> Draft:
    draft = own_draft(uow, draft_id, applicant)
    if draft.case_id is not None:
        raise CaseChanged(what="draft")
    return draft


def _own_file(uow: UnitOfWork, draft: Draft, attachment_id: int) -> Attachment:
    file = uow.get(Attachment, attachment_id)
    if file.draft_id != draft.id:
        raise NotFound(what="attachment")
    return file


def _require_room(uow: UnitOfWork, draft: Draft, more: int) -> None:
    if sum(file.size for file in uow.drafts.attachments(draft.id)) + more > MAX_TOTAL_BYTES:
        raise FileRefused("too_large_together", limit=MAX_TOTAL_BYTES)
