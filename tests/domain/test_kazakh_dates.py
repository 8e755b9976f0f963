"""Kazakh days in sentences, and the unit behind the number of a term."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.counted_units import unit_of
from service.domain.kazakh_dates import Ending, kazakh_date

NO_BREAK = "\u00a0"


@pytest.mark.law("L80.1")
@pytest.mark.parametrize(
    ("ending", "months"),
    [
        ("", "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
        ("of", "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы қыркүйектегі "
               "қазандағы қарашадағы желтоқсандағы"),
        ("to", "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға "
               "желтоқсанға"),
        ("from", "қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен қазаннан "
                 "қарашадан желтоқсаннан"),
        ("on", "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада "
               "желтоқсанда"),
    ],
)  # fmt: skip
def test_a_month_takes_the_ending_of_its_sentence(ending: Ending, months: str) -> None:
    said = [kazakh_date(date(2026, month, 20), ending) for month in range(1, 13)]
    assert said == [f"2026 жылғы 20 {month}".replace(" ", NO_BREAK) for month in months.split()]


@pytest.mark.law("L80.5", "O1")
@pytest.mark.parametrize(
    ("number", "unit", "language", "words"),
    [
        (1, "working_days", "ru", "рабочего дня"),
        (2, "working_days", "ru", "рабочих дней"),
        (11, "working_days", "ru", "рабочих дней"),
        (21, "working_days", "ru", "рабочего дня"),
        (1, "months", "ru", "месяца"),
        (3, "months", "ru", "месяцев"),
        (1, "working_days", "en", "working day"),
        (21, "months", "en", "months"),
        (1, "working_days", "kk", "жұмыс күні"),
    ],
)
def test_a_term_of_one_day_is_no_days(number: int, unit: str, language: str, words: str) -> None:
    assert unit_of(number, unit, language) == words
