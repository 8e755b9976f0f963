"""What a list of papers says beside one that has no force any more."""

from __future__ import annotations

from flask_babel import gettext as _

from service.domain.decisions import IssuedDocument
from service.web import formats


def cancelled(document: IssuedDocument) -> str:
    """When and by which decision a paper was cancelled; empty for one in force (L100.1)."""
    if document.annulled_at is None:
        return ""
    return str(
        _("Cancelled on %(day)s by %(basis)s.", day=formats.date(document.annulled_at), basis=document.annulled_by)
    )
