"""Choices, conditions, repeated groups, pages and files of a form."""

import pytest

from service.domain.forms import FormError
from service.domain.forms_conditions import ConditionError, parse_condition
from tests.domain.forms import ADDRESSES, PAGES, REQUIRED, answer, field, form_of, options


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
