"""In which language the commands speak, and named errors as one clear sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import click

from service.cli.sentences import CALENDAR, FIELDS, NOT_LAWFUL, OTHER, PROBLEMS
from service.cli.settings_text import SETTINGS
from service.cli.terms_text import Texts, text
from service.domain.days import CalendarError
from service.domain.deadlines import ZoneDataError
from service.domain.errors import InvalidAnswers, NotFound, NotLawful, RuqsatError
from service.domain.files import is_no_room
from service.domain.forms import Problem
from service.domain.languages import LANGUAGES

F = TypeVar("F", bound=Callable[..., object])


def of_environment() -> str:
    """The language of the machine's settings: that of LC_ALL, LC_MESSAGES or LANG where it is one of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if told := os.environ.get(name, ""):
            return told[:2].lower() if told[:2].lower() in LANGUAGES else "en"
    return "en"


def asked() -> str:
    """The language that the command was asked for, else that of the machine's settings."""
    context = click.get_current_context(silent=True)
    return str((context.params.get("lang") if context else "") or of_environment())


def spoken(command: F) -> F:
    """Give a command its option --lang."""
    told = "Language: kk, ru or en; else that of the environment (LANG)."
    return click.option("--lang", type=click.Choice(LANGUAGES), default=of_environment, help=told)(command)


def sentence(error: Exception, lang: str) -> str:
    """What an error says to a person: which word of theirs is wrong, what is missing, what can be done."""
    if isinstance(error, InvalidAnswers):
        return " ".join(_wrong_fields(error.data.get("errors", {}), lang))
    if isinstance(error, NotLawful):
        told = _known(NOT_LAWFUL, error.code, lang) or text(OTHER, "not_lawful", lang, code=error.code)
        return f"{told} ({error.data.get('law', '')})"
    if isinstance(error, NotFound):
        return _not_found(error.data, lang)
    if isinstance(error, CalendarError):
        where = text(OTHER, "calendar_line", lang, line=error.line) if error.line is not None else ""
        told = _known(CALENDAR, error.code, lang) or error.code.replace("_", " ")
        return f"{where}{told}" + (f": {error.value}" if error.value else "")
    if isinstance(error, RuqsatError) and error.code in SETTINGS:
        return text(SETTINGS, error.code, lang, **error.data)
    if is_no_room(error):
        return text(OTHER, "storage_full", lang)
    if isinstance(error, ZoneDataError):
        return text(OTHER, "zone_data", lang)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, RuqsatError):
        return _other(error, lang)
    return str(error)


def _wrong_fields(errors: Mapping[str, Problem], lang: str) -> Iterator[str]:
    for name, problem in errors.items():
        field = FIELDS.get(name) or f"--{name.replace('_', '-')}"
        told = _known(PROBLEMS, problem.code, lang, **problem.data)
        yield f"{field}: {told or text(OTHER, 'wrong', lang, code=problem.code)}."


def _not_found(data: Mapping[str, Any], lang: str) -> str:
    what = str(data.get("what", ""))
    if what == "edition":
        return text(OTHER, "no_edition", lang, number=data.get("number", ""))
    if what == "procedure" or what.endswith(".bpmn"):
        return text(OTHER, "no_procedure", lang, name=data.get("process") or what.removesuffix(".bpmn"))
    if what == "break":
        return text(OTHER, "no_break", lang, number=data.get("number", ""))
    return text(OTHER, "not_found", lang, what=what)


def _other(error: RuqsatError, lang: str) -> str:
    findings = error.data.get("findings")
    if findings:
        return text(OTHER, "edition_refused", lang, findings="; ".join(map(str, findings)))
    code = error.code if error.code in OTHER else str(error.data.get("problem") or error.code)
    details = ", ".join(f"{name} {value}" for name, value in error.data.items() if name != "problem")
    return _known(OTHER, code, lang, **error.data) or text(OTHER, "failed", lang, code=code, details=details)


def _known(texts: Texts, code: str, lang: str, /, **values: Any) -> str:
    """The text of a code; empty for one that has none."""
    return text(texts, code, lang, **values) if code in texts else ""
