"""Everything once more, the manifest that is signed, and the signature (R3.3, A2.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import PERMIT
from service.domain.errors import CaseChanged, InvalidAnswers, NotLawful, SignatureRefused
from service.domain.files import StorageFull
from service.domain.forms import Form
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.manifest import read_manifest
from service.usecases.own_draft import CONSENTS
from service.web import formats
from service.web.answers import shown
from service.web.cabinet.desk import Desk, at_desk
from service.web.cabinet.door import me, program
from service.web.cabinet.drafts import stopped
from service.web.cabinet.keys import demo_keys
from service.web.cabinet.problems import Problem, listed
from service.web.cabinet.reading import Words
from service.web.cabinet.sending import sent
from service.web.cabinet.words import language_name, signature_reasons
from service.web.languages import language
from service.web.signing import Signing, ToSign, signatures

MANIFEST = "application/json"


@at_desk("/review", "GET", "POST")
def review(desk: Desk) -> ResponseReturnValue:
    """Show what is signed, byte for byte; take the signature and file the application (R3.2, R3.3)."""
    if request.method == "POST":
        return _file(desk)
    try:
        content = prepare_filing(program(), desk.draft.id, me(), language())
    except InvalidAnswers as refused:
        return redirect(url_for("cabinet.draft", draft_id=desk.draft.id, missing=list(refused.data["errors"])), 303)
    except NotLawful as refused:
        return stopped(refused.code)
    return _page(desk, content)


@at_desk("/manifest.json")
def manifest_file(desk: Desk) -> ResponseReturnValue:
    """The exact bytes that are signed."""
    if not desk.draft.manifest:
        raise CaseChanged(what="manifest")
    return sent(desk.draft.manifest, "manifest.json", MANIFEST)


def _file(desk: Desk) -> ResponseReturnValue:
    content, signed = desk.draft.manifest, signatures()
    if not content or request.form.get("manifest") != hashlib.sha256(content).hexdigest():
        return _again(desk)
    if signed is None:
        return _page(desk, content, listed(signature_reasons(["format"]), "#signing")), 400
    try:
        case = file_application(program(), desk.draft.id, me(), signed[0])
    except CaseChanged:
        return _again(desk)
    except SignatureRefused as refused:
        return _page(desk, content, listed(signature_reasons(refused.data["reasons"]), "#signing")), 400
    except NotLawful as refused:
        return stopped(refused.code)
    except StorageFull:
        full = _("There is no room for the application on our side now. Nothing is lost: try again later.")
        return _page(desk, content, listed([full], "#signing")), 503
    return redirect(url_for("cabinet.receipt", case_id=case.id), 303)


def _again(desk: Desk) -> ResponseReturnValue:
    """The draft is not what the page showed: nothing is sent, the page is shown anew."""
    flash(_("The application was changed after this page had shown it. Read it again, then sign."), "error")
    return redirect(url_for("cabinet.review", draft_id=desk.draft.id), 303)


def _page(desk: Desk, content: bytes, problems: Sequence[Problem] = ()) -> str:
    address = url_for("cabinet.manifest_file", draft_id=desk.draft.id)
    to_sign = ToSign(_("Manifest of the application"), content, address)
    applicant = me()
    signing = Signing(
        documents=[to_sign],
        iin=applicant.iin,
        bin=applicant.bin,
        title=_("Sign and send the application"),
        button=_("Sign and send"),
        fields={"manifest": to_sign.sha256},
        offered_personas=demo_keys(),
        persona=request.form.get("persona") or own_key(applicant.name),
    )
    return render_template(
        "cabinet/review.html",
        desk=desk,
        told=told(read_manifest(content), desk.form, desk.words),
        text=content.decode(),
        sha256=to_sign.sha256,
        signing=signing,
        findings=desk.found(),
        problems=list(problems),
    )


def own_key(name: str) -> str:
    """The demo's key of whoever has signed in."""
    return next((key.key for key in program().demo_keys if key.name == name), "")


@dataclass(frozen=True)
class Statement:
    """A closing statement as it is signed, in the words of annex 2, and in the reader's language (A2.3)."""

    official: str
    text: str
    when: str


@dataclass(frozen=True)
class Told:
    """A manifest in words: `parts` are the pages of the application with their answers."""

    applicant: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]
    files: Sequence[Mapping[str, Any]]
    statements: Sequence[Statement]
    about: Sequence[tuple[str, str]]


def told(content: Mapping[str, Any], form: Form, words: Words) -> Told:
    """Read a manifest back: what the page shows is what is signed, not what the draft says."""
    who, fields = content["applicant"], content["fields"]
    company, confirmed = bool(who["bin"]), content.get("confirmed_at") or {}
    applicant = [
        (_("Applicant"), _("legal entity") if company else _("sole proprietor")),
        *([(_("BIN"), who["bin"])] if company else []),
        (_("IIN"), who["iin"]),
    ]
    parts = [
        (group.key, group.text(language()).label, _answers(form, group.key, fields))
        for group in form.pages
        if not group.attachments
    ]
    return Told(
        applicant=applicant,
        parts=[part for part in parts if part[2]],
        files=[{**file, "name_of_kind": words.document_kind(file["kind"])} for file in content["attachments"]],
        statements=[
            Statement(content["statements"][key], form.find(key).text(language()).label, _moment(confirmed.get(key)))
            for key in CONSENTS
            if key in content["statements"]
        ],
        about=[
            (_language_of(content), language_name(content["language"])),
            (_("Edition of the rules"), str(content["edition"])),
            (_("Prepared"), _moment(content["prepared_at"])),
            (_("Submission"), str(content["submission"])),
        ],
    )


def _language_of(content: Mapping[str, Any]) -> str:
    if content["service"] == PERMIT:
        return str(_("Language of the application and of the letters"))
    return str(_("Language of the complaint and of the letters"))


def _answers(whole: Form, key: str, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    form, said = whole.part(key), {name: value for name, value in fields.items() if name not in _SHOWN_APART}
    return shown(form, said)


_SHOWN_APART = frozenset({"iin", "bin", "applicant_kind"})


def _moment(instant: str | None) -> str:
    return formats.moment(datetime.fromisoformat(instant)) if instant else ""
