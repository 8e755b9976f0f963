"""The page of one's own case: the open clock, notices, downloads, hearing, position, withdrawal."""

from __future__ import annotations

import re
from datetime import date

import pytest

from service.domain.case import Case
from service.usecases.applicant_acts import submit_position, withdraw_case
from service.usecases.dated_settings import change_setting
from service.usecases.extend_term import extend_term
from service.usecases.people import ADMINISTRATOR
from service.web import create_app
from service.web.public import public
from tests.program import CONFORMS, TITLE, TRADE, Story
from tests.usecases.test_dated_settings import DECREE, SEPTEMBER_14, SHORT
from tests.web.cabinet import Cabinet, Seat, text
from tests.web.ground_visitor import heading


def page_of(seat: Seat, case: Case) -> str:
    """What the applicant reads on the page of the case."""
    return text(seat.get(f"/cabinet/cases/{case.id}"))


def steps(seat: Seat, case: Case) -> list[tuple[str, str]]:
    """The path as the page shows it: state and name of each step."""
    page = seat.get(f"/cabinet/cases/{case.id}").text
    found = re.findall(r'outline__step--(\w+)".*?outline__name">\s*([^<]+?)\s*<', page, re.S)
    return [(state, name) for state, name in found]


@pytest.mark.law("A1.11.3", "R6.1", "A1.4", "D25")
def test_the_clock_says_the_step_who_acts_until_when_and_why(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.assigned()
    said = page_of(seat, case)
    assert "Where the case is now Check the completeness of the documents Who acts: Responsible unit" in said
    assert "This step ends by 14 September 2023, 18:30 (Thursday)" in said
    assert "2 working days after 12.09.2023. point 6 of the Rules" in said
    assert "You receive the result by 19 September 2023, 18:30 (Tuesday)" in said
    assert "2 days were not counted: why 16.09.2023 (Saturday): Weekend (Saturday)" in said
    assert "What if they are late?" in said
    assert "article 92 (1) of the Administrative Code" in said


@pytest.mark.law("A1.11.3", "R5.2")
def test_the_path_is_told_from_the_filing_to_the_result_with_you_are_here(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.complete()
    assert steps(seat, case) == [
        ("done", "You filed the application"),
        ("done", "Register the application"),
        ("done", "Send to the responsible unit for execution"),
        ("done", "Check the completeness of the documents"),
        ("current", "Examine for conformity with the rules"),
        ("next", "Invite to the hearing"),
        ("next", "Hold the hearing"),
        ("next", "Sign the permit"),
        ("next", "Sign the reasoned refusal"),
        ("next", "The result is in this cabinet"),
    ]
    story.work("unit", case, "task_examine", **CONFORMS)
    assert steps(seat, case)[4:] == [
        ("done", "Examine for conformity with the rules"),
        ("current", "Sign the permit"),
        ("next", "The result is in this cabinet"),
    ]
    story.work("head", case, "task_sign_permit", decision="sign")
    assert steps(seat, case)[-2:] == [("done", "Sign the permit"), ("done", "Permit granted")]


@pytest.mark.law("A1.11.3", "R7.2")
def test_of_steps_that_exclude_each_other_the_path_says_so_and_numbers_none(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.assigned()
    said = page_of(seat, case)
    way = "if the case takes this way, instead of:"
    assert f"{way} Sign the reasoned refusal · point 7 of the Rules" in said
    assert f"{way} Examine for conformity with the rules · point 6 of the Rules" in said
    page = seat.get(f"/cabinet/cases/{case.id}").text
    perhaps = re.findall(r'outline__step--perhaps outline__step--next".*?outline__name">([^<]+?)<', page, re.S)
    assert perhaps == [
        "Sign the notice of refusal of further consideration", "Examine for conformity with the rules",
        "Invite to the hearing", "Hold the hearing", "Sign the permit", "Sign the reasoned refusal",
    ]  # fmt: skip


@pytest.mark.law("R5.2", "D5", "D24")
def test_filed_on_friday_night_the_receipt_says_monday_and_why(story: Story) -> None:
    story.at("2023-09-15T18:30:01")
    seat = Cabinet(story).seat("company_head")
    case = story.filed()
    receipt = text(seat.get(f"/cabinet/cases/{case.id}/receipt"))
    assert "Day of registration 18 September 2023 (Monday)" in receipt
    assert "It arrived after 18:30, so it is registered on the next working day." in receipt
    assert "16.09.2023 (Saturday): Weekend (Saturday)" in receipt
    said = page_of(seat, case)
    assert "The application waits for its day of registration" in said
    assert "Waits until: 18 September 2023, 00:00" in said
    assert ("current", "Register the application") in steps(seat, case)
    assert "Waits until 18.09.2023, 00:00" in text(seat.get("/cabinet/"))


@pytest.mark.law("R9.2", "R2.4", "R11.1", "L66.1")
def test_the_permit_is_there_with_the_facts_of_its_signature(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    view = story.program.queries.case(case.id)
    (document,) = view.documents
    said = page_of(seat, case)
    assert f"Permit № {document.number} (PDF) Signed by {document.signed_by}" in said
    assert f"Certificate {document.certificate_serial} The signature is valid TEST SIGNATURE" in said
    assert "In force until 12 September 2026" in said
    assert "in time until 12.03.2024: 6 months, because this document does not explain how to complain" in said
    assert "Permit granted" in text(seat.get("/cabinet/"))
    answer = seat.download(f"/cabinet/cases/{case.id}/documents/{document.id}")
    assert answer.data == story.program.files.read(document.sha256)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert seat.get(f"/cabinet/cases/{case.id}/documents/{document.id + 1}").status_code == 404


@pytest.mark.law("R3.3", "A2.1", "R4.2")
def test_the_application_as_filed_can_be_downloaded_with_what_was_signed(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.filed()
    (evidence,) = story.program.queries.case(case.id).signatures
    pdf = seat.download(f"/cabinet/cases/{case.id}/filed.pdf")
    application = story.program.queries.case(case.id).application
    assert application is not None
    assert pdf.data == story.program.files.read(application.sha256)
    assert case.number in pdf.headers["Content-Disposition"]
    assert seat.download(f"/cabinet/cases/{case.id}/manifest.json").data == case.manifest
    assert seat.download(f"/cabinet/cases/{case.id}/manifest.json.p7s").data == evidence.cms
    said = page_of(seat, case)
    assert f"Signed by {evidence.signer_name}" in said
    assert evidence.certificate_serial in said
    assert "The application is registered" in said
    assert "The electronic request for the state service is accepted" in said
    assert "Тауар белгісінен үзінді.pdf (PDF" in said


@pytest.mark.law("L73.1", "R7.3", "L80.5", "R15.1")
def test_a_refused_case_shows_its_papers_the_hearing_and_the_answer(story: Story) -> None:
    case = story.invited()
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=False)
    story.at("2023-09-14T12:00:00")
    answers = {"hearing_result": "written", "outcome": "refuse", "outcome_reasons": "Негіз сақталды"}
    story.work("unit", case, "task_hold_hearing", **answers)
    seat = Cabinet(story).seat("company_head")
    said = page_of(seat, case)
    assert "The law makes the decision wait for the applicant's answer" in said
    assert "Waits until: 15 September 2023, 00:00" in said
    assert "You are heard before the decision is taken." not in said
    story.at("2023-09-15T00:00:05")
    story.work("head", case, "task_sign_refusal", decision="sign")
    said = page_of(seat, case)
    assert "How the case ended Permit refused" in said
    assert "its attachment how and within how many months you may complain" in said
    assert "Reasoned refusal №" in said
    assert "Preliminary decision and invitation to the hearing №" in said
    assert "Келіспеймін." in said
    assert "Withdraw the application" not in said


@pytest.mark.law("R6.2")
def test_an_incomplete_application_leads_to_a_new_one(story: Story) -> None:
    unit = str(story.officer("unit").officer_id)
    case = story.file("company_head", TRADE, [TITLE])
    story.work("chancellery", case, "task_assign", executor=unit)
    story.work("unit", case, "task_check_completeness", complete="no", missing_items=["guarantee_letter"])
    story.work("head", case, "task_sign_not_considered", decision="sign")
    said = page_of(Cabinet(story).seat("company_head"), case)
    assert "How the case ended Further consideration refused" in said
    assert "A new application is possible at once" in said
    assert "Apply again from this application" in said


@pytest.mark.law("L69.1")
def test_the_application_is_withdrawn_only_after_asking(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.assigned()
    address = f"/cabinet/cases/{case.id}/withdraw"
    assert heading(seat.get(address)) == "Withdraw the application?"
    assert story.now(case).outcome == ""
    said = text(seat.follow(seat.post(address, {"reason": "Өзгертемін"})))
    assert "The application is withdrawn and the case is closed." in said
    assert story.now(case).outcome == "withdrawn"
    for late in (address, address.replace("withdraw", "position")):
        closed = seat.post(late, {})
        assert (closed.status_code, "The case is closed, so nothing was changed." in text(closed)) == (409, True)
        assert "The case is closed, so nothing was changed." in text(seat.follow(seat.get(late)))


@pytest.mark.law("R8.2", "L92.1")
def test_a_missed_term_is_shown_honestly_and_stays(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T09:00:00")
    seat = Cabinet(story).seat("company_head")
    said = page_of(seat, case)
    assert "They are late: what now?" in said
    missed = "Missed Check the completeness of the documents: the term ended on 14.09.2023, 18:30 point 6 of the Rules"
    assert missed in said
    assert "nobody can remove it. Documents" in said, "no point of the rules says so"
    assert "Late" in text(seat.get("/cabinet/"))
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert missed in page_of(seat, case)


@pytest.mark.law("L76.3")
def test_a_longer_term_is_told_with_its_reason_and_its_first_end(story: Story) -> None:
    case = story.complete()
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 2), "Сараптама қажет")
    said = page_of(Cabinet(story).seat("company_head"), case)
    assert "You receive the result by 2 October 2023, 18:30" in said
    assert "The head has moved the end of the term. It was 19.09.2023, 18:30." in said
    assert "The service term now ends on 02.10.2023." in said


def test_points_of_the_law_are_cited_in_the_language_of_each_page(story: Story) -> None:
    cabinet = Cabinet(story)
    for language, cited in (("kk", "Қағидалардың 1-тармағы"), ("ru", "пункт 1 Правил"), ("en", "point 1 of the Rules")):
        assert cited in text(cabinet.seat(language=language).get("/cabinet/sign-in"))


@pytest.mark.law("A1.8.1", "R5.2", "D24")
def test_the_receipt_and_the_help_say_the_hours_of_their_day(story: Story) -> None:
    change_setting(story.program, "working_hours", SEPTEMBER_14, SHORT, DECREE, ADMINISTRATOR)
    story.at("2023-09-14T18:10:00")
    seat, case = Cabinet(story).seat("company_head"), story.filed()
    receipt = text(seat.get(f"/cabinet/cases/{case.id}/receipt"))
    assert "It arrived after 18:00, so it is registered on the next working day." in receipt
    reader = create_app(story.program, [public]).test_client()
    assert "from 09:00 to 18:00, with a break from 13:00 to 14:00" in text(reader.get("/help?lang=en"))


@pytest.mark.law("R6.2", "R6.1", "U13")
def test_the_receipt_of_an_incomplete_application_says_what_may_be_done_now(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.file("company_head", TRADE, [TITLE], "kk")
    for address in (f"/cabinet/cases/{case.id}/receipt", f"/cabinet/cases/{case.id}"):
        page = seat.get(address)
        said = text(page)
        checked = "The unit checks the set by 14.09.2023, 18:30; if it finds the same, you receive a notice"
        assert "the set of documents is incomplete The guarantee letter is not attached." in said
        assert f"Nothing can be added to an application that is sent. {checked}" in said
        assert "You need not wait for it" in said
        assert f"/cabinet/cases/{case.id}/again" in page.text
        assert f"/cabinet/cases/{case.id}/withdraw" in page.text
        assert "You need not do anything now." not in said
    unit = str(story.officer("unit").officer_id)
    story.work("chancellery", case, "task_assign", executor=unit)
    handed_in = "Кепілдік хат қағаз түрінде тапсырылды"
    story.work("unit", case, "task_check_completeness", complete="yes", despite_findings=handed_in)
    assert "Nothing can be added" not in text(seat.get(f"/cabinet/cases/{case.id}")), "the officer has found otherwise"


@pytest.mark.law("R6.2")
def test_a_complete_application_needs_nothing_more(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    said = text(seat.get(f"/cabinet/cases/{story.filed().id}/receipt"))
    assert "You need not do anything now." in said
    assert "incomplete" not in said


@pytest.mark.law("R8.2", "A1.11.3")
def test_a_late_step_that_was_left_is_not_called_needless(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T10:00")
    seat = Cabinet(story).seat("company_head")
    withdraw_case(story.program, case.id, story.applicant("company_head"), "")
    said = page_of(seat, case)
    assert "Check the completeness of the documents Not done, the term had passed" in said
    assert "not carried out" not in said


@pytest.mark.law("R8.2", "A1.4")
def test_a_missed_service_term_is_called_by_its_name(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-20T10:00")
    said = page_of(Cabinet(story).seat("company_head", "ru"), case)
    assert "Пропущен Срок оказания услуги: срок закончился 19.09.2023, 18:30" in said


@pytest.mark.law("A1.11.3", "L73.1")
def test_a_day_that_the_law_waits_for_stands_before_the_step_that_follows_it(story: Story) -> None:
    seat, case = Cabinet(story).seat("company_head"), story.invited()
    story.at("2023-09-14T18:30")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
    said = steps(seat, case)
    states = [state for state, _name in said]
    assert states.index("current") < states.index("next")
    assert said[states.index("next")][1] == "Sign the reasoned refusal"
