"""Home, the service (annex 1), the rules with their glossary, and help (O3, R2.5, R3.1, A1.1-A1.11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from service.domain.terms import EDITION_TERMS
from service.usecases.draw_procedure import Line, tell
from service.web.languages import language
from service.web.public.door import program, public, today
from service.web.public.editions import Shown, shown

GRANTED = "end_granted"
REOPENED = ("operation_note_reopening",)
"""A step of a case that a decision on a complaint opens anew: no new application meets it."""
STEPS_OF_PEOPLE = ("start_event", "user_task", "end_event")


@public.get("/")
def home() -> ResponseReturnValue:
    """What one can do here."""
    found = shown()
    brief, facts = (_brief(found), _facts(found)) if found else ([], {})
    return render_template("public/home.html", shown=found, brief=brief, facts=facts)


@public.get("/service")
def service() -> ResponseReturnValue:
    """Annex 1 with all its rows, in the official Kazakh words and in translation (R3.1)."""
    found = shown()
    return render_template("public/service.html", shown=found, rows=_rows(found) if found else [])


@public.get("/rules")
def rules() -> ResponseReturnValue:
    """The act, its interval, the text of the rules and the glossary of point 2 (O3, R2.5)."""
    found = shown()
    editions = program().queries.editions()
    lists = {name: found.listed(name) if found else [] for name in ("rules_text", "glossary")}
    return render_template("public/rules.html", shown=found, editions=editions, today=today(), **lists)


@public.get("/help")
def help_page() -> ResponseReturnValue:
    """Whom to call, what is needed to sign, what may go wrong (A1.11.3-5)."""
    found = shown()
    terms = found.edition.terms if found else EDITION_TERMS
    return render_template(
        "public/help.html", shown=found, hours=program().calendar.hours_on(today()), months=terms["complaint_months"]
    )


@public.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """What these pages do for people with disabilities, what still stands in the way, and whom to tell (A1.11.4)."""
    return render_template("public/accessibility.html")


def _rows(found: Shown) -> Sequence[Mapping[str, Any]]:
    """Rows 9 and 10 name lists that the forms use too, so that each document and ground stands once."""
    return [{**row, "entries": _entries(found, row)} for row in found.listed("service_requirements")]


def _entries(found: Shown, row: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Of the kinds of documents those of which one at least is needed (A1.9.2); else the whole list."""
    entries = found.listed(str(row.get("list", "")))
    return [entry for entry in entries if entry.get("attachable", True) and entry["article"] != "A1.9.3"]


def _brief(found: Shown) -> Sequence[Line]:
    """What people do on the shortest way to a permit."""
    told = tell(found.edition, language())
    return [line for line in told.shortest(GRANTED, REOPENED) if line.kind in STEPS_OF_PEOPLE]


def _facts(found: Shown) -> Mapping[str, str]:
    """The short rows of annex 1 in the language of the page, by their number: term, form, fee."""
    rows = found.listed("service_requirements")
    return {row["row"]: " ".join(row["text"][language()]).rstrip(".") for row in rows if "text" in row}
