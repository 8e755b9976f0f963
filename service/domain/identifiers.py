"""The twelve-digit numbers of persons (IIN) and organisations (BIN) (R1.1)."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from service.domain.errors import RuqsatError

_FIRST_ROUND = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_ROUND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
# No-break, narrow no-break and zero-width spaces arrive with text copied from documents.
_SEPARATORS = re.compile(r"[\s\u00a0\u202f\u200b\ufeff-]+")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
NUMBER_PART = re.compile(r"[A-Z]?-?\d[\d-]*")
"""What may stand somewhere in a number of a case: 12, 000012, 2026-0000, P-2026."""


class IdentifierProblem(StrEnum):
    """Why a typed number is not an IIN or a BIN."""

    EMPTY = "identifier_empty"
    NOT_DIGITS = "identifier_not_digits"
    LENGTH = "identifier_length"
    CHECK_DIGIT = "identifier_check_digit"
    STRUCTURE = "identifier_structure"


class IdentifierError(RuqsatError):
    """A typed number that cannot be an IIN or a BIN; `code` is one of IdentifierProblem."""

    def __init__(self, code: IdentifierProblem) -> None:
        super().__init__()
        self.code = code


def normalise(text: str) -> str:
    """Take the number as typed or pasted and return its twelve digits, leading zeros kept.

    Spaces and hyphens are allowed anywhere. Raises IdentifierError naming the first thing wrong (R1.1).
    """
    digits = _SEPARATORS.sub("", text)
    if not digits:
        raise IdentifierError(IdentifierProblem.EMPTY)
    if not (digits.isascii() and digits.isdigit()):
        raise IdentifierError(IdentifierProblem.NOT_DIGITS)
    if len(digits) != 12:
        raise IdentifierError(IdentifierProblem.LENGTH)
    if not _check_digit_holds(digits):
        raise IdentifierError(IdentifierProblem.CHECK_DIGIT)
    if not (_has_bin_structure(digits) or _has_iin_structure(digits)):
        raise IdentifierError(IdentifierProblem.STRUCTURE)
    return digits


SHOWN_DIGITS = 4


def masked(identifier: str) -> str:
    """The last digits of a number: enough to recognise it, too little to learn it from a list (L75.1)."""
    digits = "".join(identifier.split())
    return f"…{digits[-SHOWN_DIGITS:]}" if len(digits) > SHOWN_DIGITS else ""


def starred(iin: str) -> str:
    """Hide all but the last four digits of a person's number, for pages open to everybody (A3.2)."""
    return "*" * max(len(iin) - 4, 0) + iin[-4:]


def searched_by(text: str) -> str:
    """What a search for cases goes by: twelve digits are an IIN or a BIN, the rest is a number of a case or a name."""
    digits = "".join(text.split())
    if _TWELVE_DIGITS.fullmatch(digits):
        return "identifier"
    return "number" if NUMBER_PART.fullmatch(text.strip().upper()) else "name"


def check_digit(first_eleven: str) -> int | None:
    """Compute the twelfth digit; None when both rounds give ten and the number is never issued."""
    digits = [int(character) for character in first_eleven]
    for weights in (_FIRST_ROUND, _SECOND_ROUND):
        remainder = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def is_bin(number: str) -> bool:
    """Say whether the number belongs to an organisation: its fifth digit is 4, 5 or 6 (R1.1)."""
    return _check_digit_holds(number) and _has_bin_structure(number)


def is_iin(number: str) -> bool:
    """Say whether the number belongs to a person, a sole proprietor included (R1.1)."""
    return _check_digit_holds(number) and _has_iin_structure(number)


def is_branch(number: str) -> bool:
    """Say whether a BIN is that of a branch (1) or a representative office (2), which may not apply (R1.1)."""
    return is_bin(number) and number[5] in "12"


def _check_digit_holds(number: str) -> bool:
    return bool(_TWELVE_DIGITS.fullmatch(number)) and check_digit(number[:11]) == int(number[11])


def _has_bin_structure(number: str) -> bool:
    return 1 <= int(number[2:4]) <= 12 and number[4] in "456" and number[5] in "0123"


def _has_iin_structure(number: str) -> bool:
    century = (int(number[6]) - 1) // 2
    # A foreigner's seventh digit may say nothing of the century; then any century with such a day will do.
    years = [1800 + 100 * century] if number[6] in "123456" else [1900, 2000]
    return any(_is_day(year + int(number[:2]), int(number[2:4]), int(number[4:6])) for year in years)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
