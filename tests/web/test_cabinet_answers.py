"""The word before the decision: the invitation, an answer in time or late, its files, what comes too late (L73.3)."""

from __future__ import annotations

import pytest

from service.domain.case import Attachment
from service.domain.files import FileRefused
from service.usecases import applicant_acts
from service.usecases.applicant_acts import submit_position, withdraw_case
from tests.program import Story
from tests.usecases.beside import HELD
from tests.web.cabinet import PDF, Cabinet, text
from tests.web.ground_visitor import heading
from tests.web.office import Office
from tests.web.test_cabinet_case import page_of


@pytest.mark.law("R8.1", "R8.3", "L73.3", "L73.4")
def test_the_applicant_reads_the_invitation_and_answers_in_time(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.invited()
    said = page_of(seat, case)
    assert "Day 14 September 2023 (Thursday) Hour 11:00 Way orally, by video conference" in said
    assert "You may answer until 14 September 2023, 18:30 (Thursday)" in said
    assert "You are heard before the decision is taken." in said
    assert "You may object to the preliminary decision until 14.09.2023, 18:30." in text(seat.get("/cabinet/"))
    address = f"/cabinet/cases/{case.id}/position"
    seat.get(address)
    empty = seat.post(address, {"text": " ", "wants_oral": "yes"})
    assert empty.status_code == 400
    assert "Write your answer." in text(empty)
    assert 'value="yes" checked' in empty.text
    refused = seat.upload(address, "шарт.pdf", b"words", {"text": "Шартты қоса ұсынамын.", "wants_oral": "yes"})
    assert "Only PDF, JPEG and PNG are taken." in text(refused)
    assert "Шартты қоса ұсынамын." in text(refused)
    sent = seat.upload(address, "шарт.pdf", PDF, {"text": "Шартты қоса ұсынамын.", "wants_oral": "yes"})
    said = text(seat.follow(sent))
    assert "Your answer is with the case, and the officer was told at once." in said
    assert "In time Asks for an oral hearing Шартты қоса ұсынамын. шарт.pdf" in said
    (kept,) = story.program.queries.case(case.id).positions
    assert (kept.wants_oral, kept.late) == (True, False)
    assert seat.download(f"/cabinet/cases/{case.id}/files/{kept.attachment_id}").data == PDF


@pytest.mark.law("L73.3", "A1.9.2")
def test_the_files_of_all_answers_together_have_the_bound_that_those_of_a_draft_have(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applicant_acts, "MAX_TOTAL_BYTES", 2 * len(PDF) + 1)
    seat, case = Cabinet(story).seat("company_head"), story.invited()
    address = f"/cabinet/cases/{case.id}/position"
    seat.get(address)
    for said in ("Қоса ұсынамын.", "Тағы да ұсынамын."):
        assert seat.upload(address, "a.pdf", PDF, {"text": said}).status_code == 303
    stored = {path for path in (story.program.settings.instance / "files").rglob("*") if path.is_file()}
    refused = seat.upload(address, "b.pdf", PDF + b"\n% once more\n", {"text": "Тағы бір файл."})
    assert refused.status_code == 400
    assert "The files with your answers may have" in text(refused)
    assert "Тағы бір файл." in text(refused)
    assert stored == {path for path in (story.program.settings.instance / "files").rglob("*") if path.is_file()}
    file = Attachment("position", "b.pdf", "0" * 64, 2 * len(PDF), "application/pdf", story.program.clock.now())
    with pytest.raises(FileRefused):
        submit_position(story.program, case.id, story.applicant("company_head"), "x", wants_oral=False, file=file)
    assert seat.post(address, {"text": "Файлсыз."}).status_code == 303
    assert len(story.program.queries.case(case.id).positions) == 3


@pytest.mark.law("L73.3")
def test_a_late_answer_is_taken_and_told_as_late(story: Story) -> None:
    case = story.invited()
    story.at("2023-09-15T09:00:00")
    seat = Cabinet(story).seat("company_head")
    address = f"/cabinet/cases/{case.id}/position"
    assert "The term for an answer is over." in text(seat.get(address))
    said = text(seat.follow(seat.post(address, {"text": "Кешіктім.", "wants_oral": "no"})))
    assert "It came after the term, so it is shown as late." in said
    assert "Late Answers in writing Кешіктім." in said


@pytest.mark.law("L73.3")
def test_without_a_preliminary_decision_there_is_nothing_to_answer(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    case = story.assigned()
    assert seat.get(f"/cabinet/cases/{case.id}/position").status_code == 404
    assert seat.post(f"/cabinet/cases/{case.id}/position", {"text": "Келіспеймін."}).status_code == 404


@pytest.mark.law("L73.3", "L69.1")
@pytest.mark.parametrize(
    ("language", "told"),
    [("kk", "Іс өзгерді"), ("ru", "Дело изменилось"), ("en", "The case has changed")],
)
def test_who_writes_while_the_case_is_decided_reads_so_and_gets_the_text_back(
    story: Story, language: str, told: str
) -> None:
    seat = Cabinet(story).seat("company_head", language)
    case = story.invited()
    address = f"/cabinet/cases/{case.id}"
    for page in ("position", "withdraw"):
        seat.get(f"{address}/{page}")
    withdraw_case(story.program, case.id, story.applicant("company_head"), "")
    for page, field in (("position", "text"), ("withdraw", "reason")):
        late = seat.post(f"{address}/{page}", {field: "Біздің дәлеліміз"})
        assert (late.status_code, heading(late)) == (409, told)
        assert "Біздің дәлеліміз" in text(late)
        assert f'href="{address}"' in late.text


@pytest.mark.law("L69.1")
def test_a_reason_that_is_too_long_is_told_at_its_field_and_kept(story: Story) -> None:
    seat, case, reason = Cabinet(story).seat("company_head"), story.assigned(), "Өзгертемін " * 50
    answer = seat.post(f"/cabinet/cases/{case.id}/withdraw", {"reason": reason})
    assert (answer.status_code, "Shorten the text to 500 characters." in text(answer)) == (400, True)
    assert reason.strip() in answer.text
    assert story.now(case).outcome == ""


@pytest.mark.law("L73.3", "R8.1")
def test_a_written_hearing_that_is_asked_for_orally_is_called_so_and_keeps_its_place(story: Story) -> None:
    case = story.invited(hearing_way="written", hearing_place="Мәңгілік Ел, 55/5, 312")
    seat, desk = Cabinet(story).seat("company_head"), Office(story).desk("unit")
    assert "Way in writing, through the personal cabinet Place Мәңгілік Ел, 55/5, 312" in page_of(seat, case)
    submit_position(story.program, case.id, story.applicant("company_head"), "Тыңдаңыз.", wants_oral=True)
    told = "Way orally, as was asked for Place Мәңгілік Ел, 55/5, 312"
    assert told in page_of(seat, case)
    assert told in text(desk.get(f"/office/cases/{case.id}"))


@pytest.mark.law("L73.3", "L74.1", "R8.3")
def test_nobody_is_asked_to_wish_for_an_oral_hearing_that_was_held_already(story: Story) -> None:
    seat, case = Cabinet(story).seat("company_head"), story.invited()
    address = f"/cabinet/cases/{case.id}/position"
    assert "Object, or ask for an oral hearing" in page_of(seat, case)
    assert "Do you ask for an oral hearing?" in text(seat.get(address))
    story.at("2023-09-14T12:00:00")
    nobody = {**HELD, "minutes_participants": "Ешкім келмеді", "outcome_reasons": "Позиция білдірілмеді"}
    story.work("unit", case, "task_hold_hearing", **nobody)
    said = page_of(seat, case)
    assert "Object in writing" in said
    assert "ask for an oral hearing" not in said
    page = seat.get(address)
    assert "The oral hearing has been held. You may still object in writing" in text(page)
    assert "wants_oral" not in page.text
    assert seat.post(address, {"text": "Байланыс болмады."}).status_code == 303
    (kept,) = story.program.queries.case(case.id).positions
    assert (kept.wants_oral, kept.late) == (False, False)
