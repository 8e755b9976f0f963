"""Texts that no field takes: told at once in words, with the rest of what was typed kept, at every door."""

from __future__ import annotations

import time

import pytest

from service.usecases.audit import audit
from service.web.security import KEPT_OF_LONG, LONGEST_TEXT
from service.web.typed import LONGEST_ADDRESS
from tests.program import DOES_NOT, Story
from tests.web.cabinet import ASSET, Cabinet, fields
from tests.web.drafted import draft_of
from tests.web.ground_visitor import heading
from tests.web.office import Office, text

MEGABYTE = "z" * 1024 * 1024
TOO_LONG = {"kk": "Мәтін тым ұзын", "ru": "Текст слишком длинный", "en": "The text is too long"}
KEPT = {
    "kk": "Бір мәтін тым ұзын: оның басы және басқа жазғаныңыздың бәрі қайтарылды.",
    "ru": "Один текст слишком длинный: возвращено его начало и всё остальное введённое.",
    "en": "A text was too long: its beginning is back, and everything else that you had typed.",
}
AUTOSAVE = {"X-Requested-With": "autosave", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.law("R3.2")
@pytest.mark.parametrize("language", TOO_LONG)
def test_a_megabyte_in_a_draft_is_told_by_its_beginning_and_the_other_answers_come_back(
    story: Story, language: str
) -> None:
    seat = Cabinet(story).seat("company_head", language)
    draft = seat.begin()
    seat.save(draft, "asset", **ASSET)
    before = draft_of(seat, draft).answers
    words = "Көп сөз "
    refused = seat.save(draft, "asset", platform="QazToken 2", purpose=words + MEGABYTE)
    assert (refused.status_code, heading(refused)) == (413, TOO_LONG[language])
    assert words.strip() in text(refused)
    assert "1\u00a0048\u00a0584" in refused.text
    assert "100\u00a0000" in refused.text
    assert len(refused.text) < 20_000
    assert draft_of(seat, draft).answers == before
    back = refused.text.split('href="')
    address = next(part.split('"')[0] for part in back if "typed=" in part.split('"')[0])
    again = seat.get(address)
    assert KEPT[language] in again.text
    assert "QazToken 2" in again.text
    assert (words + MEGABYTE)[:KEPT_OF_LONG] in again.text
    assert (words + MEGABYTE)[: KEPT_OF_LONG + 1] not in again.text
    assert seat.post(f"{draft}/pages/asset", {**fields(again), "go": "on"}).status_code == 400


@pytest.mark.law("R3.2")
def test_a_page_that_saves_itself_is_told_that_it_is_not_saved(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    page = seat.get(f"{draft}/pages/asset")
    assert page.status_code == 200
    answer = seat.post(f"{draft}/pages/asset/save", {"purpose": MEGABYTE}, AUTOSAVE)
    assert answer.status_code == 413
    assert answer.is_json


@pytest.mark.law("R6.1")
def test_a_megabyte_in_the_answer_to_a_task_moves_nothing_and_the_ticks_come_back(story: Story) -> None:
    case, unit = story.complete(), Office(story).desk("unit")
    refused = unit.send(case, **{**DOES_NOT, "facts": MEGABYTE})
    assert (refused.status_code, heading(refused)) == (413, TOO_LONG["en"])
    assert unit.open(case).status_code == 200
    assert list(audit(story.program)) == []


def test_a_megabyte_at_a_door_opens_it_as_little_as_anything_else(story: Story) -> None:
    visitor = Office(story).visitor()
    visitor.get("/office/sign-in?lang=en")
    refused = visitor.post("/office/sign-in", {"login": MEGABYTE, "password": "x"})
    assert (refused.status_code, heading(refused)) == (413, TOO_LONG["en"])
    more = visitor.post("/office/sign-in", {"login": "ә" * 1024 * 1024, "password": "x"})
    assert (more.status_code, heading(more)) == (413, TOO_LONG["en"])


def test_a_text_from_another_site_is_not_kept(story: Story) -> None:
    visitor = Office(story).visitor()
    visitor.get("/office/sign-in")
    sent = {"login": MEGABYTE, "password": "x", "note": "kept"}
    refused = visitor.post("/office/sign-in", sent, {"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 413
    assert "typed=" not in refused.text


@pytest.mark.parametrize("name", ["q", "\u0430" * 3, "page"])
def test_a_megabyte_in_an_address_is_answered_shortly_and_at_once(story: Story, name: str) -> None:
    desk = Office(story).desk("unit")
    began = time.thread_time()
    for address in ("/office/cases", "/office", "/register", "/verify", "/office/sign-in"):
        answer = desk.get(f"{address}?{name}={'z' * 1024 * 1024}")
        assert (answer.status_code, heading(answer)) == (414, "The address is too long"), address
        assert len(answer.text) < 20_000
    assert desk.get("/office/" + "z" * LONGEST_ADDRESS).status_code == 414
    assert time.thread_time() - began < 2
    assert desk.get(f"/office/cases?q={'z' * (LONGEST_ADDRESS // 2)}&lang=en").status_code == 200


def test_the_name_of_a_field_is_no_place_for_a_book(story: Story) -> None:
    visitor = Office(story).visitor()
    visitor.get("/office/sign-in")
    assert visitor.post("/office/sign-in", {MEGABYTE: "x"}).status_code == 400


def test_a_field_of_the_longest_length_is_judged_by_its_form(story: Story) -> None:
    visitor = Office(story).visitor()
    visitor.get("/office/sign-in")
    assert visitor.post("/office/sign-in", {"login": "z" * LONGEST_TEXT, "password": "x"}).status_code == 400
