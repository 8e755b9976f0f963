"""The page of a hearing: lawful days only, the position, the hours of the days offered, an exemption and its paper."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest

from service.domain.files import MAX_FILE_BYTES
from service.usecases.applicant_acts import submit_position
from service.usecases.dated_settings import change_setting
from service.usecases.people import ADMINISTRATOR
from tests.program import DOES_NOT, HEARING, Story
from tests.usecases.test_dated_settings import SHORT
from tests.web.office import Office, faults, hidden, text
from tests.web.test_office_tasks import PNG


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


@pytest.mark.law("R8.1", "R8.3", "L73.1", "L73.3", "D2")
def test_the_hearing_desk_offers_lawful_days_only_and_says_what_follows(office: Office) -> None:
    case = office.story.work("unit", office.story.complete(), "task_examine", **DOES_NOT)
    page = office.desk("unit").open(case)
    offered = re.findall(r'<option value="(2023-[\d-]+)"', page.text)
    assert offered == ["2023-09-12", "2023-09-13", "2023-09-14"]
    said = text(page)
    assert "A hearing may be held until 14.09.2023." in said
    assert "The applicant may object until 14.09.2023, 18:30." in said
    assert "A refusal may be signed from 15.09.2023." in said
    office.story.at("2023-09-18T10:00:00")
    assert "the head must extend it first" in text(office.desk("unit").open(case))


@pytest.mark.law("L73.3", "L73.4", "R8.3")
def test_the_hearing_page_shows_the_position_and_refuses_silence(office: Office) -> None:
    case = office.story.invited()
    desk = office.desk("unit")
    early = desk.send(case, hearing_result="silent", outcome="refuse", outcome_reasons="Үнсіз")
    assert early.status_code == 400
    silence = "The applicant may still answer: silence counts only when the term for it is over."
    assert faults(early) == [("hearing_result", f"How did the hearing go: {silence}")]
    applicant = office.story.applicant("company_head")
    submit_position(office.program, case.id, applicant, "Жалға алу шарты бар.", wants_oral=True)
    office.story.at("2023-09-15T09:00:00")
    submit_position(office.program, case.id, applicant, "Тағы бір дәлел.", wants_oral=False)
    page = desk.open(case)
    assert "Жалға алу шарты бар." in text(page)
    assert "Oral hearing asked for" in text(page)
    late = re.search(r"Тағы бір дәлел.*?</blockquote>", page.text, re.S)
    assert late is not None
    assert "Late" in late[0]
    silent = desk.send(case, hearing_result="silent", outcome="refuse", outcome_reasons="Үнсіз")
    assert "The applicant has stated a position" in text(silent)


@pytest.mark.law("R8.1", "A1.8.1", "D10")
def test_the_invitation_tells_the_working_hours_of_the_days_that_it_offers(office: Office) -> None:
    case = office.story.work("unit", office.story.complete(), "task_examine", **DOES_NOT)
    desk, page = office.desk("unit"), office.desk("unit", "ru").open(case)
    assert "Рабочее время 09:00–13:00 и 14:30–18:30, например 14:30" in text(page)
    change_setting(office.program, "working_hours", date(2023, 9, 14), SHORT, "№ 1", ADMINISTRATOR)
    assert (
        "12.09.2023–13.09.2023: Working hours 09:00–13:00 and 14:30–18:30, for example 14:30."
        " 14.09.2023: Working hours 09:00–13:00 and 14:00–18:00, for example 14:00."
    ) in text(desk.open(case))
    office.story.at("2023-09-14T09:30")
    assert "Working hours 09:00–13:00 and 14:00–18:00, for example 14:00" in text(desk.open(case))
    assert "14:30" not in text(desk.send(case, hearing="hold"))


@pytest.mark.law("R8.1", "L73.2")
def test_the_invitation_says_once_what_is_asked_where_a_hearing_is_held_and_where_not(office: Office) -> None:
    case = office.story.work("unit", office.story.complete(), "task_examine", **DOES_NOT)
    page = office.desk("unit").open(case)
    assert re.findall(r"<legend[^>]*--m[^>]*>([^<]+)<", page.text) == ["If held", "If not held"]
    said = text(page)
    assert [said.count(told) for told in ("If held", "If not held: the document", "Day of the hearing")] == [1, 1, 1]
    empty = office.desk("unit").send(case, hearing="hold")
    assert {name for name, _told in faults(empty)} == {"hearing_on", "hearing_time", "hearing_way", "hearing_place"}


@pytest.mark.law("L73.2")
def test_the_document_behind_an_exemption_is_added_without_losing_a_word(office: Office) -> None:
    case = office.story.work("unit", office.story.complete(), "task_examine", **DOES_NOT)
    desk = office.desk("unit")
    address = desk.address(case)
    answers = {**hidden(desk.get(address)), "page": address, "hearing": "exempt", "exemption": "applicant_request",
               "exemption_reason": "Өзі сұрады"}  # fmt: skip
    bad = {**answers, "upload": "exemption_document", "exemption_document": (io.BytesIO(b"MZ not a paper"), "хат.pdf")}
    refused = desk.post(address, bad)
    assert refused.status_code == 400
    assert "Only PDF, JPEG and PNG can be taken." in text(refused)
    assert "Өзі сұрады" in refused.text
    sent = {name: told for name, told in answers.items() if name != "exemption_reason"}
    both = desk.post(address, {**sent, "exemption_document": (io.BytesIO(b"MZ not a paper"), "хат.pdf")})
    only = "Only PDF, JPEG and PNG can be taken. Save the file as one of these."
    assert faults(both) == [
        ("exemption_reason", "Reasons: Fill in this field."),
        ("exemption_document", f"If not held: the document that shows the basis: {only}"),
    ]
    large = (io.BytesIO(PNG + bytes(MAX_FILE_BYTES)), "сот.png")
    too_large = desk.post(address, {**answers, "upload": "exemption_document", "exemption_document": large})
    assert "The file is larger than 20 MB." in text(too_large)
    png = io.BytesIO(PNG)
    kept = desk.post(address, {**answers, "upload": "exemption_document", "exemption_document": (png, "сот.png")})
    page = desk.follow(kept)
    assert "сот.png" in text(page)
    assert "Өзі сұрады" in page.text
    done = desk.post(address, {**answers, **hidden(page)})
    assert done.status_code == 303
    assert office.story.open_task(case).element == "task_sign_refusal"
    assert "task_file_added" in office.story.said(case)


@pytest.mark.law("L74.1", "R8.1")
def test_the_form_of_a_hearing_begins_with_where_and_when_it_was_invited_to(office: Office, story: Story) -> None:
    case = story.invited()
    page = office.desk("unit").open(case).text
    for name, said in (("place", HEARING["hearing_place"]), ("date", "14.09.2023"), ("start", HEARING["hearing_time"])):
        field = re.search(rf'<input[^>]*name="minutes_{name}"[^>]*>', page)
        assert field is not None and f'value="{said}"' in field[0]


@pytest.mark.law("R8.1", "R8.3")
def test_the_worklist_names_day_and_hour_of_a_hearing_until_its_result_is_recorded(office: Office) -> None:
    case, unit = office.story.invited(), office.desk("unit")
    assert "Hearing: 14.09.2023, 11:00" in text(unit.get("/office/"))
    office.story.at("2023-09-14T18:31:00")
    silent = {"hearing_result": "silent", "outcome": "refuse", "outcome_reasons": "Келіспеу білдірілмеді"}
    office.story.work("unit", case, "task_hold_hearing", **silent)
    assert "Hearing: " not in text(unit.get("/office/?tab=all"))


@pytest.mark.law("L74.1", "R8.3")
@pytest.mark.parametrize(
    ("language", "nobody", "silent"),
    [
        ("kk", "Ешкім келмесе, әр жолға соны жазыңыз", "Позиция білдірілмесе, соны жазыңыз"),
        ("ru", "Если никто не пришёл, напишите это в каждом поле", "Если позиция не высказана, напишите это"),
        ("en", "Where nobody has come, write so in each field", "Where no position was stated, write so"),
    ],
)
def test_the_form_of_a_hearing_says_what_is_written_where_nobody_came(
    office: Office, language: str, nobody: str, silent: str
) -> None:
    said = text(office.desk("unit", language).open(office.story.invited()))
    assert nobody in said
    assert silent in said
