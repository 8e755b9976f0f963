"""The hearing: notices in time and late, bases on which none is held, answers of the applicant, grounds not heard."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.demo.people import Paper, pdf
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import Hearing
from service.domain.documents import NotConsidered
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.refusals import COURT_GROUNDS, require_lawful_refusal
from service.program import Program
from service.usecases.applicant_acts import submit_position
from service.usecases.audit import audit
from service.usecases.dated_settings import change_setting
from service.usecases.extend_term import extend_term
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.people import ADMINISTRATOR
from service.usecases.sign_document import prepare_document
from service.usecases.task_files import add_task_file
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.papers import pdf_text
from tests.program import DOES_NOT, HEARING, LETTER, TRADE, Story
from tests.usecases.test_dated_settings import DECREE, SEPTEMBER_14, SHORT
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

BASIS = "Мерзім Кодекстің 76-бабы бойынша ұзартылды"
REFUSED = {"hearing_result": "written", "outcome": "refuse", "outcome_reasons": "Негіз сақталды"}
GROUND_1 = {
    "ground_1_document": "Сатып алу-сату шарты",
    "ground_1_data": "Шарттың күні",
    "ground_1_established": "Мемлекеттік тізіліммен салыстыру",
}
REQUEST = {"hearing": "exempt", "exemption": "applicant_request", "exemption_reason": "Өтініш берушінің хаты"}


def says(story: Story, case: Case, *, oral: bool = False) -> None:
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=oral)


def with_paper(story: Story, case: Case) -> None:
    """The officer attaches the paper on which an exemption rests."""
    task, content = story.open_task(case), pdf("Өтініш", "12")
    add_task_file(story.program, task.id, story.officer("unit"), "exemption_document", "өтініш.pdf", content)


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


@pytest.mark.law("L73.2")
def test_the_applicants_own_request_is_a_basis_only_with_the_request_itself(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **REQUEST)
    assert set(refused.value.data["errors"]) == {"exemption_document"}
    with_paper(story, case)
    story.work("unit", case, "task_invite_hearing", **REQUEST)
    story.work("head", case, "task_sign_refusal", decision="sign")
    assert story.now(case).outcome == "refused"


@pytest.mark.law("L73.2", "A1.10.3")
def test_one_ground_that_is_no_court_act_needs_a_hearing(story: Story) -> None:
    court = {"ground_3_court": "Астана соты", "ground_3_number": "1-2", "ground_3_date": "2023-06-01"}
    grounds = {**DOES_NOT, "grounds": ["ground_2", "ground_3"], **court, "ground_3_in_force": "2023-07-03"}
    case = story.work("unit", story.complete(), "task_examine", **grounds)
    with_paper(story, case)
    answers = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **answers)
    assert refused.value.data["errors"]["exemption"].code == "no_court_ground"


@pytest.mark.printed
@pytest.mark.law("L73.2", "A1.10.3", "A1.10.4", "R7.3")
@pytest.mark.parametrize("ground", sorted(COURT_GROUNDS))
def test_a_court_act_stands_in_the_refusal_and_its_hearing_may_be_left_out(story: Story, ground: str) -> None:
    act = {"court": "Астана қаласының соты", "number": "1-23/77", "date": "2023-06-01", "in_force": "2023-07-03"}
    told = {f"{ground}_{name}": value for name, value in act.items()}
    examined = {"conforms": "no", "grounds": [ground], "conclusion": "Сот актісі күшінде", **told}
    case = story.work("unit", story.complete(), "task_examine", **{**DOES_NOT, **examined})
    with_paper(story, case)
    answers = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
    story.work("unit", case, "task_invite_hearing", **answers)
    story.work("head", case, "task_sign_refusal", decision="sign")
    view = story.program.queries.case(case.id)
    assert (view.case.outcome, [paper.kind for paper in view.documents]) == ("refused", ["refusal"])
    text = " ".join(pdf_text(story.program.files.read(view.documents[0].sha256)).split())
    for fact in (act["court"], act["number"], "01.06.2023", "03.07.2023"):
        assert fact in text, fact


@pytest.mark.law("L73.2")
@pytest.mark.parametrize(
    ("basis", "code"), [("favourable_act", "not_favourable"), ("simplified_procedure", "not_simplified")]
)
def test_a_basis_that_cannot_stand_before_a_refusal_is_refused(story: Story, basis: str, code: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    with_paper(story, case)
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", hearing="exempt", exemption=basis, exemption_reason="Себебі")
    assert refused.value.data["errors"]["exemption"].code == code


@pytest.mark.printed
@pytest.mark.law("L73.2", "A4.4")
def test_urgent_protection_needs_its_document_and_its_reasons_stand_in_the_refusal(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    why = "Үшінші тұлғалардың мүлкіне тікелей қауіп төнді"
    urgent = {"hearing": "exempt", "exemption": "urgent_protection", "exemption_reason": why}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **urgent)
    assert set(refused.value.data["errors"]) == {"exemption_document"}
    with_paper(story, case)
    story.work("unit", case, "task_invite_hearing", **urgent)
    story.work("head", case, "task_sign_refusal", decision="sign")
    refusal = story.program.queries.case(case.id).documents[-1]
    text = " ".join(pdf_text(story.program.files.read(refusal.sha256)).split())
    assert why in text
    assert "құқықтарды кейінге қалдырмай қорғау қажет" in text


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


@pytest.mark.law("R8.3", "L73.4", "R8.4")
def test_a_silent_applicant_makes_nobody_late_and_the_silence_is_recorded_the_next_morning(story: Story) -> None:
    case = story.invited()
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
    case = story.invited()
    story.at("2023-09-14T18:31:00")
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 20), "Тексеру ұзаққа созылды")
    assert local(story.open_task(case).due_at).isoformat() == "2023-10-20T18:30:00+06:00"
    assert "until 20.10.2023, 18:30" in text(Office(story).desk("unit").get(f"/office/cases/{case.id}"))


@pytest.mark.law("R8.3", "L73.4")
def test_no_page_calls_anybody_late_after_the_term_of_a_silent_applicant(story: Story) -> None:
    case = story.invited()
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
    assert len(told) == 3


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


@pytest.mark.law("R8.1", "A1.8.1")
@pytest.mark.parametrize("hour", ["03:00", "08:59", "13:00", "14:29", "18:30", "23:30"])
@pytest.mark.parametrize("way", ["online", "office"])
def test_an_oral_hearing_outside_of_working_hours_is_refused_with_the_hours(story: Story, hour: str, way: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    answers = {**HEARING, "hearing_on": "2023-09-14", "hearing_time": hour, "hearing_way": way}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **answers)
    assert set(refused.value.data["errors"]) == {"hearing_time"}
    problem = refused.value.data["errors"]["hearing_time"]
    assert problem.code == "outside_hours"
    assert problem.data == {"opens": "09:00", "closes": "18:30", "break_from": "13:00", "break_until": "14:30"}


@pytest.mark.law("R8.1", "A1.8.1")
@pytest.mark.parametrize(
    ("hour", "way"), [("09:00", "online"), ("12:59", "office"), ("14:30", "office"), ("20:00", "written")]
)
def test_a_hearing_in_working_hours_or_in_writing_is_invited_to(story: Story, hour: str, way: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    answers = {**HEARING, "hearing_on": "2023-09-14", "hearing_time": hour, "hearing_way": way}
    assert story.work("unit", case, "task_invite_hearing", **answers).notified_on == date(2023, 9, 12)


@pytest.mark.law("R8.1", "A1.8.1")
def test_the_hours_of_an_oral_hearing_are_those_of_its_day(story: Story) -> None:
    change_setting(story.program, "working_hours", SEPTEMBER_14, SHORT, DECREE, ADMINISTRATOR)
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    late = {**HEARING, "hearing_on": "2023-09-14", "hearing_time": "18:00", "hearing_way": "office"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **late)
    assert refused.value.data["errors"]["hearing_time"].data["closes"] == SHORT["closes"]
