"""A day and a telephone number as people write them, on pages and on papers alike; neither is broken between lines."""

from __future__ import annotations

from datetime import date

from service.domain.kazakh_dates import Ending, kazakh_date

_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
_DAY = {"ru": "{day} {month} {year} года", "en": "{day} {month} {year}"}


def day_in_words(day: date, language: str, ending: Ending = "") -> str:
    """2026 жылғы 22 қараша, 22 ноября 2026 года, 22 November 2026; in a Kazakh sentence with its ending."""
    if language == "kk":
        return kazakh_date(day, ending)
    month = _MONTHS[language].split()[day.month - 1]
    return _DAY[language].format(day=day.day, month=month, year=day.year).replace(" ", "\u00a0")


def telephone(number: str) -> str:
    """+7 (701) 123-45-67 for a number of this country, anything else as it is."""
    digits = number.removeprefix("+")
    if len(digits) != 11 or not digits.isdigit() or digits[0] != "7":
        return number
    return f"+7\u00a0({digits[1:4]})\u00a0{digits[4:7]}-{digits[7:9]}-{digits[9:]}"
