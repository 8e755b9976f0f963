"""The hint of a field that asks for an hour tells the working hours in force: {opens} to {closes} (A1.8.1, R8.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from service.domain.dated import HOURS, hours_as_told
from service.domain.days import WorkingHours
from service.domain.forms import Form
from service.domain.forms_fields import Field

_PLACE = re.compile(r"\{([^{}]*)\}")
Told = tuple[Sequence[date], Mapping[str, str]]
"""Days that follow each other with the same hours, and these."""


def unknown_places(text: str, *, of_hour: bool) -> list[str]:
    """What stands in braces in a text and is filled with nothing; only the hint `of_hour` is filled."""
    return [name for name in _PLACE.findall(text) if not (of_hour and name in HOURS)]


def is_hour(kind: object, subtype: object) -> bool:
    """Whether a component asks for an hour of the day."""
    return (kind, subtype) == ("datetime", "time")


def with_hours(form: Form, days: Iterable[tuple[date, WorkingHours]]) -> Form:
    """The form with the hours of these days; where they differ, each is told with its days."""
    if not any(is_hour(asked.type, asked.subtype) for asked in form.walk()):
        return form
    runs = [(hours, [day for day, _hours in same]) for hours, same in groupby(days, key=lambda each: each[1])]
    told = [(same, hours_as_told(hours)) for hours, same in runs]
    return replace(form, fields=tuple(_filled(asked, told) for asked in form.fields))


def _filled(asked: Field, told: Sequence[Told]) -> Field:
    texts = asked.texts
    if is_hour(asked.type, asked.subtype):
        texts = {language: replace(text, hint=_hint(text.hint, told)) for language, text in texts.items()}
    return replace(asked, texts=texts, fields=tuple(_filled(inner, told) for inner in asked.fields))


def _hint(hint: str, told: Sequence[Told]) -> str:
    filled = [_with(hint, hours) for _days, hours in told]
    if len(set(filled)) == 1:
        return filled[0]
    return " ".join(f"{_span(days)}: {text}." for (days, _hours), text in zip(told, filled, strict=True))


def _with(hint: str, hours: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: hours.get(place[1], place[0]), hint)


def _span(days: Sequence[date]) -> str:
    return "–".join(dict.fromkeys(f"{day:%d.%m.%Y}" for day in (days[0], days[-1])))
