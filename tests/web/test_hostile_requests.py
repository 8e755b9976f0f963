"""What no person would send: it is refused in words, never with a failure of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.web import create_app
from service.web.security import limiter
from tests.program import CONFORMS, Story
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import Visitor, heading
from tests.web.office import Office

HUGE = "9" * 5000
BEYOND = "99999999999"
"""More than a row's number can be."""


@pytest.fixture
def stranger(story: Story) -> Iterator[Visitor]:
    app = create_app(story.program)
    limiter.reset()
    yield Visitor(app.test_client())
    limiter.reset()


@pytest.mark.law("R11.2", "A3.5")
def test_an_address_with_a_nul_is_refused_on_every_public_page(stranger: Visitor) -> None:
    addresses = (
        "/register?search=%00", "/register.csv?search=a%00b", "/register.json?%00=1", "/register/%00",
        "/register/%00.json", "/verify?code=%00", "/verify/%00", "/verify/file/%00", "/?lang=%00",
    )  # fmt: skip
    answers = {address: stranger.client.get(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 400)


def test_a_sign_in_with_a_nul_is_refused(stranger: Visitor) -> None:
    stranger.get("/office/sign-in")
    assert stranger.post("/office/sign-in", {"login": "unit\0", "password": "x"}).status_code == 400
    assert stranger.post("/office/sign-in", {"login": "unit", "password": "x", "a\0": "b"}).status_code == 400


@pytest.mark.law("R11.2")
def test_a_page_number_of_any_length_shows_the_last_page(stranger: Visitor) -> None:
    assert stranger.get(f"/register?page={HUGE}").status_code == 200
    assert stranger.get("/register?page=0").status_code == 200


def test_a_number_that_no_row_can_have_is_not_found(story: Story) -> None:
    head = Office(story).desk("head")
    case = story.filed()
    addresses = (f"/office/cases/{BEYOND}", f"/office/tasks/{HUGE}", f"/office/cases/{case.id}/files/{BEYOND}")
    assert [head.get(address).status_code for address in addresses] == [404, 404, 404]
    assert head.get("/office/cases?q=%00").status_code == 400
    assert head.get("/office/papers/%00").status_code == 400


@pytest.mark.parametrize("part", ["bytes=600000-", "bytes=5-2", "bytes=99999999-100000000"])
def test_a_part_of_a_file_that_it_does_not_have_is_refused_with_how_long_it_is(story: Story, part: str) -> None:
    case = story.filed()
    head = Office(story).desk("head")
    for address in ("/static/mark.svg", f"/office/cases/{case.id}/terms.json"):
        answer = head.client.get(address, headers={"Range": part})
        assert (answer.status_code, heading(answer)) == (416, "The request was not understood")
        assert answer.headers["Content-Range"].startswith("bytes */")


@pytest.mark.law("R13.2")
@pytest.mark.parametrize("about", ["case-²", "document-1-²", "entry-²-1", "case-①"])
def test_what_looks_like_a_number_and_is_none_begins_a_complaint_about_something_else(story: Story, about: str) -> None:
    applicant = Cabinet(story).seat("company_head")
    assert applicant.post("/cabinet/complaints", {"about": about}).status_code == 303


def test_a_form_of_five_million_letters_is_too_large(stranger: Visitor) -> None:
    stranger.get("/office/sign-in")
    assert stranger.post("/office/sign-in", {"login": "x" * 5_000_000, "password": "y"}).status_code == 413


@pytest.mark.law("R9.1")
def test_a_task_sent_without_the_version_that_its_page_showed_is_not_done(story: Story) -> None:
    case, chancellery = story.filed(), Office(story).desk("chancellery")
    executor = str(story.officer("unit").officer_id)
    for strange in ({}, {"version": ""}, {"version": "x"}, {"version": HUGE}):
        assert chancellery.open(case).status_code == 200
        assert chancellery.post(chancellery.address(case), {"executor": executor, **strange}).status_code == 409
    assert chancellery.send(case, executor=executor).status_code == 303


@pytest.mark.law("R9.1")
def test_a_return_with_a_second_answer_behind_it_prepares_no_paper(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    head = Office(story).desk("head")
    answer = head.send(case, decision=["return", "sign"], return_reason="Ескерту бар.")
    assert "/papers/" not in (answer.location or "")
    assert not story.program.queries.case(case.id).documents
