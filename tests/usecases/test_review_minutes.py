"""Minutes of the reviewing body's oral hearing: its own signers, its letterhead, remarks and their answers (L74.1)."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.case import Case
from service.domain.deadlines import ZONE
from service.domain.errors import Forbidden, InvalidAnswers
from service.usecases.acts_beside import prepare_act
from service.usecases.applicant_acts import submit_position
from service.usecases.audit import audit
from service.usecases.minutes import MinutesPaper, RemarkAnswer, add_remark, appoint_signers
from tests.complaints import INVITED, Complaints
from tests.papers import pdf_text
from tests.usecases.beside import HELD, duties, minutes_of, signed
from tests.web.office import Office

REVIEWING_BODY = "бағалау және бақылау жөніндегі уәкілетті орган"


def heard(story: Complaints, **changes: str) -> Case:
    """The person was heard by word of mouth on 14 September at 11:00 before an unfavourable decision."""
    return story.reached(("heard by the reviewing body", repr(changes)), lambda: _heard(story, **changes))


def _heard(story: Complaints, **changes: str) -> Case:
    complaint = story.forwarded(story.granted(), "permit")
    story.considered(complaint, "unsatisfied")
    story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    submit_position(story.program, complaint.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=True)
    story.at("2023-09-14T12:00:00")
    said = {name: text for name, text in HELD.items() if name != "outcome"}
    return story.work("reviewer", complaint, "task_hold_review_hearing", **{**said, **changes})


def appointed(story: Complaints, complaint: Case) -> int:
    """The reviewer is chair, the second one secretary; the minutes' id."""
    minutes = minutes_of(story, complaint)
    chosen = [story.officer(login).officer_id or 0 for login in ("reviewer", "reviewer2")]
    appoint_signers(story.program, minutes.id, story.officer("reviewer"), *chosen)
    return minutes.id


def signed_by_both(story: Complaints, complaint: Case) -> int:
    """The signed minutes' id."""
    minutes = appointed(story, complaint)
    for login in ("reviewer2", "reviewer"):
        signed(story, login, MinutesPaper(), complaint, minutes=minutes)
    return minutes


@pytest.mark.law("L74.1", "R14.2")
def test_its_oral_hearing_lays_the_duty_to_sign_on_two_people_of_the_reviewing_body(complaints: Complaints) -> None:
    complaint = heard(complaints)
    found = duties(complaints, complaint, "sign_minutes")
    assert [(duty.details["part"], duty.role) for duty in found] == [("chair", "reviewer"), ("secretary", "reviewer")]
    assert {duty.due_at for duty in found} == {datetime(2023, 9, 18, 18, 30, tzinfo=ZONE)}
    minutes = minutes_of(complaints, complaint)
    reviewer, unit = (complaints.officer(login).officer_id or 0 for login in ("reviewer", "unit"))
    with pytest.raises(Forbidden):
        appoint_signers(complaints.program, minutes.id, complaints.officer("unit"), unit, reviewer)
    with pytest.raises(InvalidAnswers) as refused:
        appoint_signers(complaints.program, minutes.id, complaints.officer("reviewer"), reviewer, unit)
    assert set(refused.value.data["errors"]) == {"secretary"}


@pytest.mark.law("L74.1")
def test_the_reviewing_body_too_holds_no_hearing_before_its_hour(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    complaints.says(complaint, oral=True)
    complaints.at("2023-09-14T10:00:00")
    said = {name: text for name, text in HELD.items() if name != "outcome"}
    early = {**said, "minutes_start": "09:00", "minutes_end": "09:40"}
    with pytest.raises(InvalidAnswers) as refused:
        complaints.work("reviewer", complaint, "task_hold_review_hearing", **early)
    assert set(refused.value.data["errors"]) == {"hearing_result"}
    told = "The hearing is appointed for 14.09.2023,\u00a011:00: it is held, and its minutes begin, not before."
    assert told in Office(complaints).desk("reviewer").open(complaint).text
    complaints.at("2023-09-14T12:00:00")
    with pytest.raises(InvalidAnswers) as refused:
        complaints.work("reviewer", complaint, "task_hold_review_hearing", **{**said, "minutes_start": "10:00"})
    assert set(refused.value.data["errors"]) == {"minutes_start"}


@pytest.mark.law("L74.1")
def test_minutes_of_a_day_to_come_are_not_recorded(complaints: Complaints) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        heard(complaints, minutes_date="2023-09-15")
    assert set(refused.value.data["errors"]) == {"minutes_date"}


@pytest.mark.printed
@pytest.mark.law("L74.1", "L80.1", "R9.1")
def test_two_people_sign_them_under_the_name_of_the_body_and_the_decision_names_them(complaints: Complaints) -> None:
    complaint = heard(complaints)
    signed_by_both(complaints, complaint)
    view = complaints.program.queries.case(complaint.id)
    paper = view.documents[-1]
    assert (paper.kind, view.notices[-1].kind) == ("hearing_minutes", "hearing_minutes")
    said = " ".join(pdf_text(complaints.program.files.read(paper.sha256)).split())
    assert REVIEWING_BODY in said
    assert f"Шағым нөмірі: {complaint.number}" in said
    assert all(line in said for line in HELD["minutes_participants"].splitlines())
    assert [duty.is_open for duty in duties(complaints, complaint, "sign_minutes")] == [False, False]
    complaints.at("2023-09-15T10:00")
    complaints.reviewed(complaint, "unsatisfied")
    decision = complaints.document(complaint, "review_decision")
    assert f"Тыңдау хаттамасы: № {paper.number}" in " ".join(
        pdf_text(complaints.program.files.read(decision.sha256)).split()
    )
    assert list(audit(complaints.program)) == []


@pytest.mark.printed
@pytest.mark.law("L74.1")
def test_remarks_within_three_days_are_answered_by_the_reviewing_body(complaints: Complaints) -> None:
    complaint = heard(complaints)
    minutes, applicant = signed_by_both(complaints, complaint), complaints.applicant("company_head")
    complaints.at("2023-09-19T18:29:00")
    remark = add_remark(complaints.program, minutes, applicant, "Шарт аталмаған")
    assert not remark.late
    (duty,) = duties(complaints, complaint, "answer_remarks")
    assert (duty.role, duty.due_at) == ("reviewer", datetime(2023, 9, 22, 18, 30, tzinfo=ZONE))
    answers = {"remark": remark.id, "answer": "Толықтырылды"}
    with pytest.raises(Forbidden):
        prepare_act(complaints.program, RemarkAnswer(), complaint.id, complaints.officer("unit"), answers)
    signed(complaints, "reviewer2", RemarkAnswer(), complaint, **answers)
    paper = complaints.program.queries.case(complaint.id).documents[-1]
    assert REVIEWING_BODY in " ".join(pdf_text(complaints.program.files.read(paper.sha256)).split())
    assert complaints.told(complaint)[-1] == "remarks_answered"
    complaints.at("2023-09-19T18:31:00")
    assert add_remark(complaints.program, minutes, applicant, "Тағы бір ескерту").late


@pytest.mark.law("L74.1", "L73.3")
def test_its_written_hearing_has_no_minutes(complaints: Complaints) -> None:
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    complaints.says(complaint)
    spoken = {"hearing_result": "written", "outcome_reasons": "Қаралды"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **spoken)
    assert duties(complaints, complaint, "sign_minutes") == []
