"""One field of a form, read from form-js JSON and from the texts beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.errors import RuqsatError
from service.domain.forms_conditions import Condition, ConditionError, parse_condition

TYPES = (
    "textfield", "number", "datetime", "textarea", "checkbox", "radio",
    "select", "checklist", "group", "text", "filepicker",
)  # fmt: skip
CHOICES = ("radio", "select", "checklist")
DEFAULT_LENGTH = {"textarea": 4000, "textfield": 500}
PATTERN_LENGTH = 200
"""A text that is matched against a pattern may not be longer, so that no pattern takes long."""
LONGEST_TEXT = 20000
MOST_ROWS = 50


class FormError(RuqsatError):
    """A form that cannot be read; `file` and `reason` say where and why."""

    code = "form_unreadable"


@dataclass(frozen=True)
class Text:
    """What people read at one field in one language."""

    label: str = ""
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)


NO_TEXT = Text()


@dataclass(frozen=True)
class Field:
    """One component of a form. A group holds `fields`; a repeated one gives a list of answers, at most `repeat`."""

    id: str
    key: str
    type: str
    required: bool = False
    shortest: int = 0
    longest: int = 0
    pattern: str = ""
    least: float | None = None
    most: float | None = None
    decimals: int | None = None
    format: str = ""
    subtype: str = "date"
    values: tuple[str, ...] = ()
    values_key: str = ""
    multiple: bool = False
    accept: str = ""
    hide: Condition | None = None
    page: str = ""
    repeat: int = 0
    attachments: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()

    def text(self, language: str) -> Text:
        """Give the label, hint, options and messages in this language."""
        return self.texts.get(language, NO_TEXT)

    @property
    def or_else(self) -> str:
        """The field whose answer stands in for one of this field; empty where none does."""
        return self.properties.get("orElse", "")

    @property
    def answers(self) -> bool:
        """Say whether this field itself takes an answer; groups, texts and files do not."""
        return self.type not in ("group", "text", "filepicker")

    def leaves(self) -> Iterator[Field]:
        """Yield the fields of a group in order, groups within opened; a field that is no group yields itself."""
        if self.type != "group":
            yield self
        for inner in self.fields:
            yield from inner.leaves()


def read_field(component: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> Field:
    """Read one component with its texts; raises FormError when it cannot be understood."""
    kind, name = str(component.get("type", "")), str(component.get("id") or component.get("key") or "")
    if kind not in TYPES:
        raise FormError(field=name, reason="unknown_type", type=kind)
    validate, properties = component.get("validate") or {}, component.get("properties") or {}
    pattern = str(validate.get("pattern") or "")
    key = str(component.get("path" if kind == "group" else "key") or name)
    return Field(
        id=name,
        key=key,
        type=kind,
        required=bool(validate.get("required")),
        shortest=int(validate.get("minLength") or 0),
        longest=_longest(kind, validate, pattern),
        pattern=pattern,
        least=_number(validate.get("min")),
        most=_number(validate.get("max")),
        decimals=None if component.get("decimalDigits") is None else int(component["decimalDigits"]),
        format=str(properties.get("format") or validate.get("validationType") or "").replace("custom", ""),
        subtype=str(component.get("subtype") or "date"),
        values=tuple(str(option["value"]) for option in component.get("values") or ()),
        values_key=str(component.get("valuesKey") or ""),
        multiple=_yes(component.get("multiple")),
        accept=str(component.get("accept") or ""),
        hide=_condition(name, component),
        page=_flag(properties.get("page")),
        repeat=_rows(properties.get("repeat")),
        attachments=_flag(properties.get("attachments")),
        properties={str(name): str(value) for name, value in properties.items()},
        texts={language: _text(texts[language], name) for language in texts},
        fields=tuple(read_field(inner, texts) for inner in component.get("components") or ()),
    )


def _longest(kind: str, validate: Mapping[str, Any], pattern: str) -> int:
    longest = min(int(validate.get("maxLength") or DEFAULT_LENGTH.get(kind, 500)), LONGEST_TEXT)
    return min(longest, PATTERN_LENGTH) if pattern else longest


def _condition(name: str, component: Mapping[str, Any]) -> Condition | None:
    expression = (component.get("conditional") or {}).get("hide")
    if not expression:
        return None
    try:
        return parse_condition(str(expression))
    except ConditionError as problem:
        raise FormError(field=name, reason="condition", detail=str(problem)) from problem


def _text(texts: Mapping[str, Any], name: str) -> Text:
    found = texts.get(name, {})
    if isinstance(found, str):
        return Text(label=found)
    return Text(
        label=str(found.get("label") or found.get("text") or ""),
        hint=str(found.get("description") or found.get("hint") or ""),
        options={str(value): str(label) for value, label in (found.get("values") or {}).items()},
        messages={str(code): str(message) for code, message in (found.get("messages") or {}).items()},
    )


def _number(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


def _yes(value: Any) -> bool:
    return str(value).lower() in ("true", "yes", "1")


def _flag(value: Any) -> str:
    return "" if str(value or "").lower() in ("", "false", "no") else str(value)


def _rows(value: Any) -> int:
    if not _flag(value):
        return 0
    return min(int(value), MOST_ROWS) if str(value).isdecimal() else 10
