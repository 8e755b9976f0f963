"""The applicant reads of each notice when it was sent, by which way, and whether it came (L66.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.channels import MAIL, Message, NotDelivered, Trouble
from service.usecases.post_papers import post_paper, record_delivery
from service.usecases.send_outbox import send_outbox
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.beside import duties
from tests.usecases.on_paper import answered_on_paper
from tests.web.cabinet import Cabinet, Seat, text


class Away:
    """A mail server that takes nothing, for a while or for ever."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble

    def send(self, message: Message) -> None:
        raise NotDelivered(self.trouble, temporary=self.trouble is Trouble.NO_CONNECTION)


def said(seat: Seat, story: Story, case_id: int) -> str:
    """The notices of a case."""
    return text(seat.get(f"/cabinet/cases/{case_id}")).partition("Notices")[2]


@pytest.mark.law("L66.1")
def test_a_notice_waits_is_tried_again_and_is_taken_by_the_mail_server(story: Story) -> None:
    case, seat = story.filed(), Cabinet(story).seat("company_head")
    assert "Cabinet: here since 12.09.2023, 10:0" in said(seat, story, case.id)
    assert "E-mail: waits to be sent since 12.09.2023" in said(seat, story, case.id)
    away = {**story.program.channels, MAIL: Away(Trouble.NO_CONNECTION)}
    send_outbox(replace(story.program, channels=away))
    assert "E-mail: not delivered yet, last tried 12.09.2023" in said(seat, story, case.id)
    assert "it is tried again" in said(seat, story, case.id)
    story.at("2023-09-12T11:00")
    send_outbox(story.program)
    after = said(seat, story, case.id)
    assert "E-mail: sent 12.09.2023, 10:0" in after
    assert "taken by the mail server 12.09.2023, 11:00" in after
    assert "not delivered" not in after


@pytest.mark.law("L66.1")
def test_a_letter_that_cannot_come_is_said_to_be_not_delivered(story: Story) -> None:
    case, seat = story.filed(), Cabinet(story).seat("company_head", "kk")
    send_outbox(replace(story.program, channels={**story.program.channels, MAIL: Away(Trouble.BAD_ADDRESS)}))
    page = text(seat.get(f"/cabinet/cases/{case.id}"))
    assert "Электрондық пошта: жеткізілмеді, соңғы әрекет 12.09.2023" in page


@pytest.mark.law("L66.1")
def test_without_an_address_there_is_the_cabinet_alone(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.filed(), contests="inaction", official="Бөлім", email="")
    page = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "E-mail: not sent, no address is known" in page


@pytest.mark.law("L66.1", "L64.1")
def test_a_posted_paper_tells_its_way_too(complaints: Complaints) -> None:
    complaint, duty = answered_on_paper(complaints)
    seat, clerk = Cabinet(complaints).seat("company_head"), complaints.officer("chancellery")
    page = f"/cabinet/cases/{complaint.id}/complaint"
    assert "Post: not posted yet" in text(seat.get(page))
    post_paper(complaints.program, duty.id, clerk, "RR-1", "2023-09-12")
    assert "Post: posted 12.09.2023, letter RR-1" in text(seat.get(page))
    record_delivery(complaints.program, duty.id, clerk, "came_back", "2023-09-12", "Мекенжайда тұрмайды")
    said_back = text(seat.get(page))
    assert "Post: came back 12.09.2023, letter RR-1: Мекенжайда тұрмайды" in said_back
    assert "Post: to be sent again" in said_back
    again = duties(complaints, complaint, "post_paper")[-1]
    post_paper(complaints.program, again.id, clerk, "RR-2", "2023-09-12")
    record_delivery(complaints.program, again.id, clerk, "handed_over", "2023-09-12")
    assert "Post: handed over 12.09.2023, letter RR-2" in text(seat.get(page))
