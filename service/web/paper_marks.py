"""What a list of papers says beside one that has no force any more."""

from __future__ import annotations

from collections.abc import Sequence

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


def version(document: IssuedDocument, papers: Sequence[IssuedDocument]) -> str:
    """Which of two versions a paper is once a clerical error was corrected; empty where none was (L82.1)."""
    later = next((each for each in papers if each.corrects_id == document.id), None)
    if later is not None:
        day = formats.date(later.signed_at)
        return str(_("A clerical error in this document was corrected on %(day)s. Use the corrected version.", day=day))
    first = next((each for each in papers if each.id == document.corrects_id), None)
    if first is None:
        return ""
    day = formats.date(first.signed_at)
    return str(_("This is the corrected version. Its content is that of the original of %(day)s.", day=day))
