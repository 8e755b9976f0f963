"""The page of the law: every requirement with what carries it out, and the defects of the text (U4, U17)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from service.settings import ROOT
from service.usecases.editions import collect
from service.usecases.requirements_map import read_requirements
from service.web import create_app
from service.web.public import public
from tests.program import Story
from tests.web.ground_visitor import Visitor, heading
from tests.web.office import text


@pytest.fixture
def visitor(story: Story) -> Visitor:
    return Visitor(create_app(story.program, [public]).test_client())


@pytest.mark.law("O3")
@pytest.mark.parametrize(
    ("language", "title", "step"),
    [
        ("kk", "Заң және бағдарлама", "Құжаттар толықтығын тексеру"),
        ("ru", "Закон и программа", "Проверить полноту документов"),
        ("en", "The law and the program", "Check the completeness of the documents"),
    ],
)
def test_anybody_reads_what_carries_out_each_requirement(
    visitor: Visitor, story: Story, language: str, title: str, step: str
) -> None:
    answer = visitor.get(f"/requirements?lang={language}")
    assert heading(answer) == title
    listed = read_requirements(story.program.settings.processes)
    shown = re.findall(r'<article class="requirement" id="([^"]+)"', answer.text)
    assert [name for name in shown if not name.startswith("defect-")] == _in_parts([one.id for one in listed])
    assert all(one.title[language] in text(answer) for one in listed)
    completeness = answer.text[answer.text.index('id="R6.1"') : answer.text.index('id="R6.2"')]
    assert f'<a class="govuk-link" href="/procedure#task_check_completeness">{step}</a>' in completeness
    assert "/requirements" in visitor.get("/rules").text


@pytest.mark.law("O3")
def test_forms_lists_letters_and_notices_bear_their_names_and_lead_to_where_they_can_be_read(visitor: Visitor) -> None:
    files = collect(ROOT / "processes", ROOT / "forms")
    ids = {Path(name).stem for name in files} | json.loads(files["forms/lists/notices.json"]).keys()
    for language, (grounds, refusal, silence, form) in SAID.items():
        page = visitor.get(f"/requirements?lang={language}").text
        rows = dict(re.findall(r'<article class="requirement" id="([^"]+)">(.*?)</article>', page, re.DOTALL))
        things = {row: [re.sub("<[^>]+>", "", one) for one in re.findall("<li>(.*?)</li>", rows[row])] for row in rows}
        shown = {one for listed in things.values() for one in listed}
        assert not shown & ids
        assert not {one for one in shown if "{" in one}
        assert f'<a class="govuk-link" href="/service#row-10">{grounds}</a>' in rows["A1.10.1"]
        assert '<a class="govuk-link" href="/service">' in rows["A1.4"]
        assert '<a class="govuk-link" href="/rules#glossary">' in rows["R2.5"]
        assert {form, refusal} <= set(things["R8.4"])
        assert silence in things["L100.5"]


SAID = {
    "kk": (
        "Бас тарту негіздері",
        "Дәлелді бас тарту",
        "Шағым бойынша мерзімінде шешім қабылданған жоқ",
        "Тыңдау өткізу",
    ),
    "ru": (
        "Основания для отказа",
        "Мотивированный отказ",
        "Решение по жалобе в срок не принято",
        "Проведение заслушивания",
    ),
    "en": ("Grounds for refusal", "Reasoned refusal", "No decision on the complaint was taken in term", "Hearing"),
}
"""By language: a list, a letter, a notice and a form."""


def _in_parts(rows: list[str]) -> list[str]:
    """The rules first, then their annexes, the order, the code and the gaps, as the page has them."""
    parts = ("R", "A1", "A2", "A3", "A4", "O", "L", "D")
    return [row for part in parts for row in rows if row.startswith(part)]


@pytest.mark.law("D1", "O3")
def test_each_defect_of_the_text_stands_with_its_reading_and_the_tests_that_fix_it(visitor: Visitor) -> None:
    page = visitor.get("/requirements?lang=en").text
    first = page[page.index('id="defect-D1"') : page.index('id="defect-D2"')]
    assert "Row 6 calls the permit annex 4" in first
    assert "Annex 3 is the permit" in first
    assert "<li" in first
    assert page.count('id="defect-D') == 12
