"""The forms and lists: texts in three languages, the official wording letter by letter, answers that the law needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from service.domain.appeal import Contests, Outcome, Remedy, Unconsidered
from service.domain.completeness import GUARANTEE_LETTER, REQUIRED_FIELDS, TITLE_DOCUMENTS
from service.domain.forms import Form
from service.domain.forms_check import check_form
from service.domain.permit import ADDRESS_PARTS
from service.domain.refusals import GROUND_FACTS
from tests.processes.walking import FORMS, procedure

OFFICIAL = (Path(__file__).parent / "official_kk.txt").read_text().splitlines()[1:]
FILES = {
    f"forms/{path.relative_to(FORMS).as_posix()}": path.read_bytes() for path in FORMS.rglob("*") if path.is_file()
}
NAMES = sorted(path.stem for path in FORMS.glob("*.form"))
OPTIONS = {
    "contested_kinds": ("complaint", "contests"), "remedies": ("review_complaint", "remedy"),
    "complaint_answers": ("answer_complaint", "answer_result"), "review_outcomes": ("consider_complaint", "outcome"),
    "unconsidered_reasons": ("consider_complaint", "unconsidered_reason"),
}  # fmt: skip
"""The lists of the complaint, with the form and the field that offers each."""
LISTS = ["refusal_grounds", "document_kinds", "hearing_exemptions", "regions", *OPTIONS]
OPTIONAL = {"kk": "Міндетті емес", "ru": "Необязательно", "en": "Optional"}
IF = {"kk": "Егер ", "ru": "Если ", "en": "If "}


def listed(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILES[f"forms/lists/{name}.json"])
    return found


def texts(name: str, language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILES[f"forms/{name}.{language}.json"])
    return found


def components(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Every component of a form with the group around it."""
    waiting = [(one, None) for one in json.loads(FILES[f"forms/{name}.form"])["components"]]
    while waiting:
        one, around = waiting.pop(0)
        yield one, around
        waiting += [(inner, one) for inner in one.get("components", [])]


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("name", NAMES)
def test_no_hint_repeats_what_the_page_says_at_the_label_that_an_answer_may_be_left_out(name: str) -> None:
    asked = [one["id"] for one, _around in components(name) if one["type"] not in ("group", "text")]
    hints = [
        (language, key, texts(name, language)[key].get("description", "")) for key in asked for language in OPTIONAL
    ]
    assert [(key, hint) for language, key, hint in hints if OPTIONAL[language] in hint] == []


@pytest.mark.parametrize("name", NAMES)
def test_form_has_nothing_to_mend_and_every_text_in_three_languages(name: str) -> None:
    assert list(check_form(FILES, name)) == []


def test_every_form_is_on_the_drawing_or_is_filed_by_the_applicant() -> None:
    drawn = {task.form for process in ("permit", "appeal") for task in procedure(process).catalogue.user_tasks()}
    assert drawn | {"application", "complaint"} == set(NAMES)


@pytest.mark.law("A1.5")
@pytest.mark.parametrize("process", ["permit", "appeal"])
def test_every_step_of_people_has_an_electronic_form_and_people_sign_every_decision(process: str) -> None:
    catalogue = procedure(process).catalogue
    steps = catalogue.user_tasks()
    assert [step.id for step in steps if step.form not in NAMES] == []
    signed = [element.id for element in catalogue.elements if element.document]
    assert set(signed) <= {step.id for step in steps}
    assert any(step.startswith("task_sign_") for step in signed)


@pytest.mark.law("A1.7")
def test_nothing_is_paid_at_any_step() -> None:
    texts_of_files = [content.decode() for path, content in FILES.items() if path.count("/") == 1]
    texts_of_files += [
        str(value) for process in ("permit", "appeal") for value in procedure(process).catalogue.elements
    ]
    money = re.compile(r"төлем|төлеу|оплат|пошлин|тариф|\bсбор\b|\bpay(ment|s)?\b|\bfees?\b|\bprice\b", re.IGNORECASE)
    assert [found[0] for text in texts_of_files if (found := money.search(text))] == []


@pytest.mark.parametrize("name", NAMES)
def test_labels_in_the_form_are_its_kazakh_texts(name: str) -> None:
    for component, _ in components(name):
        label = next(component[key] for key in ("label", "text", "dateLabel", "timeLabel") if key in component)
        assert label == texts(name, "kk")[component["id"]]["label"]


@pytest.mark.parametrize("name", NAMES)
def test_fields_of_a_branch_are_worded_if_since_pages_work_without_a_script(name: str) -> None:
    for component, around in components(name):
        if "conditional" in component:
            for language, word in IF.items():
                told = texts(name, language)[component["id"]]
                beside = texts(name, language)[around["id"]] if around else {}
                said = [told["label"], told.get("description", ""), beside.get("label", "")]
                assert any(text.startswith(word) for text in said), (component["id"], language)


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_names_its_point_of_the_rules(name: str) -> None:
    assert [one["id"] for one, _ in components(name) if "law" not in one.get("properties", {})] == []


@pytest.mark.law("A1.10.1", "A1.10.2", "A1.10.3", "A1.10.4", "A1.10.5", "A1.10.6", "A4.1")
def test_refusal_has_the_five_official_grounds_each_with_its_facts() -> None:
    grounds = listed("refusal_grounds")
    assert [ground["kk"] for ground in grounds] == [text for text in OFFICIAL if text in {g["kk"] for g in grounds}]
    assert [ground["key"] for ground in grounds] == list(GROUND_FACTS)
    asked = {one["key"]: one for one, _ in components("examine") if "key" in one}
    assert [option["value"] for option in asked["grounds"]["values"]] == list(GROUND_FACTS)
    for ground in grounds:
        assert texts("examine", "kk")["grounds"]["values"][ground["key"]] == f"{ground['number']}) {ground['kk']}"
        assert {fact for fact in GROUND_FACTS[ground["key"]] if asked[fact]["validate"]["required"]}


@pytest.mark.law("A1.9.1", "A1.9.2", "A1.9.3", "D4", "R6.2")
def test_documents_are_those_of_row_9_in_official_wording() -> None:
    kinds = {kind["key"]: kind for kind in listed("document_kinds")}
    assert set(kinds) == {"application", "title_document", *TITLE_DOCUMENTS, GUARANTEE_LETTER}
    assert all(kind["kk"] in OFFICIAL for key, kind in kinds.items() if key != "title_document")
    assert all(kinds[key]["kk"] in kinds["title_document"]["kk"] for key in TITLE_DOCUMENTS)
    attachable = [key for key, kind in kinds.items() if kind["attachable"]]
    assert attachable == [*TITLE_DOCUMENTS, GUARANTEE_LETTER]
    offered = {one["id"]: [o["value"] for o in one.get("values", [])] for one, _ in components("application")}
    assert offered["kind"] == attachable
    checked = {one["id"]: [o["value"] for o in one.get("values", [])] for one, _ in components("check_completeness")}
    assert set(checked["missing_items"]) == set(kinds)
    assert checked["expired_items"] == [key for key, kind in kinds.items() if kind["has_validity"]]
    for key in attachable:
        assert texts("application", "kk")["kind"]["values"][key] == capital(kinds[key]["kk"])


@pytest.mark.law("L73.2")
def test_hearing_is_skipped_only_on_a_listed_basis() -> None:
    bases = listed("hearing_exemptions")
    for language in IF:
        offered = texts("invite_hearing", language)["exemption"]["values"]
        assert offered == {basis["key"]: capital(basis[language]) for basis in bases}
    assert len(bases) == 5


@pytest.mark.law("A2.1", "A2.2", "A2.3", "A2.5", "R2.1", "R3.1")
def test_application_asks_everything_of_annex_2_in_its_words() -> None:
    form, told = Form.parse(FILES, "application"), texts("application", "kk")
    for key in ("request", "consent_truth", "consent_data"):
        assert told[key]["label"] in OFFICIAL
    form_text = "\n".join(OFFICIAL)
    for key in ("platform", "purpose", "name", "addresses"):
        assert told[key]["label"][1:] in form_text
    assert told["iin"]["label"] == "Жеке сәкестендіру нөмірі"
    for key in ("iin", "bin"):
        assert told[key]["label"][1:] in form_text
    keys = {leaf.key for leaf in form.walk()}
    assert keys >= {"iin", "bin", "signer_surname", "signer_name", "signer_patronymic", *ADDRESS_PARTS}
    assert all(form.find(key).required for key in REQUIRED_FIELDS)
    assert [page.key for page in form.pages] == ["applicant", "asset", "addresses", "attachments", "consents"]
    addresses = form.find("addresses")
    assert addresses.repeat > 1
    assert tuple(inner.key for inner in addresses.fields) == ADDRESS_PARTS
    assert not {"number", "application_number", "application_date"} & {leaf.key for leaf in form.walk()}
    assert [found.required for found in form.find("consents").fields] == [True, True]


def test_regions_are_the_twenty_of_kazakhstan_and_print_in_kazakh() -> None:
    regions = listed("regions")
    assert len({region["key"] for region in regions}) == 20
    for component, _ in components("application"):
        if component.get("key") == "region":
            assert [option["value"] for option in component["values"]] == [region["kk"] for region in regions]


@pytest.mark.parametrize("name", LISTS)
def test_every_value_of_a_list_has_its_article_and_three_languages(name: str) -> None:
    rows = listed(name)
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(str(row[part]).strip() for row in rows for part in ("key", "article", "kk", "ru", "en"))


@pytest.mark.law("R13.2", "R13.4", "R14.1", "L95.1", "L100.1")
@pytest.mark.parametrize("name", OPTIONS)
def test_forms_of_a_complaint_offer_the_whole_list_in_its_words(name: str) -> None:
    form, field = OPTIONS[name]
    for language in IF:
        offered = texts(form, language)[field]["values"]
        assert [(key, capital(text)) for key, text in offered.items()] == [
            (row["key"], capital(row[language])) for row in listed(name)
        ]


@pytest.mark.law("R13.2", "R13.4", "L95.1", "L100.1")
def test_lists_of_a_complaint_are_those_that_the_law_closes() -> None:
    closed: dict[str, type[StrEnum]] = {
        "contested_kinds": Contests,
        "remedies": Remedy,
        "review_outcomes": Outcome,
        "unconsidered_reasons": Unconsidered,
    }
    for name, kind in closed.items():
        assert {row["key"] for row in listed(name)} == {member.value for member in kind}


@pytest.mark.law("L74.1")
def test_minutes_of_an_oral_hearing_have_every_required_part_and_a_written_one_has_none() -> None:
    parts = [one for one, around in components("hold_hearing") if around and around["id"] == "minutes"]
    assert [part["key"].removeprefix("minutes_") for part in parts] == [
        "place", "date", "start", "end", "chair", "secretary", "participants", "question", "explanations", "answers"
    ]  # fmt: skip
    assert all(part["validate"]["required"] for part in parts)
    group = next(one for one, _ in components("hold_hearing") if one["id"] == "minutes")
    assert group["conditional"]["hide"] == '=hearing_result != "held"'


def test_drawing_decides_on_answers_that_the_forms_before_it_can_give() -> None:
    asked: dict[str, set[str]] = {"contested": set(Contests)}
    for name in NAMES:
        for one, _ in components(name):
            asked.setdefault(one.get("key", ""), set()).update(option["value"] for option in one.get("values", []))
    for process in ("permit", "appeal"):
        for element in procedure(process).catalogue.elements:
            for condition in element.conditions.values():
                for key, value in re.findall(r'(\w+) == "(\w+)"', condition):
                    assert key == "signature" or value in asked[key], (element.id, condition)


@pytest.mark.law("L80.5", "L92.1")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_complaint_is_asked_whether_the_act_explains_how_it_can_be_contested(language: str) -> None:
    asked = json.loads((FORMS / "complaint.form").read_text())["components"][0]["components"]
    assert "explained" in [field["key"] for field in asked]
    texts = json.loads((FORMS / f"complaint.{language}.json").read_text())
    assert set(texts["explained"]["values"]) == {"yes", "no"}
