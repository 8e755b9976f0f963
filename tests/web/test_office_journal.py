"""The journal explains a case without the drawing: every action has a sentence in three languages."""

from __future__ import annotations

import pytest
from flask import g

from service.domain.case import JournalEntry
from service.web.officer import journal, sentences
from service.web.officer.reading import Words, edition_of
from tests.program import Story
from tests.web.office import Office


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_sentence_can_be_said_in_every_language(story: Story, language: str) -> None:
    office, case = Office(story), story.filed()
    with office.app.test_request_context(f"/office/?lang={language}"):
        g.actor = story.officer("unit")
        spoken = Words(edition_of(case.edition_id, "permit"))
        for action in sentences.SENTENCES:
            entry = JournalEntry(case.id, case.received_at, "БӨЛІМОВА ҰЛЖАН", "unit", action, "task_examine")
            line = journal.line(entry, spoken, {})
            assert line.what.endswith("."), action
            assert "%(" not in line.what


@pytest.mark.law("L69.1")
def test_the_journal_of_a_whole_case_names_people_decisions_and_days(story: Story) -> None:
    office, case = Office(story), story.invited()
    desk = office.desk("unit")
    page = desk.get(f"/office/cases/{case.id}")
    for said in (
        "The application was filed and signed.",
        "The application was registered on 12.09.2023.",
        "Officer in charge: БӨЛІМОВА ҰЛЖАН.",
        "The set of documents is complete as of 12.09.2023.",
        "The examination found grounds for refusal.",
        "The preliminary decision and the invitation to the hearing on 14.09.2023 were sent.",
    ):
        assert said in page.text
