"""A complaint on paper at the desk of the chancellery: its day, what is missing, the letters that are posted."""

from __future__ import annotations

import pytest

from tests.complaints import SAYS, Complaints
from tests.usecases.test_paper_complaints import answered_on_paper
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


@pytest.mark.law("L66.1")
def test_the_chancellery_posts_the_answer_and_says_what_became_of_it(complaints: Complaints) -> None:
    complaint, duty = answered_on_paper(complaints)
    desk, address = Office(complaints).desk("chancellery"), f"/office/duties/{duty.id}"
    case = f"/office/cases/{complaint.id}"
    assert "to be posted" in text(desk.get(case))
    assert "Post the paper to the person who complained on paper" in text(desk.get("/office/duties"))
    desk.get(address)
    assert desk.post(address, {"result": "", "done_on": ""}).status_code == 400
    assert desk.post(address, {"result": "RR-1", "done_on": "12.09.2023"}).location == case
    assert "posted 12.09.2023, RR-1" in text(desk.get(case))
    complaints.at("2023-09-19T10:00")
    desk.get(address)
    assert desk.post(address, {"result": "came_back", "done_on": "18.09.2023"}).location == case
    said = text(desk.get(case))
    assert "came back 18.09.2023, RR-1" in said
    assert "came back on 18.09.2023." in said
    assert 'id="duty"' not in desk.get(address).text
    assert Office(complaints).desk("head").get(address).status_code == 200
