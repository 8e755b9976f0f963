"""Compares the working days that a form's texts say with the terms that the drawings and the edition count (O1)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.act_check import ACT
from service.domain.forms_check import Finding, components
from service.domain.languages import LANGUAGES
from service.domain.steps import Element
from service.domain.terms import EDITION_TERMS, TERMS
from service.domain.timers import drawn_days
from service.engine.catalogue import Catalogue
from service.engine.check_expressions import days_said
from service.engine.definition import walkable_catalogues
from service.engine.expressions import Expression


@dataclass(frozen=True)
class _Counted:
    """What a text may say: the numbers of working days, and where they are counted."""

    days: frozenset[int]
    where: str


def check_form_terms(files: Mapping[str, bytes], forms: Collection[str]) -> list[Finding]:
    """Where a text of these forms says another number of working days than its term has, and what to do.

    A text speaks of the terms named in `properties.term` of its component or of the form; where none is named, of the
    timers on the task that shows the form. The forms and the act must be right otherwise, and only drawings that can
    be walked are asked.
    """
    edition = tomllib.loads(files[ACT].decode())
    drawn = walkable_catalogues(files)
    terms = _terms(drawn, edition.get("terms", {}))
    return [found for name in forms for found in _form(files, name, terms, _on_task(drawn, name))]


def _terms(drawn: Collection[Catalogue], told: Mapping[str, int]) -> Mapping[str, int]:
    """Every term of the edition by its key; one counted backwards is told without its sign."""
    lawful = {key: abs(term.days) for key, term in TERMS.items()}
    shown = {key: abs(days) for one in drawn for key, days in drawn_days(one.elements).items()}
    return {**lawful, **shown, **EDITION_TERMS, **told}


def _on_task(drawn: Collection[Catalogue], form: str) -> _Counted | None:
    """What the timers on the tasks with this form count; None where no drawing has such a task."""
    tasks = [(one, task) for one in drawn for task in one.user_tasks() if task.form == form]
    timers = [edge for one, task in tasks for edge in one.edges_of(task.id) if edge.expression]
    counting = {timer.id: days for timer in timers if (days := _numbers(timer))}
    return _Counted(frozenset().union(*counting.values()), ", ".join(counting)) if tasks else None


def _numbers(timer: Element) -> frozenset[int]:
    return frozenset(Expression.parse(timer.expression).numbers)


def _form(files: Mapping[str, bytes], name: str, terms: Mapping[str, int], on_task: _Counted | None) -> list[Finding]:
    path = f"forms/{name}.form"
    definition = json.loads(files[path])
    parts = {"form": definition, **{part["id"]: part for part in components(definition)}}
    of_form = _named(definition, terms) or on_task
    counted = {part_id: _named(part, terms) or of_form for part_id, part in parts.items()}
    found = [
        Finding(path, part_id, "term_unknown", {"term": key, "known": ", ".join(sorted(terms))})
        for part_id, part in parts.items()
        for key in _keys(part)
        if key not in terms
    ]
    for language in LANGUAGES:
        file = f"forms/{name}.{language}.json"
        for part_id, told in json.loads(files[file]).items():
            found += [
                Finding(file, part_id, *fault) for text in _texts(told) for fault in _text(text, counted[part_id])
            ]
    return found


def _keys(part: Mapping[str, Any]) -> list[str]:
    properties = part.get("properties")
    told = str(properties.get("term", "")) if isinstance(properties, Mapping) else ""
    return [key for one in told.split(",") if (key := one.strip())]


def _named(part: Mapping[str, Any], terms: Mapping[str, int]) -> _Counted | None:
    """What the terms count that this part of the form names; None where it names none."""
    keys = _keys(part)
    return _Counted(frozenset(terms[key] for key in keys if key in terms), ", ".join(keys)) if keys else None


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, Mapping):
        for inner in told.values():
            yield from _texts(inner)
    elif isinstance(told, str):
        yield told


def _text(text: str, counted: _Counted | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    said = days_said(text)
    if not said or counted is None or said <= counted.days:
        return
    data = {"text": text, "said": _listed(said)}
    if not counted.where:
        yield "term_unnamed", data
    elif counted.days:
        yield "term_differs", {**data, "term": counted.where, "counted": _listed(counted.days)}


def _listed(days: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(days)))
