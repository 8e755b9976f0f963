"""At which fields of a form it is said that what is written there is printed word for word, and in which papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.forms import Form
from service.domain.forms_fields import Field, Text
from service.web.languages import language

PRINTED = "printed"
"""The property of a field whose text stands on a paper."""


def with_languages(form: Form, case: Case) -> Form:
    """The form with a hint at each field that is printed; as it is for who reads the page in a language of the papers.

    The act is in Kazakh, and a person who applied in another language receives it in that one, too (L80.1).
    """
    if language() in ("kk", case.language):
        return form
    told = {
        "kk": _("What you write here is printed word for word in papers in Kazakh."),
        "ru": _("What you write here is printed word for word in papers in Kazakh and Russian."),
        "en": _("What you write here is printed word for word in papers in Kazakh and English."),
    }
    return replace(form, fields=tuple(_told(asked, str(told[case.language])) for asked in form.fields))


def _told(asked: Field, sentence: str) -> Field:
    texts: Mapping[str, Text] = asked.texts
    if asked.properties.get(PRINTED):
        own = asked.text(language())
        texts = {**asked.texts, language(): replace(own, hint=f"{_sentence(own.hint)} {sentence}".strip())}
    return replace(asked, texts=texts, fields=tuple(_told(inner, sentence) for inner in asked.fields))


def _sentence(hint: str) -> str:
    return f"{hint}." if hint and hint[-1] not in ".!?" else hint
