"""Duties beside the cases: seen by who has them, the late ones first, done by a word or by a signed paper."""

from __future__ import annotations

import base64
import re
from datetime import date

import pytest

from service.domain.case import Case
from service.domain.people import Officer
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.usecases.accounts import close_account
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.minutes import add_remark, appoint_signers, named_signer
from service.usecases.people import add_officer
from tests.program import CONFORMS, Story
from tests.usecases.beside import heard, with_signers
from tests.web.office import Desk, Office, content_to_sign, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def opened(story: Story, kind: str, since: date, case: Case | None = None) -> int:
    with story.program.unit_of_work() as uow:
        duty = open_duty(uow, story.program.calendar, kind, counted_from=since, periods=EDITION_TERMS, case=case)
        uow.commit()
        return duty.id


def signed(desk: Desk, persona: str, address: str) -> str:
    """Read the paper at an address and sign it; where that leads."""
    content = content_to_sign(desk.get(address))
    cms = desk.story.pki.sign_cms(persona, content)
    return desk.post(address, {"signature": base64.b64encode(cms).decode()}).location


@pytest.mark.law("R12.1", "O4")
def test_the_late_duty_comes_first_and_is_done_by_saying_how(office: Office) -> None:
    later = opened(office.story, "inform_operator", date(2023, 9, 12))
    late = opened(office.story, "report_to_legal_department", date(2023, 8, 14))
    desk = office.desk("head")
    page = desk.get("/office/duties")
    assert page.text.index(f"/office/duties/{late}") < page.text.index(f"/office/duties/{later}")
    assert "Late by" in text(page)
    desk.get(f"/office/duties/{late}")
    empty = desk.post(f"/office/duties/{late}", {"result": " "})
    assert (empty.status_code, "Fill in this field." in text(empty)) == (400, True)
    assert desk.post(f"/office/duties/{late}", {"result": "№ 12, 12.09.2023"}).location == "/office/duties"
    said = text(desk.get("/office/duties"))
    assert said.rindex("Report the registration") > said.index("Done last")
    assert desk.post(f"/office/duties/{late}", {"result": "once more"}).status_code == 403


@pytest.mark.law("R8.2", "R12.1", "O4")
def test_a_missed_term_stands_above_a_newer_reminder(office: Office) -> None:
    opened(office.story, "report_to_legal_department", date(2023, 8, 29))
    opened(office.story, "inform_operator", date(2023, 9, 12))
    office.story.at("2023-09-15T09:30:00")
    said = text(office.desk("head").get("/office/"))
    assert "Reminder of the term" in said.partition("Missed term: Report the registration")[2]
    assert "Reminder of the term" not in said.partition("Missed term: Report the registration")[0]


@pytest.mark.law("O5", "R12.1")
def test_who_sees_a_duty_of_the_head_and_who_does_it(office: Office) -> None:
    duty = opened(office.story, "inform_operator", date(2023, 9, 12))
    shown = {}
    for login in ("head", "supervisor", "unit", "chancellery", "administrator"):
        desk = office.desk(login)
        listed = f"/office/duties/{duty}" in desk.get("/office/duties").text
        page = desk.get(f"/office/duties/{duty}")
        shown[login] = (listed, page.status_code, 'id="duty"' in page.text)
        if login != "head":
            assert desk.post(f"/office/duties/{duty}", {"result": "x"}).status_code == 403
    assert shown == {
        "head": (True, 200, True),
        "supervisor": (True, 200, False),
        "unit": (False, 403, False),
        "chancellery": (False, 403, False),
        "administrator": (False, 403, False),
    }


def duty_page(desk: Desk, name: str) -> str:
    """The address of the first open duty of this name."""
    page = desk.get("/office/duties").text
    before = page[: page.index(name)]
    return "/office/duties/" + before.rpartition('href="/office/duties/')[2].partition('"')[0]


@pytest.mark.law("L74.1")
def test_the_minutes_are_signed_by_chair_and_secretary_and_a_remark_is_answered(office: Office) -> None:
    case, story = heard(office.story), office.story
    unit, chancellery = office.desk("unit"), office.desk("chancellery")
    address = duty_page(unit, "Sign the minutes of the hearing")
    page = unit.get(address)
    assert "Who signs as chair" in text(page)
    same = {"chair": str(story.officer("unit").officer_id), "secretary": str(story.officer("unit").officer_id)}
    assert unit.post(address, same).status_code == 400
    unit.post(address, {**same, "secretary": str(story.officer("chancellery").officer_id)})
    listed = text(office.desk("head").get("/office/duties"))
    for part, login in (("chair", "unit"), ("secretary", "chancellery")):
        named = f"{case.number} {case.applicant_name} responsible unit, {story.officer(login).name}"
        assert f"Sign the minutes of the hearing as {part} article 74 (1) of the Administrative Code {named}" in listed
    for desk, persona, part in (
        (unit, "ministry_unit", "as chair"), (chancellery, "ministry_chancellery", "as secretary"),
    ):  # fmt: skip
        address = duty_page(desk, f"Sign the minutes of the hearing {part}")
        assert text(desk.get("/office/duties")).count("Sign the minutes of the hearing") == 1
        assert f"Sign the minutes of the hearing {part}" in text(desk.get("/office/")), "who signs is reminded"
        desk.get(address)
        paper = desk.post(address, {}).location
        waits = "The minutes take effect when both have signed." in text(desk.get(paper))
        assert waits == (part == "as chair"), "the second signature brings them into effect at once"
        assert signed(desk, persona, paper) == f"/office/cases/{case.id}"
        assert "Sign the minutes of the hearing" not in text(desk.get("/office/")), "and no longer than needed"
    (document,) = [found for found in story.program.queries.case(case.id).documents if found.kind == "hearing_minutes"]
    assert document.delivered_at is not None
    with story.program.reading() as uow:
        minutes = next(duty for duty in uow.duties.of_case(case.id) if duty.kind == "sign_minutes")
    add_remark(story.program, minutes.details["minutes"], story.applicant("company_head"), "Менің сөзім қате жазылған")
    address = duty_page(unit, "Answer the remarks on the minutes")
    assert "Менің сөзім қате жазылған" in unit.get(address).text
    assert unit.post(address, {"answer": ""}).status_code == 400
    paper = unit.post(address, {"answer": "Ескертуіңіз қоса тіркелді"}).location
    assert signed(unit, "ministry_unit", paper) == f"/office/cases/{case.id}"


@pytest.mark.law("L76.3")
def test_the_head_signs_the_notice_of_a_longer_term_from_the_duty(office: Office) -> None:
    case = office.story.assigned()
    extend_term(office.program, case.id, office.story.officer("head"), date(2023, 10, 3), "Сараптама керек")
    head = office.desk("head")
    address = duty_page(head, "Tell the applicant of the longer term")
    assert "Сараптама керек" in text(head.get(address))
    paper = head.post(address, {}).location
    assert signed(head, "ministry_head", paper) == f"/office/cases/{case.id}"
    assert "notice_extension" in {paper.kind for paper in office.program.queries.case(case.id).documents}


@pytest.mark.law("L82.1")
def test_a_clerical_error_is_reported_from_the_case_and_corrected_by_the_head(office: Office) -> None:
    story = office.story
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    case = story.work("head", case, "task_sign_permit", decision="sign")
    unit, head = office.desk("unit"), office.desk("head")
    page = unit.get(f"/office/cases/{case.id}").text
    address = page[: page.index("/error")].rpartition('href="')[2] + "/error"
    assert "Report a clerical error" in text(unit.get(address))
    assert unit.post(address, {"reason": ""}).status_code == 400
    assert unit.post(address, {"reason": "Алаң атауы"}).location == f"/office/cases/{case.id}"
    duty = duty_page(head, "Correct a clerical error")
    form = head.post(duty, {}).location
    assert 'value="QazToken сауда платформасы"' in head.get(form).text
    unchanged = head.post(form, {"reason": "Алаң атауы", "go": "sign"})
    assert unchanged.status_code == 400
    paper = head.post(form, {"reason": "Алаң атауы", "field-platform": "QazToken сауда алаңы", "go": "sign"}).location
    signed(head, "ministry_head", paper)
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    assert entry.platform == "QazToken сауда алаңы"
    old, new = story.program.queries.case(case.id).documents
    after = head.get(f"/office/cases/{case.id}").text
    assert f"/documents/{old.id}/error" not in after
    assert f"/documents/{new.id}/error" in after


@pytest.mark.law("L75.1")
def test_the_unit_gives_access_to_the_case_file(office: Office) -> None:
    case = office.story.assigned()
    request_access(office.program, case.id, office.story.applicant("company_head"), "Танысу үшін")
    unit = office.desk("unit")
    address = duty_page(unit, "Give the applicant access to the case file")
    assert 'value="12.10.2023"' in unit.get(address).text
    assert "Танысу үшін" in text(unit.get(address)), "what the applicant asks it for"
    assert unit.post(address, {"open_until": "31.31.2023"}).status_code == 400
    assert unit.post(address, {"open_until": "01.10.2023", "note": "Көшірмелер"}).location == "/office/duties"
    assert "access_given" in office.story.said(case)


def test_nobody_else_reads_or_signs_the_paper_of_an_act(office: Office) -> None:
    case = office.story.assigned()
    extend_term(office.program, case.id, office.story.officer("head"), date(2023, 10, 3), "Сараптама керек")
    head, acting = office.desk("head"), office.desk("acting")
    paper = head.post(duty_page(head, "Tell the applicant of the longer term"), {}).location
    assert acting.get(paper).status_code == 403
    assert head.get(paper.replace("/acts/", "/papers/")).status_code == 404
    assert head.file(f"{paper}/x.pdf").data.startswith(b"%PDF")
    office.story.at("2023-09-12T10:45:00")
    assert "The document must be prepared again" in text(head.get(paper))
    assert head.post(f"{paper}/again", {}).status_code == 303


@pytest.mark.law("R9.1", "L76.3")
def test_a_notice_that_waited_too_long_is_prepared_again_where_acts_are(office: Office) -> None:
    case = office.story.assigned()
    extend_term(office.program, case.id, office.story.officer("head"), date(2023, 10, 3), "Сараптама керек")
    head = office.desk("head")
    paper = head.post(duty_page(head, "Tell the applicant of the longer term"), {}).location
    cms = office.story.pki.sign_cms("ministry_head", content_to_sign(head.get(paper)))
    office.story.at("2023-09-12T10:45:00")
    late = head.post(paper, {"signature": base64.b64encode(cms).decode()})
    assert (late.status_code, f'action="{paper}/again"' in late.text) == (409, True)
    assert signed(head, "ministry_head", head.post(f"{paper}/again", {}).location) == f"/office/cases/{case.id}"


@pytest.mark.law("L74.1", "R12.1", "L69.1")
def test_each_page_says_in_which_part_minutes_are_to_be_signed(office: Office) -> None:
    case, story = heard(office.story), office.story
    with_signers(story, case)
    assert "A duty arose: Sign the minutes of the hearing as chair." in text(
        office.desk("head").get(f"/office/cases/{case.id}")
    )
    story.at("2023-09-19T09:10:00")
    head = office.desk("head")
    for address in ("/office/", "/office/duties", "/office/overview", f"/office/cases/{case.id}/beside"):
        told = text(head.get(address))
        for part in ("chair", "secretary"):
            assert f"Sign the minutes of the hearing as {part}" in told, address


@pytest.mark.law("L74.1")
def test_who_no_longer_signs_the_minutes_is_not_reminded_of_them(office: Office) -> None:
    case, story = heard(office.story), office.story
    minutes = with_signers(story, case)
    chancellery = office.desk("chancellery")
    assert "Sign the minutes of the hearing" in text(chancellery.get("/office/"))
    chosen = (story.officer("unit").officer_id or 0, story.officer("head").officer_id or 0)
    appoint_signers(story.program, minutes.id, story.officer("unit"), *chosen)
    assert "Sign the minutes of the hearing" not in text(chancellery.get("/office/"))
    assert "Sign the minutes of the hearing" in text(office.desk("head").get("/office/"))


def proposed(office: Office, case: Case) -> tuple[str, str]:
    """Who stands chosen as chair and as secretary where the signers of the minutes are named, by login."""
    with office.program.reading() as uow:
        duty = next(duty for duty in uow.duties.of_case(case.id) if named_signer(uow, duty) is None)
    page = office.desk("unit").get(f"/office/duties/{duty.id}").text
    selects = re.findall(r'<select[^>]* name="(?:chair|secretary)"[^>]*>(.*?)</select>', page, re.S)
    chosen = [re.search(r'<option value="(\d+)" selected', select) for select in selects]
    with office.program.reading() as uow:
        chair, secretary = (uow.get(Officer, int(found[1])).login if found else "" for found in chosen)
    return chair, secretary


@pytest.mark.law("L74.1")
@pytest.mark.parametrize(
    ("chair", "secretary", "expected"),
    [
        ("БӨЛІМОВА ҰЛЖАН", "Кеңсебаев Б.", ("unit", "chancellery")),
        ("Бөлім басшысы Бөлімова Ұ. С.", "КЕҢСЕБАЕВ", ("unit", "chancellery")),
        ("Бөлімова А.", "Басқа біреу", ("", "")),
        ("Бөлімова Ұлжан", "Бөлімова Ұлжан", ("unit", "")),
    ],
)
def test_who_was_written_down_as_holding_the_hearing_is_proposed_to_sign_its_minutes(
    office: Office, chair: str, secretary: str, expected: tuple[str, str]
) -> None:
    case = heard(office.story, minutes_chair=chair, minutes_secretary=secretary)
    assert proposed(office, case) == expected
    with office.program.reading() as uow:
        duty = uow.duties.of_case(case.id)[0]
    other = {"chair": office.story.officer("head").officer_id, "secretary": office.story.officer("unit").officer_id}
    assert office.desk("unit").post(f"/office/duties/{duty.id}", other).location == "/office/duties"


@pytest.mark.law("L74.1")
def test_of_two_whom_a_written_name_fits_nobody_is_proposed(office: Office) -> None:
    namesake = Officer("namesake", "", "БӨЛІМОВА", "ҰЛБОСЫН", "", "900101499011", {"kk": "маман"})
    add_officer(office.program, office.program.passwords, namesake, "a long enough one", ("unit",))
    case = heard(office.story, minutes_chair="Бөлімова Ұ.", minutes_secretary="Кеңсебаев Б.")
    assert proposed(office, case) == ("", "chancellery")


@pytest.mark.law("L74.1")
def test_who_is_named_already_stays_chosen_when_the_other_signer_has_left(office: Office) -> None:
    case = heard(office.story, minutes_chair="Басқа біреу", minutes_secretary="Тағы біреу")
    with_signers(office.story, case)
    close_account(office.program, "chancellery", "Жұмыстан шықты")
    assert proposed(office, case) == ("unit", "")
