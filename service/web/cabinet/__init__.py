"""The cabinet: where an applicant applies, follows the case and receives the result."""

from __future__ import annotations

from service.web.cabinet import (
    acts,
    attachments,
    case,
    downloads,
    drafts,
    home,
    pages,
    receipt,
    review,
    signing_in,
)
from service.web.cabinet.door import cabinet

__all__ = [
    "acts",
    "attachments",
    "cabinet",
    "case",
    "downloads",
    "drafts",
    "home",
    "pages",
    "receipt",
    "review",
    "signing_in",
]
