"""What an answer must be to be taken: lengths, patterns, dates, numbers, known shapes."""

import time

import pytest

from service.domain.forms import Problem
from tests.domain.forms import (
    REQUIRED,
    answer,
    field,
    form_of,
)


class TestWhatIsTaken:
    @pytest.mark.law("A2.1", "A2.2")
    def test_only_fields_that_the_form_names_are_taken(self) -> None:
        result = form_of(field("textfield", "platform")).validate(
            {"platform": ["Bastau"], "role": ["head"], "number": ["1"]}
        )
        assert result.answers == {"platform": "Bastau"}
        assert result.valid

    @pytest.mark.law("A2.1")
    def test_a_required_field_left_empty_or_blank_is_an_error(self) -> None:
        for typed in ((), ("",), ("  \n\t ",), ("\u0000",)):
            assert answer(field("textarea", "purpose", **REQUIRED), *typed) == (None, {"purpose": "required"})

    def test_an_optional_field_left_empty_is_nothing(self) -> None:
        assert answer(field("textfield", "district"), " ") == (None, {})

    def test_a_field_missing_from_the_request_counts_as_empty(self) -> None:
        result = form_of(field("textfield", "platform", **REQUIRED)).validate({})
        assert result.errors == {"platform": Problem("required")}

    def test_texts_are_trimmed_and_freed_of_what_no_keyboard_writes(self) -> None:
        assert answer(field("textfield", "name"), "  Ұлы\u0007 Дала\r\n") == ("Ұлы Дала", {})

    def test_lines_of_a_long_text_stay(self) -> None:
        assert answer(field("textarea", "purpose"), "one\r\ntwo\rthree") == ("one\ntwo\nthree", {})

    def test_a_letter_written_as_two_signs_equals_the_letter(self) -> None:
        assert answer(field("textfield", "name"), "и\u0306") == ("й", {})


class TestLengths:
    def test_a_long_text_may_have_4000_characters_unless_the_form_says_otherwise(self) -> None:
        assert answer(field("textarea", "purpose"), "ө" * 4000)[1] == {}
        result = form_of(field("textarea", "purpose")).validate({"purpose": ["ө" * 4001]})
        assert result.errors["purpose"] == Problem("too_long", {"limit": 4000, "length": 4001})

    def test_a_short_text_may_have_500_characters(self) -> None:
        assert answer(field("textfield", "name"), "a" * 501)[1] == {"name": "too_long"}

    def test_the_form_sets_its_own_bounds(self) -> None:
        asked = field("textfield", "name", validate={"minLength": 3, "maxLength": 5})
        assert [answer(asked, text)[1] for text in ("ab", "abc", "abcde", "abcdef")] == [
            {"name": "too_short"}, {}, {}, {"name": "too_long"},
        ]  # fmt: skip

    def test_no_form_can_ask_for_a_boundless_text(self) -> None:
        assert form_of(field("textarea", "t", validate={"maxLength": 10**9})).find("t").longest == 20000


class TestPatterns:
    def test_the_whole_value_must_fit(self) -> None:
        asked = field("textfield", "code", validate={"pattern": "[A-Z]{2}[0-9]"})
        assert [answer(asked, text)[1] for text in ("AB1", "AB12", "xAB1", "AB1\n")] == [
            {}, {"code": "pattern"}, {"code": "pattern"}, {},
        ]  # fmt: skip

    def test_a_hostile_text_does_not_take_long(self) -> None:
        asked = field("textfield", "code", validate={"pattern": "a*a*a*a*b"})
        began = time.perf_counter()
        assert answer(asked, "a" * 200)[1] == {"code": "pattern"}
        assert answer(asked, "a" * 10_000)[1] == {"code": "too_long"}
        assert time.perf_counter() - began < 20


class TestDatesAndHours:
    @pytest.mark.parametrize(
        "typed", ["22.11.2026", "22/11/2026", "22 11 2026", "2026-11-22", " 22.11.2026 ", "22-11-2026"]
    )
    def test_a_day_is_understood_as_people_write_it(self, typed: str) -> None:
        assert answer(field("datetime", "day", subtype="date"), typed) == ("2026-11-22", {})

    def test_a_single_figure_will_do(self) -> None:
        assert answer(field("datetime", "day"), "1.2.2027") == ("2027-02-01", {})

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("30.02.2026", "no_such_day"),
            ("29.02.2027", "no_such_day"),
            ("11/22/2026", "no_such_day"),
            ("22.11.26", "not_a_date"),
            ("tomorrow", "not_a_date"),
            ("22.11.0026", "no_such_day"),
            ("22.11.2026 10:00", "not_a_date"),
        ],
    )
    def test_a_day_that_cannot_be_is_refused(self, typed: str, code: str) -> None:
        assert answer(field("datetime", "day"), typed) == (None, {"day": code})

    @pytest.mark.parametrize(
        ("typed", "stored"), [("9:05", "09:05"), ("09.05", "09:05"), ("18:30", "18:30"), ("00:00", "00:00")]
    )
    def test_an_hour_of_the_24_hour_clock(self, typed: str, stored: str) -> None:
        assert answer(field("datetime", "hour", subtype="time"), typed) == (stored, {})

    @pytest.mark.parametrize("typed", ["24:00", "9", "9:60", "6:30 pm", "9:5"])
    def test_another_hour_is_refused(self, typed: str) -> None:
        assert answer(field("datetime", "hour", subtype="time"), typed) == (None, {"hour": "not_a_time"})


class TestNumbers:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [("1 234,5", 1234.5), ("1\u00a0234.5", 1234.5), ("-7", -7), ("−7", -7), ("5", 5), ("+5", 5)],
    )
    def test_spaces_and_commas_are_understood(self, typed: str, stored: float) -> None:
        assert answer(field("number", "n"), typed) == (stored, {})

    @pytest.mark.parametrize("typed", ["five", "1,2,3", "1e9", "nan", "inf", "0x10", "1" * 30, "٣"])
    def test_anything_else_is_not_a_number(self, typed: str) -> None:
        assert answer(field("number", "n"), typed) == ((3, {}) if typed == "٣" else (None, {"n": "not_a_number"}))

    def test_bounds_and_decimals(self) -> None:
        asked = field("number", "n", decimalDigits=0, validate={"min": 1, "max": 100})
        assert [answer(asked, typed)[1].get("n") for typed in ("0", "1", "100", "101", "1,5")] == [
            "too_small", None, None, "too_large", "not_a_whole_number",
        ]  # fmt: skip
        assert answer(field("number", "n", decimalDigits=2), "1,234")[1] == {"n": "too_many_decimals"}


class TestKnownShapes:
    @pytest.mark.parametrize("typed", ["+7 (701) 000-00-00", "8 701 000 00 00", "77010000000", "+77010000000"])
    def test_a_telephone_is_stored_in_one_shape(self, typed: str) -> None:
        assert answer(field("textfield", "t", properties={"format": "phone"}), typed) == ("+77010000000", {})

    @pytest.mark.parametrize("typed", ["701 000", "+1 202 555 0100", "8 701 000 00 0a"])
    def test_another_telephone_is_refused(self, typed: str) -> None:
        assert answer(field("textfield", "t", properties={"format": "phone"}), typed)[1] == {"t": "not_a_phone"}

    @pytest.mark.law("R1.1")
    def test_a_bin_may_be_pasted_with_spaces_and_keeps_its_zero(self) -> None:
        asked = field("textfield", "bin", properties={"format": "bin"})
        assert answer(asked, "0106 4099 9019") == ("010640999019", {})
        assert answer(asked, "850615300129")[1] == {"bin": "not_a_bin"}
        assert answer(asked, "010640999018")[1] == {"bin": "identifier_check_digit"}

    @pytest.mark.law("R1.1")
    def test_an_iin_is_told_from_a_bin(self) -> None:
        asked = field("textfield", "iin", properties={"format": "iin"})
        assert answer(asked, "850615300129") == ("850615300129", {})
        assert answer(asked, "010640999019")[1] == {"iin": "not_an_iin"}

    @pytest.mark.parametrize("typed", ["name@example.kz", "аты@мысал.қаз", "a.b+c@d-e.example"])
    def test_an_address_for_mail(self, typed: str) -> None:
        assert answer(field("textfield", "mail", validate={"validationType": "email"}), typed) == (typed, {})

    @pytest.mark.parametrize(
        "typed", ["name", "a@b", "a b@c.kz", "a@b..kz", "a@-b.kz", "a@b.kz, c@d.kz", "x" * 260 + "@a.kz"]
    )
    def test_what_is_no_address_for_mail(self, typed: str) -> None:
        assert answer(field("textfield", "mail", validate={"validationType": "email"}), typed)[1] == {
            "mail": "not_an_email"
        }

    def test_both_kinds_of_postal_code(self) -> None:
        asked = field("textfield", "p", properties={"format": "postcode"})
        assert [answer(asked, typed)[0] for typed in ("010000", "z05t5x1", "1234")] == ["010000", "Z05T5X1", None]
