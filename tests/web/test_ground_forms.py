"""A form on a page: every field a component of its own, filled again, errors where they belong, no script needed."""

import json
import re

import pytest
from werkzeug.test import TestResponse

from service.domain.forms import Form, Problem, Result
from service.web.answers import shown, typed_again
from service.web.forms import FormView, change_rows
from service.web.messages import sentence
from tests.web.ground_stub import OPTIONS, sample_form
from tests.web.ground_visitor import House, Visitor, heading, value

FULL = {
    "platform": "Бастама <b>",
    "purpose": "Айналым",
    "bin": "010640999019",
    "phone": "8 701 000 00 00",
    "valid_until": "22/11/2026",
    "hour": "9:05",
    "nodes": "5",
    "complete": "no",
    "missing": ["letter", "contract"],
    "which": "Сатып алу",
    "unit": "assets",
    "addresses-0-city": "Астана",
    "addresses-0-street": "Абай",
    "truth": "yes",
    "page": "/cabinet/form",
}


@pytest.fixture
def visitor() -> Visitor:
    person = House().visitor()
    person.sign_in()
    person.get("/cabinet/form")
    return person


def flat(page: TestResponse) -> str:
    return re.sub(r"\s+", " ", page.text)


class TestAPageWithAForm:
    def test_a_draft_is_shown_as_people_write(self, visitor: Visitor) -> None:
        page = visitor.get("/cabinet/form")
        assert value(page, "valid_until") == "22.11.2026"
        assert value(page, "phone") == "+7 (701) 000-00-00".replace(" ", "\u00a0")

    @pytest.mark.law("A2.1")
    def test_good_answers_are_taken(self, visitor: Visitor) -> None:
        page = visitor.post("/cabinet/form", FULL)
        assert page.status_code == 200
        assert heading(page) == "Жауаптар"
        assert "Кепілдік хат; Шарт" in page.text
        assert "Цифрлық активтер басқармасы" in page.text

    def test_errors_stand_in_a_summary_and_at_the_field(self, visitor: Visitor) -> None:
        page = visitor.post(
            "/cabinet/form", {**FULL, "platform": "", "valid_until": "32.01.2026", "addresses-0-city": ""}
        )
        text = flat(page)
        assert page.status_code == 400
        assert "<title>Қате:" in text
        summary = text[text.index("govuk-error-summary") : text.index("<h1")]
        assert re.findall(r'href="#([\w-]+)"', summary) == ["platform", "valid_until", "addresses-0-city"]
        for name in ("platform", "valid_until", "addresses-0-city"):
            assert f'id="{name}"' in text
            assert f'id="{name}-error"' in text
            assert re.search(rf'id="{name}"[^>]*aria-describedby="[^"]*{name}-error', text)
        assert '<span class="govuk-visually-hidden">Қате:</span>' in text

    def test_what_was_typed_stays_letter_by_letter_and_harmless(self, visitor: Visitor) -> None:
        page = visitor.post("/cabinet/form", {**FULL, "truth": ""})
        assert value(page, "platform") == "Бастама <b>"
        assert "<b>" not in page.text
        assert value(page, "valid_until") == "22/11/2026"
        assert re.search(r'value="no"[^>]*checked', page.text)
        assert re.search(r'<option value="assets" selected', page.text)

    def test_choices_stand_in_a_fieldset_with_their_question(self, visitor: Visitor) -> None:
        text = flat(visitor.get("/cabinet/form"))
        assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>\s*Құжаттар топтамасы толық па\?", text)

    def test_a_day_is_one_text_field_and_not_a_picker(self, visitor: Visitor) -> None:
        (field,) = re.findall(r'<input[^>]*name="valid_until"[^>]*>', visitor.get("/cabinet/form").text)
        assert 'type="text"' in field
        assert 'inputmode="numeric"' in field

    def test_the_size_and_kind_of_a_file_are_told_before_choosing(self, visitor: Visitor) -> None:
        text = flat(visitor.get("/cabinet/form"))
        assert "PDF, JPEG немесе PNG, ең көбі 20 МБ" in text
        assert 'accept=".pdf,.jpg,.png"' in text

    def test_optional_fields_say_so(self, visitor: Visitor) -> None:
        assert "БСН (міндетті емес)" in visitor.get("/cabinet/form").text

    def test_a_condition_travels_to_the_script(self, visitor: Visitor) -> None:
        found = re.search(r"data-hide='([^']+)'|data-hide=\"([^\"]+)\"", visitor.get("/cabinet/form").text)
        assert found
        assert json.loads((found[1] or found[2]).replace("&#34;", '"')) == ["!=", "complete", "no"]

    def test_rows_are_added_and_removed_without_a_script(self, visitor: Visitor) -> None:
        more = visitor.post("/cabinet/form", {**FULL, "add_row": "addresses"})
        assert value(more, "addresses-0-city") == "Астана"
        assert 'name="addresses-1-city"' in more.text
        less = visitor.post("/cabinet/form", {**FULL, "addresses-1-city": "Алматы", "remove_row": "addresses-0"})
        assert 'name="addresses-0-city"' not in less.text
        assert value(less, "addresses-1-city") == "Алматы"

    def test_no_more_rows_than_the_form_allows(self, visitor: Visitor) -> None:
        full = {**FULL, "addresses-1-city": "b", "addresses-2-city": "c"}
        assert 'name="add_row"' not in visitor.post("/cabinet/form", {**full, "truth": ""}).text


class TestAnswers:
    def test_they_are_the_same_after_being_written_again(self) -> None:
        form = sample_form()
        with House().app.test_request_context():
            taken = form.validate(
                {name: [text] if isinstance(text, str) else text for name, text in FULL.items()}, options=OPTIONS
            )
            again = form.validate(typed_again(form, taken.answers), options=OPTIONS)
        assert taken.valid
        assert again == taken

    @pytest.mark.parametrize(
        ("language", "label", "words"), [("kk", "Не жетіспейді?", "Шарт"), ("ru", "Чего не хватает?", "Договора")]
    )
    def test_they_are_shown_in_the_language_of_the_page(self, language: str, label: str, words: str) -> None:
        with House().app.test_request_context(f"/?lang={language}"):
            listed = dict(
                shown(sample_form(), {"missing": ["contract"], "truth": True, "addresses": [{"city": "Астана"}]})
            )
        assert listed[label] == words
        assert "Астана" in next(text for name, text in listed.items() if name.endswith(" 1"))

    def test_rows_can_only_be_added_to_a_group_that_repeats(self) -> None:
        assert change_rows(sample_form(), {"add_row": ["platform"]}) is None
        assert change_rows(sample_form(), {"platform": ["x"]}) is None


class TestSentences:
    CODES = (
        "required",
        "not_an_option",
        "pattern",
        "too_long",
        "too_short",
        "not_a_date",
        "no_such_day",
        "not_a_time",
        "not_a_number",
        "not_a_whole_number",
        "too_many_decimals",
        "too_small",
        "too_large",
        "not_an_email",
        "not_a_phone",
        "not_a_postcode",
        "not_a_bin",
        "not_an_iin",
        "identifier_empty",
        "identifier_not_digits",
        "identifier_length",
        "identifier_check_digit",
        "identifier_structure",
    )

    @pytest.mark.parametrize("language", ["kk", "ru", "en"])
    def test_every_code_has_a_sentence_of_its_own(self, language: str) -> None:
        with House().app.test_request_context(f"/?lang={language}"):
            sentences = [sentence(Problem(code, {"limit": 4000})) for code in self.CODES]
            assert len(set(sentences)) == len(self.CODES)
            assert (
                "4 000" in sentence(Problem("too_long", {"limit": 4000})).replace("\u00a0", " ")
                or "4000" in sentences[3]
            )

    def test_the_forms_own_wording_comes_first(self) -> None:
        texts = {"form": "T", "a": {"label": "A", "messages": {"required": "Бұл мәлімдемесіз болмайды."}}}
        files = {f"forms/x.{code}.json": json.dumps(texts).encode() for code in ("kk", "ru", "en")}
        files["forms/x.form"] = json.dumps({"components": [{"type": "textfield", "id": "a", "key": "a"}]}).encode()
        form = Form.parse(files, "x")
        with House().app.test_request_context():
            view = FormView(form, result=Result({}, {"a": Problem("required")}))
            assert view.problems == [{"href": "#a", "text": "A: Бұл мәлімдемесіз болмайды."}]
            assert (view.error("a", form.find("a")) or {})["text"] == "Бұл мәлімдемесіз болмайды."
