"""Days and telephone numbers as pages and papers write them."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.written import day_in_words, telephone


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "2026 жылғы 22 қараша"), ("ru", "22 ноября 2026 года"), ("en", "22 November 2026")]
)
def test_a_day_in_words_is_never_broken_between_lines(language: str, said: str) -> None:
    assert day_in_words(date(2026, 11, 22), language) == said.replace(" ", "\u00a0")


def test_phone_numbers_are_grouped_and_foreign_ones_left_alone() -> None:
    assert telephone("+77011234567") == "+7\u00a0(701)\u00a0123-45-67"
    assert telephone("+4930123") == "+4930123"
    assert telephone("қосымша нөмір 5") == "қосымша нөмір 5"
