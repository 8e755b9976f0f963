"""The hearing: notices in time and late, bases on which none is held, answers of the applicant, grounds not heard."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.demo.people import Paper, pdf
from service.domain.case import Case
from service.domain.decisions import Hearing
from service.domain.documents import NotConsidered
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.refusals import require_lawful_refusal
from service.program import Program
from service.usecases.audit import audit
from service.usecases.sign_document import prepare_document
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.papers import pdf_text
from tests.program import DOES_NOT, HEARING, LETTER, TRADE, Story
from tests.usecases.hearings import BASIS, REFUSED, REQUEST, says, with_paper

GROUND_1 = {
    "ground_1_document": "Сатып алу-сату шарты",
    "ground_1_data": "Шарттың күні",
    "ground_1_established": "Мемлекеттік тізіліммен салыстыру",
}


@pytest.mark.law("R8.2", "R8.1")
@pytest.mark.parametrize("basis", ["", BASIS])
def test_a_late_notice_stays_a_breach_and_its_basis_stands_beside_it(story: Story, basis: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    story.at("2023-09-15T10:00:00")
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-18", late_basis=basis)
    breaches = story.program.queries.case(case.id).breaches
    assert [(breach.element, breach.reason) for breach in breaches] == [("deadline_hearing_notice", basis)]


@pytest.mark.law("R8.2", "L73.2")
def test_an_exemption_recorded_late_stands_beside_the_breach(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    story.at("2023-09-15T10:00:00")
    with_paper(story, case)
    story.work("unit", case, "task_invite_hearing", **REQUEST)
    (breach,) = story.program.queries.case(case.id).breaches
    assert breach.reason == REQUEST["exemption_reason"]


@pytest.mark.law("R8.1", "D2")
def test_a_case_examined_after_the_last_day_for_a_notice_bears_the_mark_at_once(story: Story) -> None:
    case = story.complete()
    story.at("2023-09-15T10:00:00")
    story.work("unit", case, "task_examine", **DOES_NOT)
    breaches = story.program.queries.case(case.id).breaches
    assert [breach.element for breach in breaches] == ["deadline_hearing_notice"]


@pytest.mark.law("L73.3")
def test_a_hearing_that_was_asked_for_by_word_of_mouth_is_not_held_in_writing(story: Story) -> None:
    case = story.invited()
    says(story, case, oral=True)
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_hold_hearing", **REFUSED)
    assert refused.value.data["errors"]["hearing_result"].code == "oral_asked_for"


@pytest.mark.law("R8.4", "L73.4")
def test_a_written_answer_can_be_recorded_only_when_there_is_one(story: Story) -> None:
    case = story.invited()
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_hold_hearing", **REFUSED)
    assert refused.value.data["errors"]["hearing_result"].code == "no_position"
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    assert "hearing_recorded" in story.said(case)


@pytest.mark.law("L73.3")
def test_an_answer_after_the_hearing_is_late_only_after_the_two_days(story: Story) -> None:
    case = story.invited()
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    story.at("2023-09-14T18:00:00")
    says(story, case)
    story.at("2023-09-14T18:31:00")
    says(story, case)
    view = story.program.queries.case(case.id)
    assert [position.late for position in view.positions] == [False, False, True]
    officer = story.officer("unit").officer_id or 0
    told = [note.kind for note in story.program.queries.notes(officer, set()) if note.kind == "position"]
    assert len(told) == 2, "both that came after the hearing; the first was considered there"


def sent_back(story: Story) -> Case:
    """The head has sent back a refusal that was ready to be signed after its hearing."""
    case = story.invited()
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    story.at("2023-09-15T10:00:00")
    return story.work("head", case, "task_sign_refusal", decision="return", return_reason="Негізді қайта қараңыз")


@pytest.mark.law("R8.1", "R8.4")
def test_a_new_ground_needs_a_hearing_of_its_own(story: Story) -> None:
    case = story.work("unit", sent_back(story), "task_examine", **{**DOES_NOT, "grounds": ["ground_1"], **GROUND_1})
    assert story.open_task(case).element == "task_invite_hearing"


@pytest.mark.law("R8.4")
def test_a_ground_that_was_heard_needs_no_second_hearing(story: Story) -> None:
    case = story.work("unit", sent_back(story), "task_examine", **DOES_NOT)
    assert story.open_task(case).element == "task_sign_refusal"


@pytest.mark.law("R8.4", "L73.1")
def test_grounds_that_a_hearing_has_answered_for_the_applicant_need_another_hearing(story: Story) -> None:
    case = story.invited()
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **{**REFUSED, "outcome": "grant"})
    story.work("head", case, "task_sign_permit", decision="return", return_reason="Негізді қайта қараңыз")
    case = story.work("unit", case, "task_examine", **DOES_NOT)
    assert story.open_task(case).element == "task_invite_hearing"


@pytest.mark.law("L73.3", "R8.4")
def test_an_oral_hearing_that_is_asked_for_in_time_is_owed_also_after_another_result_was_recorded(story: Story) -> None:
    case = story.invited()
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    says(story, case, oral=True)
    story.at("2023-09-15T10:00:00")
    with pytest.raises(NotLawful) as owed:
        story.work("head", case, "task_sign_refusal", decision="sign")
    assert (owed.value.data["reason"], owed.value.data["law"]) == ("oral_hearing_owed", "L73.3")
    story.work("head", case, "task_sign_refusal", decision="return", return_reason="Ауызша тыңдау сұралды")
    case = story.work("unit", case, "task_examine", **DOES_NOT)
    assert story.open_task(case).element == "task_invite_hearing"
    assert list(audit(story.program)) == []


@pytest.mark.law("D25", "R8.3")
def test_the_proof_counts_each_hearing_of_a_round_from_its_own_invitation(story: Story) -> None:
    case = story.invited()
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **{**REFUSED, "outcome": "grant"})
    story.work("head", case, "task_sign_permit", decision="return", return_reason="Негізді қайта қараңыз")
    story.work("unit", case, "task_examine", **DOES_NOT)
    story.at("2023-09-14T10:00:00")
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-18")
    told = json.loads(terms_proof(story.program, case.id, term_words()))["content"]["terms"]
    hearings = [term for term in told if term["element"] == "deadline_hearing"]
    assert [term["counted"]["from"] for term in hearings] == ["2023-09-12", "2023-09-14"]


@pytest.mark.law("L73.3")
def test_an_oral_hearing_that_is_asked_for_late_is_owed_to_nobody(story: Story) -> None:
    case = story.invited()
    says(story, case)
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    story.at("2023-09-15T10:00:00")
    says(story, case, oral=True)
    story.work("head", case, "task_sign_refusal", decision="sign")
    assert story.program.queries.case(case.id).documents[-1].kind == "refusal"


@pytest.mark.law("R8.1", "R8.4")
def test_no_refusal_rests_on_a_ground_that_was_not_heard() -> None:
    hearing = Hearing(case_id=1, grounds=["ground_2"], settled_at=datetime(2023, 9, 14, tzinfo=UTC))
    day = date(2023, 9, 15)
    require_lawful_refusal(hearing, ["ground_2"], day, day)
    with pytest.raises(NotLawful):
        require_lawful_refusal(hearing, ["ground_1"], day, day)
    hearing.outcome = "grant"
    with pytest.raises(NotLawful):
        require_lawful_refusal(hearing, ["ground_2"], day, day)


class Press:
    """Remembers the document that it was to print and prints any page."""

    def __init__(self) -> None:
        self.document: Any = None

    def render(self, document: Any, **_more: Any) -> bytes:
        self.document = document
        return pdf("Хабарлама", "1")

    def problem(self, _files: Any) -> None:
        return None


@pytest.mark.law("R6.2", "R6.3", "D7")
def test_the_notice_names_each_paper_that_has_expired_with_its_own_day(story: Story) -> None:
    unit, kind = str(story.officer("unit").officer_id), "sale_contract"
    days = (date(2023, 9, 11), date(2023, 8, 1), date(2023, 9, 12))
    papers = [Paper(kind, f"Шарт {day}", str(day.day), valid_until=day) for day in days]
    case = story.file("company_head", TRADE, [*papers, LETTER])
    story.work("chancellery", case, "task_assign", executor=unit)
    story.work("unit", case, "task_check_completeness", complete="no", expired_items=[kind])
    press = Press()
    program: Program = replace(story.program, press=press)
    prepare_document(program, story.open_task(case).id, story.officer("head"), {"decision": ["sign"]})
    notice: NotConsidered = press.document
    assert [item.valid_until for item in notice.items] == [date(2023, 9, 11), date(2023, 8, 1)]


@pytest.mark.printed
@pytest.mark.law("A4.4", "R8.3")
def test_a_refusal_after_a_written_hearing_names_no_oral_one_though_the_invitation_offered_it(story: Story) -> None:
    case = story.invited()
    says(story, case)
    story.at("2023-09-14T12:00:00")
    story.work("unit", case, "task_hold_hearing", **REFUSED)
    story.at("2023-09-15T10:00:00")
    story.work("head", case, "task_sign_refusal", decision="sign")
    refusal = story.program.queries.case(case.id).documents[-1]
    text = " ".join(pdf_text(story.program.files.read(refusal.sha256)).split())
    assert "жазбаша түрде өткізілді, 14.09.2023 күні аяқталды" in text
    assert "бейнеконференция" not in text
