"""A form that a person fills in: form-js JSON with its texts in three languages, and the check of what was typed.

`Form.parse` reads `forms/<name>.form` with `<name>.kk.json`, `.ru.json`, `.en.json` beside it. `Form.validate` takes
only the fields that the form names (A2.1, A2.2): anything else in a request is not looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain import forms_values as values
from service.domain.forms_fields import CHOICES, Field, FormError, Text, read_field
from service.domain.languages import LANGUAGES

__all__ = ["Field", "Form", "FormError", "Problem", "Result", "Text", "told_texts"]

_ROW = re.compile("[0-9]{1,6}")
LONGEST_LINE = 255
"""A number, a name or an order that somebody writes on one line, in characters."""
LONGEST_SENTENCES = 2000
"""A reason, a basis or a result that somebody writes in a few sentences."""

Raw = Mapping[str, Sequence[str]]
"""What a request carries: for each name the texts typed or chosen."""
Options = Mapping[str, Sequence[tuple[str, str]]]
"""Options known only at run time: for each `valuesKey` the values with their labels."""


@dataclass(frozen=True)
class Problem:
    """Why an answer is refused: a code such as `required`, `too_long`, `pattern`, `not_a_date`, and its data."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


def told_texts(said: Mapping[str, object], limits: Mapping[str, int]) -> dict[str, Problem]:
    """What is wrong with short texts of which each is needed: nothing is said, or more than so many characters."""
    errors: dict[str, Problem] = {}
    for name, limit in limits.items():
        text = str(said.get(name) or "").strip()
        if not text:
            errors[name] = Problem("required")
        elif len(text) > limit:
            errors[name] = Problem("too_long", {"limit": limit, "length": len(text)})
    return errors


@dataclass(frozen=True)
class Result:
    """Answers as JSON values, None where nothing is said or the field is hidden; problems by the field's name."""

    answers: Mapping[str, Any]
    errors: Mapping[str, Problem]

    @property
    def valid(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.errors


@dataclass(frozen=True)
class Form:
    """A form of an edition; its heading, the sentence under it and its button in each language."""

    name: str
    fields: tuple[Field, ...]
    titles: Mapping[str, str]
    intros: Mapping[str, str] = field(default_factory=dict)
    submits: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, files: Mapping[str, bytes], name: str) -> Form:
        """Read the form `name` from an edition's files; raises FormError naming the file or field that is wrong."""
        definition = _json(files, f"forms/{name}.form")
        texts = {language: _json(files, f"forms/{name}.{language}.json") for language in LANGUAGES}
        heads = {language: _head(texts[language]) for language in LANGUAGES}
        try:
            fields = tuple(read_field(component, texts) for component in definition.get("components") or ())
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError, RecursionError) as problem:
            raise FormError(file=f"forms/{name}.form", reason="shape", detail=str(problem)) from problem
        return cls(
            name=name,
            fields=fields,
            titles={language: str(head.get("title", "")) for language, head in heads.items()},
            intros={language: str(head.get("intro", "")) for language, head in heads.items()},
            submits={language: str(head.get("submit", "")) for language, head in heads.items()},
        )

    def walk(self) -> Iterator[Field]:
        """Yield every field that is no group, in order, those of attachments apart."""
        for found in self.fields:
            if not found.attachments:
                yield from found.leaves()

    @property
    def asks_for_options(self) -> bool:
        """Whether a field's options are known only when it is asked: officers, lawful days."""
        return any(found.values_key for found in self.walk())

    def find(self, key: str) -> Field:
        """Give the field or group with this key or id; raises KeyError."""
        waiting = list(self.fields)
        while waiting:
            found = waiting.pop(0)
            if key in (found.key, found.id):
                return found
            waiting.extend(found.fields)
        raise KeyError(key)

    @property
    def pages(self) -> tuple[Field, ...]:
        """Give the groups that are pages of their own, in order."""
        return tuple(found for found in self.fields if found.page)

    def part(self, key: str) -> Form:
        """Give one group as a form of its own: a page of an application, or the fields of one attachment."""
        group = self.find(key)
        inner = (replace(group, page=""),) if group.repeat and not group.attachments else group.fields
        titles = {language: group.text(language).label for language in LANGUAGES}
        hints = {language: group.text(language).hint for language in LANGUAGES}
        return replace(self, name=f"{self.name}.{group.key}", fields=inner, titles=titles, intros=hints)

    def validate(
        self,
        raw: Raw,
        *,
        options: Options | None = None,
        given: Collection[str] = (),
        context: Mapping[str, Any] | None = None,
    ) -> Result:
        """Check what was typed and give it as answers (A2.1, A2.2).

        `options` are those known at run time, `given` the names of file fields that have a file, `context` answers
        given on other pages, for conditions. Hidden fields become None whatever was typed in them.
        """
        reader = _Reader(raw, options or {}, frozenset(given))
        answers: dict[str, Any] = {}
        for found in self.fields:
            reader.read(found, answers, context or {})
        reader.require_either(self.walk(), answers, context or {})
        return Result(answers, reader.errors)


def rows(raw: Raw, group: Field) -> list[int]:
    """Give the numbers of the rows of a repeated group that the request carries, at least row 0."""
    start = f"{group.key}-"
    numbers = {
        int(number)
        for name in raw
        if name.startswith(start) and _ROW.fullmatch(number := name[len(start) :].partition("-")[0])
    }
    return sorted(numbers)[: group.repeat] or [0]


class _Reader:
    """Reads a request field by field; keeps the problems by the name that the field has on the page."""

    def __init__(self, raw: Raw, options: Options, given: Collection[str]) -> None:
        self.raw, self.options, self.given = raw, options, given
        self.errors: dict[str, Problem] = {}

    def require_either(self, asked: Iterator[Field], answers: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        """A field with `properties.orElse` must be answered unless the field that it names is; one of two is told."""
        for found in asked:
            other = found.or_else
            hidden = found.hide and found.hide.holds({**context, **answers})
            if other and not hidden and not answers.get(found.key) and not answers.get(other):
                if other in self.errors:
                    continue
                self.errors.setdefault(found.key, Problem("required"))

    def read(self, asked: Field, answers: dict[str, Any], context: Mapping[str, Any], before: str = "") -> None:
        if asked.attachments:
            return
        if asked.hide and asked.hide.holds({**context, **answers}):
            self._leave_empty(asked, answers)
        elif asked.repeat:
            answers[asked.key] = self._rows(asked, {**context, **answers})
        elif asked.type == "group":
            for inner in asked.fields:
                self.read(inner, answers, context, before)
        elif asked.type == "filepicker":
            if asked.required and before + asked.key not in self.given:
                self.errors[before + asked.key] = Problem("required")
        elif asked.answers:
            answers[asked.key] = self._answer(asked, before + asked.key)

    def _leave_empty(self, asked: Field, answers: dict[str, Any]) -> None:
        if asked.repeat:
            answers[asked.key] = []
        else:
            answers.update({leaf.key: None for leaf in asked.leaves() if leaf.answers})

    def _rows(self, group: Field, context: Mapping[str, Any]) -> list[dict[str, Any]]:
        found = []
        for position, number in enumerate(rows(self.raw, group)):
            before = f"{group.key}-{number}-"
            if position and not self._is_filled(before):
                continue
            row: dict[str, Any] = {}
            for inner in group.fields:
                self.read(inner, row, context, before)
            found.append(row)
        return found

    def _is_filled(self, before: str) -> bool:
        return any(text.strip() for name, typed in self.raw.items() if name.startswith(before) for text in typed)

    def _answer(self, asked: Field, name: str) -> Any:
        typed = [text for text in self.raw.get(name, ()) if values.read_text(text, lines=True)]
        if not typed:
            if asked.required:
                self.errors[name] = Problem("required")
            return {"checkbox": False, "checklist": []}.get(asked.type)
        try:
            return self._value(asked, typed)
        except values.Wrong as wrong:
            self.errors[name] = Problem(wrong.code, wrong.data)
            return None

    def _value(self, asked: Field, typed: Sequence[str]) -> Any:
        if asked.type in CHOICES:
            allowed = self._allowed(asked)
            if asked.type == "checklist":
                return values.read_choices(typed, allowed)
            return values.read_choice(typed[0], allowed)
        match asked.type:
            case "checkbox":
                return True
            case "number":
                return values.read_number(typed[0], least=asked.least, most=asked.most, decimals=asked.decimals)
            case "datetime":
                return values.read_time(typed[0]) if asked.subtype == "time" else values.read_date(typed[0])
        text = values.read_text(typed[0], lines=asked.type == "textarea")
        text = values.check_text(text, shortest=asked.shortest, longest=asked.longest, pattern=asked.pattern)
        return values.read_format(text, asked.format) if asked.format else text

    def _allowed(self, asked: Field) -> Sequence[str]:
        if not asked.values_key:
            return asked.values
        if asked.values_key not in self.options:
            raise FormError(field=asked.id, reason="options_missing", key=asked.values_key)
        return [value for value, _label in self.options[asked.values_key]]


def _json(files: Mapping[str, bytes], path: str) -> Mapping[str, Any]:
    if path not in files:
        raise FormError(file=path, reason="missing")
    try:
        found = json.loads(files[path])
    except (ValueError, RecursionError) as problem:
        raise FormError(file=path, reason="not_json", detail=str(problem)) from problem
    if not isinstance(found, dict):
        raise FormError(file=path, reason="shape")
    return found


def _head(texts: Mapping[str, Any]) -> Mapping[str, Any]:
    head = texts.get("form", {})
    return {"title": head} if isinstance(head, str) else dict(head)
