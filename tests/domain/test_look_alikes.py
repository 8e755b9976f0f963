"""A code copied by hand finds its document; another one does not."""

import pytest

from service.domain.look_alikes import CODE_LETTERS, MOST_READINGS, as_latin, plain_kazakh, readings, sure_part
from service.usecases.sign_document import verification_code

PRINTED = "3JVR-GP9S-HBDR-RM58"


@pytest.mark.law("A3.5")
@pytest.mark.parametrize(
    "typed",
    [
        "3JVR-GP9S-HBDR-RM58",
        "3jvrgp9shbdrrm58",
        " 3JVR GP9S  HBDR RM58 ",
        "3JVR–GP9S—HBDR‑RM58",
        "3JVR\u00a0GP9S\u00a0HBDR\u00a0RM58",
        "3ЈVR-GР9S-НВDR-RМ58",  # Cyrillic Ј, Р, Н, В, М
        "3JUR-6P95-H8DR-RMS8",  # U for V, 6 for G, 5 for S, 8 for B, S for 5
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert PRINTED in set(readings(typed))


@pytest.mark.law("A3.5")
def test_the_literal_reading_comes_first() -> None:
    assert next(readings("5BVR-GP9S-HBDR-RM58")) == "5BVR-GP9S-HBDR-RM58"


@pytest.mark.parametrize("typed", ["", "-", "3JVR-GP9S-HBDR-RM5", "3JVR-GP9S-HBDR-RM588", "ЖҚ", "😀" * 16])
def test_another_length_is_no_code(typed: str) -> None:
    assert list(readings(typed)) == []


def test_letters_that_no_code_has_are_read_as_their_neighbours() -> None:
    assert "QJVR-GP9S-HBDR-RM58" in set(readings("OJVR-GP9S-HBDR-RM58"))


def test_few_mistakes_are_found_in_a_code_full_of_doubtful_letters() -> None:
    assert "8BS5-Z2G6-VUB8-5S2Z" in set(readings("BBS5-Z2G6-VUB8-5SZZ"))


def test_a_long_row_of_doubtful_letters_stays_within_bounds() -> None:
    assert len(list(readings("8" * 16))) == MOST_READINGS


def test_the_letters_are_those_that_are_printed() -> None:
    code = verification_code()
    assert set(code) <= {*CODE_LETTERS, "-"}
    assert next(readings(code.lower())) == code


@pytest.mark.law("R11.2")
def test_names_and_numbers_are_found_from_other_keyboards() -> None:
    assert as_latin("кz-2026") == "KZ-2026"
    assert plain_kazakh("Әлем ҮЙІ") == "алем уйи"


@pytest.mark.law("R11.2")
@pytest.mark.parametrize(
    ("word", "part"), [("сериктестик", "тест"), ("үлгі", "л"), ("ку", ""), ("qaz-2026", "qaz-2026")]
)
def test_what_every_keyboard_writes_alike_is_looked_for_first(word: str, part: str) -> None:
    assert sure_part(word) == part
