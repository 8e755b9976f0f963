"""The sentences of e-mails and portal statuses, from the edition's own texts (forms/lists/notices.json)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.case import Case
from service.domain.deadlines import local
from service.usecases.editions import LoadedEdition


def _fill(text: str, payload: Mapping[str, Any], case: Case) -> str:
    values = {name: str(value) for name, value in payload.items()}
    known = {"number": case.number, "applicant": case.applicant_name, "registered_on": f"{case.registered_on:%d.%m.%Y}"}
    return text.format_map(_Known({**values, **known, "received_at": f"{local(case.received_at):%d.%m.%Y %H:%M}"}))


class _Known(dict[str, str]):
    """A text may name only what is known; anything else stays as it is written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def mail_of(payload: Mapping[str, Any], case: Case, edition: LoadedEdition) -> Mapping[str, Any]:
    """The letter in the applicant's language (L66.1)."""
    texts = edition.listed("notices")[payload["kind"]]
    language = case.language
    return {
        "to": payload["to"],
        "lang": language,
        "subject": _fill(texts["subject"][language], payload, case),
        "body": _fill(texts["body"][language], payload, case),
    }


def status_of(payload: Mapping[str, Any], case: Case, edition: LoadedEdition) -> Mapping[str, Any]:
    """The status for the portal, in both official languages (R4.2, R9.2)."""
    texts = edition.listed("notices")[payload["kind"]]
    return {
        "case_number": case.number,
        "processing": payload["processing"],
        "resolution": payload["resolution"],
        "at": payload["at"],
        "status": payload["kind"],
        "text_kk": _fill(texts["subject"]["kk"], payload, case),
        "text_ru": _fill(texts["subject"]["ru"], payload, case),
        **({"bin": case.bin} if case.bin else {"iin": case.iin}),
    }
