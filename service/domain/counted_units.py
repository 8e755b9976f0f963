"""The unit behind a number of a term, in the case that "within", "not later than" ask for: в течение 1 рабочего дня."""

from __future__ import annotations

from typing import Literal

Unit = Literal["working_days", "months"]

_UNITS: dict[Unit, dict[str, tuple[str, str]]] = {
    "working_days": {
        "kk": ("жұмыс күні", "жұмыс күні"),
        "ru": ("рабочего дня", "рабочих дней"),
        "en": ("working day", "working days"),
    },
    "months": {"kk": ("ай", "ай"), "ru": ("месяца", "месяцев"), "en": ("month", "months")},
}


def unit_of(number: int, unit: Unit, language: str) -> str:
    """The word for so many of them: Russian goes by the last figure (21 рабочего дня, 11 рабочих дней), English by one."""
    one = number % 10 == 1 and number % 100 != 11 if language == "ru" else number == 1
    return _UNITS[unit][language][0 if one else 1]
