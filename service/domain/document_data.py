"""What a document says, as plain data and back: kept with what was signed, so that it can be made again (U7, L82.1)."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from service.domain.appeal_documents import APPEAL_DOCUMENTS
from service.domain.documents import DOCUMENTS, Document

KINDS: Mapping[str, type[Document]] = {document.kind: document for document in (*DOCUMENTS, *APPEAL_DOCUMENTS)}


def kept_content(document: Document) -> dict[str, Any]:
    """Every field of a document, days and instants as ISO 8601 texts."""
    return {"kind": document.kind, **_plain(document)}


def document_from(content: Mapping[str, Any]) -> Document:
    """The document whose fields were kept; it equals the one that was kept. KeyError for an unknown kind."""
    made: Document = _made(KINDS[content["kind"]], content)
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    """A value of this type from plain data. A fact's value may be a text or a day: the longest type that fits wins.

    A field that the document did not have yet when it was kept has its default.
    """
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value)
    if origin is Literal:
        return value
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # is_dataclass has shown that it is a class
        given = [each for each in fields(kind) if each.name in value]  # a paper of an earlier time lacks later fields
        made = {each.name: _made(hints[each.name], value[each.name]) for each in given}
        return kind(**made)  # type: ignore[operator]  # as above
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value


def _one_of(kinds: Sequence[Any], value: Any) -> Any:
    if value is None:
        return None
    wanted = [kind for kind in kinds if kind is not types.NoneType]
    if not isinstance(value, str) or not {date, datetime} & set(wanted):
        return _made(wanted[0], value)
    # An instant has an hour, a day has none; what is neither is a text.
    for kind in (datetime, date):
        try:
            if kind in wanted and ("T" in value) == (kind is datetime):
                return kind.fromisoformat(value)
        except ValueError:
            continue
    return value
