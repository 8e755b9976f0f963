"""What the proof of a case's terms calls duties, acts and the person's own terms, in all languages."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from service.domain.appeal import WRITTEN_ACTS
from service.domain.document_parts import Words
from service.domain.duties import DUTIES
from service.domain.languages import LANGUAGES
from service.usecases.told_terms import COMPLAINT, OBJECTION, REMARKS
from service.web.catalogues import translations
from service.web.document_names import document_name
from service.web.duty_names import duty_name


def term_words() -> Mapping[str, Words]:
    """Their names by what the proof calls them; commands, which have no page, ask too."""
    with force_locale("en"):
        own = {
            OBJECTION: _("Objection to what was announced"),
            REMARKS: _("Remarks on the minutes of the hearing"),
            COMPLAINT: _("Complaint"),
        }
        acts, duties = {kind: document_name(kind) for kind in WRITTEN_ACTS}, {kind: duty_name(kind) for kind in DUTIES}
    return {name: _in_all(text) for name, text in {**own, **acts, **duties}.items()}


def _in_all(english: str) -> Words:
    return Words(*(str(translations(language).gettext(english)) for language in LANGUAGES))
