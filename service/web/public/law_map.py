"""The law and the program: each requirement, what carries it out, and the defects of the text (U4, U17)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.usecases.requirements_map import (
    ELEMENT,
    FORM,
    LETTER,
    LIST,
    NOTICE,
    Place,
    Requirement,
    places,
    read_requirements,
)
from service.web.document_names import document_name
from service.web.languages import language
from service.web.public.door import program, public
from service.web.public.editions import Shown, shown

_GAP = re.compile(r"\{[^}]*\}")
"""What a notice says of its case: a day, a number."""


@dataclass(frozen=True)
class Carried:
    """What of one kind carries a row out: a heading, and each thing with the address at which it can be read."""

    heading: str
    things: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One requirement in the language of the page."""

    requirement: Requirement
    carried: Sequence[Carried]


@public.get("/requirements")
def requirements() -> ResponseReturnValue:
    """Every requirement beside what carries it out, then how the defects of the text are read."""
    found = shown()
    rows = _rows(found) if found else []
    return render_template(
        "public/requirements.html",
        shown=found,
        parts={name: [row for row in rows if _part(row) == part] for part, name in _names().items()},
        defects=[row.requirement for row in rows if row.requirement.defect],
    )


def _part(row: Row) -> str:
    """The letters with which a row begins: of the annexes each is a part of its own."""
    return row.requirement.id[:2] if row.requirement.id.startswith("A") else row.requirement.id[:1]


def _names() -> Mapping[str, str]:
    """The parts of the law, by the letters with which their rows begin."""
    return {
        "R": _("The rules"),
        "A1": _("Annex 1: main requirements of the service"),
        "A2": _("Annex 2: the application"),
        "A3": _("Annex 3: the permit"),
        "A4": _("Annex 4: the reasoned refusal"),
        "O": _("The order"),
        "L": _("The Administrative Code"),
        "D": _("Gaps of the text and the counting of time"),
    }


def _rows(found: Shown) -> list[Row]:
    ready, edition = program(), found.edition
    listed = read_requirements(ready.settings.processes)
    with ready.reading() as uow:
        catalogues = {name: ready.editions.of(uow, edition.id, name).catalogue for name in edition.processes}
    placed = places(edition.files, catalogues, [one.id for one in listed])
    return [Row(one, _carried(one, placed[one.id], found)) for one in listed]


def _carried(one: Requirement, placed: Sequence[Place], found: Shown) -> list[Carried]:
    kinds = (
        (_("In the drawings"), [(_element(place), _address(place)) for place in placed if place.kind == ELEMENT]),
        (_("Forms"), [(_form(place, found), "") for place in placed if place.kind == FORM]),
        (_("Lists"), [(_list(place), found.list_address(place.id)) for place in placed if place.kind == LIST]),
        (_("Letters and documents"), [(_letter(place), "") for place in placed if place.kind == LETTER]),
        (_("Notices"), [(_notice(place), "") for place in placed if place.kind == NOTICE]),
        (_("Code"), [(file, "") for file in one.code]),
        (_("Tests"), [(file, "") for file in one.tests_by_file]),
    )
    return [Carried(str(heading), things) for heading, things in kinds if things]


def _element(place: Place) -> str:
    return place.names.get(language()) or place.id


def _address(place: Place) -> str:
    return url_for("public.procedure", process=place.process, _anchor=place.id)


def _form(place: Place, found: Shown) -> str:
    return found.edition.form(place.id).titles.get(language()) or place.id


def _list(place: Place) -> str:
    names: dict[str, str] = {
        "refusal_grounds": _("Grounds for refusal"),
        "document_kinds": _("Documents that are attached"),
        "hearing_exemptions": _("Bases on which no hearing is held"),
        "contested_kinds": _("What a complaint may be against"),
        "remedies": _("How the provider satisfies a complaint fully"),
        "complaint_answers": _("Results of an answer to a complaint"),
        "review_outcomes": _("Outcomes of the consideration of a complaint"),
        "unconsidered_reasons": _("Reasons for leaving a complaint unconsidered"),
        "regions": _("Regions and cities of republican significance"),
        "service_requirements": _("Main requirements of the service"),
        "glossary": _("Glossary"),
    }
    return names.get(place.id, place.id)


def _letter(place: Place) -> str:
    """A letter, or a part that several letters share."""
    names: dict[str, str] = {
        "notice_preliminary": document_name("preliminary_decision"),
        "case_index": _("List of everything in the package of a case"),
        "terms_proof": _("How each date of a case was counted"),
        "month_report": _("Report of a month"),
        "_appeal": _("Attachment on complaints"),
        "_complaint": _("What the papers of a complaint say alike"),
        "_parts": _("What several letters say alike"),
        "_sources": _("Notes below a letter: short names, days without a confirmed calendar"),
        "_strip": _("Strip of a letter: who signed, when, how to check it"),
        "_translation": _("Translation beside the permit and the refusal"),
    }
    return names.get(place.id) or document_name(place.id)


def _notice(place: Place) -> str:
    """What a notice is about: its subject without the number of the case, and a gap where it names a day."""
    subject = _GAP.sub("…", place.names[language()].removeprefix("{number}: "))
    return subject[:1].upper() + subject[1:]
