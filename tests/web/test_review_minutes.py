"""Minutes of the reviewing body on its own desk and in the person's cabinet (L74.1)."""

from __future__ import annotations

import base64
import re

import pytest

from tests.complaints import Complaints
from tests.usecases.beside import persona_of
from tests.usecases.test_review_minutes import heard
from tests.web.cabinet import Cabinet
from tests.web.office import Desk, Office, content_to_sign, text


def duty_pages(desk: Desk) -> list[str]:
    """The open duties that this officer has."""
    waiting = desk.get("/office/duties").text.partition("done-caption")[0]
    return sorted(set(re.findall(r"/office/duties/\d+", waiting)))


def sign(desk: Desk, login: str, address: str) -> None:
    cms = desk.story.pki.sign_cms(persona_of(desk.story, login), content_to_sign(desk.get(address)))
    assert desk.post(address, {"signature": base64.b64encode(cms).decode()}).status_code == 303


@pytest.mark.law("L74.1", "R13.1")
def test_the_reviewing_body_signs_and_the_person_remarks_and_reads_the_answer(complaints: Complaints) -> None:
    complaint = heard(complaints)
    office, seat = Office(complaints), Cabinet(complaints).seat("company_head")
    reviewer, second = office.desk("reviewer"), office.desk("reviewer2")
    first = duty_pages(reviewer)[0]
    assert duty_pages(office.desk("unit")) == []
    assert complaint.number in text(reviewer.get("/office/duties"))
    chosen = {name: complaints.officer(login).officer_id for name, login in
              (("chair", "reviewer"), ("secretary", "reviewer2"))}  # fmt: skip
    assert str(complaints.officer("unit").officer_id) not in re.findall(r'value="(\d+)"', reviewer.get(first).text)
    assert reviewer.post(first, chosen).location == "/office/duties"
    for desk, login in ((reviewer, "reviewer"), (second, "reviewer2")):
        (address,) = duty_pages(desk)
        desk.get(address)
        sign(desk, login, desk.post(address, {}).location)
    page = text(reviewer.get(f"/office/cases/{complaint.id}/beside"))
    assert "Signed by both" in page
    assert "The person who complained has stated a position" in text(reviewer.get("/office/"))
    journal = text(reviewer.get(f"/office/cases/{complaint.id}"))
    assert "The person who complained stated a position on the preliminary decision." in journal
    assert "The reviewing body was told of the position of the person who complained." in journal
    mine = f"/cabinet/cases/{complaint.id}/complaint"
    assert "Minutes of the hearing № TH-2023-000001" in text(seat.get(mine))
    (remark,) = set(re.findall(rf"/cabinet/cases/{complaint.id}/minutes/\d+", seat.get(mine).text))
    seat.get(remark)
    assert seat.post(remark, {"text": "Шарт аталмаған"}).status_code == 303
    (answer,) = duty_pages(second)
    second.get(answer)
    sign(second, "reviewer2", second.post(answer, {"answer": "Толықтырылды"}).location)
    assert "Шарт аталмаған Answer: Толықтырылды" in text(seat.get(mine))
