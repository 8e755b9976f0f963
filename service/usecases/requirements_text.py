"""The map of the law as a paper: one line for each row (U4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.usecases.requirements_map import ELEMENT, FORM, LETTER, LIST, NOTICE, Place, Requirement

_HEAD = """# The law and the program

Written by `ruqsat show law --write` from the drawings, forms, letters, code and tests; change those, or the titles
in `processes/requirements.toml`. A row is a requirement of the law: R of the rules, A of their annexes, O of the
order, L of the Administrative Code, D a gap of the text and how it is read. Code is named where no drawing, form or
letter can carry a row, and a reason where none can. The same map is a page of the site.

| row | the law asks | in the drawings | forms and lists | letters | code | tests |
|---|---|---|---|---|---|---|
"""
_DEFECTS = """
## Defects of the text

| row | the text says | it is read | shown by |
|---|---|---|---|
"""


def in_words(requirements: Sequence[Requirement], places: Mapping[str, Sequence[Place]]) -> str:
    """The whole map in English; the same files always give the same text."""
    rows = "".join(_row(one, places[one.id]) for one in requirements)
    return _HEAD + rows + _DEFECTS + "".join(_defect(one) for one in requirements if one.defect)


def _row(one: Requirement, places: Sequence[Place]) -> str:
    drawn: dict[str, list[str]] = {}
    for place in places:
        if place.kind == ELEMENT:
            drawn.setdefault(place.process, []).append(f"`{place.id}`")
    shown = one.tests_by_file.items()
    cells = (
        one.id,
        one.title["en"],
        "; ".join(f"{process}: {', '.join(ids)}" for process, ids in drawn.items()),
        _named(places, FORM, LIST),
        _named(places, LETTER, NOTICE),
        ", ".join(f"`{file}`" for file in one.code) or one.reason.get("en", ""),
        "; ".join(": ".join([f"`{file}`", ", ".join(names)][: 1 + bool(names)]) for file, names in shown),
    )
    return f"| {' | '.join(cells)} |\n"


def _named(places: Sequence[Place], *kinds: str) -> str:
    return ", ".join(dict.fromkeys(f"`{place.id}`" for place in places if place.kind in kinds))


def _defect(one: Requirement) -> str:
    if one.defect is None:
        return ""
    shown = "; ".join(sentence.replace("_", " ") for sentence in one.shown_by)
    return f"| {one.id} | {one.defect.says['en']} | {one.defect.reading['en']} | {shown} |\n"
