"""The office beside the diagram: minutes, clerical errors, access to the file, a withdrawn consent."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from werkzeug.test import TestResponse

from service.domain.case import Case
from service.domain.duties import Duty
from service.usecases.consent import withdraw_consent
from service.usecases.extend_term import extend_term
from service.usecases.minutes import add_remark
from service.usecases.report_error import report_error
from tests.papers import pdf_text
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.usecases.beside import heard, persona_of, signed_minutes
from tests.web.office import Desk, Office, content_to_sign, hidden, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def sign(desk: Desk, login: str, answer: TestResponse) -> TestResponse:
    """Follow to the paper, sign it and follow to what comes of it."""
    assert answer.status_code == 303, text(answer)
    page = desk.follow(answer)
    cms = desk.story.pki.sign_cms(persona_of(desk.story, login), content_to_sign(page))
    return desk.follow(desk.post(str(answer.location), {"signature": base64.b64encode(cms).decode()}))


def granted(story: Story) -> Case:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    return story.work("head", case, "task_sign_permit", decision="sign")


@pytest.mark.law("L74.1")
def test_the_page_beside_the_procedure_shows_how_far_minutes_and_remarks_have_come(office: Office) -> None:
    case, unit = heard(office.story), office.desk("unit")
    address = f"/office/cases/{case.id}/beside"
    assert "Sign the minutes of the hearing" in text(unit.get(f"/office/cases/{case.id}"))
    assert "To be signed" in text(unit.get(address))
    minutes = signed_minutes(office.story, case)
    add_remark(office.story.program, minutes.id, office.story.applicant("company_head"), "Сөзім жазылмаған")
    page = text(unit.get(address))
    for part in ("TH-2023-000001 (PDF)", "Signed by both", "Сөзім жазылмаған", "To be answered", "Done"):
        assert part in page


@pytest.mark.law("L82.1")
def test_the_head_sees_the_difference_before_signing_a_correction(office: Office) -> None:
    case = granted(office.story)
    (document,) = office.story.program.queries.case(case.id).documents
    address = f"/office/documents/{document.id}/correct"
    head = office.desk("head")
    assert address in head.get(f"/office/cases/{case.id}/beside").text
    assert office.desk("unit").get(address).status_code == 403
    report_error(office.story.program, document.id, office.story.officer("unit"), "Платформаның атауында қате бар")
    page = head.get(address)
    assert "QazToken сауда платформасы" in page.text
    assert page.text.count("Платформаның атауында қате бар") == 2, "what was reported, and the reason to begin with"
    assert "KZ-2023-000001" not in page.text.split('<form id="correction"')[1], "the number is no field"
    typed = {"reason": "Атауы қате", "field-platform": "QazToken сауда алаңы"}
    assert head.post(address, {**typed, "reason": " ", "go": "show"}).status_code == 400
    assert head.post(address, {"reason": "Қате", "go": "show"}).status_code == 400
    shown = head.post(address, {**typed, "go": "show"})
    assert "<del>QazToken сауда платформасы</del>" in shown.text
    assert "<ins>QazToken сауда алаңы</ins>" in shown.text
    done = text(sign(head, "head", head.post(address, {**typed, "go": "sign"})))
    assert "Signed: Permit KZ-2023-000001." in done
    assert head.get(address).status_code == 409


@pytest.mark.law("A1.10.5")
def test_a_withdrawn_consent_is_shown_with_the_facts_of_ground_5_filled_in(office: Office) -> None:
    case = office.story.complete()
    withdraw_consent(office.story.program, case.id, office.story.applicant("company_head"))
    unit = office.desk("unit")
    assert "The applicant withdrew the consent" in text(unit.get("/office/"))
    page = unit.open(case)
    assert "a possible ground 5, whose facts are filled in" in text(page)
    assert 'value="Өтініш беруші келісімін кері қайтарып алды"' in page.text
    assert 'value="12.09.2023"' in page.text


@pytest.mark.law("A1.10.5")
def test_a_draft_of_the_examination_keeps_what_was_typed_and_takes_the_facts_of_ground_5(office: Office) -> None:
    case, unit = office.story.complete(), office.desk("unit")
    task = office.story.open_task(case).id
    shown = hidden(unit.open(case))
    unit.post(f"/office/tasks/{task}/draft", {**shown, "conclusion": "Жоба", "ground_5_state": "", "ground_5_at": ""})
    withdraw_consent(office.story.program, case.id, office.story.applicant("company_head"))
    page = unit.open(case).text
    assert "Жоба" in page
    assert 'value="Өтініш беруші келісімін кері қайтарып алды"' in page


@pytest.mark.law("A1.10.5", "R6.1", "R8.1")
def test_every_task_of_the_unit_reminds_of_a_withdrawn_consent(office: Office) -> None:
    story, unit = office.story, office.desk("unit")
    case = story.assigned()
    assert "withdrew the consent" not in text(unit.open(case))
    withdraw_consent(story.program, case.id, story.applicant("company_head"))
    told = "The applicant withdrew the consent on 12.09.2023, 10:00"
    assert f"{told}: a possible ground 5 of a refusal." in text(unit.open(case))
    story.work("unit", case, "task_check_completeness", complete="yes")
    assert f"{told}: a possible ground 5, whose facts are filled in." in text(unit.open(case))
    story.at("2023-09-12T11:00:00")
    story.work("unit", case, "task_examine", **DOES_NOT)
    assert f"{told}, before the examination ended." in text(unit.open(case))
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-14")
    assert f"{told}, before the examination ended." in text(unit.open(case))


@pytest.mark.law("A1.10.5", "R9.1")
def test_the_head_sees_before_signing_that_the_consent_was_withdrawn_after_the_examination(office: Office) -> None:
    story, head = office.story, office.desk("head")
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    assert "withdrew the consent" not in text(head.open(case))
    paper = head.send(case, decision="sign")
    withdraw_consent(story.program, case.id, story.applicant("company_head"))
    told = "after the examination: a possible ground 5 that nobody has weighed. Send it back to be examined again."
    assert told in text(head.open(case))
    assert told in text(head.follow(paper))
    assert "The applicant withdrew the consent" in text(head.get("/office/"))
    story.work("head", case, "task_sign_permit", decision="return", return_reason="Келісім қайтарылды")
    story.at("2023-09-12T11:00:00")
    assert "whose facts are filled in" in text(office.desk("unit").open(case))
    story.work("unit", case, "task_examine", **CONFORMS)
    assert "before the examination ended." in text(head.open(case))


@pytest.mark.printed
@pytest.mark.law("L76.3", "L80.5")
def test_the_notice_of_a_longer_term_is_signed_at_once_or_as_a_duty(office: Office) -> None:
    case, head = office.story.complete(), office.desk("head")
    answer = head.post(f"/office/cases/{case.id}/extend", {"until": "02.10.2023", "reason": "Сараптама қажет"})
    assert "Notice of the extension MU-2023-000001" in text(head.follow(answer))
    assert "Tell the applicant of the longer term" in text(head.get(f"/office/cases/{case.id}"))
    (duty,) = [row for row in head_duties(office, case) if row.kind == "notify_extension"]
    done = text(sign(head, "head", head.post(f"/office/duties/{duty.id}", {})))
    assert "Signed: Notice of the extension MU-2023-000001." in done
    notices = [notice.kind for notice in office.story.program.queries.case(case.id).notices]
    assert notices[-2:] == ["extended", "extension_notice"]
    (paper,) = office.story.program.queries.case(case.id).documents
    assert "Шағымдану тәртібі" in pdf_text(office.story.program.files.read(paper.sha256))
    assert not head_duties(office, case)[0].is_open


def head_duties(office: Office, case: Case) -> list[Duty]:
    with office.program.reading() as uow:
        return list(uow.duties.of_case(case.id))


@pytest.mark.law("L76.3", "O5")
def test_a_duty_is_a_link_only_for_whom_its_page_opens(office: Office) -> None:
    case = office.story.complete()
    extend_term(office.program, case.id, office.story.officer("head"), date(2023, 9, 25), "Сараптама қажет")
    (duty,) = head_duties(office, case)
    for login, opens in (("head", True), ("supervisor", True), ("unit", False), ("chancellery", False)):
        desk = office.desk(login)
        page = desk.get(f"/office/cases/{case.id}")
        assert "Tell the applicant of the longer term" in text(page)
        assert (f'href="/office/duties/{duty.id}"' in page.text) is opens
        assert (desk.get(f"/office/duties/{duty.id}").status_code == 200) is opens


@pytest.mark.law("L73.4", "R8.3")
def test_an_answer_in_writing_that_never_came_is_named_as_what_is_wrong(office: Office) -> None:
    case = office.story.invited()
    office.story.at("2023-09-14T12:00")
    answer = office.desk("unit").send(case, hearing_result="written", outcome="refuse", outcome_reasons="Жоқ")
    assert answer.status_code == 400
    assert "The applicant has sent no answer. Choose another result." in text(answer)
