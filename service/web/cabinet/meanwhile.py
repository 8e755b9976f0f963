"""What has happened in a case while its applicant was at a page of it: which paper, when and by whom (A1.11.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import request
from flask_babel import gettext as _

from service.domain.case import JournalEntry
from service.domain.views import CaseView
from service.web import formats
from service.web.cabinet.reading import Words
from service.web.document_names import document_name

ISSUED = ("permit_issued", "refusal_issued", "not_considered_issued", "complaint_decided", "invitation_sent")
"""The lines with which a signed paper comes into being; each names its number."""


def seen(view: CaseView) -> int:
    """How far the journal went when a page was shown: the page sends it back with what is typed."""
    return view.journal[-1].id if view.journal else 0


def meanwhile(view: CaseView) -> Sequence[str]:
    """What the applicant could not have known from the page: papers, a withdrawal by a colleague, the ending."""
    words, since = Words.of(view.case), request.form.get("seen", 0, type=int)
    return [told for entry in view.journal if entry.id > since for told in _told(view, words, entry)]


def _told(view: CaseView, words: Words, entry: JournalEntry) -> Iterator[str]:
    moment = formats.moment(entry.at)
    number = entry.details.get("number") or entry.details.get("document") if entry.action in ISSUED else ""
    for paper in view.in_cabinet:
        if paper.number == number:
            yield _(
                "%(document)s No. %(number)s was signed at %(moment)s by %(name)s (%(lane)s).",
                document=document_name(paper.kind),
                number=paper.number,
                moment=moment,
                name=paper.signed_by,
                lane=words.lane(entry.role),
            )
    if entry.action == "withdrawal_asked":
        yield _("%(name)s withdrew it at %(moment)s.", name=entry.actor, moment=moment)
    if entry.action == "case_closed":
        yield _("The case was closed at %(moment)s: %(ending)s.", moment=moment, ending=words.name(entry.element))
