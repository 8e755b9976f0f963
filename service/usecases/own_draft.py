"""An applicant's own draft: nobody else may see or change it (A2.3)."""

from __future__ import annotations

from service.domain.case import Draft
from service.domain.errors import Forbidden
from service.domain.people import Applicant
from service.domain.ports import UnitOfWork

CONSENTS = ("consent_truth", "consent_data")
"""The two closing statements of annex 2; without both nothing can be signed (A2.3)."""


def own_draft(uow: UnitOfWork, draft_id: str, applicant: Applicant, *, only_read: bool = False) -> Draft:
    """The applicant's own draft, locked for a change unless it is only read; nobody else may see it."""
    draft = uow.get(Draft, draft_id) if only_read else uow.drafts.lock(draft_id)
    if (draft.bin or draft.iin) != applicant.identifier:
        raise Forbidden(what="draft")
    return draft
