"""What the holder reads of the own permit: its state in the register, and what a complaint would do to it."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.case import Case
from service.domain.permit_life import PermitAct
from service.usecases.change_permit import change_permit
from service.web import create_app
from service.web.cabinet.contested import about_document
from service.web.public import public as public_pages
from tests.program import CONFORMS, Story
from tests.web.cabinet import Cabinet, Seat, text
from tests.web.ground_visitor import Visitor
from tests.web.office import Office
from tests.web.test_cabinet_complaint import begin, refused

STOPS = "stops being in force: until the complaint is decided, the register shows it as suspended"


def granted(story: Story) -> Case:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    return story.work("head", case, "task_sign_permit", decision="sign")


def document_of(story: Story, case: Case) -> int:
    return next(each.id for each in story.program.queries.case(case.id).documents if not each.filed)


@pytest.mark.law("R11.2", "A3.2")
def test_the_page_of_the_case_says_what_the_register_says_of_the_permit_today(story: Story) -> None:
    case, seat = granted(story), Cabinet(story).seat("company_head")
    address = f"/cabinet/cases/{case.id}"
    assert "The permit is in the state register in force Number" in text(seat.get(address))
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    head, today = story.officer("head"), date(2023, 9, 12)
    change_permit(story.program, entry.id, head, PermitAct.SUSPEND, today, "№ 12", "Сот актісі")
    assert "The permit is in the state register suspended Number" in text(seat.get(address))
    assert "card--good" not in seat.get(address).text


@pytest.mark.law("R11.2")
def test_a_suspension_that_lies_ahead_is_told_everywhere_as_a_thing_to_come(story: Story) -> None:
    case, seat, head = granted(story), Cabinet(story).seat("company_head"), Office(story).desk("head")
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    change_permit(story.program, entry.id, story.officer("head"), PermitAct.SUSPEND, date(2023, 9, 20), "№ 12", "Сот")
    own = text(seat.get(f"/cabinet/cases/{case.id}"))
    assert "The permit is in the state register in force Will be suspended from 20.09.2023 on Number" in own
    assert "The permit will be suspended from 20.09.2023 on From 20.09.2023 on. Basis: № 12. Сот" in own
    visitor = Visitor(create_app(story.program, [public_pages]).test_client())
    for page in (
        head.get(f"/office/cases/{case.id}"),
        head.get(f"/office/permits/{entry.number}"),
        visitor.get(f"/register/{entry.number}?lang=en"),
    ):
        assert "Will be suspended from 20.09.2023 on" in text(page)
        assert "Suspended" not in text(page)
    journal = text(head.get(f"/office/cases/{case.id}"))
    assert f"The head entered that permit {entry.number} will be suspended from 20.09.2023 on." in journal
    assert "in force until then, suspended from 20.09.2023 on." in journal
    assert f"{case.number}: the permit will be suspended from 20.09.2023 on" in journal
    story.at("2023-09-20T09:00:00")
    assert "The permit is in the state register suspended Number" in text(seat.get(f"/cabinet/cases/{case.id}"))


@pytest.mark.law("L91.1", "R13.2", "L82.1")
def test_who_contests_the_own_permit_is_told_before_signing_that_it_stops_being_in_force(story: Story) -> None:
    case, seat = granted(story), Cabinet(story).seat("company_head")
    document = document_of(story, case)
    draft = begin(seat, about_document(case.id, document))
    matter = dict.fromkeys(("circumstances", "demands", "evidence"), "Платформаның атауы басқаша жазылған")
    assert seat.post(f"{draft}/pages/matter", {**matter, "go": "next"}).status_code == 303
    for page in (draft, f"{draft}/complaint"):
        answer = seat.get(page)
        assert f"the permit KZ-2023-000001 {STOPS}" in text(answer)
        assert f'href="/cabinet/cases/{case.id}/documents/{document}/error"' in answer.text


@pytest.mark.law("L91.1")
def test_a_complaint_against_a_refusal_stops_no_permit(story: Story) -> None:
    seat: Seat = Cabinet(story).seat("company_head")
    case = refused(story)
    draft = begin(seat, about_document(case.id, document_of(story, case)))
    assert STOPS not in text(seat.get(draft))


@pytest.mark.law("A1.11.3", "L73.3")
def test_what_waits_for_the_applicant_stands_first_among_the_cases(story: Story) -> None:
    waiting, later = story.invited(), story.filed()
    seat = Cabinet(story).seat("company_head")
    said = text(seat.get("/cabinet/"))
    assert said.index(waiting.number) < said.index(later.number)
    assert waiting.id < later.id
