"""The register for programs: CSV and JSON with the same documented fields; an IIN is masked here, too (R11.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_babel import gettext as _

from service.domain.identifiers import starred
from service.domain.views import EntryView
from service.web.office_table import MEDIA_TYPE, office_table
from service.web.public.asked import Asked
from service.web.public.door import program, public

FIELDS = (
    "number", "holder", "holder_kind", "bin", "iin", "platform", "purpose", "address",
    "issued_on", "valid_until", "status",
)  # fmt: skip
"""The fields of CSV and JSON, in this order; they do not change without notice."""


def field_name(field: str) -> str:
    """What a field holds."""
    names: dict[str, str] = {
        "number": _("number of the permit; never used again"),
        "holder": _("holder's name as in the application"),
        "holder_kind": _("company: legal entity; entrepreneur: sole proprietor"),
        "bin": _("BIN of a legal entity, 12 digits; else empty"),
        "iin": _("IIN of a sole proprietor, all but the last four digits hidden; else empty"),
        "platform": _("digital platform named in the permit"),
        "purpose": _("purpose of the issue and circulation"),
        "address": _("addresses of the activity, separated by semicolons"),
        "issued_on": _("day of issue, YYYY-MM-DD"),
        "valid_until": _("last day of validity, YYYY-MM-DD"),
        "status": _("in_force, expired, cancelled or suspended on the day asked for"),
    }
    return names[field]


def record(view: EntryView) -> Mapping[str, str]:
    """One entry as its fields."""
    entry = view.entry
    values = (
        entry.number,
        entry.holder_name,
        entry.holder_kind,
        entry.bin,
        "" if entry.bin else starred(entry.iin),
        entry.platform,
        entry.purpose,
        entry.address,
        entry.issued_on.isoformat(),
        entry.valid_until.isoformat(),
        view.status.value,
    )
    return dict(zip(FIELDS, values, strict=True))


@public.get("/register.json")
def register_json() -> Response:
    """The whole register, or what was searched for, as it stood on a day."""
    asked = Asked.now()
    if asked.is_day_wrong:
        return _json({"error": "not_a_date"}, "", 400)
    return _json({"date": asked.on.isoformat(), "entries": _records(asked)}, "register.json")


@public.get("/register/<number>.json")
def entry_json(number: str) -> Response:
    """One entry with its changes."""
    asked = Asked.now()
    if asked.is_day_wrong:
        return _json({"error": "not_a_date"}, "", 400)
    view = program().queries.entry(number.strip().upper(), asked.on)
    if view is None:
        return _json({"error": "not_found"}, "", 404)
    changes = [{"status": c.status.value, "from": c.from_on.isoformat(), "basis": c.basis} for c in view.changes]
    return _json({"date": asked.on.isoformat(), **record(view), "changes": changes}, f"{view.entry.number}.json")


@public.get("/register.csv")
def register_csv() -> Response:
    """The same as a table for any office program."""
    asked = Asked.now()
    if asked.is_day_wrong:
        return _json({"error": "not_a_date"}, "", 400)
    table = office_table(FIELDS, ([row[field] for field in FIELDS] for row in _records(asked)))
    return Response(table, mimetype=MEDIA_TYPE, headers=_attachment("register.csv"))


def _records(asked: Asked) -> list[Mapping[str, str]]:
    found = program().queries.register(asked.on, search=asked.search, status=asked.status, page=None)
    return [record(view) for view in found.rows]


def _json(content: Mapping[str, Any], name: str, status: int = 200) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return Response(text, status, mimetype="application/json", headers=_attachment(name) if name else None)


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename={name}"}
