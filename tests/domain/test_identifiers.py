"""IIN and BIN as people type them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.domain import identifiers
from service.domain.identifiers import IdentifierError, IdentifierProblem

ELEVEN_DIGITS = st.text("0123456789", min_size=11, max_size=11)


@pytest.mark.law("R1.1")
@pytest.mark.parametrize(
    ("first_eleven", "expected"),
    [
        ("85061530012", 9),
        ("79021530045", 8),
        ("15034000123", 6),
        ("97124000131", 5),
        ("90062836232", 4),  # ten in the first round
        ("90111149666", None),  # ten in both: never issued
    ],
)
def test_the_twelfth_digit_follows_from_the_eleven_before_it(first_eleven: str, expected: int | None) -> None:
    assert identifiers.check_digit(first_eleven) == expected


@pytest.mark.law("R1.1")
@pytest.mark.parametrize("typed", ["850615 300 129", " 850615300129\n", "850615-300129", "8506 1530\u00a00129"])
def test_a_pasted_number_may_hold_spaces_and_hyphens(typed: str) -> None:
    assert identifiers.normalise(typed) == "850615300129"


def test_leading_zeros_are_kept() -> None:
    assert identifiers.normalise("010640 999019") == "010640999019"


@pytest.mark.law("R1.1")
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("  ", IdentifierProblem.EMPTY),
        ("85061530012O", IdentifierProblem.NOT_DIGITS),
        ("٨٥٠٦١٥٣٠٠١٢٩", IdentifierProblem.NOT_DIGITS),
        ("85061530012", IdentifierProblem.LENGTH),
        ("8506153001290", IdentifierProblem.LENGTH),
        ("850615300128", IdentifierProblem.CHECK_DIGIT),
        ("859915300129", IdentifierProblem.CHECK_DIGIT),
        ("000000000000", IdentifierProblem.STRUCTURE),
    ],
)
def test_a_wrong_number_is_refused_with_what_is_wrong(typed: str, problem: IdentifierProblem) -> None:
    with pytest.raises(IdentifierError) as refused:
        identifiers.normalise(typed)
    assert refused.value.code == problem


@pytest.mark.law("R1.1")
def test_a_persons_number_and_an_organisations_are_told_apart() -> None:
    assert identifiers.is_iin("850615300129")
    assert not identifiers.is_bin("850615300129")
    assert identifiers.is_bin("150340001236")
    assert not identifiers.is_iin("150340001236")


@pytest.mark.law("R1.1")
def test_a_branch_and_a_representative_office_are_known_by_the_sixth_digit() -> None:
    assert identifiers.is_branch("181151999017")
    assert identifiers.is_branch(with_check_digit("18115200001"))
    assert not identifiers.is_branch("150340001236")
    assert not identifiers.is_branch("850615300129")


def test_a_foreigners_number_with_a_seventh_digit_of_its_own_is_taken() -> None:
    assert identifiers.is_iin(with_check_digit("85061500012"))


def test_the_thirtieth_of_february_is_no_birthday() -> None:
    assert not identifiers.is_iin(with_check_digit("85023030012"))


def test_a_leap_day_counts_in_a_leap_year_only() -> None:
    assert identifiers.is_iin(with_check_digit("84022930012"))
    assert not identifiers.is_iin(with_check_digit("85022930012"))


def test_public_pages_show_the_last_four_digits_only() -> None:
    assert identifiers.starred("850615300129") == "********0129"


# The eleventh digit has the weight eleven, which counts for nothing.
EVERY_DIGIT_BUT_THE_ELEVENTH = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11])


@given(ELEVEN_DIGITS, EVERY_DIGIT_BUT_THE_ELEVENTH, st.integers(1, 9))
def test_one_mistyped_digit_is_noticed(first_eleven: str, position: int, change: int) -> None:
    number = with_check_digit(first_eleven)
    assume(identifiers.check_digit(first_eleven) is not None)
    wrong = str((int(number[position]) + change) % 10)
    mistyped = number[:position] + wrong + number[position + 1 :]
    assume(not takes_second_round(number) and not takes_second_round(mistyped))
    assert identifiers.check_digit(mistyped[:11]) != int(mistyped[11])


@given(st.text())
def test_any_text_is_either_a_number_or_refused(text: str) -> None:
    try:
        number = identifiers.normalise(text)
    except IdentifierError:
        return
    assert identifiers.is_bin(number) != identifiers.is_iin(number)


def with_check_digit(first_eleven: str) -> str:
    return f"{first_eleven}{identifiers.check_digit(first_eleven)}"


def takes_second_round(number: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(range(1, 12), number[:11], strict=True)) % 11 == 10
