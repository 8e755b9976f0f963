"""What the form of an edition asks beside what the pages of a case tell in words of their own (A2.1, U14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.domain.forms import Field, Form
from service.domain.permit import ADDRESS_PARTS
from service.web.answers import shown

TOLD = {
    "application": frozenset(
        {
            *ADDRESS_PARTS,
            *("applicant_kind", "name", "iin", "bin", "signer_surname", "signer_name", "signer_patronymic"),
            *("phone", "email", "platform", "purpose", "consent_truth", "consent_data"),
        }
    ),
    "complaint": frozenset(
        {
            *("contests", "body", "official", "learned_on", "explained", "iin", "bin", "name", "residence"),
            *("postal_address", "phone", "email", "circumstances", "demands", "evidence"),
        }
    ),
}
"""The fields of each form that every page of a case tells by itself."""


def besides(form: Form | None, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and answer of each field that an analyst has added to the form; nothing where there is no form."""
    if form is None:
        return []
    rest = replace(form, fields=_rest(form.fields, TOLD[form.name]))
    return [(label, text) for label, text in shown(rest, answers) if text]


def _rest(fields: tuple[Field, ...], told: frozenset[str]) -> tuple[Field, ...]:
    kept = (replace(each, fields=_rest(each.fields, told)) for each in fields if each.key not in told)
    return tuple(each for each in kept if each.fields or each.type != "group")
