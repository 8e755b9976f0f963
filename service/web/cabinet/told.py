"""What a manifest says, in words: the page shows what is signed, not what the draft says (R3.3, A2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from service.domain.case import PERMIT
from service.domain.forms import Form
from service.usecases.drafts import GIVEN
from service.usecases.own_draft import CONSENTS
from service.web import formats
from service.web.answers import shown
from service.web.cabinet.reading import Words
from service.web.cabinet.words import language_name
from service.web.languages import language


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
    form, said = whole.part(key), {name: value for name, value in fields.items() if name not in GIVEN}
    return shown(form, said)


def _moment(instant: str | None) -> str:
    return formats.moment(datetime.fromisoformat(instant)) if instant else ""
