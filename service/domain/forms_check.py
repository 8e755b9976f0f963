"""What is wrong with a form: file, field and a code; the words for its author stand in `file_advice`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, NamedTuple

from service.domain.dated import HOURS
from service.domain.forms import Form, FormError
from service.domain.forms_fields import CHOICES, PATTERN_LENGTH, TYPES, Field
from service.domain.forms_hours import is_hour, unknown_places
from service.domain.forms_read import READ
from service.domain.forms_values import FORMATS
from service.domain.json_files import read_json
from service.domain.languages import LANGUAGES

SCHEMA_VERSIONS = range(9, 25)
LONGEST_PATTERN = 200
LARGEST = 500_000
"""Bytes of a form, its texts or a list: ten times as many as the longest has."""
_INSTEAD = ("html", "iframe", "table", "expression", "dynamiclist", "image", "taglist")
_ANSWERING = ("textfield", "number", "datetime", "textarea", "checkbox", "radio", "select", "checklist", "filepicker")
_VALIDATE = frozenset(
    ("required", "minLength", "maxLength", "min", "max", "pattern", "patternErrorMessage", "validationType")
)
_SILENT = ("defaultValue", "disabled", "readonly", "disallowPassedDates", "valuesExpression", "adorners")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_SIZES, _SIZE = ("rows", "width"), re.compile("[1-9][0-9]?")
"""Properties that say how large a field is drawn."""
_BESIDE = ("form",)
_TAKEN = ("add_row", "clock_date", "clock_time", "csrf_token", "page", "remove_row", "signature", "switch")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the file, the component's id (empty for the whole file), a code and what its words need."""

    file: str
    field: str
    code: str
    data: Mapping[str, Any] = dataclass_field(default_factory=dict)


class Fault(NamedTuple):
    """What is wrong, before it is known where."""

    code: str
    data: Mapping[str, Any]


def _fault(code: str, **data: Any) -> Fault:
    return Fault(code, data)


def check_form(files: Mapping[str, bytes], name: str) -> tuple[Finding, ...]:
    """Say everything that is wrong with the form `name` of an edition; an empty tuple means it can be deployed."""
    path = f"forms/{name}.form"
    definition, problem = _load(files, path)
    if problem:
        return (problem,)
    try:
        return tuple(_findings(files, name, definition))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError, RecursionError) as error:
        return (Finding(path, "", "form_shape", {"detail": str(error)}),)


def _findings(files: Mapping[str, bytes], name: str, definition: Mapping[str, Any]) -> list[Finding]:
    path = f"forms/{name}.form"
    findings = [Finding(path, where, *fault) for where, fault in _definition(definition)]
    asked = set(_answered(definition))
    findings.extend(Finding(path, key, "key_read", {"key": key}) for key in READ.get(name, ()) if key not in asked)
    for language in LANGUAGES:
        findings.extend(_texts(files, f"forms/{name}.{language}.json", definition))
    if not findings:
        try:
            findings.extend(Finding(path, where, *fault) for where, fault in _order(Form.parse(files, name)))
        except FormError as error:
            findings.append(Finding(path, str(error.data.get("field", "")), "form_unreadable", {"detail": str(error)}))
    return findings


def _load(files: Mapping[str, bytes], path: str) -> tuple[dict[str, Any], Finding | None]:
    if path not in files:
        return {}, Finding(path, "", "file_missing")
    if len(files[path]) > LARGEST:
        return {}, too_large(path, files[path])
    try:
        found = read_json(files[path])
    except (ValueError, RecursionError) as problem:
        return {}, Finding(path, "", "file_not_json", {"detail": str(problem)})
    if not isinstance(found, dict):
        return {}, Finding(path, "", "file_no_object")
    return found, None


def too_large(path: str, content: bytes) -> Finding:
    """What is not read, whatever stands in it."""
    return Finding(path, "", "file_too_large", {"size": len(content), "most": LARGEST})


def components(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every component of a form or a group, those inside a group after it."""
    for component in definition.get("components") or ():
        yield component
        yield from components(component)


def _answered(part: Mapping[str, Any]) -> Iterator[str]:
    """The keys under which answers stand: those of a repeated group stand in its rows, where nobody looks for them."""
    for component in part.get("components") or ():
        yield _key(component)
        properties = component.get("properties") or {}
        if properties.get("attachments") or not properties.get("repeat"):
            yield from _answered(component)


def _definition(definition: Mapping[str, Any]) -> Iterator[tuple[str, Fault]]:
    if definition.get("schemaVersion", 18) not in SCHEMA_VERSIONS:
        yield "", _fault("schema_version", first=SCHEMA_VERSIONS[0], last=SCHEMA_VERSIONS[-1])
    ids = Counter(str(component.get("id") or "") for component in components(definition))
    for name in sorted(name for name, times in ids.items() if times > 1 and name):
        yield name, _fault("component_id_twice")
    yield from _keys(definition, set())
    for component in components(definition):
        name = str(component.get("id") or "")
        if not name:
            yield "", _fault("component_without_id", type=component.get("type"))
        elif name in _BESIDE:
            yield name, _fault("component_id_taken")
        for fault in _component(component):
            yield name, fault


def _keys(part: Mapping[str, Any], seen: set[str]) -> Iterator[tuple[str, Fault]]:
    """Keys differ within the form; a repeated group and a group of attachments keep theirs to themselves."""
    for component in part.get("components") or ():
        properties = component.get("properties") or {}
        is_apart = bool(properties.get("repeat") or properties.get("attachments"))
        key = _key(component) or (str(component.get("id") or "") if is_apart else "")
        if (key and component.get("type") != "group") or is_apart:
            if key in seen:
                yield str(component.get("id") or ""), _fault("key_twice", key=key)
            seen.add(key)
        yield from _keys(component, set() if is_apart else seen)


def _key(component: Mapping[str, Any]) -> str:
    return str(component.get("key") or component.get("path") or "")


def _component(component: Mapping[str, Any]) -> Iterator[Fault]:
    kind, validate = component.get("type"), component.get("validate") or {}
    if kind not in TYPES:
        yield _fault(f"type_{kind}" if kind in _INSTEAD else "type_unknown", type=kind, known=", ".join(TYPES))
        return
    if kind in _ANSWERING and not _KEY.fullmatch(_key(component)):
        yield _fault("key_style")
    if kind in _ANSWERING and _key(component) in _TAKEN:
        yield _fault("key_taken", key=_key(component))
    for extra in sorted(set(validate) - _VALIDATE):
        yield _fault("validate_unknown", name=extra)
    for extra in _SILENT:
        if component.get(extra):
            yield _fault("without_effect", name=extra)
    for extra in sorted(set(component.get("conditional") or ()) - {"hide"}):
        yield _fault("conditional_unknown", name=extra)
    yield from _shape(component, validate)


def _shape(component: Mapping[str, Any], validate: Mapping[str, Any]) -> Iterator[Fault]:
    kind, properties = component.get("type"), component.get("properties") or {}
    if kind in CHOICES and bool(component.get("values")) == bool(component.get("valuesKey")):
        yield _fault("options_or_key")
    options = [option.get("value") for option in component.get("values") or ()]
    if len(options) != len(set(options)):
        yield _fault("option_twice")
    if kind == "datetime" and component.get("subtype", "date") not in ("date", "time"):
        yield _fault("subtype")
    form = properties.get("format") or validate.get("validationType")
    if form not in (None, "", "custom", *FORMATS):
        yield _fault("format_unknown", format=form, known=", ".join(FORMATS))
    if validate.get("pattern"):
        yield from _pattern(str(validate["pattern"]), validate)
    for name in _SIZES:
        if properties.get(name) and not _SIZE.fullmatch(str(properties[name])):
            yield _fault("property_number", name=name)
    if properties.get("repeat") and kind != "group":
        yield _fault("repeat_group")
    if properties.get("attachments") and not any(
        inner.get("type") == "filepicker" for inner in component.get("components") or ()
    ):
        yield _fault("attachments_filepicker")


def _repeats_a_choice(bare: str) -> bool:
    """A repeated bracket with a repetition or a choice at any depth inside can take for ever on a hostile text."""
    opened: list[int] = []
    for at, letter in enumerate(bare):
        if letter == "(":
            opened.append(at)
        elif letter == ")" and opened:
            inside = bare[opened.pop() + 1 : at]
            if bare[at + 1 : at + 2] in ("*", "+", "{") and re.search(r"[*+|{?]", inside):
                return True
    return False


def _pattern(pattern: str, validate: Mapping[str, Any]) -> Iterator[Fault]:
    try:
        re.compile(pattern)
    except re.error as problem:
        yield _fault("pattern_wrong", detail=str(problem))
        return
    bare = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", pattern)
    if len(pattern) > LONGEST_PATTERN or bare.count("*") + bare.count("+") + bare.count(",}") > 4:
        yield _fault("pattern_involved")
    if re.search(r"\\[1-9]|\(\?[^:]", pattern):
        yield _fault("pattern_back")
    if _repeats_a_choice(bare.replace("(?:", "(")):
        yield _fault("pattern_nested")
    if int(validate.get("maxLength") or 0) > PATTERN_LENGTH:
        yield _fault("pattern_length", most=PATTERN_LENGTH)


def _order(form: Form) -> Iterator[tuple[str, Fault]]:
    """A condition speaks of fields asked before, and of values that they can have; every field has its page."""
    known: dict[str, Field] = {}
    yield from _conditions(form.fields, known)
    if form.pages:
        yield from ((found.id, _fault("outside_pages")) for found in form.fields if not found.page)


def _conditions(fields: tuple[Field, ...], known: dict[str, Field]) -> Iterator[tuple[str, Fault]]:
    for found in fields:
        for leaf in found.hide.leaves() if found.hide else ():
            asked = known.get(leaf.key)
            if asked is None:
                yield found.id, _fault("condition_field", key=leaf.key)
            elif leaf.operator == "contains" and asked.type != "checklist":
                yield found.id, _fault("condition_contains", key=leaf.key, type=asked.type)
            elif leaf.operator != "contains" and asked.type == "checklist":
                yield found.id, _fault("condition_checklist", key=leaf.key)
            elif asked.values and leaf.literal is not None and leaf.literal not in asked.values:
                yield found.id, _fault("condition_value", key=leaf.key, value=repr(leaf.literal))
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
        yield Finding(path, "form", "title_missing")
    names = set(_BESIDE)
    for component in components(definition):
        name = str(component.get("id") or "")
        names.add(name)
        text = texts.get(name, {})
        for fault in _text(component, {"label": text} if isinstance(text, str) else text):
            yield Finding(path, name, *fault)
    for extra in sorted(set(texts) - names):
        yield Finding(path, extra, "text_for_nothing")
    for name, fault in _places(texts, definition):
        yield Finding(path, name, *fault)


def _text(component: Mapping[str, Any], text: Mapping[str, Any]) -> Iterator[Fault]:
    is_plain_group = component.get("type") == "group" and not component.get("properties")
    if not is_plain_group and not str(text.get("label") or text.get("text") or "").strip():
        yield _fault("label_missing")
    labels = text.get("values") or {}
    values = {str(option.get("value")) for option in component.get("values") or ()}
    for value in sorted(values):
        if not str(labels.get(value, "")).strip():
            yield _fault("option_text_missing", value=value)
    for value in sorted(set(labels) - values):
        yield _fault("option_text_for_nothing", value=value)
    if (component.get("validate") or {}).get("pattern") and not (text.get("messages") or {}).get("pattern"):
        yield _fault("pattern_message_missing")
    if component.get("description") and not (text.get("description") or text.get("hint")):
        yield _fault("hint_missing")


def _places(texts: Mapping[str, Any], definition: Mapping[str, Any]) -> Iterator[tuple[str, Fault]]:
    """What stands in braces is filled in the hint of a field that asks for an hour, and nowhere else."""
    hours = {str(each.get("id")) for each in components(definition) if is_hour(each.get("type"), each.get("subtype"))}
    for name, text in texts.items():
        for part, said in text.items() if isinstance(text, dict) else [("label", text)]:
            is_hint = name in hours and part in ("description", "hint")
            for each in said.values() if isinstance(said, dict) else [said]:
                for place in unknown_places(str(each), of_hour=is_hint):
                    yield name, _fault("place_unknown", name=place, known=", ".join(HOURS))
