"""The unit behind a number of a term, in the case that "within", "not later than" ask for: в течение 1 рабочего дня."""

from __future__ import annotations

from collections.abc import Mapping

UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "working_days": {
        "kk": ("жұмыс күні", "жұмыс күні"),
        "ru": ("рабочего дня", "рабочих дней"),
        "en": ("working day", "working days"),
    },
    "months": {"kk": ("ай", "ай"), "ru": ("месяца", "месяцев"), "en": ("month", "months")},
}
"""Every unit that a letter may name, in three languages: of one, and of several."""


def unit_of(number: int, unit: str, language: str) -> str:
    """The word for so many of them: Russian goes by the last figure (21 рабочего дня, 11 рабочих дней)."""
    one = number % 10 == 1 and number % 100 != 11 if language == "ru" else number == 1
    return UNITS[unit][language][0 if one else 1]


WITHIN: Mapping[str, str] = {"kk": "{term} ішінде", "ru": "в течение {term}", "en": "within {term}"}
"""How a term is said by itself."""


def within(number: int, unit: str) -> Mapping[str, str]:
    """A term by itself, in each language."""
    return {lang: text.format(term=f"{number} {unit_of(number, unit, lang)}") for lang, text in WITHIN.items()}
