"""A complaint on paper at the desk of the chancellery: its day, what is missing, the letters that are posted."""

from __future__ import annotations

import pytest

from service.usecases.post_papers import post_paper, record_delivery
from tests.complaints import SAYS, Complaints
from tests.usecases.beside import duties
from tests.usecases.on_paper import answered_on_paper, taken
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

PAGE = "/office/complaints/new"


@pytest.mark.law("L64.1", "L93.1")
def test_the_page_takes_an_earlier_day_and_an_incomplete_paper(complaints: Complaints) -> None:
    complaints.at("2023-09-14T10:00")
    desk = Office(complaints).desk("chancellery")
    desk.get(PAGE)
    answers = {
        **SAYS, "name": "Алтын ЖШС", "bin": complaints.applicant("company_head").bin, "channel": "post",
        "language": "kk", "contests": "action", "body": "provider", "residence": "Астана", "postal_address": "Астана",
        "demands": "", "learned_on": "", "received_on": "12.09.2023", "submission": "p-1",
    }  # fmt: skip
    first = desk.post(PAGE, answers)
    assert (first.status_code, text(first).count("Fill in this field.") > 0) == (400, True)
    second = desk.post(PAGE, {**answers, "incomplete": "yes"})
    assert second.status_code == 400
    assert 'value="12.09.2023"' in second.text
    done = desk.post(PAGE, {**answers, "incomplete": "yes", "received_reason": "Кеш табылды"})
    assert done.status_code == 303, text(done)
    said = text(desk.get(done.location))
    assert "The paper does not say" in said
    assert "The complaint came on 12.09.2023 already. Reason: Кеш табылды" in said
    assert "Received 12.09.2023 Registered" in said
    assert "12:00" not in said
    assert "How it came by post" in said
    clerk = complaints.officer("chancellery").name
    assert f"{clerk}, chancellery, for Алтын ЖШС" in said[said.index("Complaint on paper entered") :][:120]
    assert "The chancellery entered the complaint of Алтын ЖШС, a paper that came by post." in said
    assert "That the complaint is accepted is to be told by post." in said
    assert "12.09.2023, 12:00" not in text(desk.get("/office/cases"))
    seat, own = Cabinet(complaints).seat("company_head"), done.location.replace("/office", "/cabinet")
    for page in (f"{own}/complaint", f"{own}/complaint/receipt"):
        assert "12:00" not in text(seat.get(page)), page
    assert "Received 12.09.2023, by post" in text(seat.get(f"{own}/complaint"))


@pytest.mark.law("L66.1")
def test_the_chancellery_posts_the_answer_and_says_what_became_of_it(complaints: Complaints) -> None:
    complaint, duty = answered_on_paper(complaints)
    desk, address = Office(complaints).desk("chancellery"), f"/office/duties/{duty.id}"
    case = f"/office/cases/{complaint.id}"
    assert "to be posted" in text(desk.get(case))
    assert "Post the paper to the person who complained on paper" in text(desk.get("/office/duties"))
    assert 'value="Астана"' in desk.get(address).text
    assert desk.post(address, {"result": "", "done_on": "", "way": ""}).status_code == 400
    sent = {"way": "post", "address": "Астана, Абай, 1", "result": "RR-1", "done_on": "12.09.2023"}
    assert desk.post(address, sent).location == case
    assert "posted 12.09.2023, RR-1" in text(desk.get(case))
    complaints.at("2023-09-19T10:00")
    page = text(desk.get(address))
    assert "Number of the letter RR-1" in page
    assert "Address Астана, Абай, 1" in page
    back = {"result": "came_back", "done_on": "18.09.2023", "why": ""}
    assert "Fill in this field." in text(desk.post(address, back))
    assert desk.post(address, {**back, "why": "Мекенжайда тұрмайды"}).location == case
    said = text(desk.get(case))
    assert "came back 18.09.2023, RR-1, Мекенжайда тұрмайды" in said
    assert "came back on 18.09.2023. Reason: Мекенжайда тұрмайды It is to be delivered again." in said
    assert 'id="duty"' not in desk.get(address).text
    assert Office(complaints).desk("head").get(address).status_code == 200


@pytest.mark.law("L66.1", "L64.1")
def test_a_letter_that_came_back_is_open_again_with_its_reason_and_its_tries(complaints: Complaints) -> None:
    complaint, first = answered_on_paper(complaints)
    clerk, desk = complaints.officer("chancellery"), Office(complaints).desk("chancellery")
    post_paper(complaints.program, first.id, clerk, "RR-1", "2023-09-12")
    complaints.at("2023-09-19T12:00")
    record_delivery(complaints.program, first.id, clerk, "came_back", "2023-09-18", "Мекенжайда тұрмайды")
    again = duties(complaints, complaint, "post_paper")[-1]
    what = "try 2, it came back 18.09.2023: Мекенжайда тұрмайды"
    for page in ("/office/duties", f"/office/cases/{complaint.id}", f"/office/duties/{again.id}"):
        assert what in text(desk.get(page)), page
    assert "Try 1 came back 18.09.2023, RR-1, Мекенжайда тұрмайды" in text(desk.get(f"/office/duties/{again.id}"))
    assert f"7 days {what}, to be posted" in text(Office(complaints).desk("head").get("/office/unsent"))
    taken_by = {"way": "by_hand", "result": "ҮЛГІБАЕВ НҰРЛАН", "done_on": "19.09.2023"}
    assert desk.post(f"/office/duties/{again.id}", taken_by).status_code == 303
    assert "Taken by ҮЛГІБАЕВ НҰРЛАН" in text(desk.get(f"/office/duties/{again.id}"))
    said = text(desk.get(f"/office/cases/{complaint.id}"))
    assert "try 2, given by hand 19.09.2023, ҮЛГІБАЕВ НҰРЛАН" in said
    assert "The letter was given by hand on 19.09.2023, taken by ҮЛГІБАЕВ НҰРЛАН." in said


@pytest.mark.law("L66.1", "L64.1")
def test_a_notice_without_a_paper_is_a_letter_to_be_written(complaints: Complaints) -> None:
    complaint = taken(complaints, contests="inaction", bin="", incomplete=True)
    desk = Office(complaints).desk("chancellery")
    (letter,) = duties(complaints, complaint, "post_paper")
    page = text(desk.get(f"/office/duties/{letter.id}"))
    assert "Шағым нөмірі: A-2023-000001" in page
    assert "write the text above on the letterhead" in page
    what = "A-2023-000001: the complaint is accepted; the complaint is registered"
    assert f"on paper {what}" not in page
    assert what in text(desk.get("/office/duties"))
    said = text(desk.get(f"/office/cases/{complaint.id}"))
    assert f"{what} post 12.09.2023" in said
    assert "in the cabinet" not in said.partition("Notices and their delivery")[2].partition("L66.1")[0]
