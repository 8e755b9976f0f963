"""The application once more, the manifest that is signed, and the signature (R3.3, A2.3)."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import CaseChanged, NotLawful
from service.usecases.file_application import file_application, prepare_filing
from service.web.cabinet.desk import Desk, at_desk
from service.web.cabinet.drafts import stopped
from service.web.cabinet.reviewing import Sending, Sentences
from service.web.sending import sent

MANIFEST = "application/json"


@at_desk("/review", "GET", "POST")
def review(desk: Desk) -> ResponseReturnValue:
    """Show what is signed, byte for byte; take the signature and file the application (R3.2, R3.3)."""
    try:
        return _APPLICATION.filed(desk) if request.method == "POST" else _APPLICATION.reviewed(desk)
    except NotLawful as refused:
        return stopped(refused.code)


@at_desk("/manifest.json")
def manifest_file(desk: Desk) -> ResponseReturnValue:
    """The exact bytes that are signed."""
    if not desk.draft.manifest:
        raise CaseChanged(what="manifest")
    return sent(desk.draft.manifest, "manifest.json", MANIFEST)


def _sentences() -> Sentences:
    return Sentences(
        manifest=_("Manifest of the application"),
        title=_("Sign and send the application"),
        changed=_("The application was changed after this page had shown it. Read it again, then sign."),
        full=_("There is no room for the application on our side now. Nothing is lost: try again later."),
    )


_APPLICATION = Sending(
    receipt="cabinet.receipt",
    template="cabinet/review.html",
    prepare=prepare_filing,
    file=file_application,
    sentences=_sentences,
    beside=lambda desk: {"findings": desk.found()},
)
