"""A case whose signature cannot be checked lies with nobody, so it stands in a list (R3.3)."""

from __future__ import annotations

import pytest

from service.usecases.recheck_signatures import recheck_signatures
from tests.program import Story
from tests.web.office import Office, text

WAITING = "Signatures that wait for their check"


@pytest.mark.law("R3.3")
def test_a_case_whose_signature_waits_is_listed_until_it_is_checked(story: Story) -> None:
    case = story.filed("unanswered")
    head = Office(story).desk("head")
    assert WAITING not in text(head.get("/office/unsent"))
    story.at("2023-09-13T10:05:00", chores=True)
    recheck_signatures(story.program)
    page = text(head.get("/office/unsent"))
    assert f"{WAITING}, the oldest first" in page
    assert f"Case Waits for Tried last {case.number} 1 day" in page
    assert "13.09.2023, 10:05" in page[page.index(case.number) :]


@pytest.mark.law("R3.3", "R10.2")
def test_who_may_read_no_case_is_led_to_none_from_what_was_not_sent(story: Story) -> None:
    case = story.filed("unanswered")
    story.at("2023-09-13T10:05:00", chores=True)
    office, address = Office(story), f"/office/cases/{case.id}"
    assert address in office.desk("head").get("/office/unsent").text
    page = office.desk("administrator").get("/office/unsent")
    assert case.number in text(page)
    assert address not in page.text
