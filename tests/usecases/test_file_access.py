"""Access to the case file, and consent with its withdrawal (L75.1, A1.10.5)."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest

from service.domain.deadlines import ZONE
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.consent import consent_of, withdraw_consent
from service.usecases.file_access import accesses_of, fetch_file, grant_access, request_access
from tests.program import Story
from tests.usecases.beside import duties


@pytest.mark.law("L75.1")
def test_the_applicant_asks_and_the_unit_has_three_working_days(story: Story) -> None:
    case, applicant = story.assigned(), story.applicant("company_head")
    access = request_access(story.program, case.id, applicant, "Шағым дайындау үшін")
    assert request_access(story.program, case.id, applicant).id == access.id
    (duty,) = duties(story, case, "give_case_file")
    assert duty.due_at == datetime(2023, 9, 15, 18, 30, tzinfo=ZONE)
    with pytest.raises(Forbidden):
        fetch_file(story.program, case.id, applicant)


@pytest.mark.law("L75.1", "L69.1")
def test_while_access_is_given_the_copies_can_be_fetched_and_each_time_is_written_down(story: Story) -> None:
    case, applicant = story.assigned(), story.applicant("company_head")
    access = request_access(story.program, case.id, applicant)
    for login in ("head", "chancellery"):
        with pytest.raises(Forbidden):
            grant_access(story.program, access.id, story.officer(login))
    with pytest.raises(InvalidAnswers):
        grant_access(story.program, access.id, story.officer("unit"), date(2023, 9, 11))
    given = grant_access(story.program, access.id, story.officer("unit"), date(2023, 9, 20), "Көшірмелерімен")
    assert not duties(story, case, "give_case_file")[0].is_open
    assert story.program.queries.case(case.id).notices[-1].kind == "file_access"
    with pytest.raises(NotLawful):
        grant_access(story.program, access.id, story.officer("unit"))
    with pytest.raises(Forbidden):
        fetch_file(story.program, case.id, story.applicant("entrepreneur"))
    package = fetch_file(story.program, case.id, applicant)
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(package.content)).namelist()
    assert story.said(case)[-1] == "file_fetched"
    story.at("2023-09-21T09:00:00")
    with pytest.raises(Forbidden):
        fetch_file(story.program, case.id, applicant)
    assert [found.id for found in accesses_of(story.program, case.id)] == [given.id]


@pytest.mark.law("L75.1")
def test_access_lasts_thirty_days_where_no_day_is_named(story: Story) -> None:
    case = story.assigned()
    access = request_access(story.program, case.id, story.applicant("company_head"))
    given = grant_access(story.program, access.id, story.officer("unit"))
    assert given.open_until == date(2023, 9, 12) + timedelta(days=30)


@pytest.mark.law("A1.10.5")
def test_the_state_of_the_consent_is_kept_with_its_time(story: Story) -> None:
    case = story.assigned()
    consent = consent_of(story.program, case.id)
    assert consent is not None
    assert (consent.given_at, consent.withdrawn_at) == (case.received_at, None)


@pytest.mark.law("A1.10.5")
def test_a_withdrawal_is_recorded_and_told_to_the_unit_and_moves_nothing_by_itself(story: Story) -> None:
    case, applicant = story.complete(), story.applicant("company_head")
    before = story.open_task(case).id
    with pytest.raises(Forbidden):
        withdraw_consent(story.program, case.id, story.applicant("entrepreneur"))
    withdrawn = withdraw_consent(story.program, case.id, applicant, "Келіспеймін")
    assert (withdrawn.withdrawn_at is not None, withdrawn.reason) == (True, "Келіспеймін")
    assert story.open_task(case).id == before
    officer = story.officer("unit").officer_id or 0
    assert "consent" in [note.kind for note in story.program.queries.notes(officer, set())]
    assert story.said(case)[-1] == "consent_withdrawn"
    with pytest.raises(NotLawful):
        withdraw_consent(story.program, case.id, applicant)
