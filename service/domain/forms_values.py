"""What a person typed into one field, read as a value: dates, hours, numbers, texts, choices.

Every function returns a JSON value or raises Wrong with a code and its data; the pages make the sentence.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from service.domain import identifiers
from service.domain.unseen import UNSEEN

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./ \-](\d{1,2})[./ \-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})[:. ](\d{2})")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but the line's end, and halves of a surrogate pair."""
_SEEN = "LNPS"
"""Letters, numbers, punctuation and symbols, by the first letter of their Unicode category."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.)+[^\W\d_]{2,63}")
_LONGEST_NUMBER = 18
FORMATS = ("email", "phone", "iin", "bin", "identifier", "postcode")


class Wrong(Exception):
    """A value that the field refuses: a code, and data for the sentence."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


def read_text(typed: str, *, lines: bool) -> str:
    """Take a text as typed: one form of each letter, no control characters, ends trimmed, one kind of line end.

    Nor does it keep marks that turn the direction of writing. What holds no letter, digit or sign is empty: joiners,
    accents upon nothing and places of no character are nothing that anybody reads.
    """
    text = unicodedata.normalize("NFC", UNSEEN.sub("", typed).replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        text = text.replace("\n", " ")
    text = _CONTROL.sub("", text).strip()
    return text if any(unicodedata.category(sign)[0] in _SEEN for sign in text) else ""


def check_text(text: str, *, shortest: int, longest: int, pattern: str) -> str:
    """Check the length in characters, then the whole text against the pattern of the form."""
    if len(text) > longest:
        raise Wrong("too_long", limit=longest, length=len(text))
    if len(text) < shortest:
        raise Wrong("too_short", limit=shortest, length=len(text))
    if pattern and not re.fullmatch(pattern, text):
        raise Wrong("pattern")
    return text


def read_format(text: str, form: str) -> str:
    """Read a text that has a known shape: one of FORMATS; the number of a person or company is kept as 12 digits."""
    match form:
        case "email":
            if len(text) > 254 or not _EMAIL.fullmatch(text):
                raise Wrong("not_an_email")
            return text
        case "phone":
            return read_phone(text)
        case "postcode":
            if not re.fullmatch(r"[0-9]{6}|[A-Za-z][0-9]{2}[A-Za-z][0-9][A-Za-z][0-9]", text):
                raise Wrong("not_a_postcode")
            return text.upper()
    return _read_identifier(text, form)


def read_phone(text: str) -> str:
    """Read a number of Kazakhstan, +7 or 8 in front, spaces and brackets allowed; give it as +7XXXXXXXXXX."""
    digits = re.sub(r"[\s\u00a0\u202f()\-–.]", "", text)
    match = re.fullmatch(r"(?:\+?7|8)([0-9]{10})", digits)
    if match is None:
        raise Wrong("not_a_phone")
    return f"+7{match[1]}"


def _read_identifier(text: str, form: str) -> str:
    try:
        number = identifiers.normalise(text)
    except identifiers.IdentifierError as problem:
        raise Wrong(str(problem.code)) from problem
    if form == "bin" and not identifiers.is_bin(number):
        raise Wrong("not_a_bin")
    if form == "iin" and not identifiers.is_iin(number):
        raise Wrong("not_an_iin")
    return number


def read_date(typed: str) -> str:
    """Read a day written 22.11.2026, 22/11/2026, 22 11 2026 or 2026-11-22; give it as 2026-11-22."""
    text = _SPACES.sub(" ", typed.strip())
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise Wrong("not_a_date")
    try:
        found = dt.date(year, month, day)
    except ValueError as problem:
        raise Wrong("no_such_day") from problem
    if not 1900 <= year <= 2199:
        raise Wrong("no_such_day")
    return found.isoformat()


def read_time(typed: str) -> str:
    """Read an hour of the 24-hour clock written 9:05, 09.05 or 09 05; give it as 09:05."""
    match = _TIME.fullmatch(typed.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Wrong("not_a_time")
    return f"{int(match[1]):02}:{match[2]}"


def read_number(typed: str, *, least: float | None, most: float | None, decimals: int | None) -> int | float:
    """Read a number with spaces between thousands and a comma or a point before decimals."""
    text = _SPACES.sub("", typed).replace(",", ".").replace("−", "-").replace("–", "-")
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise Wrong("not_a_number")
    places = len(text.partition(".")[2])
    if decimals is not None and places > decimals:
        raise Wrong("not_a_whole_number" if decimals == 0 else "too_many_decimals", limit=decimals)
    number = float(text) if places else int(text)
    if least is not None and number < least:
        raise Wrong("too_small", limit=least)
    if most is not None and number > most:
        raise Wrong("too_large", limit=most)
    return number


def read_choice(typed: str, allowed: Collection[str]) -> str:
    """Take one of the allowed values, nothing else."""
    if typed not in allowed:
        raise Wrong("not_an_option")
    return typed


def read_choices(typed: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """Take several of the allowed values, each once, in the order of the form."""
    if set(typed) - set(allowed):
        raise Wrong("not_an_option")
    return [value for value in allowed if value in typed]
