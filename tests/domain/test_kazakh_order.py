"""Names stand in the order of the Kazakh alphabet."""

from __future__ import annotations

from service.domain.kazakh_order import kazakh_order

ORDERED = "Smith Алия Әлия Балжан Гүл Ғалия Камила Қайрат На Ңа Омар Өмір Улан Ұлан Үміт Хасен Һарун Ыдырыс Ілияс"


def test_names_are_sorted_by_the_kazakh_alphabet() -> None:
    names = ORDERED.split(" ")
    assert sorted(sorted(names), key=kazakh_order) == names != sorted(names)
