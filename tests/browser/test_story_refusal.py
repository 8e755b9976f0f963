"""The story of a lawful refusal: nobody is refused unheard, nor before the day that the law names."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.stories import House, Person
from tests.program import DOES_NOT

MINUTES = {
    "hearing_result": "held",
    "minutes_place": "https://meet.example.test/p-130",
    "minutes_date": "23.04.2026",
    "minutes_start": "11:00",
    "minutes_end": "11:40",
    "minutes_chair": "БӨЛІМОВА ҰЛЖАН",
    "minutes_secretary": "КЕҢСЕБАЕВ БОЛАТ",
    "minutes_participants": "ҮЛГІБАЕВ НҰРЛАН",
    "minutes_question": "Кепілдік хаттың сәйкестігі",
    "minutes_explanations": "Шарт келесі айда жасалады",
    "minutes_answers": "Қазіргі шарт ұсынылған жоқ",
    "outcome": "refuse",
    "outcome_reasons": "Жалға алу шарты ұсынылмады",
}


@pytest.mark.law("R7.3", "R8.1", "R8.3", "R8.4", "R9.1", "R9.2", "L73.1", "L73.3", "L74.1", "A1.10.2")
def test_a_refusal_comes_after_a_hearing_and_not_before_its_lawful_day(browser: Browser, house: House) -> None:
    case = house.meanwhile(lambda story: story.complete("entrepreneur"))
    with (
        house.officer(browser, "unit") as unit,
        house.applicant(browser, "entrepreneur") as applicant,
        house.officer(browser, "head") as head,
    ):
        find_grounds_and_invite(unit, case.number)
        object_and_ask_to_be_heard(applicant, case.number)
        wait_for_the_hearing(unit)
        hold_it_and_decide_to_refuse(unit, case.number)
        find_nothing_to_sign_yet(head, case.number)
        head.press("Next working day, 9:00")
        sign_the_refusal(head, case.number)
        receive_the_refusal(applicant, case.number)


def find_grounds_and_invite(unit: Person, number: str) -> None:
    """The unit names the ground with its facts, chooses a lawful day and signs the preliminary decision."""
    unit.work_on(number, "Examine for conformity with the rules")
    unit.answer(**{name: DOES_NOT[name] for name in ("nodes_count", "server_lease", "write_algorithm", "conforms")})
    unit.answer(grounds="ground_2")
    unit.answer(**{name: text for name, text in DOES_NOT.items() if name.startswith(("ground_2_", "conclusion"))})
    unit.picture("01-grounds")
    unit.press("Complete")
    unit.sees("Invite to the hearing")
    days = unit.page.locator("#hearing_on option").evaluate_all("options => options.map(option => option.value)")
    assert [day for day in days if day] == ["2026-04-21", "2026-04-22", "2026-04-23"]
    unit.answer(hearing="hold", hearing_on="2026-04-23", hearing_time="11:00", hearing_way="online")
    unit.answer(hearing_place="https://meet.example.test/p-130")
    unit.picture("02-invitation")
    unit.press("Go on to sign")
    unit.sees("Preliminary decision and invitation to the hearing")
    unit.picture("03-paper")
    unit.sign_with()
    unit.reads("Signed and sent: Preliminary decision and invitation to the hearing")


def object_and_ask_to_be_heard(applicant: Person, number: str) -> None:
    """The applicant reads the preliminary decision, objects and asks for an oral hearing."""
    applicant.open("/cabinet/")
    applicant.reads("You may object to the preliminary decision until 23.04.2026, 18:30.")
    applicant.picture("04-home")
    applicant.follow(number)
    applicant.reads("23 April 2026 (Thursday)", "11:00", "https://meet.example.test/p-130")
    applicant.picture("05-case")
    applicant.press("Object, or ask for an oral hearing")
    applicant.sees("Answer to the preliminary decision")
    applicant.press("Send the answer")
    expect(applicant.page.locator(".govuk-error-summary")).to_contain_text("Write your answer.")
    applicant.forgive(400)
    applicant.answer(text="Жалға алу шарты бар, тыңдауда ұсынамын.", wants_oral="yes")
    applicant.picture("06-position")
    applicant.press("Send the answer")
    applicant.reads("Your answer is with the case", "Жалға алу шарты бар", "In time", "Asks for an oral hearing")


def wait_for_the_hearing(unit: Person) -> None:
    """The clock of the demonstration is moved by the buttons that stand on every page."""
    for press, then in (
        ("Next working day, 9:00", "22.04.2026, 09:"),
        ("+ 1 day", "23.04.2026, 09:"),
        ("+ 1 hour", "23.04.2026, 10:"),
        ("+ 1 hour", "23.04.2026, 11:"),
        ("+ 1 hour", "23.04.2026, 12:"),
    ):
        unit.press(press)
        expect(unit.page.locator(".demo__now")).to_contain_text(then)


def hold_it_and_decide_to_refuse(unit: Person, number: str) -> None:
    """The hearing is recorded with minutes; the outcome is a refusal."""
    unit.work_on(number, "Hold the hearing")
    unit.reads("Жалға алу шарты бар, тыңдауда ұсынамын.", "Oral hearing asked for")
    unit.answer(**MINUTES)
    unit.picture("07-hearing")
    unit.press("Complete")
    unit.reads("Done: Hold the hearing.")


def find_nothing_to_sign_yet(head: Person, number: str) -> None:
    """Before the third working day after the notice there is nothing that could be signed (L73.1)."""
    head.open(f"/office/?tab=all&q={number}")
    head.reads("Nothing was found.")
    head.open(f"/office/cases?q={number}")
    head.follow(number)
    head.sees(f"Case {number}")
    head.reads("Nobody has to act before 24.04.2026, 00:00: the next task opens by itself.", "article 73 (1)")
    expect(head.page.locator('[aria-current="step"]')).to_contain_text("until 24.04.2026, 00:00")
    head.picture("08-waits")
    expect(head.page.get_by_role("link", name="Sign the reasoned refusal")).to_have_count(0)


def sign_the_refusal(head: Person, number: str) -> None:
    """On the lawful day the head signs in the browser."""
    expect(head.page.locator(".demo__now")).to_contain_text("24.04.2026, 09:")
    head.work_on(number, "Sign the reasoned refusal")
    head.picture("09-refusal")
    head.answer(decision="sign")
    head.press("Continue")
    head.sees("Reasoned refusal")
    head.sign_with()
    head.reads("Signed and sent: Reasoned refusal")


def receive_the_refusal(applicant: Person, number: str) -> None:
    """The applicant reads how the case ended, and saves the refusal with its attachment on complaints."""
    applicant.open("/cabinet/")
    applicant.follow(number)
    applicant.reads("The refusal says why, and its attachment how and within how many months you may complain.")
    applicant.picture("10-refused")
    title = applicant.page.locator(".paper__title a").first.inner_text()
    assert title.startswith("Reasoned refusal № ")
    paper = "".join(page.extract_text() for page in PdfReader(BytesIO(applicant.downloads(title))).pages)
    words = " ".join(paper.split())
    assert "екі түйін ғана көрсетілген" in words
    assert "шағым" in words.lower()
