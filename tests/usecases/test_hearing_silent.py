"""Who says nothing to a written hearing makes nobody late; an oral one is held in time (R8.3, L73.4, L74.1)."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.deadlines import local
from service.usecases.audit import audit
from service.usecases.extend_term import extend_term
from service.usecases.fire_deadlines import fire_deadlines
from tests.program import Story
from tests.usecases.hearings import says
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

NOBODY_CAME = {
    "hearing_result": "held", "minutes_place": "Астана", "minutes_date": "2023-09-14", "minutes_start": "11:00",
    "minutes_end": "11:30", "minutes_chair": "Бекова А.", "minutes_secretary": "Оспанов Д.",
    "minutes_participants": "Бекова А., Оспанов Д.; көрсетілетін қызметті алушы келмеді",
    "minutes_question": "Алдын ала шешім", "minutes_explanations": "Айтылған жоқ", "minutes_answers": "Болған жоқ",
    "outcome": "refuse", "outcome_reasons": "Негіз сақталды",
}  # fmt: skip


@pytest.mark.law("R8.3", "L73.4", "R8.4")
def test_a_silent_applicant_makes_nobody_late_and_the_silence_is_recorded_the_next_morning(story: Story) -> None:
    case = story.invited(hearing_way="written")
    story.at("2023-09-14T18:31:00")
    fire_deadlines(story.program)
    view, task = story.program.queries.case(case.id), story.open_task(case)
    assert [breach.element for breach in view.breaches] == []
    assert "term_kept" in story.said(case)
    assert "head_told" not in story.said(case)
    assert task.element == "task_hold_hearing"
    assert local(task.due_at).isoformat() == "2023-09-19T18:30:00+06:00"
    story.at("2023-09-15T09:30:00")
    silent = {"hearing_result": "silent", "outcome": "refuse", "outcome_reasons": "Негіз сақталды"}
    story.work("unit", case, "task_hold_hearing", **silent)
    story.work("head", case, "task_sign_refusal", decision="sign")
    assert story.program.queries.case(case.id).breaches == []
    assert list(audit(story.program)) == []


@pytest.mark.law("L76.3", "R8.3")
def test_a_longer_term_moves_the_task_whose_own_term_was_kept(story: Story) -> None:
    case = story.invited(hearing_way="written")
    story.at("2023-09-14T18:31:00")
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 20), "Тексеру ұзаққа созылды")
    assert local(story.open_task(case).due_at).isoformat() == "2023-10-20T18:30:00+06:00"
    assert "until 20.10.2023, 18:30" in text(Office(story).desk("unit").get(f"/office/cases/{case.id}"))


@pytest.mark.law("R8.3", "L73.4")
def test_no_page_calls_anybody_late_after_the_term_of_a_silent_applicant(story: Story) -> None:
    case = story.invited(hearing_way="written")
    story.at("2023-09-14T18:31:00")
    fire_deadlines(story.program)
    unit, seat = Office(story).desk("unit"), Cabinet(story).seat("company_head")
    for page in (unit.open(case), unit.get(f"/office/cases/{case.id}")):
        said = text(page)
        assert "Late: the term has passed" not in said
        assert "19" in said.partition("This task is due")[2][:40] or "until 19.09.2023, 18:30" in said
    assert "3 working days left" in text(unit.get("/office/"))
    said = text(seat.get(f"/cabinet/cases/{case.id}"))
    assert "This step ends by 19 September 2023, 18:30" in said
    assert "They are late" not in said


@pytest.mark.law("R8.3", "R8.2")
@pytest.mark.parametrize("oral", [False, True])
def test_an_applicant_who_spoke_in_time_is_heard_in_time_or_the_term_is_missed(story: Story, oral: bool) -> None:
    case = story.invited()
    says(story, case, oral=oral)
    story.at("2023-09-14T18:31:00")
    fire_deadlines(story.program)
    assert [breach.element for breach in story.program.queries.case(case.id).breaches] == ["deadline_hearing"]
    assert "head_told" in story.said(case)
    assert list(audit(story.program)) == []


@pytest.mark.law("R8.3", "R8.1", "R8.2")
@pytest.mark.parametrize("way", ["online", "office"])
def test_an_oral_hearing_that_nobody_has_recorded_is_missed_whoever_is_silent(story: Story, way: str) -> None:
    case = story.invited(hearing_way=way)
    story.at("2023-09-14T18:31:00")
    fire_deadlines(story.program)
    assert [breach.element for breach in story.program.queries.case(case.id).breaches] == ["deadline_hearing"]
    assert "term_kept" not in story.said(case)
    assert "head_told" in story.said(case)
    assert list(audit(story.program)) == []


@pytest.mark.law("R8.3", "L74.1", "L73.1")
def test_an_oral_hearing_to_which_nobody_came_is_kept_by_its_minutes(story: Story) -> None:
    case, unit = story.invited(), Office(story).desk("unit")
    told = "Record the oral hearing by 14.09.2023, 18:30, also where nobody has come: its minutes say so."
    assert told in text(unit.open(case))
    story.at("2023-09-14T12:00:00")
    story.work("unit", case, "task_hold_hearing", **NOBODY_CAME)
    story.at("2023-09-15T09:30:00")
    story.work("head", case, "task_sign_refusal", decision="sign")
    assert story.program.queries.case(case.id).breaches == []


@pytest.mark.law("R8.3", "L73.4")
def test_of_a_written_hearing_or_after_its_term_no_page_asks_for_minutes_of_an_oral_one(story: Story) -> None:
    asked, unit = "Record the oral hearing by", Office(story).desk("unit")
    written, oral = story.invited(hearing_way="written"), story.invited("entrepreneur")
    assert asked not in text(unit.open(written))
    assert asked in text(unit.open(oral))
    says(story, written, oral=True)
    assert asked in text(unit.open(written))
    story.at("2023-09-14T18:31:00")
    fire_deadlines(story.program)
    assert asked not in text(unit.open(oral))
