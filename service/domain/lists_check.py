"""What is wrong with the lists that forms and documents share: their shape, and each text in three languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from service.domain.forms_check import LARGEST, Fault, Finding, too_large
from service.domain.json_files import read_json
from service.domain.languages import LANGUAGES

FOLDER = "forms/lists/"
NOTICES = f"{FOLDER}notices.json"
NEEDED = ("document_kinds", "hearing_exemptions", "notices", "refusal_grounds", "regions")
"""Lists without which no case can go on."""
_WORDS, _LINES = "words", "lines"
_LISTS_OF_LINES = ("rules_text",)
"""Lists of which each entry is a paragraph of several lines."""
_ENTRY = {"key": "text", "article": "text"}
_MORE = {
    "number": "number", "row": "text", "list": "text", "has_validity": "flag", "attachable": "flag", "term": _WORDS,
    "note": _WORDS, "text": _LINES, "after": _LINES,
}  # fmt: skip
"""What an entry may say beside its key, its article and its texts."""
_NEEDED_MORE = {"glossary": ("number", "term"), "refusal_grounds": ("number",), "service_requirements": ("row",)}
TOLD = (
    "accepted", "complaint_accepted", "complaint_adopted", "complaint_answered", "complaint_cancelled",
    "complaint_forwarded", "complaint_ordered", "complaint_registered", "complaint_satisfied", "complaint_sent_back",
    "complaint_silence", "complaint_unconsidered", "complaint_unsatisfied", "complaint_withdrawn", "corrected",
    "decision_carried_out", "extended", "extension_notice", "file_access", "granted", "hearing_minutes",
    "holder_invitation", "holder_minutes", "not_considered", "not_corrected", "permit_cancelled",
    "permit_cancelled_ahead", "permit_change_withdrawn", "permit_expires", "permit_resumed", "permit_resumed_ahead",
    "permit_suspended", "permit_suspended_ahead", "preliminary_decision", "refused", "registered", "remarks_answered",
    "reopened", "review_invitation", "review_registered", "signature_invalid", "signature_waits", "withdrawn",
)  # fmt: skip
"""Notices that the program sends by itself, whatever the drawings say."""
_NOTICE = {"article": "text", "subject": _WORDS, "body": _WORDS}
_NOTICE_MORE = {"on_paper": _WORDS, "lacking": _WORDS}

_Faults = Iterator[tuple[str, Fault]]


def check_lists(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Say which list is missing, cannot be read, has another shape, or lacks a text in a language."""
    names = {name for name in files if name.startswith(FOLDER)}
    for path in sorted({f"{FOLDER}{name}.json" for name in NEEDED} - names):
        yield Finding(path, "", "file_missing")
    for path in sorted(names):
        if len(files[path]) > LARGEST:
            yield too_large(path, files[path])
            continue
        try:
            content = read_json(files[path])
        except (ValueError, RecursionError) as problem:
            yield Finding(path, "", "file_not_json", {"detail": str(problem)})
        else:
            found = _notices(content) if path == NOTICES else _entries(content, path, names)
            yield from (Finding(path, key, *fault) for key, fault in found)


def _entries(content: Any, path: str, names: set[str]) -> _Faults:
    name = path.removeprefix(FOLDER).removesuffix(".json")
    if not isinstance(content, list) or not content:
        yield "", Fault("list_no_list", {})
        return
    needed = {**_ENTRY, **{each: _MORE[each] for each in _NEEDED_MORE.get(name, ())}}
    seen = set[str]()
    for place, entry in enumerate(content, start=1):
        key = _called(entry.get("key") if isinstance(entry, dict) else None, place)
        yield from ((key, fault) for fault in _entry(entry, key, needed, _MORE, lines=name in _LISTS_OF_LINES))
        if key in seen:
            yield key, Fault("list_key_twice", {"key": key})
        seen.add(key)
        beside = entry.get("list") if isinstance(entry, dict) else None
        if isinstance(beside, str) and (f"{FOLDER}{beside}.json" not in names or f"{FOLDER}{beside}.json" == NOTICES):
            yield key, Fault("list_unknown", {"key": key, "list": _called(beside, 0)})


def _notices(content: Any) -> _Faults:
    if not isinstance(content, dict) or not content:
        yield "", Fault("list_no_notices", {})
        return
    yield from ((kind, Fault("notice_missing", {"key": kind})) for kind in TOLD if kind not in content)
    for name, notice in content.items():
        key = _called(name, 0)
        faults = list(_entry(notice, key, _NOTICE, _NOTICE_MORE, lines=None))
        yield from ((key, fault) for fault in faults or _places(notice, key))


def _called(key: Any, place: int) -> str:
    """The key of an entry as its author can read it; its place where it has none."""
    text = key if isinstance(key, str) and key else f"#{place}"
    return (text if text.isprintable() else ascii(text))[:80]


def _entry(
    entry: Any, key: str, needed: Mapping[str, str], more: Mapping[str, str], *, lines: bool | None
) -> Iterator[Fault]:
    """What is wrong with one entry; its own texts are words, or `lines`, or it has none (None)."""
    if not isinstance(entry, dict):
        yield Fault("list_no_entry", {"key": key})
        return
    for name, kind in {**needed, **{each: more[each] for each in more if each in entry}}.items():
        yield from _value(entry.get(name), kind, key, name)
    for name, value in entry.items():
        if name not in {*needed, *more} and isinstance(value, dict) and any(each in value for each in LANGUAGES):
            yield from _texts(value, key, _LINES if any(isinstance(each, list) for each in value.values()) else _WORDS)
    if lines is not None:
        yield from _texts(entry, key, _LINES if lines else _WORDS)
    elif own := [language for language in LANGUAGES if language in entry]:
        yield Fault("list_value", {"key": key, "name": own[0]})


def _value(value: Any, kind: str, key: str, name: str) -> Iterator[Fault]:
    if kind in (_WORDS, _LINES) and isinstance(value, dict):
        yield from _texts(value, key, kind)
    elif kind in (_WORDS, _LINES) or not _HOLDS[kind](value):
        yield Fault("list_value", {"key": key, "name": name})


def _texts(part: Mapping[str, Any], key: str, kind: str) -> Iterator[Fault]:
    for language in LANGUAGES:
        text = part.get(language)
        lines = text if kind == _LINES and isinstance(text, list) and text else [text]
        if (kind == _LINES) is not isinstance(text, list) or not all(map(_is_text, lines)):
            yield Fault("list_text_missing", {"key": key, "language": language})


def _is_text(told: Any) -> bool:
    return isinstance(told, str) and bool(told.strip())


_HOLDS: Mapping[str, Any] = {
    "text": _is_text,
    "number": lambda told: type(told) is int and 0 < told < 1000,
    "flag": lambda told: isinstance(told, bool),
}


def _places(notice: Mapping[str, Any], key: str) -> Iterator[Fault]:
    """Braces that no sentence can be made from: only a name, or a name and its unit, may stand in them."""
    for words in (notice[name] for name in (*_NOTICE, *_NOTICE_MORE) if isinstance(notice.get(name), dict)):
        for language in LANGUAGES:
            try:
                parts = list(Formatter().parse(words[language]))
            except ValueError:
                yield Fault("list_braces", {"key": key, "language": language})
                continue
            if not all(map(_is_place, parts)):
                yield Fault("list_braces", {"key": key, "language": language})


def _is_place(part: tuple[str, str | None, str | None, str | None]) -> bool:
    """Whether this part of a sentence has no braces, or a name in them that can be filled in."""
    _text, name, unit, way = part
    return name is None or (name.isidentifier() and not way and (not unit or unit.isidentifier()))
