"""A form that says a number of working days says the number that the drawing or the edition counts (O1)."""

from __future__ import annotations

import json

import pytest

from service import operations
from service.calendar_file import load_calendar
from service.domain.people import LANE_ROLES
from service.domain.timers import diagram_functions
from service.engine.findings import Finding
from service.settings import ROOT
from service.usecases.check_edition import check_files
from service.usecases.editions import collect

FUNCTIONS = diagram_functions(load_calendar(ROOT / "processes" / "calendar" / "kz.csv"))
COMPLETENESS = ("permit.bpmn", "working_days_after(registered_on, 2)", "working_days_after(registered_on, 4)")
"""Of the drawing's terms from the day of registration this changes the first: that of the check for completeness."""
REVIEW = "working_days_after(review_registered_on, 15)"

CHANGED = {
    "a term on the task": (COMPLETENESS, "check_completeness", "form"),
    "a term that the form names": (
        ("permit.bpmn", "working_days_after(completeness_on, 3)", "working_days_after(completeness_on, 4)"),
        "examine",
        "form",
    ),
    "a term that a field names": (
        ("permit.bpmn", "working_days_after(notified_on, 2)", "working_days_after(notified_on, 3)"),
        "invite_hearing",
        "hearing_on",
    ),
    "a term that is counted back": (COMPLETENESS, "invite_hearing", "late_basis"),
    "a term of another task": (("appeal.bpmn", REVIEW, REVIEW.replace("15", "16")), "register_review", "form"),
    "a term told by an option": (
        ("appeal.bpmn", "working_days_after(received_on, 3)", "working_days_after(received_on, 4)"),
        "register_complaint",
        "track",
    ),
    "a term that no drawing shows": (
        ("edition.toml", "minutes_signed_days = 2", "minutes_signed_days = 4"),
        "hold_hearing",
        "minutes",
    ),
}
"""What is changed everywhere in one file, and the form and the part of it whose texts do not say so."""

SAID = {
    "kk": ("2 (екі) жұмыс күні", "7 (жеті) жұмыс күні"),
    "ru": ("2 (двух) рабочих дней", "7 (семи) рабочих дней"),
    "en": ("2 (two) working days", "7 (seven) working days"),
}
ADVICE = {"kk": "сәйкестендіріңіз", "ru": "Приведите", "en": "Make them agree."}


@pytest.mark.parametrize("root", ['"x"', "[1]"])
def test_a_form_whose_properties_are_none_is_told_to_its_author(root: str) -> None:
    name = "forms/sign_decision.form"
    files = collect(ROOT / "processes", ROOT / "forms")
    files[name] = json.dumps({**json.loads(files[name]), "properties": json.loads(root)}).encode()
    check_files(files, FUNCTIONS, operations.catalogue(), LANE_ROLES)


@pytest.mark.parametrize("between", ["\r\n  ", "\u2028"])
def test_a_term_over_two_lines_is_read_as_the_engine_reads_it(between: str) -> None:
    term = "working_days_after(notified_on, 2)"
    files = files_with(("permit.bpmn", term, f"{term.replace(', ', f',{between}')}{between} and {term}"))
    check_files(files, FUNCTIONS, operations.catalogue(), LANE_ROLES)


def files_with(*changes: tuple[str, str, str]) -> dict[str, bytes]:
    """The files of the edition after these changes: file, old text, new text."""
    files = collect(ROOT / "processes", ROOT / "forms")
    for name, old, new in changes:
        assert old in files[name].decode()
        files[name] = files[name].decode().replace(old, new).encode()
    return files


def found_in(files: dict[str, bytes], code: str, only: tuple[str, ...] = ()) -> list[Finding]:
    findings = check_files(files, FUNCTIONS, operations.catalogue(), LANE_ROLES, only)
    return [each for each in findings if each.code == code]


@pytest.mark.law("O1", "A1.4", "R6.1", "R7.1", "R8.1", "R8.3", "L74.1", "R13.3", "R14.2")
@pytest.mark.parametrize("what", CHANGED)
def test_a_term_that_changes_is_missed_in_the_texts_of_its_forms_in_three_languages(what: str) -> None:
    change, form, part = CHANGED[what]
    found = {(each.file, each.element) for each in found_in(files_with(change), "term_differs")}
    assert {(f"forms/{form}.{language}.json", part) for language in SAID} <= found


@pytest.mark.law("O1", "R6.1")
@pytest.mark.parametrize("language", SAID)
def test_a_text_with_another_number_is_named_with_its_term_and_with_what_to_do(language: str) -> None:
    file = f"forms/check_completeness.{language}.json"
    [found] = found_in(files_with((file, *SAID[language])), "term_differs")
    assert (found.file, found.element) == (file, "form")
    assert SAID[language][1] in found.message[language]
    for told in ("7", "2", "deadline_completeness", ADVICE[language]):
        assert told in found.message[language]


@pytest.mark.law("O1")
def test_the_check_of_one_drawing_reads_the_forms_that_it_shows() -> None:
    files = files_with(COMPLETENESS)
    shown = {each.file for each in found_in(files, "term_differs", only=("permit.bpmn",))}
    assert {f"forms/check_completeness.{language}.json" for language in SAID} <= shown


@pytest.mark.law("O1")
def test_a_form_names_only_terms_that_an_edition_has() -> None:
    [found] = found_in(files_with(("forms/examine.form", "review_due", "reviews_due")), "term_unknown")
    assert (found.file, found.element) == ("forms/examine.form", "form")
    assert "reviews_due" in found.message["en"]
    assert "review_due" in found.message["en"].split("Write one of these: ")[1]


@pytest.mark.law("O1")
def test_a_text_whose_task_counts_no_days_has_to_name_its_term() -> None:
    files = collect(ROOT / "processes", ROOT / "forms")
    texts = json.loads(files["forms/assign_unit.en.json"])
    texts["form"] = {"title": "Assign", "intro": "Within 2 (two) working days."}
    files["forms/assign_unit.en.json"] = json.dumps(texts).encode()
    [found] = found_in(files, "term_unnamed")
    assert (found.file, found.element) == ("forms/assign_unit.en.json", "form")
    assert "properties.term" in found.message["en"]


@pytest.mark.law("O1")
def test_an_act_that_cannot_be_read_is_found_before_anybody_deploys_it() -> None:
    [found] = found_in(files_with(("edition.toml", "[terms]", "[terms")), "file_not_toml")
    assert (found.file, found.element) == ("edition.toml", "")


@pytest.mark.law("O1")
def test_where_the_act_is_wrong_it_is_said_that_the_terms_in_forms_were_not_checked_and_why() -> None:
    wrong = ("edition.toml", "minutes_signed_days = 2", "minutes_signed_days = 0")
    [found] = found_in(files_with(wrong, COMPLETENESS), "form_terms_unchecked")
    assert found.file == "edition.toml"
    assert "check_completeness" in found.data["forms"]
    assert "were not checked, since edition.toml, which says how long they are, is wrong" in found.message["en"]
    assert all(found.data["forms"] in said for said in found.message.values())
    assert found_in(files_with(COMPLETENESS), "form_terms_unchecked") == []
