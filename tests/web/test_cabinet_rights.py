"""What an applicant may ask for in a case: its file, who opened it, remarks to the minutes, the consent."""

from __future__ import annotations

import io
import zipfile

import pytest

from service.usecases.consent import consent_of
from service.usecases.file_access import accesses_of, grant_access
from service.usecases.look_up_status import look_up_status
from service.usecases.record_reading import record_reading
from tests.program import Story
from tests.usecases.beside import heard, signed_minutes
from tests.web.cabinet import Cabinet, text
from tests.web.office import Office


@pytest.mark.law("L75.1")
def test_the_case_file_is_asked_for_in_the_cabinet_and_fetched_when_it_is_open(story: Story) -> None:
    case = story.assigned()
    seat = Cabinet(story).seat("company_head")
    address = f"/cabinet/cases/{case.id}/file"
    assert "you need give no reason" in text(seat.get(address))
    assert seat.get(f"{address}.zip").status_code == 404
    assert seat.post(address, {"reason": "Шағым дайындау үшін"}).status_code == 303
    said = text(seat.get(address))
    assert "Waits for the unit The file must be opened by 15.09.2023, 18:30." in said
    assert "Ask for the case file" not in said
    (access,) = accesses_of(story.program, case.id)
    grant_access(story.program, access.id, story.officer("unit"))
    assert "The file is open to you" in text(seat.get(address))
    package = seat.client.get(f"{address}.zip")
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(package.data)).namelist()


@pytest.mark.law("L75.1", "L69.1")
def test_the_applicant_sees_which_officer_opened_the_case_and_when(story: Story) -> None:
    case = story.assigned()
    seat = Cabinet(story).seat("company_head")
    address = f"/cabinet/cases/{case.id}/file"
    assert "No officer has opened the page of your case yet." in text(seat.get(address))
    record_reading(story.program, story.officer("unit"), case.id)
    officer = story.officer("unit").name
    said = f"{officer} Responsible unit. The case was opened for reading."
    assert f"Who opened my case 12.09.2023, 10:00 {said}" in text(seat.get(address))
    desk = Office(story).desk("head")
    (paper, _other) = story.program.queries.case(case.id).attachments
    assert desk.file(f"/office/cases/{case.id}/files/{paper.id}").status_code == 200
    assert desk.file(f"/office/cases/{case.id}/package.zip").status_code == 200
    look_up_status(story.program, story.officer("centre"), case.number, case.identifier)
    told = text(seat.get(address))
    assert f"A paper was opened for reading: {paper.name}." in told
    assert "The package of the case was taken away." in told
    assert "The contact centre looked up where the case stands." in told


@pytest.mark.law("L74.1")
def test_the_applicant_reads_the_minutes_and_remarks_on_them(story: Story) -> None:
    case = heard(story)
    minutes = signed_minutes(story, case)
    seat = Cabinet(story).seat("company_head")
    said = text(seat.get(f"/cabinet/cases/{case.id}"))
    assert f"Minutes of the hearing № {minutes.number}" in said
    assert "in time until 19.09.2023, 18:30" in said
    address = f"/cabinet/cases/{case.id}/minutes/{minutes.id}"
    seat.get(address)
    assert "Write your remark." in text(seat.post(address, {"text": " "}))
    assert seat.post(address, {"text": "Менің сөзім жазылмаған"}).status_code == 303
    assert "Waits for an answer Менің сөзім жазылмаған" in text(seat.get(f"/cabinet/cases/{case.id}"))
    story.at("2023-09-20T09:00")
    seat = Cabinet(story).seat("company_head")
    assert "The term for remarks ended on 19.09.2023, 18:30." in text(seat.get(address))
    assert Cabinet(story).seat("entrepreneur").get(address).status_code == 404


@pytest.mark.law("A1.10.5")
def test_the_consent_is_withdrawn_after_being_told_what_that_means(story: Story) -> None:
    case = story.assigned()
    seat = Cabinet(story).seat("company_head")
    address = f"/cabinet/cases/{case.id}/consent"
    assert "the missing consent can be a ground for refusal" in text(seat.get(address))
    assert seat.post(address, {"reason": "Ойымнан айныдым"}).status_code == 303
    found = consent_of(story.program, case.id)
    assert found is not None
    assert found.reason == "Ойымнан айныдым"
    assert "there is nothing to withdraw" in text(seat.get(address))


@pytest.mark.law("A1.10.5", "L75.1")
@pytest.mark.parametrize("page", ["consent", "file"])
def test_a_reason_that_is_too_long_is_given_back_whole_and_nothing_is_cut(story: Story, page: str) -> None:
    case = story.assigned()
    seat = Cabinet(story).seat("company_head")
    address = f"/cabinet/cases/{case.id}/{page}"
    assert 'data-maxlength="2000"' in seat.get(address).text
    long = "ұ" * 2001
    answer = seat.post(address, {"reason": long})
    assert answer.status_code == 400
    assert "Shorten the text to 2000 characters." in text(answer)
    assert f">{long}</textarea>" in answer.text
    found = consent_of(story.program, case.id)
    assert found is not None
    assert (found.withdrawn_at, accesses_of(story.program, case.id)) == (None, [])
    assert seat.post(address, {"reason": long[1:]}).status_code == 303


@pytest.mark.law("L75.1")
def test_a_note_to_the_applicant_that_is_too_long_is_given_back_and_nothing_is_cut(story: Story) -> None:
    case = story.assigned()
    seat = Cabinet(story).seat("company_head")
    seat.get(f"/cabinet/cases/{case.id}/file")
    seat.post(f"/cabinet/cases/{case.id}/file", {})
    desk = Office(story).desk("unit")
    with story.program.reading() as uow:
        (duty,) = (each for each in uow.duties.of_case(case.id) if each.kind == "give_case_file")
    desk.get(f"/office/duties/{duty.id}")
    long = "ұ" * 2001
    answer = desk.post(f"/office/duties/{duty.id}", {"open_until": "22.10.2023", "note": long})
    assert (answer.status_code, "Shorten the text to 2000 characters." in text(answer)) == (400, True)
    assert long in answer.text
    assert accesses_of(story.program, case.id)[0].waits
