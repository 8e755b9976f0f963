"""Answers that are stored, written again as a person would type them: for drafts and for pages that show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from service.domain.forms import Field, Form, Options
from service.web import formats
from service.web.languages import language

Raw = dict[str, Sequence[str]]


def without_empty_rows(value: Any) -> Any:
    """The rows of a repeated group in which something is said; any other answer as it is."""
    is_rows = isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    return [row for row in value if any(row.values())] if is_rows else value


def typed_again(form: Form, answers: Mapping[str, Any]) -> Raw:
    """Write answers as the fields of a request, so that a page can be filled with them."""
    raw: Raw = {}
    for asked in form.fields:
        _write(asked, answers, raw, "")
    return raw


def _write(asked: Field, answers: Mapping[str, Any], raw: Raw, before: str) -> None:
    if asked.repeat:
        for number, row in enumerate(answers.get(asked.key) or ()):
            for inner in asked.fields:
                _write(inner, row, raw, f"{asked.key}-{number}-")
    elif asked.type == "group":
        for inner in asked.fields:
            _write(inner, answers, raw, before)
    elif asked.answers and answers.get(asked.key) not in (None, "", [], False):
        raw[before + asked.key] = _texts(asked, answers[asked.key])


def _texts(asked: Field, value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return ["yes"] if value is True else [_text(asked, value)]


def _text(asked: Field, value: Any) -> str:
    if asked.type == "datetime" and asked.subtype == "date":
        return formats.date(str(value))
    if asked.type == "number":
        return formats.number(value)
    return formats.phone(str(value)) if asked.format == "phone" else str(value)


def shown(form: Form, answers: Mapping[str, Any], options: Options | None = None) -> list[tuple[str, str]]:
    """List label and answer in words for every field that has one, in the order of the form; for pages to read."""
    return [pair for asked in form.fields for pair in _shown(asked, answers, options or {})]


def _shown(asked: Field, answers: Mapping[str, Any], options: Options) -> Iterable[tuple[str, str]]:
    if asked.repeat:
        for number, row in enumerate(answers.get(asked.key) or (), 1):
            words = ", ".join(text for inner in asked.fields for _label, text in _shown(inner, row, options))
            yield f"{asked.text(language()).label} {number}", words
    elif asked.type == "group":
        for inner in asked.fields if not asked.attachments else ():
            yield from _shown(inner, answers, options)
    elif asked.answers and answers.get(asked.key) not in (None, "", []):
        yield asked.text(language()).label, in_words(asked, answers[asked.key], options)


def in_words(asked: Field, value: Any, options: Options) -> str:
    """Say one answer in words: the label of a choice, a date as it is written, yes or no."""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    labels = dict(options.get(asked.values_key, ())) or dict(asked.text(language()).options)
    if isinstance(value, list):
        return "; ".join(labels.get(str(item), str(item)) for item in value)
    return labels.get(str(value)) or _text(asked, value)
