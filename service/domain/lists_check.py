"""What is wrong with the lists that forms and documents share: each text in three languages, none empty."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.forms_check import LARGEST, Finding, too_large
from service.domain.languages import LANGUAGES

FOLDER = "forms/lists/"
NEEDED = ("document_kinds", "hearing_exemptions", "notices", "refusal_grounds", "regions")
"""Lists without which no case can go on."""


def check_lists(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Say which list is missing, cannot be read, or lacks a text in a language."""
    names = {name for name in files if name.startswith(FOLDER)}
    for path in sorted({f"{FOLDER}{name}.json" for name in NEEDED} - names):
        yield Finding(path, "", "file_missing")
    for path in sorted(names):
        if len(files[path]) > LARGEST:
            yield too_large(path, files[path])
            continue
        try:
            content = json.loads(files[path])
        except (ValueError, RecursionError) as problem:
            yield Finding(path, "", "file_not_json", {"detail": str(problem)})
        else:
            yield from (Finding(path, key, *fault) for key, fault in _gaps(content, ""))


def _gaps(part: Any, key: str) -> Iterator[tuple[str, tuple[str, Mapping[str, Any]]]]:
    if isinstance(part, list):
        for each in part:
            yield from _gaps(each, key)
    if not isinstance(part, dict):
        return
    key = str(part.get("key") or key)
    if any(language in part for language in LANGUAGES):
        for language in LANGUAGES:
            if not _said(part.get(language)):
                yield key, ("list_text_missing", {"key": key or "?", "language": language})
    for name, inner in part.items():
        if name not in LANGUAGES:
            yield from _gaps(inner, key or str(name))


def _said(text: Any) -> bool:
    lines = text if isinstance(text, list) else [text]
    return bool(lines) and all(isinstance(line, str) and line.strip() for line in lines)
