"""Two stories of a complaint: the provider satisfies it; the timer sends it on and a cancelled permit is restored.

Each is told in three languages, by keyboard alone, and every page that is passed has no barrier.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from service.demo.people import COMPLAINT
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import RegisterEntry
from service.domain.permit_life import PermitAct
from service.usecases.change_permit import change_permit
from service.usecases.drafts import save_draft
from tests.browser.stories import House
from tests.browser.typist import Typist, at_the_keyboard
from tests.program import CONFORMS, DOES_NOT, HEARING, Story

ORDER, BASIS = "№ 5 бұйрық", "Тексеру нәтижелері"


def refused(story: Story) -> Case:
    """A refusal after a hearing at which the applicant kept silent."""
    case = story.work("unit", story.complete("entrepreneur"), "task_examine", **DOES_NOT)
    today = local(story.program.clock.now()).date()
    days = story.program.calendar
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on=days.after(today, 2).isoformat())
    story.at(f"{days.after(today, 3)}T10:00")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Үндемеді")
    return story.work("head", case, "task_sign_refusal", decision="sign")


@pytest.mark.law("R13.2", "R13.4", "L64.1", "L92.1", "L93.1", "L97.1", "R11.1", "A1.11.4")
def test_the_provider_satisfies_a_complaint_and_the_permit_is_issued(
    browser: Browser, told_house: House, language: str
) -> None:
    case = told_house.meanwhile(lambda story: story.reached(("refused", "entrepreneur"), lambda: refused(story)))
    with at_the_keyboard(told_house, browser, language) as typist:
        typist.seat("entrepreneur")
        number = complain_of_the_refusal(typist, case)
        told_house.meanwhile(lambda story: sent_for_execution(story, number))
        typist.seat("unit")
        typist.open_task(number, "task_review_complaint")
        typist.take(proposal="satisfy", remedy="permit")
        typist.fill(opinion="Шарт бар екен")
        typist.person.picture("03-review")
        typist.send()
        typist.reads(typist.done("appeal", "task_review_complaint"))
        typist.seat("head")
        typist.open_task(number, "task_sign_new_permit")
        sign(typist, number)
        typist.follow(typist.person.name("appeal", "task_sign_satisfaction"))
        sign(typist, number)
        typist.seat("entrepreneur")
        typist.person.open(f"/cabinet/cases/{typist.case(number).id}/complaint")
        typist.reads(typist.say("The provider has satisfied the complaint in full."))
        typist.person.picture("04-satisfied")
        typist.follow(typist.say("Open case %(number)s", number=case.number))
        typist.reads(typist.say("The permit is in the state register"), typist.say("Your complaints in this case"))
        shows_in_register(typist, entry_of(told_house, case), "in force")


def complain_of_the_refusal(typist: Typist, case: Case) -> str:
    """Contest the refusal at the document itself; the number of the complaint."""
    typist.person.open(f"/cabinet/cases/{case.id}")
    typist.reach(typist.page.locator(".paper__act button").first)
    typist.enter()
    typist.reads(typist.say("Reasoned refusal"))
    typist.reach(typist.page.locator('a[href$="/pages/matter"]'))
    typist.enter()
    typist.fill(circumstances="Шарт тіркелген еді.", evidence="Шарт № 12.")
    typist.send()
    typist.press(typist.say("Continue"))
    typist.press(typist.say("Review and sign"))
    typist.reads("Шарт тіркелген еді.")
    typist.person.picture("01-review")
    typist.sign()
    typist.reads(
        typist.say("The complaint is accepted"), typist.say("is not carried out until the complaint is decided")
    )
    number = typist.page.locator(".receipt__number").inner_text()
    typist.press(typist.say("Open the complaint"))
    typist.reads(typist.say("Where the complaint is now"), typist.person.name("appeal", "task_register_complaint"))
    typist.person.picture("02-complaint")
    return number


def sent_for_execution(story: Story, number: str) -> Case:
    """The chancellery registers the complaint and gives it to an officer of the unit."""
    found = story.program.queries.case_by_number(number)
    assert found is not None
    complaint = story.program.queries.case(found).case
    executor = str(story.officer("unit").officer_id)
    return story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)


def sign(typist: Typist, number: str) -> None:
    """Decide to sign, read the paper and sign it."""
    typist.take(decision="sign")
    typist.send()
    typist.reads(typist.say("Read before you sign"))
    typist.sign()
    typist.reads(typist.say("Case %(number)s", number=number))


def cancelled(story: Story) -> Case:
    """A permit that the head has cancelled by an order on the day of its issue."""
    case = story.work("unit", story.complete("company_head"), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    change_permit(story.program, entry.id, story.officer("head"), PermitAct.CANCEL, entry.issued_on, ORDER, BASIS)
    return case


@pytest.mark.law("R13.2", "R13.3", "R14.2", "L100.1", "R11.2", "A1.11.4")
def test_a_complaint_goes_on_by_itself_and_the_permit_is_restored(
    browser: Browser, told_house: House, language: str
) -> None:
    case = told_house.meanwhile(cancelled)
    entry = entry_of(told_house, case)
    with at_the_keyboard(told_house, browser, language) as typist:
        shows_in_register(typist, entry, "cancelled", BASIS)
        typist.seat("company_head")
        number = complain_of_the_cancellation(typist, case, entry)
        shows_in_register(typist, entry, "in force", number)
        told_house.meanwhile(lambda story: nobody_acts(story, number))
        typist.seat("reviewer")
        decide(typist, number)
        complaint = typist.case(number)
        decision = told_house.program.queries.case(complaint.id).documents[-1]
        typist.seat("company_head")
        typist.person.open(f"/cabinet/cases/{complaint.id}/complaint")
        typist.reads(
            typist.say("The contested act is cancelled."),
            typist.say("Sent on to the reviewing body with the whole case"),
        )
        typist.person.picture("04-restored")
        shows_in_register(typist, entry, "in force", decision.number)


def complain_of_the_cancellation(typist: Typist, case: Case, entry: RegisterEntry) -> str:
    """From the head of the cabinet, about a permit that was cancelled; the number of the complaint."""
    typist.person.open("/cabinet/")
    typist.press(typist.say("File a complaint"))
    typist.take(about=f"entry-{case.id}-{entry.id}")
    typist.send("complain")
    typist.reads(typist.say("Draft, not sent yet"))
    draft = typist.page.url.rsplit("/", 1)[-1]
    texts = {**COMPLAINT, "official": "БАСШЫҒАЛИЕВ ҚАНАТ"}
    typist.person.house.meanwhile(
        lambda story: save_draft(story.program, draft, story.applicant("company_head"), texts)
    )
    typist.press(typist.say("Review and sign"))
    typist.reads("БАСШЫҒАЛИЕВ ҚАНАТ")
    typist.person.picture("01-review")
    typist.sign()
    typist.reads(typist.say("The complaint is accepted"))
    typist.person.picture("02-receipt")
    return typist.page.locator(".receipt__number").inner_text()


def nobody_acts(story: Story, number: str) -> None:
    """Three working days pass in the unit, the timer sends the complaint on, and the reviewing body registers it."""
    complaint = sent_for_execution(story, number)
    day = story.program.calendar.after(complaint.registered_on, 4)
    story.at(f"{day}T10:00")
    assert "complaint_forwarded" in story.said(complaint)
    story.work("reviewer", complaint, "task_register_review", review_number="ШҚ-77")


def decide(typist: Typist, number: str) -> None:
    """The reviewing body considers the complaint and signs its decision."""
    typist.open_task(number, "task_consider_complaint")
    typist.take(outcome="cancel")
    typist.fill(reasons="Нәтиже құжатталмаған")
    typist.person.picture("03-decision")
    typist.send()
    typist.reads(typist.done("appeal", "task_consider_complaint"))
    typist.open_task(number, "task_sign_review")
    sign(typist, number)


def entry_of(house: House, case: Case) -> RegisterEntry:
    """The entry of the case's permit."""
    entry = house.program.queries.case(case.id).entry
    assert entry is not None
    return entry


def shows_in_register(typist: Typist, entry: RegisterEntry, status: str, *texts: str) -> None:
    """Anybody reads this status in the register today, and why."""
    typist.person.open(f"/register/{entry.number}")
    expect(typist.page.locator(".entry__status")).to_contain_text(typist.say(status))
    typist.reads(*texts)
