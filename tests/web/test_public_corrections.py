"""Whoever verifies a document with a clerical error is led to its corrected version (L82.1)."""

from __future__ import annotations

import pytest

from service.usecases.correct_error import Correction
from service.web import create_app
from service.web.public import public
from tests.program import CONFORMS, Story
from tests.usecases.beside import signed
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import Visitor
from tests.web.office import Office, text


@pytest.mark.law("L82.1", "R11.2")
def test_the_page_that_verifies_the_original_leads_to_the_corrected_version(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    (original,) = story.program.queries.case(case.id).documents
    changes = {"platform": "QazToken сауда алаңы"}
    signed(story, "head", Correction(), case, document=original.id, reason="Қате", changes=changes)
    fresh = story.program.queries.case(case.id).documents[-1]
    visitor = Visitor(create_app(story.program, [public]).test_client())
    page = visitor.get(f"/verify/{original.verification_code}?lang=en")
    assert "A clerical error in this document was corrected on 12.09.2023." in text(page)
    assert f"/verify/{fresh.verification_code}" in page.text
    corrected = text(visitor.get(f"/verify/{fresh.verification_code}?lang=en"))
    assert "This is the corrected version." in corrected
    record = visitor.get(f"/verify/{original.verification_code}.json").get_json()
    assert record["corrected_by"] == fresh.verification_code
    seat = text(Cabinet(story).seat("company_head").get(f"/cabinet/cases/{case.id}?lang=en"))
    name = f"Permit № {original.number} (PDF)"
    fresh_card, _, first_card = seat.partition(name)[2].partition(name)
    assert "This is the corrected version. Its content is that of the original of 12.09.2023." in fresh_card
    assert "corrected on 12.09.2023. Use the corrected version." in first_card
    assert "Use the corrected version." not in fresh_card
    desk = text(Office(story).desk("head").get(f"/office/cases/{case.id}"))
    assert "This is the corrected version." in desk
    assert "corrected on 12.09.2023. Use the corrected version." in desk
    history = text(visitor.get(f"/register/{original.number}?lang=en"))
    assert "A clerical error was corrected QazToken сауда платформасы → QazToken сауда алаңы" in history
