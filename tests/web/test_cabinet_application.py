"""An application is filled in at the cabinet: prefilled, saved page by page, checked, kept, deleted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from service.domain.channels import Message, NotDelivered, Trouble
from service.domain.completeness import check_documents
from tests.editions import deployed
from tests.program import LETTER, TITLE, TRADE, Story
from tests.web.cabinet import ANSWERS, PDF, Cabinet, content_to_sign, fields, text
from tests.web.drafted import draft_of, files_of
from tests.web.ground_visitor import heading, value


@pytest.mark.law("A2.2", "R4.1")
def test_what_the_state_knows_is_filled_in_with_its_source_and_numbers_are_not_asked(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    page = seat.get(f"{draft}/pages/applicant")
    assert value(page, "name") == "«Үлгі Активтер» ЖШС"
    assert value(page, "street") == "Абай даңғылы"
    assert value(page, "signer_surname") == "БАСТАМОВА"
    said = text(page)
    assert "From: State database of legal entities" in said
    assert "From: State database of natural persons" in said
    assert "given by the system when you send" in said
    assert {"iin", "bin", "applicant_kind", "number", "date"} & set(fields(page)) == set()


@pytest.mark.law("A2.2", "R3.3")
def test_a_forged_request_cannot_change_iin_and_bin(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    forged = {"iin": "850615399019", "bin": "190940999015", "applicant_kind": "entrepreneur", "_state": "x"}
    seat.save(draft, "applicant", **ANSWERS, **forged)
    kept = draft_of(seat, draft).answers
    assert (kept["iin"], kept["bin"], kept["applicant_kind"]) == ("781122499012", "150340999016", "company")
    assert kept["phone"] == "+77172740000"
    assert isinstance(kept["_state"], Mapping)


class Meets:
    """A register that answers only while the other one is being asked, too."""

    def __init__(self, both: Barrier) -> None:
        self.both = both

    def send(self, message: Message) -> Mapping[str, Any]:
        self.both.wait(10)
        return {"found": True, "name": "ЖК Бірге", "surname": "Бірге"}


class Silent:
    """A register that does not answer."""

    def send(self, message: Message) -> Mapping[str, Any]:
        raise NotDelivered(Trouble.NO_ANSWER)


@pytest.mark.law("R4.1")
def test_both_registers_are_asked_at_once(story: Story) -> None:
    registers = dict.fromkeys(story.program.registers, Meets(Barrier(2)))
    seat = Cabinet(story, program=replace(story.program, registers=registers)).seat("entrepreneur")
    assert draft_of(seat, seat.begin()).answers["name"] == "ЖК Бірге"


@pytest.mark.law("R4.1", "A2.2")
def test_a_register_that_does_not_answer_leaves_its_fields_and_can_be_asked_again(story: Story) -> None:
    registers = dict(story.program.registers)
    program = replace(story.program, registers=registers)
    for channel in registers:
        registers[channel] = Silent()
    seat = Cabinet(story, program=program).seat("company_head")
    draft = seat.begin()
    page = seat.get(f"{draft}/pages/applicant")
    assert "A state register did not answer in time" in text(page)
    assert "From: your certificate" in text(page)
    assert value(page, "street") == ""
    registers.update(story.program.registers)
    seat.save(draft, "applicant", go="registers", house="77")
    page = seat.get(f"{draft}/pages/applicant")
    assert "The registers have answered." in text(page)
    assert (value(page, "street"), value(page, "house")) == ("Абай даңғылы", "77")
    assert value(page, "name") == "«Үлгі Активтер» ЖШС"


@pytest.mark.law("A2.1")
def test_a_page_is_saved_with_its_mistakes_and_shows_them_again(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    wrong = seat.save(draft, "applicant", phone="12", email="a@b.kz")
    assert wrong.status_code == 400
    assert "Write a telephone number such as" in text(wrong)
    assert "Has a mistake" in text(seat.get(draft))
    page = seat.get(f"{draft}/pages/applicant")
    assert (value(page, "phone"), value(page, "email")) == ("12", "a@b.kz")
    assert "Write a telephone number such as" in text(page)
    assert seat.save(draft, "applicant", **ANSWERS).location == f"{draft}/pages/asset"
    assert "Has a mistake" not in text(seat.get(draft))


def test_going_to_the_list_or_back_saves_an_unfinished_page_without_complaint(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    assert seat.save(draft, "asset", platform="QazToken", go="list").location == draft
    assert seat.save(draft, "asset", purpose="Мақсат", go="back").location == f"{draft}/pages/applicant"
    kept = draft_of(seat, draft).answers
    assert (kept["platform"], kept["purpose"]) == ("QazToken", "Мақсат")


def test_a_page_saves_itself_but_never_gives_a_consent(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.get(f"{draft}/pages/asset")
    headers = {"Origin": "http://localhost", "X-Requested-With": "autosave"}
    saved = seat.post(f"{draft}/pages/asset/save", {"platform": "Жарты ат"}, headers)
    assert {**saved.json, "stood": ""} == {"saved": True, "at": "10:00", "stood": ""}  # type: ignore[dict-item]
    seat.post(f"{draft}/pages/consents/save", {"consent_truth": "yes"}, headers)
    kept = draft_of(seat, draft).answers
    assert kept["platform"] == "Жарты ат"
    assert "consent_truth" not in kept


def test_a_change_of_language_and_the_end_of_the_session_lose_nothing(story: Story) -> None:
    cabinet = Cabinet(story)
    seat = cabinet.seat("company_head")
    draft = seat.begin()
    address = f"{draft}/pages/asset"
    seat.get(address)
    changed = seat.post(address, {"page": address, "platform": "Жарты", "purpose": "", "switch": "lang-ru"})
    page = seat.follow(changed)
    assert heading(page) == "Платформа и цель"
    assert value(page, "platform") == "Жарты"
    cabinet.wall.pass_by(hours=2)
    ended = seat.post(address, {"page": address, "platform": "Бүтін", "purpose": "Мақсат", "go": "on"})
    assert ended.location.startswith("/cabinet/sign-in?next=")
    signed_in = seat.sign_in_with("company_head", ended.location.split("next=")[1])
    back = seat.get(signed_in.location)
    assert value(back, "platform") == "Бүтін"
    assert "Ничего не потеряно" in text(back)


@pytest.mark.law("A2.1")
def test_addresses_are_added_and_removed_without_a_script(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    first = {"addresses-0-postcode": "010000", "addresses-0-region": "Астана қаласы"}
    first |= {"addresses-0-street": "Абай", "addresses-0-house": "1"}
    page = seat.save(draft, "addresses", **first, add_row="addresses")
    assert "addresses-1-street" in fields(page)
    assert seat.save(draft, "addresses", **first).status_code == 303
    second = {name.replace("-0-", "-1-"): text for name, text in first.items()} | {"addresses-1-street": "Абылай"}
    assert seat.save(draft, "addresses", **first, **second).status_code == 303
    assert [row["street"] for row in draft_of(seat, draft).answers["addresses"]] == ["Абай", "Абылай"]
    page = seat.save(draft, "addresses", remove_row="addresses-0")
    seat.post(f"{draft}/pages/addresses", {**fields(page), "go": "on"})
    assert [row["street"] for row in draft_of(seat, draft).answers["addresses"]] == ["Абылай"]


@pytest.mark.law("R2.1")
def test_an_empty_address_is_no_address(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    seat.save(draft, "addresses", **dict.fromkeys(fields(seat.get(f"{draft}/pages/addresses")), ""), go="list")
    assert draft_of(seat, draft).answers["addresses"] == []
    refused = seat.follow(seat.get(f"{draft}/review"))
    assert "Needed for the signature: Address(es) of the activity" in text(refused)


@pytest.mark.law("A1.9.1", "A1.9.2", "A1.9.3", "R6.3")
def test_the_applicant_sees_the_same_check_as_the_officer_and_where_to_mend(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.fill(draft)
    seat.save(draft, "applicant", phone="", go="list")
    seat.attach(draft, "шарт.pdf", PDF, kind="sale_contract", valid_until="11.09.2023")
    page = seat.get(draft)
    assert "Not filled in: Telephone." in text(page)
    assert f'href="{draft}/pages/applicant#phone"' in page.text
    assert "The guarantee letter is not attached. row 9 of annex 1 to the Rules" in text(page)
    assert "The validity of шарт.pdf ended on 11.09.2023." in text(page)
    kept = draft_of(seat, draft)
    found = check_documents(files_of(seat, draft), kept.answers, date(2023, 9, 12))
    assert page.text.partition('<ul class="findings">')[2].partition("</ul>")[0].count("<li>") == len(found) == 3


@pytest.mark.law("L64.1", "R3.2")
def test_what_is_missing_warns_and_does_not_stop_the_filing(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    page = seat.get(f"{draft}/review")
    assert "The officer's check would find now:" in text(page)
    assert seat.file(draft, "company_head").status_code == 303


@pytest.mark.law("A2.3", "A1.10.5")
def test_nothing_can_be_signed_without_two_statements_each_with_its_own_time(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready()
    seat.save(draft, "consents", consent_truth="yes", consent_data="", go="list")
    refused = seat.follow(seat.get(f"{draft}/review"))
    assert "The application cannot be signed yet" in text(refused)
    assert f"{draft}/pages/consents#consent_data" in refused.text
    assert "consent_truth" not in re.findall(r"#(\w+)", refused.text)
    story.at("2023-09-12T10:20:00")
    seat.save(draft, "consents", consent_truth="yes", consent_data="yes")
    confirmed = json.loads(content_to_sign(seat.get(f"{draft}/review")))["confirmed_at"]
    assert confirmed["consent_truth"] < "2023-09-12T04:20:00" < confirmed["consent_data"]


@pytest.mark.law("O2")
def test_outside_the_acts_interval_intake_is_closed_and_drafts_are_kept(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready()
    deployed(story, until="in_force_until = 2023-09-11  ")
    home = text(seat.get("/cabinet/"))
    assert "Applications are not taken today." in home
    assert "order No. 130/НҚ were in force until 11 September 2023" in home
    assert "New application" not in home
    assert "Applications are not taken today." in text(seat.follow(seat.post("/cabinet/drafts", {})))
    page = seat.get(draft)
    assert "Review and sign" not in text(page)
    assert "QazToken" in text(seat.get("/cabinet/"))
    stopped = seat.follow(seat.get(f"{draft}/review"))
    assert "Your drafts are kept" in text(stopped)
    assert draft_of(seat, draft).answers["platform"] == "QazToken"


@pytest.mark.law("R6.2")
def test_a_new_application_begins_with_the_answers_and_files_of_an_old_one(story: Story) -> None:
    case = story.file("company_head", {**TRADE, "platform": "Ескі платформа"}, [TITLE, LETTER])
    seat = Cabinet(story).seat("company_head")
    seat.get(f"/cabinet/cases/{case.id}")
    draft = seat.post(f"/cabinet/cases/{case.id}/again", {}).location
    assert case.number in text(seat.get(draft))
    kept = draft_of(seat, draft)
    assert kept.answers["platform"] == "Ескі платформа"
    assert "consent_truth" not in kept.answers
    assert [file.kind for file in files_of(seat, draft)] == ["trade_mark_extract", "guarantee_letter"]
    assert len(story.program.queries.case(case.id).attachments) == 2


def test_a_draft_is_deleted_only_after_asking(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.attach(draft, "үзінді.pdf", PDF)
    assert heading(seat.get(f"{draft}/delete")) == "Delete the draft?"
    assert seat.get(draft).status_code == 200
    assert seat.post(f"{draft}/delete", {}).location == "/cabinet/"
    assert seat.get(draft).status_code == 404


@pytest.mark.law("A2.1")
def test_hints_show_the_day_of_the_program_and_no_label_says_twice_that_it_may_stay_empty(story: Story) -> None:
    seat = Cabinet(story).seat("company_head", "ru")
    draft = seat.begin()
    applicant = text(seat.get(f"{draft}/pages/applicant"))
    assert "Отчество (при наличии)" in applicant
    assert "(при наличии) (" not in applicant
    story.at("2023-09-13T10:00")
    assert "Например, 13.09.2023" in text(seat.get(f"{draft}/files"))
    wrong = seat.attach(draft, "a.pdf", PDF, valid_until="31.31.2023")
    assert "22.11.2026" not in text(seat.get(f"{draft}/files")) + text(wrong)


@pytest.mark.law("A2.1", "A1.11.4")
def test_one_address_bears_no_second_heading_and_two_are_numbered(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    page = f"{seat.begin()}/pages/addresses"
    heading = "Address(es) of the activity"
    body = seat.get(page).text.partition("<main")[2]
    assert body.count(heading) == 1, "at the head of the page"
    added = seat.post(page, {**fields(seat.get(page)), "page": page, "add_row": "addresses"})
    shown = text(seat.get(page) if added.status_code == 303 else added)
    assert f"{heading} 1" in shown
    assert f"{heading} 2" in shown
