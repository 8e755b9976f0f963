"""The cabinet: where an applicant applies, follows the case and receives the result."""

from __future__ import annotations

from service.web.cabinet import (
    acts,
    attachments,
    case,
    complaining,
    complaint,
    complaint_review,
    downloads,
    drafts,
    errors,
    heard,
    home,
    pages,
    proofs,
    receipt,
    review,
    rights,
    signing_in,
)
from service.web.cabinet.door import cabinet

__all__ = [
    "acts",
    "attachments",
    "cabinet",
    "case",
    "complaining",
    "complaint",
    "complaint_review",
    "downloads",
    "drafts",
    "errors",
    "heard",
    "home",
    "pages",
    "proofs",
    "receipt",
    "review",
    "rights",
    "signing_in",
]
