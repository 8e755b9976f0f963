"""A complaint on paper: the day on which it came, what it does not say, what is posted (L64.1, L66.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from service.domain.deadlines import local
from service.domain.duties import Duty
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.messages import OutboxMessage
from service.usecases.audit import audit
from service.usecases.post_papers import address_known, letters_of, post_paper, record_delivery, tries_before
from service.usecases.send_outbox import send_outbox
from tests.complaints import INVITED, Complaints
from tests.usecases.beside import duties
from tests.usecases.on_paper import answered_on_paper, refused, silent, taken


@pytest.mark.law("L64.1", "D27", "R13.3")
def test_a_paper_that_came_earlier_counts_from_its_day_of_receipt_with_a_reason(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaints.at("2023-09-14T10:00")
    complaint = taken(complaints, granted, received_on="2023-09-12", received_reason="Хат басқа бөлімге түсіпті")
    row = complaints.complaint(complaint)
    assert (local(row.received_at).date(), complaint.registered_on) == (date(2023, 9, 12), date(2023, 9, 12))
    assert complaint.came_at == date(2023, 9, 12)
    with complaints.program.reading() as uow:
        (letter,) = duties(complaints, complaint, "post_paper")
        assert "келіп түсті: 12.09.2023. Шағым" in letters_of(complaints.program, uow, letter)[0].body
    line = next(
        line
        for line in complaints.program.queries.case(complaint.id).journal
        if line.action == "complaint_received_earlier"
    )
    assert line.details == {"received_on": "2023-09-12", "reason": "Хат басқа бөлімге түсіпті"}
    view = complaints.program.queries.case(complaint.id)
    assert {breach.element for breach in view.breaches} == {"deadline_registration"}
    rows = {row.element: local(row.due_at).date() for row in view.running_deadlines() if row.engine_id}
    assert rows["deadline_forward_unregistered"] == date(2023, 9, 15)
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L64.1", "R13.3")
def test_a_paper_that_lay_for_more_than_three_days_goes_on_at_once_and_its_breach_stays(complaints: Complaints) -> None:
    complaints.at("2023-09-20T10:00")
    complaint = taken(complaints, received_on="2023-09-13", received_reason="Кеш табылды")
    assert complaints.complaint(complaint).forwarded_at is not None
    assert complaints.open_elements(complaint) == {"task_register_review"}
    breaches = {breach.element for breach in complaints.program.queries.case(complaint.id).breaches}
    assert breaches == {"deadline_registration", "deadline_forward_unregistered"}


@pytest.mark.law("L64.1")
def test_the_day_of_receipt_is_never_in_the_future_nor_without_its_reason(complaints: Complaints) -> None:
    complaints.at("2023-09-14T10:00")
    assert refused(complaints, received_on="2023-09-15") == {"received_on": "in_the_future"}
    assert refused(complaints, received_on="2023-09-13", received_reason=" ") == {"received_reason": "required"}
    assert refused(complaints, received_on="13.09") == {"received_on": "not_a_date"}
    assert refused(complaints, received_on="2023-09-12", received_reason="Кеш", learned_on="2023-09-13") == {
        "learned_on": "in_the_future"
    }
    today = taken(complaints, received_on="2023-09-14")
    assert local(complaints.complaint(today).received_at).hour == 10


@pytest.mark.law("L64.1", "L93.1", "R13.2")
def test_all_that_is_wrong_with_a_paper_is_told_at_once(complaints: Complaints) -> None:
    granted = complaints.granted()
    wrong = {"channel": "fax", "bin": "150340999017", "iin": "1", "received_on": "31.02.2023", "learned_on": "12.09"}
    assert refused(complaints, granted, **wrong, contests="refusal", demands="") == {
        "channel": "required", "bin": "identifier_check_digit", "iin": "identifier_length",
        "received_on": "no_such_day", "learned_on": "not_a_date", "demands": "required", "contests": "no_such_act",
    }  # fmt: skip
    numbers: dict[str, Any] = {"case_number": "P-1", "document_number": "KZ-1"}
    assert refused(complaints, **numbers) == dict.fromkeys(numbers, "no_such_number")


@pytest.mark.law("L64.1", "L93.1")
def test_an_incomplete_paper_is_accepted_with_what_is_missing_named(complaints: Complaints) -> None:
    less: dict[str, Any] = {"demands": "", "evidence": "", "learned_on": "", "bin": "", "contests": "inaction"}
    assert set(refused(complaints, **less)) == {"iin", "demands", "evidence", "learned_on", "official"}
    complaint = taken(complaints, **less, incomplete=True)
    missing = ["demands", "evidence", "learned_on", "official"]
    assert complaint.fields["missing"] == missing
    line = next(
        line for line in complaints.program.queries.case(complaint.id).journal if line.action == "complaint_filed"
    )
    assert (line.details["missing"], line.details["late"]) == (missing, False)
    assert refused(complaints, **less, incomplete=True, name=" ") == {"name": "required"}


@pytest.mark.law("L64.1", "R14.2", "L100.1")
def test_an_incomplete_paper_can_be_decided_to_its_end(complaints: Complaints) -> None:
    complaint = taken(complaints, demands="", contests="inaction", bin="", incomplete=True)
    executor = str(complaints.officer("unit").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Негізсіз")
    complaints.work("reviewer", complaint, "task_register_review", review_number="Ш-1")
    complaints.reviewed(complaint, "order", action="Қарау")
    assert complaints.now(complaint).outcome == "ordered"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L66.1", "L64.1", "R9.2")
def test_what_is_decided_is_posted_and_its_delivery_recorded(complaints: Complaints) -> None:
    complaint = taken(complaints, complaints.granted())
    executor = str(complaints.officer("unit").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Негізсіз")
    complaints.work("reviewer", complaint, "task_register_review", review_number="Ш-1")
    complaints.reviewed(complaint, "cancel")
    decision = complaints.document(complaint, "review_decision")
    duty = duties(complaints, complaint, "post_paper")[-1]
    assert (duty.role, duty.law, duty.document_id) == ("chancellery", "L66.1", decision.id)
    assert local(duty.due_at).isoformat() == "2023-09-12T18:30:00+06:00"
    program, clerk = complaints.program, complaints.officer("chancellery")
    with pytest.raises(Forbidden):
        post_paper(program, duty.id, complaints.officer("unit"), "RR-1", "2023-09-12")
    with pytest.raises(NotLawful, match="not_posted_yet"):
        record_delivery(program, duty.id, clerk, "handed_over", "2023-09-12")
    complaints.at("2023-09-13T10:00")
    for number, day, wrong in (
        (" ", "2023-09-13", "result"), ("R" * 256, "2023-09-13", "result"), ("RR-1", "2023-09-11", "done_on"),
    ):  # fmt: skip
        with pytest.raises(InvalidAnswers) as told:
            post_paper(program, duty.id, clerk, number, day)
        assert set(told.value.data["errors"]) == {wrong}
    done = post_paper(program, duty.id, clerk, "RR-1", "2023-09-12")
    assert (done.result, done.details["done_on"], done.details["number"]) == ("RR-1", "2023-09-12", decision.number)
    complaints.at("2023-09-20T10:00")
    for result, day, wrong in (("lost", "2023-09-20", "result"), ("came_back", "2023-09-11", "done_on")):
        with pytest.raises(InvalidAnswers) as told:
            record_delivery(program, duty.id, clerk, result, day, "Мекенжайда тұрмайды")
        assert set(told.value.data["errors"]) == {wrong}
    done = record_delivery(program, duty.id, clerk, "handed_over", "2023-09-19")
    assert (done.details["delivery"], done.details["delivered_on"]) == ("handed_over", "2023-09-19")
    assert complaints.program.queries.case(complaint.id).journal[-1].action == "paper_delivered"
    with pytest.raises(NotLawful, match="delivery_is_recorded"):
        record_delivery(program, duty.id, clerk, "came_back", "2023-09-19")
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L66.1", "L64.1")
def test_a_letter_that_came_back_is_to_be_delivered_again_until_it_is(complaints: Complaints) -> None:
    complaint, first = answered_on_paper(complaints)
    program, clerk = complaints.program, complaints.officer("chancellery")
    post_paper(program, first.id, clerk, "RR-1", "2023-09-12")
    complaints.at("2023-09-18T19:30")
    with pytest.raises(InvalidAnswers) as told:
        record_delivery(program, first.id, clerk, "came_back", "2023-09-18", " ")
    assert set(told.value.data["errors"]) == {"why"}
    record_delivery(program, first.id, clerk, "came_back", "2023-09-18", "Мекенжайда тұрмайды")
    second = duties(complaints, complaint, "post_paper")[-1]
    assert (second.is_open, second.role, second.document_id) == (True, "chancellery", first.document_id)
    assert local(second.due_at).isoformat() == "2023-09-19T18:30:00+06:00"
    assert (second.details["attempt"], second.details["notices"]) == (2, first.details["notices"])
    back = {"why": "Мекенжайда тұрмайды", "delivered_on": "2023-09-18", "address": "Астана"}
    assert second.details["came_back"] == back
    assert complaints.said(complaint)[-2:] == ["paper_delivered", "duty_opened"]
    assert waits(complaints, first)
    complaints.at("2023-09-19T10:00")
    sent = post_paper(program, second.id, clerk, "RR-2", "2023-09-19", address="Қарағанды, Абай, 1")
    assert sent.details["address"] == "Қарағанды, Абай, 1"
    complaints.at("2023-09-25T10:00")
    record_delivery(program, second.id, clerk, "came_back", "2023-09-25", "Сақтау мерзімі өтті")
    third = duties(complaints, complaint, "post_paper")[-1]
    with program.reading() as uow:
        assert [each.id for each in tries_before(uow, third)] == [first.id, second.id]
        assert address_known(uow, third) == "Қарағанды, Абай, 1"
    assert (third.details["attempt"], waits(complaints, first)) == (3, True)
    done = post_paper(program, third.id, clerk, "ҮЛГІБАЕВ НҰРЛАН", "2023-09-25", way="by_hand")
    assert (done.details["delivery"], waits(complaints, first)) == ("handed_over", False)
    assert complaints.said(complaint)[-2:] == ["duty_done", "paper_delivered"]
    assert list(audit(program)) == []


def waits(story: Complaints, duty: Duty) -> bool:
    """Whether the notices of a letter are listed as those that nobody knows to be delivered."""
    return {row.notice.key for row in story.program.queries.untold()} >= set(duty.details["notices"])


@pytest.mark.law("L66.1", "L64.1")
def test_a_paper_is_listed_until_it_is_handed_over_although_an_e_mail_tells_of_it(complaints: Complaints) -> None:
    complaint = taken(complaints, contests="service", official="Кеңсе", email="a@mail.test")
    complaints.work("chancellery", complaint, "task_register_complaint", track="service",
                    executor=str(complaints.officer("unit").officer_id))  # fmt: skip
    assert complaints.program.queries.untold() == []
    complaints.work("unit", complaint, "task_answer_complaint", answer_result="unjustified", answer="Негізсіз")
    complaints.work("head", complaint, "task_sign_answer", decision="sign")
    send_outbox(complaints.program)
    (row,) = complaints.program.queries.untold()
    assert (row.notice.kind, row.on_paper) == ("complaint_answered", True)


@pytest.mark.law("L66.1", "L64.1", "L93.1")
def test_all_that_is_said_to_who_complained_on_paper_is_posted(complaints: Complaints) -> None:
    complaint = taken(complaints, demands="", contests="inaction", bin="", postal_address="", incomplete=True)
    program, clerk = complaints.program, complaints.officer("chancellery")
    (letter,) = duties(complaints, complaint, "post_paper")
    assert (letter.document_id, local(letter.due_at).isoformat()) == (None, "2023-09-12T18:30:00+06:00")
    with program.reading() as uow:
        accepted, registered = letters_of(program, uow, letter)
    assert complaint.number in accepted.body
    assert "пошта арқылы жіберіледі. Шағымда мыналар көрсетілмеген: " in accepted.body
    assert "кабинет" not in accepted.body + registered.body
    post_paper(program, letter.id, clerk, "RR-1", "2023-09-12")
    executor = str(complaints.officer("unit").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Негізсіз")
    second = duties(complaints, complaint, "post_paper")[-1]
    assert second.id != letter.id
    record_delivery(program, letter.id, clerk, "came_back", "2023-09-12", "Ондай үй жоқ")
    again = duties(complaints, complaint, "post_paper")[-1]
    assert again.details["notices"] == letter.details["notices"]
    complaints.work("reviewer", complaint, "task_register_review", review_number="Ш-1")
    second, again = duties(complaints, complaint, "post_paper")[-2:]
    told = {notice.key: notice.kind for notice in program.queries.case(complaint.id).notices}
    assert [told[each] for each in second.details["notices"]] == ["complaint_forwarded", "review_registered"]
    with program.reading() as uow:
        assert uow.list(OutboxMessage, case_id=complaint.id, channel="portal.status") == []
    assert {record.channel for record in program.queries.deliveries(complaint.id)} == {"mail"}
    assert list(audit(program)) == []


@pytest.mark.law("L66.1")
def test_a_letter_goes_somewhere(complaints: Complaints) -> None:
    complaint = taken(complaints, contests="inaction", bin="", postal_address="", residence="", incomplete=True)
    program, clerk = complaints.program, complaints.officer("chancellery")
    (letter,) = duties(complaints, complaint, "post_paper")
    for way, wrong in (("post", "address"), ("pigeon", "way"), ("", "way")):
        with pytest.raises(InvalidAnswers) as told:
            post_paper(program, letter.id, clerk, "RR-1", "2023-09-12", way=way)
        assert set(told.value.data["errors"]) == {wrong}


@pytest.mark.law("L66.1")
def test_who_complained_in_the_cabinet_gets_nothing_by_post(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.reviewed(complaint, "cancel")
    assert duties(complaints, complaint, "post_paper") == []


@pytest.mark.law("R13.2", "L92.1", "L80.5")
def test_a_paper_that_names_the_case_alone_contests_its_act_in_the_months_of_that_act(complaints: Complaints) -> None:
    case = complaints.refused()
    refusal = complaints.document(case, "refusal")
    complaint = taken(complaints, contests="refusal", case_number=case.number, learned_on="2023-09-18")
    row = complaints.complaint(complaint)
    assert (row.contested_document_id, row.months, row.suspended) == (refusal.id, 3, True)
    assert refused(complaints, contests="permit", case_number=case.number) == {"contests": "no_such_act"}
    assert refused(complaints, contests="refusal", case_number="P-2023-000099") == {"case_number": "no_such_number"}


@pytest.mark.law("L73.3", "L73.4", "L66.1")
@pytest.mark.parametrize("ended", ["handed_over", "came_back"])
def test_who_complained_on_paper_is_silent_only_when_the_invitation_has_come_to_an_end(
    complaints: Complaints, ended: str
) -> None:
    complaint = taken(complaints, complaints.granted())
    executor = str(complaints.officer("unit").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Негізсіз")
    complaints.work("reviewer", complaint, "task_register_review", review_number="Ш-1")
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    letter = duties(complaints, complaint, "post_paper")[-1]
    program, clerk = complaints.program, complaints.officer("chancellery")
    post_paper(program, letter.id, clerk, "RR-1", "2023-09-12")
    complaints.at("2023-09-18T10:00")
    assert silent(complaints, complaint) == "letter_on_its_way"
    record_delivery(program, letter.id, clerk, ended, "2023-09-15", "Мекенжайда тұрмайды")
    assert silent(complaints, complaint) == "silence_not_over"
    complaints.at("2023-09-19T18:31")
    assert silent(complaints, complaint) == ""
    complaints.considered(complaint, "unsatisfied")
    with pytest.raises(NotLawful, match="refusal_too_early") as early:
        complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    assert early.value.data["earliest"] == "2023-09-20"
    complaints.at("2023-09-20T09:00")
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    assert complaints.now(complaint).outcome == "unsatisfied"
    assert list(audit(program)) == []
