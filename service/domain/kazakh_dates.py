"""A day in a Kazakh sentence: the month takes the ending that the sentence asks for, by the harmony of its vowels."""

from __future__ import annotations

from datetime import date
from typing import Literal

Ending = Literal["", "of", "to", "from", "on"]
"""The day itself; of that day (-дағы); by or until it (-ға); from it (-дан); on it (-да)."""

_ENDINGS = {"of": 0, "to": 1, "from": 2, "on": 3}
_MONTHS = (
    ("қаңтар", "дағы", "ға", "дан", "да"),
    ("ақпан", "дағы", "ға", "нан", "да"),
    ("наурыз", "дағы", "ға", "дан", "да"),
    ("сәуір", "дегі", "ге", "ден", "де"),
    ("мамыр", "дағы", "ға", "дан", "да"),
    ("маусым", "дағы", "ға", "нан", "да"),
    ("шілде", "дегі", "ге", "ден", "де"),
    ("тамыз", "дағы", "ға", "дан", "да"),
    ("қыркүйек", "тегі", "ке", "тен", "те"),
    ("қазан", "дағы", "ға", "нан", "да"),
    ("қараша", "дағы", "ға", "дан", "да"),
    ("желтоқсан", "дағы", "ға", "нан", "да"),
)


def kazakh_date(day: date, ending: Ending = "") -> str:
    """2026 жылғы 20 сәуір, and with an ending 2026 жылғы 20 сәуірдегі, сәуірге, сәуірден, сәуірде; never broken."""
    month, *endings = _MONTHS[day.month - 1]
    said = month + (endings[_ENDINGS[ending]] if ending else "")
    return f"{day.year}\u00a0жылғы\u00a0{day.day}\u00a0{said}"
