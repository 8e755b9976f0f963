"""The law and the program: each requirement, what carries it out, and the defects of the text (U4, U17)."""

from __future__ import annotations

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
    Place,
    Requirement,
    places,
    read_requirements,
)
from service.web.languages import language
from service.web.public.door import program, public
from service.web.public.editions import Shown, shown


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
        (_("Lists"), [(place.id, "") for place in placed if place.kind == LIST]),
        (_("Letters and documents"), [(place.id, "") for place in placed if place.kind == LETTER]),
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
