"""The holder of a contested permit who was heard by word of mouth reads the minutes and remarks on them (L74.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from service.domain.case import Case
from service.domain.deadlines import ZONE
from service.domain.deliveries import CABINET
from service.domain.errors import Forbidden
from service.domain.file_access import FileAccess
from service.domain.minutes import MinutesRemark
from service.domain.people import Applicant
from service.usecases.applicant_acts import submit_holder_position
from service.usecases.audit import audit
from service.usecases.file_access import fetch_file
from service.usecases.minutes import RemarkAnswer, add_remark
from tests.complaints import INVITED, Complaints
from tests.papers import pdf_text
from tests.usecases.beside import HELD, duties, minutes_of, signed
from tests.usecases.test_holder_heard import STRANGER, invited
from tests.usecases.test_package_readers import files_of
from tests.usecases.test_review_minutes import signed_by_both

SAID = "Менің сөзім жазылмаған"


def heard(story: Complaints, by: Mapping[str, str] = STRANGER) -> tuple[Case, Case]:
    """The holder was heard by word of mouth on 14 September at 11:00, and both have signed the minutes."""
    granted, complaint = invited(story, by)
    return granted, story.reached(("holder heard",), lambda: _heard(story, complaint))


def _heard(story: Complaints, complaint: Case) -> Case:
    holder = story.applicant("company_head")
    submit_holder_position(story.program, complaint.id, holder, "Рұқсат заңды", wants_oral=True)
    story.at("2023-09-14T12:00:00")
    said = {name: text for name, text in HELD.items() if name != "outcome"}
    story.work("reviewer", complaint, "task_hold_review_hearing", **said)
    signed_by_both(story, complaint)
    return story.now(complaint)


def remarked(story: Complaints, complaint: Case) -> MinutesRemark:
    return add_remark(story.program, minutes_of(story, complaint).id, story.applicant("company_head"), SAID)


def lines(story: Complaints, case: Case, *actions: str) -> list[tuple[str, object]]:
    """What the journal of a case says of these actions: each with the number of the complaint, where it names one."""
    journal = story.program.queries.case(case.id).journal
    return [(line.action, line.details.get("complaint")) for line in journal if line.action in actions]


@pytest.mark.printed
@pytest.mark.law("L74.1", "L66.1")
def test_the_signed_minutes_come_to_the_holders_cabinet_too_with_a_notice_and_its_delivery(
    complaints: Complaints,
) -> None:
    granted, complaint = heard(complaints)
    minutes, view = minutes_of(complaints, complaint), complaints.program.queries.case(granted.id)
    assert complaints.told(complaint)[-1] == "hearing_minutes"
    notice = view.notices[-1]
    assert (notice.kind, notice.document_id) == ("holder_minutes", minutes.document_id)
    until = datetime.fromisoformat(notice.details["remarks_until"])
    assert until == datetime(2023, 9, 19, 18, 30, tzinfo=ZONE)
    (cabinet, mail) = complaints.program.queries.deliveries(granted.id)[-2:]
    assert (cabinet.channel, cabinet.notice_id, cabinet.accepted_at) == (CABINET, notice.id, minutes.sent_at)
    assert (mail.notice_id, mail.problem) == (notice.id, "")
    assert [paper.id for paper in view.shared] == [minutes.document_id]
    assert lines(complaints, complaint, "paper_sent", "holder_paper_sent") == [
        ("paper_sent", None),
        ("holder_paper_sent", None),
    ]
    assert lines(complaints, granted, "paper_sent") == [("paper_sent", complaint.number)]
    assert list(audit(complaints.program)) == []


@pytest.mark.printed
@pytest.mark.law("L74.1", "L75.1")
def test_minutes_that_come_to_two_cabinets_tell_nobodys_number_or_address(complaints: Complaints) -> None:
    granted, complaint = heard(complaints)
    (paper,) = complaints.program.queries.case(granted.id).shared
    said = " ".join(pdf_text(complaints.program.files.read(paper.sha256)).split())
    assert granted.applicant_name in said
    assert complaint.number in said
    hidden = (granted.bin, granted.fields["phone"], granted.fields["email"], STRANGER["iin"], STRANGER["name"])
    assert [text for text in hidden if text in said] == []


@pytest.mark.printed
@pytest.mark.law("L74.1")
def test_the_holder_remarks_within_three_working_days_and_is_answered_in_the_own_case(complaints: Complaints) -> None:
    granted, complaint = heard(complaints)
    complaints.at("2023-09-19T18:29:00")
    remark = remarked(complaints, complaint)
    assert (remark.of_holder, remark.late) == (True, False)
    (duty,) = duties(complaints, complaint, "answer_remarks")
    assert (duty.role, duty.due_at) == ("reviewer", datetime(2023, 9, 22, 18, 30, tzinfo=ZONE))
    (line,) = (
        each for each in complaints.program.queries.case(complaint.id).journal if each.action == "minutes_remarked"
    )
    assert (line.details["holder"], line.actor) == (True, complaints.applicant("company_head").name)
    signed(complaints, "reviewer2", RemarkAnswer(), complaint, remark=remark.id, answer="Толықтырылды")
    view, other = (complaints.program.queries.case(case.id) for case in (granted, complaint))
    paper = view.documents[-1]
    assert (paper.kind, paper.delivered_at is None) == ("hearing_remarks", False)
    assert "hearing_remarks" not in {each.kind for each in other.documents}
    assert (complaints.told(granted)[-1], view.notices[-1].document_id) == ("remarks_answered", paper.id)
    assert "remarks_answered" not in complaints.told(complaint)
    text = " ".join(pdf_text(complaints.program.files.read(paper.sha256)).split())
    assert all(part in text for part in (granted.applicant_name, granted.bin, SAID, "Толықтырылды", complaint.number))
    assert STRANGER["iin"] not in text
    assert not duties(complaints, complaint, "answer_remarks")[0].is_open
    assert lines(complaints, complaint, "holder_paper_sent")[1:] == [("holder_paper_sent", None)]
    assert lines(complaints, granted, "paper_sent")[1:] == [("paper_sent", complaint.number)]
    complaints.at("2023-09-19T18:31:00")
    assert remarked(complaints, complaint).late
    assert list(audit(complaints.program)) == []


@pytest.mark.printed
@pytest.mark.law("L74.1", "L75.1")
def test_who_complains_gets_no_letter_to_the_holder_and_no_word_of_the_holders_remark(complaints: Complaints) -> None:
    granted, complaint = heard(complaints)
    remark = remarked(complaints, complaint)
    signed(complaints, "reviewer2", RemarkAnswer(), complaint, remark=remark.id, answer="Толықтырылды")
    with complaints.program.unit_of_work() as uow:
        uow.add(FileAccess(complaint.id, uow.now, "", granted_at=uow.now, open_until=uow.now.date()))
        uow.commit()
    package = fetch_file(complaints.program, complaint.id, Applicant(STRANGER["iin"], "", STRANGER["name"])).content
    for name, content in files_of(package).items():
        told = pdf_text(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace")
        assert SAID not in told, name
        assert granted.bin not in told, name


@pytest.mark.law("L74.1")
def test_a_holder_who_was_not_heard_gets_no_minutes_and_does_not_remark(complaints: Complaints) -> None:
    granted, complaint = invited(complaints)
    submit_holder_position(
        complaints.program, complaint.id, complaints.applicant("company_head"), "Жоқ", wants_oral=False
    )
    spoken = {"hearing_result": "written", "outcome_reasons": "Қаралды"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **spoken)
    complaints.at("2023-09-15T09:00")
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-18")
    complaints.at("2023-09-18T12:00")
    said = {name: text for name, text in HELD.items() if name != "outcome"} | {"minutes_date": "2023-09-18"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **said)
    signed_by_both(complaints, complaint)
    assert complaints.told(complaint)[-1] == "hearing_minutes"
    assert "holder_minutes" not in complaints.told(granted)
    for persona in ("company_head", "entrepreneur"):
        with pytest.raises(Forbidden):
            add_remark(
                complaints.program, minutes_of(complaints, complaint).id, complaints.applicant(persona), "Ескерту"
            )
