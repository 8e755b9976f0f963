"""The complaint once more, the manifest that is signed, and the signature; then its receipt (R13.2, L64.1, L93.1)."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import NotFound
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.web.cabinet.contested import contested
from service.web.cabinet.desk import Desk, at_desk
from service.web.cabinet.reviewing import Sending, Sentences


@at_desk("/complaint", "GET", "POST")
def complaint_review(desk: Desk) -> ResponseReturnValue:
    """Show what is signed, byte for byte; take the signature and file the complaint."""
    if not desk.is_complaint:
        raise NotFound(what="draft")
    return _COMPLAINT.filed(desk) if request.method == "POST" else _COMPLAINT.reviewed(desk)


def _sentences() -> Sentences:
    return Sentences(
        manifest=_("Manifest of the complaint"),
        title=_("Sign and send the complaint"),
        changed=_("The complaint was changed after this page had shown it. Read it again, then sign."),
        full=_("There is no room for the complaint on our side now. Nothing is lost: try again later."),
    )


_COMPLAINT = Sending(
    receipt="cabinet.complaint_receipt",
    template="cabinet/complaint_review.html",
    prepare=prepare_complaint,
    file=file_complaint,
    sentences=_sentences,
    beside=lambda desk: {"about": contested(desk)},
)
