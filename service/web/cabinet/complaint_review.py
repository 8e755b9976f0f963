"""The complaint once more, the manifest that is signed, and the signature; then its receipt (R13.2, L64.1, L93.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import CaseChanged, InvalidAnswers, NotFound, SignatureRefused
from service.domain.files import StorageFull
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.usecases.manifest import read_manifest
from service.web.cabinet.contested import contested
from service.web.cabinet.desk import Desk, at_desk
from service.web.cabinet.door import me, program
from service.web.cabinet.keys import demo_keys
from service.web.cabinet.problems import Problem, listed
from service.web.cabinet.review import own_key, told
from service.web.cabinet.words import signature_reasons
from service.web.languages import language
from service.web.signing import Signing, ToSign, signatures


@at_desk("/complaint", "GET", "POST")
def complaint_review(desk: Desk) -> ResponseReturnValue:
    """Show what is signed, byte for byte; take the signature and file the complaint."""
    if not desk.is_complaint:
        raise NotFound(what="draft")
    if request.method == "POST":
        return _file(desk)
    try:
        content = prepare_complaint(program(), desk.draft.id, me(), language())
    except InvalidAnswers as refused:
        return redirect(url_for("cabinet.draft", draft_id=desk.draft.id, missing=list(refused.data["errors"])), 303)
    return _page(desk, content)


def _file(desk: Desk) -> ResponseReturnValue:
    content, signed = desk.draft.manifest, signatures()
    if not content or request.form.get("manifest") != hashlib.sha256(content).hexdigest():
        return _again(desk)
    if signed is None:
        return _page(desk, content, listed(signature_reasons(["format"]), "#signing")), 400
    try:
        case = file_complaint(program(), desk.draft.id, me(), signed[0])
    except CaseChanged:
        return _again(desk)
    except SignatureRefused as refused:
        return _page(desk, content, listed(signature_reasons(refused.data["reasons"]), "#signing")), 400
    except StorageFull:
        full = _("There is no room for the complaint on our side now. Nothing is lost: try again later.")
        return _page(desk, content, listed([full], "#signing")), 503
    return redirect(url_for("cabinet.complaint_receipt", case_id=case.id), 303)


def _again(desk: Desk) -> ResponseReturnValue:
    flash(_("The complaint was changed after this page had shown it. Read it again, then sign."), "error")
    return redirect(url_for("cabinet.complaint_review", draft_id=desk.draft.id), 303)


def _page(desk: Desk, content: bytes, problems: Sequence[Problem] = ()) -> str:
    to_sign = ToSign(_("Manifest of the complaint"), content, url_for("cabinet.manifest_file", draft_id=desk.draft.id))
    applicant = me()
    signing = Signing(
        documents=[to_sign],
        iin=applicant.iin,
        bin=applicant.bin,
        title=_("Sign and send the complaint"),
        button=_("Sign and send"),
        fields={"manifest": to_sign.sha256},
        offered_personas=demo_keys(),
        persona=request.form.get("persona") or own_key(applicant.name),
    )
    return render_template(
        "cabinet/complaint_review.html",
        desk=desk,
        about=contested(desk),
        told=told(read_manifest(content), desk.form, desk.words),
        text=content.decode(),
        sha256=to_sign.sha256,
        signing=signing,
        problems=list(problems),
    )
