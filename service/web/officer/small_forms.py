"""What small forms of the office's own have in common: texts, days and files of the request."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date
from typing import overload

from flask import request

from service.domain.errors import InvalidAnswers
from service.domain.files import MAX_FILE_BYTES
from service.domain.forms import Problem
from service.domain.forms_values import Wrong, read_date, read_text
from service.web import typed
from service.web.officer.door import me, program
from service.web.stash import WallClock
from service.web.typed import KEPT_FOR

KEPT_FILE = "kept_file"
"""The field in which a page remembers a file that was handed in before."""


def text(name: str) -> str:
    """What was typed into a field."""
    return read_text(request.form.get(name, ""), lines=True)


@overload
def day(name: str) -> date: ...
@overload
def day(name: str, *, needed: bool) -> date | None: ...
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


def days(*names: str) -> tuple[dict[str, date | None], dict[str, Problem]]:
    """The days that were typed, None for an empty field, and what is wrong with the texts that are none."""
    found: dict[str, date | None] = {}
    wrong: dict[str, Problem] = {}
    for name in names:
        try:
            found[name] = day(name, needed=False)
        except InvalidAnswers as problem:
            wrong |= problem.data["errors"]
    return found, wrong


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
    """A name for a file that is in the store already; only this officer can recall it, for half a day."""
    name = secrets.token_urlsafe(12)
    program().stash.put(_key(name), json.dumps(dict(facts)).encode(), WallClock().now() + KEPT_FOR)
    return name


def recalled(raw: Mapping[str, str]) -> dict[str, str]:
    """The file that an earlier request of this form has stored; empty for none."""
    name = raw.get(KEPT_FILE, "")
    found = program().stash.get(_key(name), WallClock().now()) if name else None
    return {str(key): str(value) for key, value in json.loads(found).items()} if found else {}


def _key(name: str) -> str:
    return f"file:{me().officer_id}:{name[:32]}"
