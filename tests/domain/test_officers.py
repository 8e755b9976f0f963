"""Whom a typed name means (L74.1)."""

from __future__ import annotations

import pytest

from service.domain.people import Officer


@pytest.mark.law("L74.1")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ахметов Асан Болатұлы", True),
        ("АХМЕТОВ АСАН", True),
        ("Ахметов А. Б.", True),
        ("А.Б. Ахметов", True),
        ("Ахметов", True),
        ("бас маман Ахметов А.", True),
        ("Ахметов Б. А.", False),
        ("Болат Ахметов", False),
        ("Ахметов Ә.", False),
        ("Ахметова А.", False),
        ("", False),
    ],
)
def test_a_text_names_a_person_by_the_surname_and_by_the_given_name_before_the_patronymic(
    text: str, named: bool
) -> None:
    assert Officer("a", "", "Ахметов", "Асан", "Болатұлы", "").is_named_in(text) is named


@pytest.mark.law("L74.1")
def test_a_surname_of_two_parts_is_known_and_none_at_all_names_nobody() -> None:
    assert Officer("a", "", "Ким-Ли", "Анна", "", "").is_named_in("Ким-Ли А.")
    assert not Officer("a", "", "Ким-Ли", "Анна", "", "").is_named_in("Ким А.")
    assert not Officer("a", "", "", "Анна", "", "").is_named_in("Анна")
