"""A draft once more, the manifest that is signed, and the signature: alike for applications and complaints (R3.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.errors import CaseChanged, InvalidAnswers, SignatureRefused
from service.domain.files import StorageFull
from service.domain.messages import Edition
from service.domain.people import Applicant
from service.usecases.manifest import read_manifest
from service.usecases.services import Services
from service.web import formats
from service.web.cabinet.desk import Desk, desk_of
from service.web.cabinet.door import me, program
from service.web.cabinet.keys import demo_keys
from service.web.cabinet.problems import listed
from service.web.cabinet.told import told
from service.web.cabinet.words import signature_reasons
from service.web.languages import language
from service.web.signing import Signing, ToSign, signatures


@dataclass(frozen=True)
class Sentences:
    """What the page says of the one paper or the other, in the language of the page."""

    manifest: str
    title: str
    changed: str
    full: str


@dataclass(frozen=True)
class Sending:
    """What is read once more, signed and sent: its addresses, its use cases and its sentences."""

    receipt: str
    template: str
    prepare: Callable[[Services, str, Applicant, str], bytes]
    file: Callable[[Services, str, Applicant, bytes], Case]
    sentences: Callable[[], Sentences]
    beside: Callable[[Desk], Mapping[str, Any]]

    def reviewed(self, desk: Desk) -> ResponseReturnValue:
        """Show what is signed, byte for byte; what is missing leads back to the draft."""
        try:
            content = self.prepare(program(), desk.draft.id, me(), language())
        except InvalidAnswers as refused:
            missing = list(refused.data["errors"])
            return redirect(url_for("cabinet.draft", draft_id=desk.draft.id, missing=missing), 303)
        return self._page(desk, content)

    def filed(self, desk: Desk) -> ResponseReturnValue:
        """Take the signature and file what was shown; with another signature, or without room, show it again."""
        content, signed = desk.draft.manifest, signatures()
        if not content or request.form.get("manifest") != hashlib.sha256(content).hexdigest():
            return self._again(desk, CaseChanged(what="manifest"))
        if signed is None:
            return self._page(desk, content, signature_reasons(["format"])), 400
        try:
            case = self.file(program(), desk.draft.id, me(), signed[0])
        except CaseChanged as changed:
            return self._again(desk, changed)
        except SignatureRefused as refused:
            return self._page(desk, content, signature_reasons(refused.data["reasons"])), 400
        except StorageFull:
            return self._page(desk, content, [self.sentences().full]), 503
        return redirect(url_for(self.receipt, case_id=case.id), 303)

    def _again(self, desk: Desk, changed: CaseChanged) -> ResponseReturnValue:
        """What the page showed is not what would be sent: nothing is, and it is shown anew with what has happened.

        A draft that another window has left incomplete is shown with what is missing.
        """
        fresh = desk_of(desk.draft.id)
        said = self._happened(fresh, changed)
        try:
            content = self.prepare(program(), fresh.draft.id, me(), language())
        except InvalidAnswers as refused:
            flash(said, "error")
            missing = list(refused.data["errors"])
            return redirect(url_for("cabinet.draft", draft_id=fresh.draft.id, missing=missing), 303)
        return self._page(fresh, content, [said]), 409

    def _happened(self, desk: Desk, changed: CaseChanged) -> str:
        """Why what was shown cannot be sent: other rules have come into force, or it was changed in another window."""
        rules = changed.data.get("edition")
        if isinstance(rules, Edition):
            told = _(
                "Edition %(number)s of the rules, order No. %(act)s, was entered at %(moment)s and is in force from"
                " %(day)s. Nothing is sent yet, and nothing you filled in is lost. Read it again, then sign.",
                number=rules.number,
                act=rules.act,
                moment=formats.moment(rules.deployed_at),
                day=formats.date(rules.in_force_from),
            )
            return str(told)
        last = _("Last change: %(moment)s", moment=formats.moment(desk.draft.changed_at))
        return f"{self.sentences().changed} {last}."

    def _page(self, desk: Desk, content: bytes, problems: Sequence[str] = ()) -> str:
        said, applicant = self.sentences(), me()
        to_sign = ToSign(said.manifest, content, url_for("cabinet.manifest_file", draft_id=desk.draft.id))
        signing = Signing(
            documents=[to_sign],
            iin=applicant.iin,
            bin=applicant.bin,
            title=said.title,
            button=_("Sign and send"),
            fields={"manifest": to_sign.sha256},
            offered_personas=demo_keys(applicant),
        )
        return render_template(
            self.template,
            desk=desk,
            told=told(read_manifest(content), desk.form, desk.words),
            text=content.decode(),
            sha256=to_sign.sha256,
            signing=signing,
            problems=listed(problems, "#signing"),
            **self.beside(desk),
        )
