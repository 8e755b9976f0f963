"""Three stories of duties around a case: minutes of a hearing, another calendar, another edition of the rules.

Each is told in three languages, by keyboard alone, and every page that is passed has no barrier.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser

from service.domain.case import Case
from service.usecases.applicant_acts import submit_position
from service.usecases.deploy_edition import deploy_edition
from service.usecases.load_calendar import load_calendar, preview_calendar
from service.usecases.minutes import MinutesPaper
from service.usecases.people import ADMINISTRATOR
from service.web.formats import date_long
from tests.browser.stories import House
from tests.browser.typist import Typist, at_the_keyboard
from tests.calendars import ACT, with_day
from tests.editions import files
from tests.program import Story
from tests.usecases.beside import minutes_of, signed

REMARK, ANSWER = "Сөзім толық жазылмаған.", "Ескерту тіркелді."
CHAIR, SECRETARY = "БӨЛІМОВА ҰЛЖАН ҮЛГІҚЫЗЫ", "КЕҢСЕБАЕВ БОЛАТ ҮЛГІҰЛЫ"
SPOKEN = {
    "minutes_place": "Астана, 401", "minutes_date": "23.04.2026", "minutes_start": "11:00", "minutes_end": "11:40",
    "minutes_chair": "БӨЛІМОВА ҰЛЖАН", "minutes_secretary": "КЕҢСЕБАЕВ БОЛАТ", "minutes_participants": "ҮЛГІБАЕВ",
    "minutes_question": "Хат", "minutes_explanations": "Шарт жасалады", "minutes_answers": "Шарт жоқ",
}  # fmt: skip


def to_be_heard(story: Story) -> Case:
    """The applicant has asked for an oral hearing, and its hour on 23 April has come."""
    case = story.invited("entrepreneur", hearing_on="2026-04-23")
    submit_position(story.program, case.id, story.applicant("entrepreneur"), "Келіспеймін.", wants_oral=True)
    story.at("2026-04-23T12:00:00")
    return case


@pytest.mark.law("L74.1", "R8.3", "A1.11.4")
def test_minutes_are_signed_by_two_remarked_on_and_answered(browser: Browser, told_house: House, language: str) -> None:
    case = told_house.meanwhile(to_be_heard)
    with at_the_keyboard(told_house, browser, language) as typist:
        typist.seat("unit")
        write_the_minutes(typist, case)
        name_the_signers_and_sign(typist, case)
        told_house.meanwhile(lambda story: sign_second(story, case))
        typist.seat("entrepreneur")
        typist.person.open(f"/cabinet/cases/{case.id}")
        typist.follow(typist.say("Remark on the minutes"))
        typist.reads("28.04.2026, 18:30")
        typist.fill(text=REMARK)
        typist.send("remark")
        typist.reads(typist.say("Waits for an answer"), REMARK)
        typist.person.picture("03-remark")
        typist.seat("unit")
        open_duty(typist, "answer_remarks")
        typist.reads(REMARK)
        typist.fill(answer=ANSWER)
        typist.send("duty")
        typist.sign()
        typist.reads(typist.say("Case %(number)s", number=case.number))
        typist.seat("entrepreneur")
        typist.person.open(f"/cabinet/cases/{case.id}")
        typist.reads(REMARK, ANSWER, typist.say("Answered"))
        typist.person.picture("04-answered")


def write_the_minutes(typist: Typist, case: Case) -> None:
    """What was said at the hearing is recorded with its outcome."""
    typist.open_task(case.number, "task_hold_hearing")
    typist.take(hearing_result="held")
    typist.fill(**SPOKEN)
    typist.take(outcome="refuse")
    typist.fill(outcome_reasons="Шарт жоқ")
    typist.person.picture("01-hearing")
    typist.send()
    typist.reads(typist.done("permit", "task_hold_hearing"))


def name_the_signers_and_sign(typist: Typist, case: Case) -> None:
    """From the list of duties to the first of the two signatures."""
    duty = typist.say("Sign the minutes of the hearing as chair")
    typist.follow(typist.say("Duties"))
    typist.follow(duty)
    typist.choose_in("chair", CHAIR)
    typist.choose_in("secretary", SECRETARY)
    typist.send("duty")
    typist.follow(duty)
    typist.reads(typist.say("Prepare the document and go to the signature"))
    typist.send("duty")
    typist.person.picture("02-minutes")
    typist.sign()
    typist.reads(typist.say("Case %(number)s", number=case.number))


def sign_second(story: Story, case: Case) -> None:
    """The secretary signs the very paper that the chair has signed."""
    signed(story, "chancellery", MinutesPaper(), case, minutes=minutes_of(story, case).id)


def open_duty(typist: Typist, kind: str) -> None:
    """Type the address of the open duty of a kind."""
    with typist.person.house.program.reading() as uow:
        (duty,) = [duty for duty in uow.duties.waiting() if duty.kind == kind]
    typist.person.open(f"/office/duties/{duty.id}")


@pytest.mark.law("D28", "L76.1", "D21", "A1.11.4")
def test_another_calendar_is_shown_first_and_then_moves_what_everybody_sees(
    browser: Browser, told_house: House, language: str
) -> None:
    case = told_house.meanwhile(lambda story: story.complete("entrepreneur"))
    changed = with_day("2026-04-24", "day_off")
    with at_the_keyboard(told_house, browser, language) as typist:
        shown = told_house.meanwhile(lambda story: preview_calendar(story.program, changed))
        assert {moved.element for moved in shown} == {"deadline_examination", "deadline_service"}
        typist.seat("unit")
        typist.open_task(case.number, "task_examine")
        typist.reads(f"{date_long(date(2026, 4, 24), language)}, 18:30")
        told_house.meanwhile(lambda story: load_calendar(story.program, changed, ACT, ADMINISTRATOR))
        typist.page.reload()
        typist.reads(
            f"{date_long(date(2026, 4, 27), language)}, 18:30",
            typist.say("Moved by a change of the working days or hours; before:"),
        )
        typist.reach(typist.page.locator(".deadline summary").first)
        typist.keys.press("Enter")
        typist.reads(typist.say("not counted"), ACT)
        typist.person.picture("01-moved")
        typist.person.open(f"/office/cases/{case.id}")
        typist.reach(typist.page.locator("summary").filter(has_text=typist.say("Journal of the case")))
        typist.keys.press("Enter")
        typist.reads(typist.say("The calendar moved the term: %(term)s.", term="").rstrip(": ."))
        typist.seat("entrepreneur")
        typist.person.open(f"/cabinet/cases/{case.id}")
        typist.reads("27.04.2026")
        typist.person.picture("02-applicant")


@pytest.mark.law("O1", "O3", "O4", "R12.1", "A1.11.4")
def test_a_new_edition_lays_duties_on_the_head_and_leaves_running_cases_as_they_were(
    browser: Browser, told_house: House, language: str
) -> None:
    running = told_house.meanwhile(lambda story: story.complete("entrepreneur"))
    changed = files(
        number='number = "700/НҚ"', start="in_force_from = 2026-04-23 ", registered="registered_on = 2026-04-20\n"
    )
    told_house.meanwhile(lambda story: deploy_edition(story.program, changed, ADMINISTRATOR))
    with at_the_keyboard(told_house, browser, language) as typist:
        typist.seat("head")
        typist.person.open("/office/duties")
        typist.follow(typist.say("Inform the operator of the e-government infrastructure of the changed rules"))
        typist.reads("28.04.2026, 18:30")
        typist.fill(result="№ 12, 21.04.2026")
        typist.send("duty")
        typist.reads(typist.say("Done last"))
        typist.person.picture("01-duties")
        typist.person.open(f"/office/cases/{running.id}")
        typist.reads("130/НҚ")
        told_house.meanwhile(lambda story: story.at("2026-04-23T10:00:00"))
        later = told_house.meanwhile(lambda story: story.filed("company_head"))
        typist.seat("unit")
        typist.person.open(f"/office/cases/{later.id}")
        typist.reads("700/НҚ")
        typist.person.open("/rules")
        typist.reads("700/НҚ")
