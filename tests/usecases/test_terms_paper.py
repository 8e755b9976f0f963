"""How each date of a case was counted, as people read it: every term by its name, its days and its point (D25)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from service.domain.case import Case
from service.usecases.extend_term import extend_term
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.terms_paper import terms_proof_paper
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.calendars import ACT, with_day
from tests.complaints import Complaints
from tests.papers import pdf_text
from tests.program import DOES_NOT, HEARING, Story

pytestmark = pytest.mark.printed


def read(story: Story, case: Case) -> str:
    """The paper's text on one line."""
    return " ".join(pdf_text(terms_proof_paper(story.program, case.id, term_words())).split())


def heard(story: Story) -> Case:
    """A case whose applicant did not answer the invitation to a hearing; a refusal waits for its first lawful day."""
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-13")
    story.at("2023-09-14T18:31")
    return story.work(
        "unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ"
    )


@pytest.mark.law("D25", "L69.1")
def test_the_same_case_gives_the_same_paper(story: Story) -> None:
    case = story.assigned()
    assert len({terms_proof_paper(story.program, case.id, term_words()) for _ in range(2)}) == 1


@pytest.mark.law("D25", "A1.4", "O1")
def test_each_date_tells_its_term_its_days_and_its_point_in_words(story: Story) -> None:
    said = read(story, story.assigned())
    assert "Қызмет көрсету мерзімі: 5 (бес) жұмыс күні / Срок оказания услуги: 5 (пять) рабочих дней" in said
    assert "Қағидаларға 1-қосымшаның 4-жолы / строка 4 приложения 1 к Правилам" in said
    assert "Құжаттар толықтығын тексеру: 2 (екі) жұмыс күні / Проверить полноту документов" in said
    assert "Қағидалардың 6-тармағы / пункт 6 Правил" in said
    assert "Отсчёт от дня (сам он не считается): 12.09.2023" in said
    assert "5: 13.09.2023, 14.09.2023, 15.09.2023, 18.09.2023, 19.09.2023" in said
    assert "16.09.2023 – Демалыс күні (сенбі) / Выходной день (суббота)" in said
    assert "1 (№ 130/НҚ, 01.06.2023)" in said
    assert "Календарь рабочих дней, версия: 1" in said
    assert not [code for code in ("A1.4", "D24", "D26", "L73", "Талап") if code in said]


@pytest.mark.law("D25", "L73.1", "R5.1")
def test_a_day_that_must_come_first_is_no_end_at_midnight(story: Story) -> None:
    said = read(story, heard(story))
    waits = said.split("Подписать мотивированный отказ: 3 (три) рабочих дня")[1]
    assert "статья 73 (1) АППК" in waits
    assert "3: 13.09.2023, 14.09.2023, 15.09.2023" in waits
    assert "Осы күннен ерте емес / Не ранее этого дня: 15.09.2023" in waits
    assert "00:00" not in said


@pytest.mark.law("R8.2", "D25")
def test_a_missed_term_is_not_told_to_be_over_while_its_task_is_open(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T12:00:00")
    of_check = read(story, case).split("Проверить полноту документов")[1]
    assert "Мерзім бұзылды / Срок нарушен" in of_check
    assert "Фактически завершён" not in of_check


@pytest.mark.law("L76.3", "D25")
def test_a_moved_term_keeps_its_first_end_and_says_why(story: Story) -> None:
    case = story.complete()
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 2), "Сараптама қажет")
    of_service = read(story, case).split("Срок оказания услуги")[1]
    assert "Первоначальное окончание: 19.09.2023, 18:30" in of_service
    assert "Неге өзгертілді / Почему изменён: Сараптама қажет" in of_service
    assert "Окончание срока: 02.10.2023, 18:30" in of_service


@pytest.mark.law("D25", "L100.1", "L76.1")
def test_terms_of_an_earlier_round_are_counted_from_their_own_days(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    complaints.at("2023-09-20T10:00")
    complaints.reviewed(complaint, "send_back", violations="Кепілдік хат қаралмаған")
    told = json.loads(terms_proof(complaints.program, refused.id, term_words()))["content"]["terms"]
    service = [term["counted"]["from"] for term in told if term["element"] == "deadline_service"]
    assert service == ["2023-09-12", "2023-09-20"]
    uncounted = {term["element"] for term in told if term["counted"] is None}
    assert uncounted == {"timer_registration_day", "deadline_assignment"}


@pytest.mark.law("D28", "D25", "L76.3", "L92.1")
def test_the_paper_tells_duties_the_person_s_own_terms_and_every_calendar(complaints: Complaints) -> None:
    case = complaints.complete()
    load_calendar(complaints.program, with_day("2023-09-15", "day_off"), ACT, ADMINISTRATOR)
    extend_term(complaints.program, case.id, complaints.officer("head"), date(2023, 10, 2), "Сараптама қажет")
    said = read(complaints, case)
    assert "Календарь рабочих дней, версия: 1, 2" in said
    of_check = said.split("Проверить полноту документов: 2 (два) рабочих дня")[1]
    assert "Календарь рабочих дней, версия: 1" in of_check.split("Рассмотреть")[0]
    assert "15.09.2023 – Ауыстырылған күн / Перенесённый день" in said
    of_notice = said.split("Уведомить заявителя о продлении срока: в течение 3 рабочих дней")[1]
    assert "статья 76 (3) АППК" in of_notice
    assert "3: 13.09.2023, 14.09.2023, 18.09.2023" in of_notice
    said = read(complaints, complaints.not_considered())
    of_complaint = said.split("Жалоба (Уведомление об отказе в дальнейшем рассмотрении документов")[1]
    assert "в течение 3 месяцев" in of_complaint
    assert "Окончание срока: 12.12.2023" in of_complaint
