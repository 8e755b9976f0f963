"""What is wrong with a form, in words for the analyst who wrote it: file, field, and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.forms import Form, FormError
from service.domain.forms_fields import CHOICES, LANGUAGES, PATTERN_LENGTH, TYPES, Field
from service.domain.forms_values import FORMATS

SCHEMA_VERSIONS = range(9, 25)
LONGEST_PATTERN = 200
_INSTEAD = {
    "html": "use a text", "iframe": "give an address in a text", "table": "use fields or a text",
    "expression": "let the diagram decide", "dynamiclist": "use a group with the property repeat",
    "image": "pictures belong on the page, not in a form", "taglist": "use a checklist",
}  # fmt: skip
_ANSWERING = ("textfield", "number", "datetime", "textarea", "checkbox", "radio", "select", "checklist", "filepicker")
_VALIDATE = frozenset(
    ("required", "minLength", "maxLength", "min", "max", "pattern", "patternErrorMessage", "validationType")
)
_SILENT = ("defaultValue", "disabled", "readonly", "disallowPassedDates", "valuesExpression", "adorners")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_BESIDE = ("form",)
_TAKEN = ("add_row", "clock_date", "clock_time", "csrf_token", "page", "remove_row", "signature", "switch")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the file, the component's id (empty for the whole file) and the advice."""

    file: str
    field: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.field}" if self.field else self.file
        return f"{place}: {self.advice}"


def check_form(files: Mapping[str, bytes], name: str) -> tuple[Finding, ...]:
    """Say everything that is wrong with the form `name` of an edition; an empty tuple means it can be deployed."""
    path = f"forms/{name}.form"
    definition, problem = _load(files, path)
    if problem:
        return (problem,)
    try:
        return tuple(_findings(files, name, definition))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        return (Finding(path, "", f"is not shaped like a form; open it in the editor of forms: {error}"),)


def _findings(files: Mapping[str, bytes], name: str, definition: Mapping[str, Any]) -> list[Finding]:
    path = f"forms/{name}.form"
    findings = [Finding(path, where, advice) for where, advice in _definition(definition)]
    for language in LANGUAGES:
        findings.extend(_texts(files, f"forms/{name}.{language}.json", definition))
    if not findings:
        try:
            findings.extend(Finding(path, where, advice) for where, advice in _order(Form.parse(files, name)))
        except FormError as error:
            findings.append(Finding(path, str(error.data.get("field", "")), f"cannot be read: {error}"))
    return findings


def _load(files: Mapping[str, bytes], path: str) -> tuple[dict[str, Any], Finding | None]:
    if path not in files:
        return {}, Finding(path, "", "the file is missing; write it")
    try:
        found = json.loads(files[path])
    except (ValueError, RecursionError) as problem:
        return {}, Finding(path, "", f"is not JSON: {problem}")
    if not isinstance(found, dict):
        return {}, Finding(path, "", "must hold one JSON object")
    return found, None


def _components(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for component in definition.get("components") or ():
        yield component
        yield from _components(component)


def _definition(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if definition.get("schemaVersion", 18) not in SCHEMA_VERSIONS:
        yield "", f"schemaVersion must be from {SCHEMA_VERSIONS[0]} to {SCHEMA_VERSIONS[-1]}"
    ids = [str(component.get("id") or "") for component in _components(definition)]
    for name in sorted({name for name in ids if ids.count(name) > 1 and name}):
        yield name, "the id is used twice; ids must differ"
    yield from _keys(definition, set())
    for component in _components(definition):
        name = str(component.get("id") or "")
        if not name:
            yield "", f"a component of type {component.get('type')} has no id; give it one"
        elif name in _BESIDE:
            yield name, "this id is taken by the title of the form; choose another"
        for advice in _component(component):
            yield name, advice


def _keys(part: Mapping[str, Any], seen: set[str]) -> Iterator[tuple[str, str]]:
    """Keys differ within the form; a repeated group and a group of attachments keep theirs to themselves."""
    for component in part.get("components") or ():
        properties = component.get("properties") or {}
        is_apart = bool(properties.get("repeat") or properties.get("attachments"))
        key = _key(component) or (str(component.get("id") or "") if is_apart else "")
        if (key and component.get("type") != "group") or is_apart:
            if key in seen:
                yield str(component.get("id") or ""), f"the key {key} is used twice; keys must differ"
            seen.add(key)
        yield from _keys(component, set() if is_apart else seen)


def _key(component: Mapping[str, Any]) -> str:
    return str(component.get("key") or component.get("path") or "")


def _component(component: Mapping[str, Any]) -> Iterator[str]:
    kind, validate = component.get("type"), component.get("validate") or {}
    if kind not in TYPES:
        yield f"type {kind} is not allowed; {_INSTEAD.get(str(kind), 'use one of ' + ', '.join(TYPES))}"
        return
    if kind in _ANSWERING and not _KEY.fullmatch(_key(component)):
        yield "the key must be small Latin letters, digits and _, and begin with a letter"
    if kind in _ANSWERING and _key(component) in _TAKEN:
        yield f"the key {_key(component)} is taken by the pages; choose another"
    for extra in sorted(set(validate) - _VALIDATE):
        yield f"validate.{extra} is not known; remove it"
    for extra in _SILENT:
        if component.get(extra):
            yield f"{extra} would have no effect here; remove it"
    for extra in sorted(set(component.get("conditional") or ()) - {"hide"}):
        yield f"conditional.{extra} is not known; only hide is"
    yield from _shape(component, validate)


def _shape(component: Mapping[str, Any], validate: Mapping[str, Any]) -> Iterator[str]:
    kind, properties = component.get("type"), component.get("properties") or {}
    if kind in CHOICES and bool(component.get("values")) == bool(component.get("valuesKey")):
        yield "give either values or a valuesKey"
    options = [option.get("value") for option in component.get("values") or ()]
    if len(options) != len(set(options)):
        yield "two options have the same value"
    if kind == "datetime" and component.get("subtype", "date") not in ("date", "time"):
        yield "subtype must be date or time; ask a day and an hour in two fields"
    form = properties.get("format") or validate.get("validationType")
    if form not in (None, "", "custom", *FORMATS):
        yield f"format {form} is not known; use one of {', '.join(FORMATS)}"
    if validate.get("pattern"):
        yield from _pattern(str(validate["pattern"]), validate)
    if properties.get("repeat") and kind != "group":
        yield "only a group can be repeated"
    if properties.get("attachments") and not any(
        inner.get("type") == "filepicker" for inner in component.get("components") or ()
    ):
        yield "a group of attachments needs a filepicker"


def _pattern(pattern: str, validate: Mapping[str, Any]) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as problem:
        yield f"the pattern is not a regular expression: {problem}"
        return
    bare = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", pattern)
    if len(pattern) > LONGEST_PATTERN or bare.count("*") + bare.count("+") + bare.count(",}") > 4:
        yield "the pattern is too involved; keep it short, with at most four of * and +"
    if re.search(r"\\[1-9]|\(\?[^:]", pattern):
        yield "the pattern may not refer back or look around"
    # A repeated bracket with a repetition or a choice inside can take for ever on a hostile text.
    if re.search(r"\([^()]*[*+|{?][^()]*\)[*+{]|\)\)[*+{]", bare.replace("(?:", "(")):
        yield "the pattern repeats a bracket that itself repeats or chooses; write it without"
    if int(validate.get("maxLength") or 0) > PATTERN_LENGTH:
        yield f"a text with a pattern may have at most {PATTERN_LENGTH} characters"


def _order(form: Form) -> Iterator[tuple[str, str]]:
    """A condition speaks of fields asked before, and of values that they can have."""
    known: dict[str, Field] = {}
    yield from _conditions(form.fields, known)


def _conditions(fields: tuple[Field, ...], known: dict[str, Field]) -> Iterator[tuple[str, str]]:
    for found in fields:
        for leaf in found.hide.leaves() if found.hide else ():
            asked = known.get(leaf.key)
            if asked is None:
                yield found.id, f"the condition speaks of {leaf.key}, which is not a field asked before this one"
            elif leaf.operator == "contains" and asked.type != "checklist":
                yield found.id, f"list contains needs a checklist; {leaf.key} is a {asked.type}"
            elif leaf.operator != "contains" and asked.type == "checklist":
                yield found.id, f'{leaf.key} is a checklist: write list contains({leaf.key}, "...")'
            elif asked.values and leaf.literal is not None and leaf.literal not in asked.values:
                yield found.id, f"{leaf.key} never has the value {leaf.literal!r}"
        if found.answers:
            known[found.key] = found
        yield from _conditions(found.fields, known)


def _texts(files: Mapping[str, bytes], path: str, definition: Mapping[str, Any]) -> Iterator[Finding]:
    texts, problem = _load(files, path)
    if problem:
        yield problem
        return
    head = texts.get("form", {})
    if not (head if isinstance(head, str) else head.get("title")):
        yield Finding(path, "form", 'write the title: {"form": {"title": "..."}}')
    names = set(_BESIDE)
    for component in _components(definition):
        name = str(component.get("id") or "")
        names.add(name)
        text = texts.get(name, {})
        for advice in _text(component, {"label": text} if isinstance(text, str) else text):
            yield Finding(path, name, advice)
    for extra in sorted(set(texts) - names):
        yield Finding(path, extra, "no component has this id; remove the text or mend the id")


def _text(component: Mapping[str, Any], text: Mapping[str, Any]) -> Iterator[str]:
    is_plain_group = component.get("type") == "group" and not component.get("properties")
    if not is_plain_group and not str(text.get("label") or text.get("text") or "").strip():
        yield "the text is missing; write a label"
    labels = text.get("values") or {}
    values = {str(option.get("value")) for option in component.get("values") or ()}
    for value in sorted(values):
        if not str(labels.get(value, "")).strip():
            yield f"the option {value} has no text"
    for value in sorted(set(labels) - values):
        yield f"there is no option {value}; remove its text"
    if (component.get("validate") or {}).get("pattern") and not (text.get("messages") or {}).get("pattern"):
        yield 'say what the pattern wants: "messages": {"pattern": "..."}'
    if component.get("description") and not (text.get("description") or text.get("hint")):
        yield "the hint is missing; write a description"
