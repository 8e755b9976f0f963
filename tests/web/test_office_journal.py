"""The journal explains a case without the drawing: every action has a sentence in three languages."""

from __future__ import annotations

from typing import Any

import pytest
from flask import g

from service.demo.accounts import PASSWORD
from service.domain.case import JournalEntry
from service.domain.people import SYSTEM, Actor
from service.usecases.record_reading import record_search
from service.web.officer import journal, sentences
from service.web.officer.reading import Words, edition_of
from tests.program import Story
from tests.web.office import Office, text


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


SUSPENDED = {"permit": "R-1", "from_on": "2023-09-12", "basis": "№ 77-Ө", "before": "in_force", "after": "suspended"}
HOURS = {"opens": "09:00", "closes": "18:30", "break_from": "13:00", "break_until": "14:30"}
CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "task_assigned": ({"to": "А. Ахметов", "before": "Б. Бөлімова"}, "Before: Б. Бөлімова."),
    "minutes_signers": ({"chair": "А", "secretary": "Б", "before": ["В", "Г"]}, "Before: В, Г."),
    "acting_head": (
        {"order": "62-Ж", "since": "2023-10-17", "until": "2023-10-20", "before": ["А. Ахметов"]},
        "17.10.2023 – 20.10.2023 Before: А. Ахметов.",
    ),
    "invitation_sent": ({"hearing_on": "2023-09-18", "before": "2023-09-14"}, "Before: 14.09.2023."),
    "permit_suspended": (SUSPENDED, "in force before, suspended now. № 77-Ө"),
    "permit_cancelled": (
        {**SUSPENDED, "from_on": "2023-10-02", "after": "cancelled"},
        "in force until then, cancelled from 02.10.2023 on. № 77-Ө",
    ),
    "act_suspended": (SUSPENDED, "in force before, suspended now."),
    "case_reopened": ({"basis": "A-1", "before": "refused"}, "Before: Permit refused."),
    "setting_changed": (
        {"setting": "working_hours", "before": HOURS, "value": {**HOURS, "closes": "18:00"}, "act": "№ 1"},
        "09:00-18:30, break 13:00-14:30 before, 09:00-18:00, break 13:00-14:30 now. Basis: № 1",
    ),
    "calendar_loaded": ({"number": 2, "before": 1, "act": "№ 1"}, "Before: 1. Basis: № 1"),
    "task_returned": ({"before": ""}, ""),
    "account_closed": (
        {"login": "unit", "before": ["unit"], "reason": "№ 62-Ж"},
        "Before: responsible unit. Reason: №",
    ),
    "role_ended": (
        {"login": "unit", "role": "unit", "before": "2023-12-31", "until": "2023-09-13", "reason": "№ 62-Ж"},
        "Before: 31.12.2023. Reason: № 62-Ж",
    ),
    "role_given": (
        {"login": "unit", "role": "head", "since": "2023-09-13", "until": "2023-12-31", "reason": "№ 62-Ж"},
        "until 31.12.2023 Reason: № 62-Ж",
    ),
    "task_left": ({"before": "А. Ахметов", "reason": "№ 62-Ж"}, "Before: А. Ахметов. Reason: № 62-Ж"),
}
"""What an entry holds, and what the page says of the value before."""


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("action", CHANGES)
def test_the_page_says_what_was_so_before_a_change(story: Story, action: str) -> None:
    details, said = CHANGES[action]
    office, case = Office(story), story.filed()
    with office.app.test_request_context("/office/?lang=en"):
        g.actor = story.officer("unit")
        entry = JournalEntry(case.id, case.received_at, "Б", "unit", action, "task_examine", details=details)
        line = journal.line(entry, Words(edition_of(case.edition_id, "permit")), {})
        assert said in " ".join(line.details)
        assert said or not line.details


@pytest.mark.law("L69.1", "O5")
def test_supervisor_and_administrator_read_what_belongs_to_no_case(story: Story) -> None:
    office = Office(story)
    record_search(story.program, story.officer("unit"), "Үлгі", 2)
    with story.program.unit_of_work() as uow:
        uow.note(None, Actor("ҮЛГІБАЕВ НҰРЛАН", "applicant"), "applicant_signed_in")
        uow.commit()
    supervisor = office.visitor()
    supervisor.get("/office/sign-in?lang=en")
    supervisor.post("/office/sign-in", {"login": "supervisor", "password": PASSWORD})
    said = text(supervisor.get("/office/journal"))
    assert said.index("An officer signed in.") < said.index("Cases were looked for; found: 2.")
    assert "Edition 1 of the rules was deployed." in said
    assert "by name Үлгі" in said
    assert "ҮЛГІБАЕВ НҰРЛАН, applicant" in said
    # Who sees no case does not learn from here who applies, or whom somebody has looked for.
    shown = text(office.desk("administrator").get("/office/journal"))
    assert "An applicant signed in." in shown
    assert "by name Үлгі" not in shown
    assert "ҮЛГІБАЕВ" not in shown
    for login in ("head", "unit", "reviewer", "centre"):
        assert office.desk(login).get("/office/journal").status_code == 403


@pytest.mark.law("L69.1")
@pytest.mark.parametrize(
    ("language", "title"), [("kk", "Ведомство журналы"), ("ru", "Журнал ведомства"), ("en", "Journal of the office")]
)
def test_the_journal_of_the_office_is_turned_over_by_pages_and_days(story: Story, language: str, title: str) -> None:
    office = Office(story)
    with story.program.unit_of_work() as uow:
        for number in range(30):
            uow.note(None, SYSTEM, "files_removed", decision=f"№ {number}-Ш", files=[])
        uow.commit()
    desk = office.desk("supervisor", language)
    first, second = (text(desk.get("/office/journal", query_string={"page": page})) for page in (1, 2))
    assert title in first
    assert "№ 29-Ш" in first
    assert "№ 0-Ш" not in first
    assert "№ 0-Ш" in second
    assert "№ 29-Ш" in text(desk.get("/office/journal?day=12.09.2023"))
    assert "№ 29-Ш" not in text(desk.get("/office/journal?day=13.09.2023"))
    wrong = desk.get("/office/journal?day=32.09.2023")
    assert "govuk-error-message" in wrong.text
