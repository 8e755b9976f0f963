"""The region of an address stands in the language of the page; what was signed stays as it was signed."""

from __future__ import annotations

import pytest

from service.web import create_app
from service.web.public import public as public_pages
from tests.program import CONFORMS, Story
from tests.web.cabinet import Cabinet
from tests.web.cabinet import text as cabinet_text
from tests.web.ground_visitor import Visitor
from tests.web.office import Office, text

REGION = {"kk": "Астана қаласы", "ru": "город Астана", "en": "Astana city"}


@pytest.mark.law("A2.1", "A1.11.4")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_region_of_an_address_is_named_in_the_language_of_the_page(story: Story, language: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    case = story.work("head", case, "task_sign_permit", decision="sign")
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    visitor = Visitor(create_app(story.program, [public_pages]).test_client())
    pages = (
        cabinet_text(Cabinet(story).seat("company_head").get(f"/cabinet/cases/{case.id}?lang={language}")),
        text(Office(story).desk("head").get(f"/office/cases/{case.id}?lang={language}")),
        text(visitor.get(f"/register/{entry.number}?lang={language}")),
    )
    for page in pages:
        assert f"{REGION[language]}, " in page
        assert not any(f"{name}, " in page for told, name in REGION.items() if told != language)
    assert REGION["kk"] in entry.address
    assert REGION["kk"] in visitor.get(f"/register/{entry.number}.json?lang={language}").text
