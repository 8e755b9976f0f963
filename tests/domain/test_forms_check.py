"""A form that cannot be read, and the advice for whoever wrote it."""

import json
from typing import Any

import pytest

from service.domain.forms import Form, FormError
from service.domain.forms_check import Finding, check_form
from service.usecases.file_advice import advice
from tests.domain.forms import (
    ADDRESSES,
    LANGUAGES,
    PAGES,
    Component,
    field,
    files_of,
    options,
)


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


class TestHours:
    """The hint of a field that asks for an hour tells the hours in force; nothing else of a form has such places."""

    HOUR = field("datetime", "at", subtype="time")

    def found(self, component: Component, text: dict[str, Any]) -> list[tuple[str, str]]:
        files = files_of(component)
        files["forms/sample.ru.json"] = json.dumps({"form": {"title": "x"}, "at": {"label": "x", **text}}).encode()
        return [(found.file, told(found)) for found in check_form(files, "sample")]

    @pytest.mark.law("R8.1", "A1.8.1")
    def test_the_hours_in_force_stand_in_the_hint(self) -> None:
        assert self.found(self.HOUR, {"description": "{opens}-{break_from}, {break_until}-{closes}"}) == []

    @pytest.mark.parametrize(
        ("component", "text"),
        [
            (HOUR, {"description": "{opening}-{closes}"}),
            (HOUR, {"label": "{opening}"}),
            (HOUR, {"messages": {"required": "{opening}"}}),
            (field("textfield", "at"), {"description": "{opening}"}),
        ],
    )
    @pytest.mark.law("R8.1", "A1.8.1")
    def test_a_place_that_nothing_fills_is_refused(self, component: Component, text: dict[str, Any]) -> None:
        ((file, said),) = self.found(component, text)
        assert file == "forms/sample.ru.json"
        assert "at: Nothing stands in for {opening}." in said
        assert self.found(component, {"label": "{opens}"})


class TestAdviceForTheAnalyst:
    def advice(self, *components: Component, **more: Any) -> list[str]:
        return [told(finding) for finding in check_form(files_of(*components, **more), "sample")]

    def test_a_good_form_has_nothing_to_mend(self) -> None:
        assert self.advice(*PAGES) == []
        assert self.advice(ADDRESSES) == []

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
            (field("textarea", "a", properties={"rows": "٣"}), "properties.rows must be a whole number"),
            (field("textfield", "a", properties={"width": "-1"}), "properties.width must be a whole number"),
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


class TestPages:
    """In a form that is filled in page by page nobody is asked what stands on no page."""

    @pytest.mark.law("A2.1")
    def test_a_field_outside_every_page_is_found(self) -> None:
        assert check_form(files_of(*PAGES), "sample") == ()
        (found,) = check_form(files_of(*PAGES, field("textfield", "website")), "sample")
        assert told(found).startswith("website: This form is filled in page by page, and this component stands on none")

    def test_a_form_without_pages_has_its_fields_anywhere(self) -> None:
        assert check_form(files_of(field("textfield", "website")), "sample") == ()
