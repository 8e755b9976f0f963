"""What small forms of the office's own have in common: texts, days and files of the request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from service.domain.errors import InvalidAnswers
from service.domain.files import MAX_FILE_BYTES
from service.domain.forms import Problem
from service.domain.forms_values import Wrong, read_date
from service.web import typed

KEPT_FILE = "kept_file"
"""The field in which a page remembers a file that was handed in before."""


def text(name: str) -> str:
    """What was typed into a field."""
    return request.form.get(name, "").strip()


def day(name: str, *, needed: bool = True) -> date | None:
    """A day that was typed; None for an empty field that is not needed. Raises `InvalidAnswers`."""
    if not text(name):
        if needed:
            raise InvalidAnswers(errors={name: Problem("required")})
        return None
    try:
        return date.fromisoformat(read_date(text(name)))
    except Wrong as wrong:
        raise InvalidAnswers(errors={name: Problem(wrong.code, wrong.data)}) from wrong


def given(raw: typed.Typed | None) -> dict[str, str]:
    """The first text of each field, to fill the form in again."""
    return {name: next(iter(texts), "") for name, texts in (raw or {}).items()}


def uploaded(name: str) -> tuple[str, bytes] | None:
    """The name and the bytes of a file of this request; never more than a file may have and one byte."""
    chosen = request.files.get(name)
    if chosen is None or not chosen.filename:
        return None
    return chosen.filename, chosen.stream.read(MAX_FILE_BYTES + 1)


def remembered(facts: Mapping[str, str]) -> str:
    """A file that is in the store already, for a hidden field that nobody can forge."""
    return _serializer().dumps(dict(facts))


def recalled() -> dict[str, str]:
    """The file that an earlier request of this form has stored; empty for none."""
    try:
        found = _serializer().loads(request.form.get(KEPT_FILE, ""))
    except BadSignature:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kept file of the office")
