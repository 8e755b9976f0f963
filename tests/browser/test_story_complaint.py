"""Two stories of a complaint: the provider satisfies it; the timer sends it on and a cancelled permit is restored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, RegisterChange
from tests.browser.base_browser import violations
from tests.browser.stories import House, Person, chosen_file
from tests.browser.test_story_keyboard import Typist, enter, sign_in
from tests.program import CONFORMS, DOES_NOT, HEARING, LETTER, Story

REVIEW = {"proposal": "satisfy", "remedy": "permit", "opinion": "Жалға алу шарты өтінішке тіркелген екен"}


def refused(story: Story) -> Case:
    """A refusal after a hearing at which the applicant kept silent."""
    case = story.work("unit", story.complete("entrepreneur"), "task_examine", **DOES_NOT)
    today = local(story.program.clock.now()).date()
    days = story.program.calendar
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on=days.after(today, 2).isoformat())
    story.at(f"{days.after(today, 3)}T10:00")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Үндемеді")
    return story.work("head", case, "task_sign_refusal", decision="sign")


@pytest.mark.law("R13.2", "R13.4", "L64.1", "L92.1", "L93.1", "L97.1", "R11.1")
def test_the_provider_satisfies_a_complaint_and_the_permit_is_issued(browser: Browser, house: House) -> None:
    case = house.meanwhile(refused)
    with house.applicant(browser, "entrepreneur") as applicant:
        number = complain(applicant, case.number)
    with house.officer(browser, "chancellery") as chancellery:
        chancellery.work_on(number, "Choose the track, send for execution")
        chancellery.answer(executor=house.story.officer("unit").officer_id)
        chancellery.press("Send for execution")
        chancellery.reads("Done: Choose the track, send for execution.")
    with house.officer(browser, "unit") as unit:
        unit.work_on(number, "Review the complaint within 3 working days")
        unit.answer(**REVIEW)
        unit.picture("07-review")
        unit.press("Finish")
        unit.reads("Done: Review the complaint within 3 working days.")
    with house.officer(browser, "head") as head:
        sign(head, number, "Sign the new permit")
        sign(head, number, "Sign the decision that satisfies the complaint")
    with house.applicant(browser, "entrepreneur") as applicant:
        applicant.follow(number)
        applicant.reads("The provider has satisfied the complaint in full.")
        assert violations(applicant.page) == []
        applicant.picture("08-satisfied")
        applicant.follow(f"Open case {case.number}")
        applicant.reads("The permit is in the state register", "Your complaints in this case")
        applicant.picture("09-case")


def complain(applicant: Person, number: str) -> str:
    """Contest the refusal at the document itself; the number of the complaint."""
    applicant.follow(number)
    applicant.picture("01-refused")
    applicant.page.locator(".paper__act button").first.click()
    applicant.sees("Complaint")
    applicant.reads("Contested act", "Reasoned refusal", "3 months from")
    applicant.picture("02-draft")
    applicant.follow("The matter")
    applicant.answer(circumstances="Жалға алу шарты тіркелген еді.", evidence="Шарт № 12.")
    applicant.press("Save and continue")
    applicant.sees("Attached papers")
    applicant.answer(kind="Жалға алу шарты", number="12")
    applicant.page.set_input_files("#file", chosen_file(LETTER))
    applicant.press("Add the file")
    applicant.reads("Жалға алу шарты")
    applicant.press("Continue")
    applicant.press("Review and sign")
    applicant.sees("Review and sign")
    assert violations(applicant.page) == []
    applicant.picture("03-review")
    applicant.sign_with()
    applicant.sees("The complaint is accepted")
    applicant.reads("is not carried out until the complaint is decided")
    applicant.picture("04-receipt")
    filed = applicant.page.locator(".receipt__number").inner_text()
    applicant.press("Open the complaint")
    applicant.reads("Where the complaint is now", "Chancellery")
    applicant.picture("05-complaint")
    return filed


def sign(officer: Person, number: str, task: str) -> None:
    """Open the task, read the paper and sign it."""
    officer.work_on(number, task)
    officer.answer(decision="sign")
    officer.press("Continue")
    officer.sign_with()
    officer.reads("Signed")


def cancelled(story: Story) -> Case:
    """A permit that was issued and cancelled some days later."""
    case = story.work("unit", story.complete("company_head"), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    with story.program.unit_of_work() as uow:
        today = local(uow.now).date()
        uow.add(RegisterChange(entry.id, PermitStatus.CANCELLED, today, "№ 5 бұйрық", uow.now))
        uow.commit()
    story.program.move_clock(story.program.clock.now() + timedelta(hours=1))
    return case


@pytest.mark.law("R13.2", "R13.3", "R14.2", "L100.1", "R11.2")
def test_a_complaint_goes_on_by_itself_and_the_permit_is_restored(browser: Browser, house: House) -> None:
    case = house.meanwhile(cancelled)
    entry = house.program.queries.case(case.id).entry
    assert entry is not None
    with house.visitor(browser, "kk") as person:
        number = complain_by_keyboard(Typist(person), entry.number)
    house.meanwhile(lambda story: nobody_acts(story, number))
    with house.visitor(browser, "kk") as person:
        decide(enter(Typist(person), "reviewer"), number)
    with house.applicant(browser, "company_head", "kk") as person:
        person.follow(number)
        person.reads("Шағым жасалған акттің күші жойылды.", "Бүкіл іспен бірге шағымды қарайтын органға жіберілді")
        person.picture("04-restored")
        person.open(f"/register/{entry.number}")
        person.reads("қолданыста")


def complain_by_keyboard(typist: Typist, permit: str) -> str:
    """From the head of the cabinet, about a permit that was cancelled; the number of the complaint."""
    person = typist.person
    person.open("/cabinet/")
    sign_in(typist)
    typist.press("Шағым беру")
    typist.pick("Шағым не туралы?", f"{permit}: рұқсаттың күшін жою")
    typist.press("Шағымды бастау")
    person.sees("Шағым")
    typist.follow("Не туралы шағымданасыз")
    typist.write("Лауазымды адам", "БАСШЫҒАЛИЕВ ҚАНАТ")
    typist.press("Сақтап, жалғастыру")
    typist.press("Сақтап, жалғастыру")
    typist.write("Мән-жайлар", "Тексеру жүргізілмеген.")
    typist.write("Талаптар", "Күшін жоюды жою.")
    typist.write("Дәлелдемелер", "Тізілім.")
    person.picture("01-matter")
    typist.press("Сақтап, жалғастыру")
    typist.press("Жалғастыру")
    typist.press("Тексеріп, қол қою")
    person.sees("Тексеріп, қол қою")
    typist.press("Қол қойып, жіберу")
    person.sees("Шағым қабылданды")
    person.picture("02-receipt")
    return person.page.locator(".receipt__number").inner_text()


def nobody_acts(story: Story, number: str) -> None:
    """The chancellery registers the complaint; then three working days pass, and the timer sends it on."""
    found = story.program.queries.case_by_number(number)
    assert found is not None
    complaint = story.program.queries.case(found).case
    executor = str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    day = story.program.calendar.after(complaint.registered_on, 4)
    story.at(f"{day}T10:00")
    assert "complaint_forwarded" in story.said(complaint)


def decide(typist: Typist, number: str) -> None:
    """The reviewing body registers the complaint, considers it and signs its decision."""
    found = f"/office/?tab=all&q={number}"
    typist.person.open(found)
    typist.follow("Келіп түскен шағымды тіркеу")
    typist.write("Кіріс нөмірі (міндетті емес)", "ШҚ-77")
    typist.press("Тіркеу")
    typist.person.reads("Орындалды: Келіп түскен шағымды тіркеу.")
    typist.person.open(found)
    typist.follow("Шағымды мәні бойынша қарау")
    typist.pick("Шешім", "әкімшілік актінің күшін жою")
    typist.write("Шешімнің дәлелдері", "Тексерудің нәтижесі құжатталмаған")
    typist.person.picture("03-decision")
    typist.press("Аяқтау")
    typist.person.reads("Орындалды: Шағымды мәні бойынша қарау.")
    typist.person.open(found)
    typist.follow("Шағым бойынша шешімге қол қою")
    typist.pick("Шешіміңіз", "ЭЦҚ-мен қол қою")
    typist.press("Жалғастыру")
    typist.press("NCALayer арқылы қол қою")
    expect(typist.page.locator("main")).to_contain_text("Қол қойылды")
