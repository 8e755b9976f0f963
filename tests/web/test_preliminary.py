"""A date that reaches into a year without a confirmed calendar is marked wherever it is told (D28)."""

from __future__ import annotations

import pytest

from service.domain.calendar import WorkCalendar
from service.domain.channels import MAIL
from service.domain.messages import OutboxMessage
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.load_calendar import load_calendar
from service.usecases.notify_extension import ExtensionLetter
from service.usecases.people import ADMINISTRATOR
from service.usecases.report_error import report_own_error
from service.usecases.wording import mail_of
from tests.calendars import ACT, calendar_text
from tests.complaints import INVITED, Complaints
from tests.papers import pdf_text
from tests.program import DOES_NOT, HEARING
from tests.usecases.beside import duties, signed, signed_minutes
from tests.usecases.beside import heard as heard_by_the_unit
from tests.usecases.test_carrying_out import ordered
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

MARK = "(preliminary)"


@pytest.fixture
def unsettled(complaints: Complaints) -> Complaints:
    """The year of the story is not confirmed yet; no day of it is another."""
    content = calendar_text().replace("2023,confirmed_year", "2023,preliminary_year")
    assert load_calendar(complaints.program, content, ACT, ADMINISTRATOR) == []
    return complaints


def last(story: Complaints, case_id: int) -> str:
    """What the newest paper of a case says."""
    paper = story.program.queries.case(case_id).documents[-1]
    return " ".join(pdf_text(story.program.files.read(paper.sha256)).split())


@pytest.mark.law("D28")
def test_every_page_of_the_office_marks_it(unsettled: Complaints) -> None:
    granted, complaint, duty = ordered(unsettled)
    office = Office(unsettled)
    unit, head, due = office.desk("unit"), office.desk("head"), f"19.09.2023, 18:30 {MARK}"
    assert due in text(unit.get(f"/office/duties/{duty.id}"))
    assert ", preliminary" in text(unit.get("/office/duties"))
    for page in (f"/office/cases/{complaint.id}", f"/office/cases/{complaint.id}/beside"):
        assert f"until {due}" in text(unit.get(page))
    assert f"until 19.09.2023 {MARK}" in text(unit.get(f"/office/cases/{granted.id}"))
    case = unsettled.filed("entrepreneur")
    assert f"until 12.09.2023, 18:30 {MARK}" in text(head.get(f"/office/cases/{case.id}"))
    assert "preliminary" in text(office.desk("chancellery").get("/office/"))
    assert f"Service: 19.09.2023 {MARK}" in text(office.desk("chancellery").get("/office/"))
    assert ", preliminary" in text(head.get("/office/overview"))
    centre = office.desk("centre")
    centre.get("/office/status")
    told = text(centre.post("/office/status", {"number": case.number, "identifier": case.identifier}))
    assert f"End of the service term 19.09.2023, 18:30 {MARK}" in told


@pytest.mark.law("D28", "A1.11.3")
def test_every_page_of_the_cabinet_marks_it(unsettled: Complaints) -> None:
    seat = Cabinet(unsettled).seat("company_head")
    granted, complaint, _duty = ordered(unsettled)
    permit = unsettled.document(granted, "permit")
    report_own_error(unsettled.program, permit.id, unsettled.applicant("company_head"), "Қате")
    request_access(unsettled.program, granted.id, unsettled.applicant("company_head"))
    page = text(seat.get(f"/cabinet/cases/{granted.id}"))
    assert f"Until 15.09.2023, 18:30 {MARK} it is corrected" in page
    assert f"until 19.09.2023, 18:30 {MARK}" in page
    assert f"opened by 15.09.2023, 18:30 {MARK}" in text(seat.get(f"/cabinet/cases/{granted.id}/file"))
    assert f"by 15.09.2023, 18:30 {MARK}" in text(seat.get(f"/cabinet/cases/{complaint.id}/complaint/receipt"))
    case = unsettled.filed()
    assert f"by 19.09.2023, 18:30 {MARK}" in text(seat.get(f"/cabinet/cases/{case.id}/receipt"))
    assert MARK in text(seat.get("/cabinet/"))


@pytest.mark.law("D28", "L74.1")
def test_the_term_for_remarks_is_marked(unsettled: Complaints) -> None:
    case = heard_by_the_unit(unsettled)
    signed_minutes(unsettled, case)
    seat = Cabinet(unsettled).seat("company_head")
    assert f"in time until 19.09.2023, 18:30 {MARK}" in text(seat.get(f"/cabinet/cases/{case.id}"))


@pytest.mark.printed
@pytest.mark.law("D28", "R8.1", "L73.3", "L76.3")
def test_letters_with_counted_days_say_that_they_are_preliminary(unsettled: Complaints) -> None:
    case = unsettled.complete()
    extend_term(
        unsettled.program,
        case.id,
        unsettled.officer("head"),
        unsettled.now(case).registered_on.replace(day=25),
        "Тексеру",
    )
    (duty,) = duties(unsettled, case, "notify_extension")
    signed(unsettled, "head", ExtensionLetter(), case, duty=duty.id)
    assert "Күндер алдын ала есептелген" in last(unsettled, case.id)
    unsettled.work("unit", case, "task_examine", **DOES_NOT)
    unsettled.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-14")
    assert "Күндер алдын ала есептелген" in last(unsettled, case.id)
    complaint = unsettled.forwarded(None, contests="inaction", official="Бөлім")
    unsettled.considered(complaint, "unsatisfied")
    unsettled.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    assert "Күндер алдын ала есептелген" in last(unsettled, complaint.id)


@pytest.mark.law("D28")
def test_letters_of_a_settled_year_say_nothing_of_it(complaints: Complaints) -> None:
    case = complaints.work("unit", complaints.complete(), "task_examine", **DOES_NOT)
    complaints.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-14")
    assert "Күндер алдын ала" not in last(complaints, case.id)
    assert MARK not in text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{case.id}"))


@pytest.mark.law("D28", "L66.1")
@pytest.mark.parametrize(("language", "mark"), [("kk", "алдын ала"), ("ru", "предварительно"), ("en", "preliminary")])
def test_a_letter_by_mail_marks_the_day_too(unsettled: Complaints, language: str, mark: str) -> None:
    case = unsettled.filed(language=language)
    program = unsettled.program
    with program.reading() as uow:
        edition = program.editions.of_case(uow, case)
        letter = next(
            each
            for each in uow.list(OutboxMessage, case_id=case.id, channel=MAIL)
            if each.payload["kind"] == "accepted"
        )
        body = str(mail_of(letter.payload, case, edition, program.calendar)["body"])
    assert f"12.09.2023 ({mark})" in body
    settled = WorkCalendar(program.calendar.entries.values())
    assert mark not in str(mail_of(letter.payload, case, edition, settled)["body"])


@pytest.mark.law("L92.1", "L76.1", "D28")
def test_until_when_a_refusal_may_be_complained_of_is_told_as_a_day(complaints: Complaints) -> None:
    refused, seat = complaints.refused(), Cabinet(complaints).seat("company_head")
    page = text(seat.get(f"/cabinet/cases/{refused.id}"))
    assert "within how many months you may complain" in page
    assert "In time until 19.12.2023: 3 months from 18.09.2023, the day on which the refusal came" in page
    assert "in time until 19.12.2023 article" in page, "at the paper itself: 18 December is a day off"


@pytest.mark.law("L92.1", "D28")
def test_a_complaint_term_that_reaches_into_an_unconfirmed_year_is_marked(unsettled: Complaints) -> None:
    refused, seat = unsettled.refused(), Cabinet(unsettled).seat("company_head")
    page = text(seat.get(f"/cabinet/cases/{refused.id}"))
    assert f"In time until 19.12.2023 {MARK}: 3 months" in page
    assert f"in time until 19.12.2023 {MARK}" in page
    complaint = unsettled.complained(refused, "refusal")
    said = text(Office(unsettled).desk("chancellery").get(f"/office/cases/{complaint.id}"))
    assert f"until 19.12.2023 {MARK}" in said
