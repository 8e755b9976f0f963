"""The story that the program is for: an application becomes a permit that anybody can verify. On PostgreSQL."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.stories import PAPERS, PLACE, House, Person, chosen_file
from tests.program import CONFORMS

CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


@pytest.mark.law("R3.2", "R3.3", "R4.1", "R5.1", "R5.3", "R6.1", "R7.1", "R7.2", "R9.1", "R9.2", "R11.1", "R11.2")
@pytest.mark.law("A3.5", "A1.11.2")
def test_an_application_becomes_a_permit_that_anybody_can_verify(browser: Browser, house: House) -> None:
    with house.applicant(browser) as applicant:
        fill_in_the_application(applicant)
        number = sign_and_keep_the_receipt(applicant)
        with house.officer(browser, "chancellery") as chancellery:
            assign_it_to_the_unit(chancellery, number)
        with house.officer(browser, "unit") as unit:
            find_it_complete_and_in_order(unit, number)
        with house.officer(browser, "head") as head:
            sign_the_permit(head, number)
        permit = receive_the_permit(applicant, number)
    with house.visitor(browser) as anybody:
        find_it_in_the_register(anybody)
        verify_the_paper(anybody, permit)


def fill_in_the_application(applicant: Person) -> None:
    """Every page of annex 2, from the first to the review; what the state knows stands there already."""
    applicant.press("New application")
    applicant.sees("APPLICATION for a permit")
    applicant.picture("01-list")
    applicant.follow("Details of the sole proprietor/legal entity")
    applicant.sees("Details of the sole proprietor/legal entity")
    expect(applicant.page.locator("#name")).to_have_value("«Үлгі Активтер» ЖШС")
    applicant.answer(phone="8 (717) 274-00-00", email="altyn@example.test")
    applicant.picture("02-details")
    applicant.press("Save and continue")
    applicant.sees("Platform and purpose")
    applicant.answer(platform="QazToken сауда платформасы", purpose="Алтынмен қамтамасыз етілген токендер шығару")
    applicant.press("Save and continue")
    applicant.sees("Address(es) of the activity")
    applicant.answer(**PLACE)
    applicant.press("Save and continue")
    for paper in PAPERS:
        applicant.answer(kind=paper.kind, number=paper.number, dated=f"{paper.dated:%d.%m.%Y}")
        applicant.page.set_input_files("#file", chosen_file(paper))
        applicant.press("Add the file")
        applicant.reads(f"Added: {paper.title}.pdf")
    applicant.picture("03-files")
    applicant.press("Continue")
    applicant.sees("Confirmation and consent")
    applicant.answer(consent_truth="yes", consent_data="yes")
    applicant.press("Save and continue")
    applicant.sees("APPLICATION for a permit")
    applicant.reads("Nothing is missing and nothing has expired")
    applicant.picture("04-list")


def sign_and_keep_the_receipt(applicant: Person) -> str:
    """Read what is signed, sign it with the key, and note the number."""
    applicant.press("Review and sign")
    applicant.sees("Review and sign")
    applicant.reads("QazToken сауда платформасы", "Кепілдік хат.pdf", "TEST SIGNATURE", "SHA-256:")
    applicant.picture("05-review")
    applicant.sign_with()
    applicant.sees("The application is accepted")
    applicant.reads("21 April 2026 (Tuesday)", "by 28.04.2026, 18:30")
    applicant.picture("06-receipt")
    return applicant.page.locator(".receipt__number").inner_text()


def assign_it_to_the_unit(chancellery: Person, number: str) -> None:
    """The chancellery sends the case to the unit's officer on the day of registration."""
    chancellery.picture("10-work")
    chancellery.work_on(number, "Send to the responsible unit for execution")
    chancellery.page.select_option("#executor", label="БӨЛІМОВА ҰЛЖАН ҮЛГІҚЫЗЫ")
    chancellery.press("Send for execution")
    chancellery.reads("Done: Send to the responsible unit for execution.")


def find_it_complete_and_in_order(unit: Person, number: str) -> None:
    """The unit sees what the automatic check has found, decides on completeness and examines."""
    unit.work_on(number, "Check the completeness of the documents")
    unit.reads("Nothing is missing and nothing had expired on the day of receipt.", "23 April 2026, 18:30")
    unit.picture("11-completeness")
    unit.answer(complete="yes")
    unit.press("Complete")
    unit.sees("Examine for conformity with the rules")
    unit.answer(**CONFORMS)
    unit.picture("12-examination")
    unit.press("Complete")
    unit.reads("Done: Examine for conformity with the rules.")


def sign_the_permit(head: Person, number: str) -> None:
    """The head reads the permit and signs it in the browser."""
    head.work_on(number, "Sign the permit")
    head.answer(decision="sign")
    head.press("Continue")
    head.sees("Permit KZ-2026-000001")
    head.reads("Open the document KZ-2026-000001", "TEST SIGNATURE")
    head.picture("13-paper")
    head.sign_with()
    head.sees(f"Case {number}")
    head.reads("Signed and sent: Permit KZ-2026-000001.", "In the register: KZ-2026-000001, valid until 21.04.2029")
    head.picture("14-case")


def receive_the_permit(applicant: Person, number: str) -> bytes:
    """The applicant finds the permit in the cabinet and saves it."""
    applicant.follow("My cases")
    applicant.follow(number)
    applicant.reads("The permit is in the state register", "Permit granted")
    applicant.picture("15-granted")
    return applicant.downloads("Permit № KZ-2026-000001 (PDF)")


def find_it_in_the_register(anybody: Person) -> None:
    """Nobody has to sign in to see the entry and its status."""
    anybody.open("/")
    anybody.follow("Register")
    anybody.answer(search="Үлгі")
    anybody.press("Search")
    anybody.picture("16-register")
    anybody.follow("KZ-2026-000001")
    anybody.sees("Permit KZ-2026-000001")
    anybody.reads("«Үлгі Активтер» ЖШС", "QazToken сауда платформасы", "21 April 2026", "in force")
    anybody.picture("17-entry")


def verify_the_paper(anybody: Person, permit: bytes) -> None:
    """The file is checked byte for byte, and what is printed on it by its code."""
    anybody.follow("Check a document")
    anybody.page.set_input_files("#upload", {"name": "рұқсат.pdf", "mimeType": "application/pdf", "buffer": permit})
    anybody.press("Check the file")
    anybody.sees("The document is genuine")
    anybody.reads("рұқсат.pdf", "БАСШЫҒАЛИЕВ", "Signed with a test key")
    anybody.picture("18-by-file")
    anybody.follow("Check another document")
    printed = CODE.findall("".join(page.extract_text() for page in PdfReader(BytesIO(permit)).pages))
    anybody.answer(code=printed[0].lower())
    anybody.press("Check the code")
    anybody.sees("Such a document was issued")
    anybody.reads("Permit KZ-2026-000001")
    anybody.picture("19-by-code")
    anybody.open("/verify")
    changed = permit.replace(b"/Title", b"/Titel", 1)
    anybody.page.set_input_files("#upload", {"name": "changed.pdf", "mimeType": "application/pdf", "buffer": changed})
    anybody.press("Check the file")
    anybody.sees("This is not the document that was issued")
