"""Three stories of duties around a case: minutes of a hearing, another calendar, another edition of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from service.demo.world import World
from service.domain.case import Case
from service.usecases.applicant_acts import submit_position
from service.usecases.deploy_edition import deploy_edition
from service.usecases.load_calendar import load_calendar, preview_calendar
from service.usecases.people import ADMINISTRATOR
from tests.browser.base_browser import violations
from tests.browser.stories import House, opened_house
from tests.browser.test_story_keyboard import Typist, enter
from tests.calendars import ACT, with_day
from tests.databases import SQLiteDatabases
from tests.editions import files
from tests.program import Story
from tests.usecases.beside import HELD

REMARK = "Хаттамада менің сөзім толық жазылмаған."
CHAIR, SECRETARY = "БӨЛІМОВА ҰЛЖАН ҮЛГІҚЫЗЫ", "КЕҢСЕБАЕВ БОЛАТ ҮЛГІҰЛЫ"
ANSWER = "Ескертуіңіз хаттамаға қоса тіркелді."


@pytest.fixture
def house(furnished_sqlite: SQLiteDatabases, world: World, tmp_path: Path) -> Iterator[House]:
    """A house for each story: a calendar and an edition hold for everybody in it."""
    with opened_house(furnished_sqlite.create(tmp_path), tmp_path, world) as found:
        yield found


def heard(story: Story) -> Case:
    """An oral hearing was held on 23 April at 11:00, and what was said is recorded."""
    case = story.invited("entrepreneur", hearing_on="2026-04-23")
    submit_position(story.program, case.id, story.applicant("entrepreneur"), "Келіспеймін.", wants_oral=True)
    story.at("2026-04-23T12:00:00")
    return story.work("unit", case, "task_hold_hearing", **{**HELD, "minutes_date": "2026-04-23"})


@pytest.mark.law("L74.1", "R8.3")
def test_minutes_are_signed_by_two_remarked_on_and_answered(browser: Browser, house: House) -> None:
    case = house.meanwhile(heard)
    with house.visitor(browser, "kk") as person:
        unit = enter(Typist(person), "unit")
        unit.follow("Міндеттер")
        unit.follow("Тыңдау хаттамасына қол қою")
        unit.choose("Төрағалық етуші ретінде кім қол қояды", CHAIR)
        unit.choose("Хатшы ретінде кім қол қояды", SECRETARY)
        unit.press("Қол қоюшыларды белгілеу")
        person.sees("Міндеттер")
        sign_minutes(unit)
    with house.visitor(browser, "kk") as person:
        sign_minutes(enter(Typist(person), "chancellery"))
    with house.applicant(browser, "entrepreneur", "ru") as person:
        person.follow(case.number)
        person.reads("Протокол заслушивания № TH-2026-000001")
        remark(Typist(person))
        person.picture("02-remark")
    with house.visitor(browser, "kk") as person:
        unit = enter(Typist(person), "unit")
        unit.follow("Міндеттер")
        unit.follow("Хаттамаға ескертулерге жауап беру")
        person.reads(REMARK)
        unit.write("Ескертуге жауап", ANSWER)
        unit.press("Құжатты дайындап, қол қоюға өту")
        unit.press("NCALayer арқылы қол қою")
        person.reads("Қол қойылды")
    with house.applicant(browser, "entrepreneur", "ru") as person:
        person.follow(case.number)
        person.reads(REMARK, ANSWER, "Дан ответ")
        assert violations(person.page) == []
        person.picture("03-answered")


def sign_minutes(typist: Typist) -> None:
    """From the list of duties to the signature."""
    typist.person.open("/office/")
    typist.follow("Міндеттер")
    typist.follow("Тыңдау хаттамасына қол қою")
    typist.person.sees("Тыңдау хаттамасына қол қою")
    assert violations(typist.page) == []
    typist.press("Құжатты дайындап, қол қоюға өту")
    typist.person.picture("01-minutes")
    typist.press("NCALayer арқылы қол қою")
    typist.person.reads("Қол қойылды")


def remark(typist: Typist) -> None:
    """The applicant reads the minutes and remarks on them in time."""
    typist.follow("Замечание к протоколу")
    typist.person.reads("В срок до ")
    typist.write("Ваше замечание", REMARK)
    typist.press("Отправить замечание")
    typist.person.reads("Ждёт ответа", REMARK)


@pytest.mark.law("D28", "L76.1", "D21")
def test_another_calendar_is_shown_first_and_then_moves_what_everybody_sees(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.complete("entrepreneur"))
    changed = with_day("2026-04-24", "day_off")
    with house.officer(browser, "unit") as unit, house.applicant(browser, "entrepreneur", "kk") as applicant:
        unit.work_on(case.number, "Examine for conformity with the rules")
        unit.reads("24 April 2026, 18:30")
        shown = house.meanwhile(lambda story: preview_calendar(story.program, changed))
        assert {moved.element for moved in shown} == {"deadline_examination", "deadline_service"}
        unit.page.reload()
        unit.reads("24 April 2026, 18:30")
        house.meanwhile(lambda story: load_calendar(story.program, changed, ACT, ADMINISTRATOR))
        unit.page.reload()
        unit.reads("27 April 2026, 18:30", "Moved by a change of the calendar; before:")
        unit.page.get_by_text("Why this date").first.click()
        unit.reads(ACT)
        assert violations(unit.page) == []
        unit.picture("01-moved")
        unit.open(f"/office/cases/{case.id}")
        unit.page.get_by_text("Journal of the case").click()
        unit.reads("The calendar moved the term")
        applicant.follow(case.number)
        applicant.reads("27.04.2026")
        applicant.picture("02-applicant")


@pytest.mark.law("O1", "O3", "O4", "R12.1")
def test_a_new_edition_lays_duties_on_the_head_and_leaves_running_cases_as_they_were(
    browser: Browser, house: House
) -> None:
    running = house.meanwhile(lambda story: story.complete("entrepreneur"))
    changed = files(
        number='number = "700/НҚ"', start="in_force_from = 2026-04-23 ", registered="registered_on = 2026-04-20\n"
    )
    house.meanwhile(lambda story: deploy_edition(story.program, changed, ADMINISTRATOR))
    with house.visitor(browser, "kk") as person:
        head = enter(Typist(person), "head")
        head.follow("Міндеттер")
        person.sees("Міндеттер")
        assert violations(person.page) == []
        person.picture("01-duties")
    with house.officer(browser, "head") as english:
        english.open("/office/duties")
        english.follow("Inform the operator of the e-government infrastructure of the changed rules")
        english.reads("28.04.2026, 18:30")
        english.answer(result="Letter No. 12 of 21.04.2026")
        english.press("The duty is done")
        english.reads("Done last")
        english.open(f"/office/cases/{running.id}")
        english.reads("130/НҚ")
    house.meanwhile(lambda story: story.at("2026-04-23T10:00:00"))
    later = house.meanwhile(lambda story: story.complete("company_head"))
    with house.officer(browser, "unit", "ru") as unit:
        unit.open(f"/office/cases/{later.id}")
        unit.reads("700/НҚ")
        unit.open("/rules")
        unit.reads("700/НҚ")
