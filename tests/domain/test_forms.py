"""Forms: what a person may type, what is taken from a request, what the analyst is told."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from service.domain.forms import Form, FormError, Problem
from service.domain.forms_check import Finding, check_form
from service.domain.forms_conditions import ConditionError, parse_condition
from service.usecases.file_advice import advice

LANGUAGES = ("kk", "ru", "en")

Component = dict[str, Any]
"""A component of a form as the JSON file holds it."""


def files_of(
    *components: Component, texts: Mapping[str, object] | None = None, name: str = "sample"
) -> dict[str, bytes]:
    """An edition with one form; texts are made up for every component unless given."""

    def every(parts: Iterable[Component]) -> Iterator[Component]:
        for part in parts:
            yield part
            yield from every(part.get("components", ()))

    made: dict[str, Any] = {"form": {"title": "Title", "submit": "Send"}}
    for part in every(components):
        made[part["id"]] = {"label": part["id"]}
        if "values" in part:
            made[part["id"]]["values"] = {option["value"]: option["value"] for option in part["values"]}
        if "pattern" in part.get("validate", {}):
            made[part["id"]]["messages"] = {"pattern": "Look at the hint"}
    definition = {"type": "default", "id": name, "schemaVersion": 18, "components": list(components)}
    files = {f"forms/{name}.form": json.dumps(definition).encode()}
    return files | {f"forms/{name}.{code}.json": json.dumps(texts or made).encode() for code in LANGUAGES}


def field(kind: str, key: str, **more: Any) -> Component:
    return {"type": kind, "id": key, "key": key, **more}


def form_of(*components: Component) -> Form:
    return Form.parse(files_of(*components), "sample")


def answer(component: Component, *typed: str, **more: Any) -> tuple[Any, dict[str, str]]:
    result = form_of(component).validate({component["key"]: typed}, **more)
    return result.answers[component["key"]], {name: problem.code for name, problem in result.errors.items()}


def options(*values: str) -> list[Component]:
    return [{"value": value} for value in values]


REQUIRED = {"validate": {"required": True}}


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


class TestChoices:
    def test_only_an_answer_offered_is_taken(self) -> None:
        asked = field("radio", "complete", values=options("yes", "no"))
        assert answer(asked, "yes") == ("yes", {})
        assert answer(asked, "perhaps") == (None, {"complete": "not_an_option"})

    def test_a_checklist_keeps_the_order_of_the_form_and_each_value_once(self) -> None:
        asked = field("checklist", "grounds", values=options("a", "b", "c"))
        assert answer(asked, "c", "a", "c") == (["a", "c"], {})
        assert answer(asked) == ([], {})
        assert answer(asked, "a", "d")[1] == {"grounds": "not_an_option"}

    @pytest.mark.law("R8.3")
    def test_options_given_at_run_time_are_the_only_ones(self) -> None:
        asked = field("select", "day", valuesKey="lawful_days")
        days = {"lawful_days": [("2026-04-09", "9 April")]}
        assert answer(asked, "2026-04-09", options=days) == ("2026-04-09", {})
        assert answer(asked, "2026-04-10", options=days)[1] == {"day": "not_an_option"}

    def test_forgetting_those_options_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(FormError, match="options_missing"):
            answer(field("select", "day", valuesKey="lawful_days"), "2026-04-09")

    @pytest.mark.law("A2.3")
    def test_a_statement_must_be_ticked(self) -> None:
        asked = field("checkbox", "truth", **REQUIRED)
        assert answer(asked, "yes") == (True, {})
        assert answer(asked) == (False, {"truth": "required"})


class TestConditions:
    COMPLETE = field("radio", "complete", values=options("yes", "no"), **REQUIRED)
    MISSING = field("textarea", "missing", conditional={"hide": '=complete != "no"'}, **REQUIRED)

    def test_a_hidden_field_is_nothing_whatever_was_typed(self) -> None:
        result = form_of(self.COMPLETE, self.MISSING).validate({"complete": ["yes"], "missing": ["the letter"]})
        assert (result.answers, result.errors) == ({"complete": "yes", "missing": None}, {})

    def test_a_shown_field_is_asked(self) -> None:
        result = form_of(self.COMPLETE, self.MISSING).validate({"complete": ["no"]})
        assert set(result.errors) == {"missing"}

    def test_what_hangs_on_a_hidden_field_is_hidden_with_it(self) -> None:
        deeper = field("textfield", "why", conditional={"hide": "=missing = null"}, **REQUIRED)
        result = form_of(self.COMPLETE, self.MISSING, deeper).validate(
            {"complete": ["yes"], "missing": ["x"], "why": ["y"]}
        )
        assert result.answers == {"complete": "yes", "missing": None, "why": None}

    def test_a_hidden_group_takes_all_its_fields_along(self) -> None:
        group = {
            "type": "group",
            "id": "g",
            "conditional": {"hide": '=complete = "yes"'},
            "components": [field("textfield", "a", **REQUIRED), field("checklist", "b", values=options("x"))],
        }
        result = form_of(self.COMPLETE, group).validate({"complete": ["yes"], "a": ["typed"]})
        assert (result.answers, result.errors) == ({"complete": "yes", "a": None, "b": None}, {})

    @pytest.mark.law("A1.10.3")
    def test_a_condition_may_look_into_a_checklist(self) -> None:
        grounds = field("checklist", "grounds", values=options("untrue", "court"))
        court = field("textfield", "court", conditional={"hide": '=not(list contains(grounds, "court"))'}, **REQUIRED)
        form = form_of(grounds, court)
        assert form.validate({"grounds": ["untrue"]}).valid
        assert set(form.validate({"grounds": ["untrue", "court"]}).errors) == {"court"}

    def test_answers_of_other_pages_count(self) -> None:
        form = form_of(self.MISSING)
        assert form.validate({}, context={"complete": "yes"}).valid
        assert not form.validate({}, context={"complete": "no"}).valid

    @pytest.mark.parametrize(
        ("expression", "values", "expected"),
        [
            ('=a = "x"', {"a": "x"}, True),
            ('=a = "x"', {}, False),
            ('=a != "x"', {}, True),
            ('=a = "x" and b = "y"', {"a": "x", "b": "z"}, False),
            ('=a = "x" or b = "y"', {"a": "z", "b": "y"}, True),
            ('=a = "x" or b = "y" and c = "z"', {"a": "x", "b": "n", "c": "n"}, True),
            ('=(a = "x" or b = "y") and c = "z"', {"a": "x", "c": "n"}, False),
            ('=not(a = "x")', {"a": "x"}, False),
            ("=a = true", {"a": True}, True),
            ("=a = 1", {"a": True}, False),
            ("=a = 1.5", {"a": 1.5}, True),
            ("=a = null", {"a": None}, True),
            ('=list contains(a, "x")', {"a": "x"}, False),
        ],
    )
    def test_the_language_of_conditions(self, expression: str, values: dict[str, object], expected: bool) -> None:
        assert parse_condition(expression).holds(values) is expected

    @pytest.mark.parametrize(
        "expression",
        [
            'a = "x"',
            "=",
            "=a",
            "=a = b",
            '=a > "x"',
            '=a = "x" and',
            '=a = "x" b = "y"',
            "=not a",
            '=sum(a) = "x"',
            "=a.b = 1",
            '=a = "x" xor b = "y"',
            "=[1] = a",
            '=a = "x\\"y"',
            '=true = "x"',
            "=" + "(" * 600,
        ],
    )
    def test_anything_beyond_it_is_refused(self, expression: str) -> None:
        with pytest.raises(ConditionError):
            parse_condition(expression)


ADDRESSES = {
    "type": "group",
    "id": "addresses",
    "path": "addresses",
    "properties": {"repeat": "3"},
    "components": [field("textfield", "city", **REQUIRED), field("textfield", "street")],
}


class TestSeveralAddresses:
    @pytest.mark.law("A2.1")
    def test_each_row_is_an_address(self) -> None:
        raw = {"addresses-0-city": ["Астана"], "addresses-2-city": ["Алматы"], "addresses-2-street": ["Абай"]}
        assert form_of(ADDRESSES).validate(raw).answers == {
            "addresses": [{"city": "Астана", "street": None}, {"city": "Алматы", "street": "Абай"}]
        }

    def test_the_first_row_is_asked_and_an_empty_later_row_is_not(self) -> None:
        result = form_of(ADDRESSES).validate({"addresses-0-city": [""], "addresses-1-city": [" "]})
        assert set(result.errors) == {"addresses-0-city"}

    def test_a_problem_is_named_by_its_row(self) -> None:
        raw = {"addresses-0-city": ["Астана"], "addresses-1-street": ["Абай"]}
        assert set(form_of(ADDRESSES).validate(raw).errors) == {"addresses-1-city"}

    def test_more_rows_than_allowed_are_not_looked_at(self) -> None:
        raw = {f"addresses-{number}-city": [str(number)] for number in range(10)}
        assert len(form_of(ADDRESSES).validate(raw).answers["addresses"]) == 3


def group(name: str, components: list[Component], **properties: str) -> Component:
    return {"type": "group", "id": name, "properties": properties, "components": components}


PAGES = (
    group("who", [field("textfield", "name", **REQUIRED)], page="1"),
    group("why", [field("textarea", "purpose", **REQUIRED)], page="2"),
    group(
        "papers", [field("textfield", "number"), field("filepicker", "file", **REQUIRED)], page="3", attachments="true"
    ),
)


class TestPagesAndFiles:
    def test_a_page_is_a_form_of_its_own(self) -> None:
        form = form_of(*PAGES)
        assert [page.id for page in form.pages] == ["who", "why", "papers"]
        assert form.part("why").validate({"purpose": ["trade"], "name": ["x"]}).answers == {"purpose": "trade"}

    def test_attachments_are_asked_one_by_one_and_not_with_the_form(self) -> None:
        form = form_of(*PAGES)
        assert form.validate({"name": ["n"], "purpose": ["p"]}).answers == {"name": "n", "purpose": "p"}
        assert set(form.part("papers").validate({"number": ["7"]}).errors) == {"file"}
        assert form.part("papers").validate({"number": ["7"]}, given=["file"]).answers == {"number": "7"}

    def test_an_unknown_part_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            form_of(*PAGES).part("nothing")


class TestReading:
    def test_texts_come_in_three_languages(self) -> None:
        files = files_of(field("textfield", "name"))
        files["forms/sample.kk.json"] = json.dumps(
            {"form": {"title": "Өтініш"}, "name": {"label": "Атауы", "description": "Толық"}}
        ).encode()
        form = Form.parse(files, "sample")
        assert form.titles["kk"] == "Өтініш"
        assert form.find("name").text("kk").label == "Атауы"
        assert form.find("name").text("kk").hint == "Толық"
        assert form.find("name").text("en").label == "name"

    @pytest.mark.parametrize(
        "broken", [b"", b"[]", b"{", b'{"components": [{"type": "html", "id": "x"}]}', b'{"components": [7]}']
    )
    def test_a_broken_file_is_named(self, broken: bytes) -> None:
        with pytest.raises(FormError):
            Form.parse(files_of() | {"forms/sample.form": broken}, "sample")

    def test_a_missing_language_is_named(self) -> None:
        files = files_of()
        del files["forms/sample.ru.json"]
        with pytest.raises(FormError, match=r"sample\.ru\.json"):
            Form.parse(files, "sample")


def told(found: Finding) -> str:
    """A finding as the analyst reads it, after a look whether it is there in every language."""
    words = advice(found.code, found.data)
    assert len(set(words.values())) == len(words)
    return f"{found.field}: {words['en']}"


class TestAdviceForTheAnalyst:
    def advice(self, *components: Component, **more: Any) -> list[str]:
        return [told(finding) for finding in check_form(files_of(*components, **more), "sample")]

    def test_a_good_form_has_nothing_to_mend(self) -> None:
        assert self.advice(*PAGES, ADDRESSES) == []

    @pytest.mark.parametrize("kind", ["html", "iframe", "table", "expression", "dynamiclist", "image"])
    def test_components_that_we_do_not_draw_are_refused_with_advice(self, kind: str) -> None:
        (found,) = self.advice({"type": kind, "id": "x"})
        assert "not allowed" in found
        assert "x:" in found

    @pytest.mark.parametrize(
        ("component", "word"),
        [
            (field("textfield", "Bad-Key"), "key"),
            (field("textfield", "switch"), "taken by the pages"),
            (field("textfield", "a", conditional={"hide": "=b > 1"}), "cannot be read"),
            (field("textfield", "a", conditional={"hide": '=nobody = "x"'}), "nobody"),
            (field("textfield", "a", conditional={"required": "=true"}), "conditional.required"),
            (field("textfield", "a", defaultValue="x"), "defaultValue"),
            (field("textfield", "a", validate={"matches": "x"}), "validate.matches"),
            (field("textfield", "a", validate={"pattern": "("}), "regular expression"),
            (field("textfield", "a", validate={"pattern": "(a+)+"}), "repeats a bracket"),
            (field("textfield", "a", validate={"pattern": "(a|aa)*"}), "repeats a bracket"),
            (field("textfield", "a", validate={"pattern": "a*b*c*d*e*"}), "too involved"),
            (field("textfield", "a", validate={"pattern": r"(a)\1"}), "refer back"),
            (field("textfield", "a", validate={"pattern": "(?=a)a"}), "refer back"),
            (field("textfield", "a", properties={"format": "iban"}), "iban"),
            (field("datetime", "a", subtype="datetime"), "two fields"),
            (field("radio", "a"), "values"),
            (field("radio", "a", values=options("x"), valuesKey="y"), "values"),
            (field("radio", "a", values=options("x", "x")), "same value"),
            (field("textfield", "a", properties={"repeat": "2"}), "Only a group"),
            ({"type": "group", "id": "a", "properties": {"attachments": "true"}, "components": []}, "filepicker"),
            ({"type": "textfield", "key": "a", "id": "form"}, "taken"),
        ],
    )
    def test_each_mistake_is_told(self, component: Component, word: str) -> None:
        assert any(word in found for found in self.advice(component))

    @pytest.mark.parametrize(
        "broken",
        [
            b"",
            b"[]",
            b'{"components": [7]}',
            b'{"components": 7}',
            b'{"components": [{"type": "radio", "id": "a", "values": ["x"]}]}',
            b'{"components": [{"type": "textfield", "id": "a", "key": "a", "validate": {"maxLength": "x"}}]}',
        ],
    )
    def test_a_broken_file_is_told_and_not_a_crash(self, broken: bytes) -> None:
        assert check_form(files_of() | {"forms/sample.form": broken}, "sample")

    @pytest.mark.parametrize(
        "broken", [b"", b"[]", b'{"form": 7}', b'{"form": "T", "a": 7}', b'{"form": "T", "a": {"values": 7}}']
    )
    def test_a_broken_text_is_told_and_not_a_crash(self, broken: bytes) -> None:
        files = files_of(field("textfield", "a")) | {"forms/sample.kk.json": broken}
        assert check_form(files, "sample")

    def test_two_fields_with_one_key_are_told(self) -> None:
        assert any(
            "used twice" in found
            for found in self.advice(field("textfield", "a"), {**field("textfield", "b"), "key": "a"})
        )

    def test_a_condition_on_a_value_that_never_occurs_is_told(self) -> None:
        asked = field("radio", "complete", values=options("yes", "no"))
        (found,) = self.advice(asked, field("textfield", "a", conditional={"hide": '=complete = "ja"'}))
        assert "never has the value 'ja'" in found

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_missing_text_is_told_with_its_language(self, language: str) -> None:
        asked = field("radio", "complete", values=options("yes", "no"))
        files = files_of(asked)
        files[f"forms/sample.{language}.json"] = json.dumps(
            {"form": "T", "complete": {"label": "?", "values": {"yes": "Иә"}}}
        ).encode()
        (found,) = check_form(files, "sample")
        assert found.file == f"forms/sample.{language}.json"
        assert "no has no text" in told(found)

    def test_a_text_for_nothing_is_told(self) -> None:
        files = files_of(field("textfield", "a"))
        files["forms/sample.en.json"] = json.dumps({"form": "T", "a": "A", "b": "B"}).encode()
        assert [found.field for found in check_form(files, "sample")] == ["b"]
