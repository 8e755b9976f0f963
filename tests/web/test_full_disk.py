"""On a full disk everybody is told so in words, loses nothing that was entered, and goes on when there is room."""

from __future__ import annotations

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from service.usecases.audit import audit
from tests.full_disk import LONG, full_disk, full_store
from tests.program import DOES_NOT, Story
from tests.web.cabinet import PDF, Cabinet, fields
from tests.web.ground_visitor import heading
from tests.web.office import Office, hidden, text

FULL = {
    "kk": ("Біздің қоймамыз толып қалды", "Бұрын сақталғаннан ештеңе жоғалған жоқ."),
    "ru": ("Наше хранилище заполнено", "Ничего из сохранённого раньше не потеряно."),
    "en": ("Our storage is full", "Nothing that was saved before is lost."),
}


def once_more(page: TestResponse, address: str) -> dict[str, object]:
    """What the page would send again."""
    form = page.text[page.text.index(f'<form method="post" action="{address}"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[: form.index("</form>")])
    return {name: unescape(value) for name, value in found}


@pytest.mark.law("L69.1", "R7.1")
def test_an_officer_whose_step_has_no_room_reads_why_keeps_the_text_and_tries_again(story: Story) -> None:
    case, office = story.complete(), Office(story)
    desks = {language: office.desk("unit", language) for language in FULL}
    address, answers = desks["en"].address(case), {**DOES_NOT, "conclusion": LONG}
    sent = {language: {**hidden(desk.open(case)), **answers} for language, desk in desks.items()}
    with full_disk(story.program):
        for language, desk in desks.items():
            answer = desk.post(address, sent[language])
            assert (answer.status_code, FULL[language][0] in text(answer)) == (503, True)
            assert LONG.strip() in text(answer)
        assert story.open_task(case).element == "task_examine"
    assert desks["kk"].post(address, sent["kk"]).status_code == 303
    assert story.open_task(case).element == "task_invite_hearing"
    assert not list(audit(story.program))


@pytest.mark.law("R3.2")
def test_an_applicant_whose_page_has_no_room_sends_it_again_from_the_page_that_says_so(story: Story) -> None:
    cabinet = Cabinet(story)
    seats = {language: cabinet.seat("company_head", language) for language in FULL}
    page = f"{seats['en'].begin()}/pages/applicant"
    typed = {language: {**fields(seat.get(page)), "page": page, "go": "on"} for language, seat in seats.items()}
    with full_disk(story.program):
        for language, seat in seats.items():
            answer = seat.post(page, {**typed[language], "phone": LONG, "email": "altyn@example.test"})
            assert (answer.status_code, heading(answer)) == (503, FULL[language][0])
            assert FULL[language][1] in text(answer)
    again = once_more(answer, page)
    assert again["phone"] == LONG
    assert seats["en"].post(page, {**again, "phone": "8 717 274 00 00"}).status_code == 303
    assert "altyn@example.test" in seats["en"].get(page).text


@pytest.mark.law("R2.4", "R3.2", "R3.3")
def test_without_room_for_files_no_file_is_taken_and_no_application_sent_until_there_is(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready()
    sent = seat.signed(seat.get(f"{draft}/review"), "company_head")
    with full_store():
        file = seat.attach(draft, "үзінді2.pdf", PDF + b"%")
        assert "There is no room for the file on our side now. Nothing is lost: try again later." in text(file)
        answer = seat.post(f"{draft}/review", sent)
        assert (answer.status_code, "There is no room for the application" in text(answer)) == (503, True)
        assert not story.program.queries.cases().rows
    assert seat.post(f"{draft}/review", sent).status_code == 303
    assert len(story.program.queries.cases().rows) == 1
