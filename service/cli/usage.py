"""What was typed wrongly on the command line, in three languages: Kazakh, Russian, English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import click

from service.cli.terms_text import Texts, text

USAGE: Texts = {
    "no_command": ("«{name}» деген команда жоқ.", "Команды «{name}» нет.", "There is no command “{name}”."),
    "no_option": ("«{name}» деген параметр жоқ.", "Параметра «{name}» нет.", "There is no option “{name}”."),
    "perhaps": ("Мүмкін: {names}.", "Возможно: {names}.", "Perhaps: {names}."),
    "missing": ("{name} көрсетілмеген.", "Не указано: {name}.", "{name} is missing."),
    "too_much": ("Артық сөз: {names}.", "Лишнее слово: {names}.", "One word too many: {names}."),
    "not_understood": (
        "{name}: «{value}» түсініксіз. {wanted}",
        "{name}: «{value}» не понято. {wanted}",
        "{name}: “{value}” is not understood. {wanted}",
    ),
    "takes_value": ("{name}: мәнін жазыңыз.", "{name}: укажите значение.", "{name} needs a value."),
    "no_file": (
        "{file}: бұл дискідегі файл емес, оқылмады.",
        "{file}: это не файл на диске, он не прочитан.",
        "{file} is no file on the disk and was not read.",
    ),
    "too_large": (
        "{file}: файл {size} МБ-тан үлкен, оқылмады.",
        "{file}: файл больше {size} МБ и не прочитан.",
        "{file} has more than {size} MB and was not read.",
    ),
    "takes_none": ("{name}: мәні болмайды.", "{name}: значение не указывают.", "{name} takes no value."),
}
WANTED: Texts = {
    "integer": ("Бүтін сан жазыңыз.", "Укажите целое число.", "Give a whole number."),
    "range": (
        "{least} мен {most} аралығындағы бүтін санды жазыңыз.",
        "Укажите целое число от {least} до {most}.",
        "Give a whole number from {least} to {most}.",
    ),
    "choice": ("Біреуін жазыңыз: {names}.", "Укажите одно из: {names}.", "Give one of: {names}."),
    "datetime": ("Мынадай түрде жазыңыз: {names}.", "Пишите в виде: {names}.", "Write it as: {names}."),
    "file": ("Бар файлды көрсетіңіз.", "Укажите существующий файл.", "Name a file that exists."),
    "other": ("", "", ""),
}
_WRITTEN = {"%Y": "2023", "%m": "09", "%d": "12", "%H": "10", "%M": "00"}
_VALUE = re.compile(r"(['\"])(.*?)\1|(-?\d+)(?= is not in the range)")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def usage(wrong: click.ClickException, lang: str) -> str:
    """One sentence for what the library found wrong; what the program itself says of it stays."""
    match wrong:
        case click.NoSuchOption():
            return _perhaps(text(USAGE, "no_option", lang, name=wrong.option_name), wrong.possibilities, lang)
        case click.exceptions.NoSuchCommand():
            return _perhaps(text(USAGE, "no_command", lang, name=wrong.command_name), wrong.possibilities, lang)
        case click.MissingParameter():
            return text(USAGE, "missing", lang, name=_name(wrong))
        case click.BadParameter():
            wanted = _wanted(wrong.param.type, lang) if wrong.param else ""
            value = (found[2] or found[3]) if (found := _VALUE.search(wrong.message)) else ""
            return text(USAGE, "not_understood", lang, name=_name(wrong), value=value, wanted=wanted).strip()
        case click.BadOptionUsage():
            key = "takes_none" if "does not take" in wrong.message else "takes_value"
            return text(USAGE, key, lang, name=wrong.option_name)
        case click.UsageError() if extra := _EXTRA.fullmatch(wrong.message):
            return text(USAGE, "too_much", lang, names=extra[1])
    return wrong.format_message()


def _perhaps(told: str, names: Any, lang: str) -> str:
    return f"{told} {text(USAGE, 'perhaps', lang, names=', '.join(names))}" if names else told


def _name(wrong: click.BadParameter) -> str:
    """The option or the argument as it is typed."""
    if wrong.param is None:
        return str(wrong.param_hint or "")
    return "/".join(wrong.param.opts) if isinstance(wrong.param, click.Option) else wrong.param.human_readable_name


def _wanted(kind: click.ParamType[Any], lang: str) -> str:
    told: Mapping[str, object] = {}
    match kind:
        case click.Choice():
            key, told = "choice", {"names": ", ".join(map(str, kind.choices))}
        case click.IntRange():
            key, told = "range", {"least": kind.min, "most": kind.max}
        case click.DateTime():
            key, told = "datetime", {"names": ", ".join(map(_example, kind.formats))}
        case click.Path() | click.File():
            key = "file"
        case _:
            key = kind.name if kind.name in WANTED else "other"
    return text(WANTED, key, lang, **told)


def _example(form: str) -> str:
    """12 September 2023, 10:00, written in this form."""
    for sign, written in _WRITTEN.items():
        form = form.replace(sign, written)
    return form
