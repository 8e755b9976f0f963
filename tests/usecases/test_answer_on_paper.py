"""The answer of who complained on paper: it comes by post, and the office records it (L73.3, L64.1)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from service.bootstrap import offline
from service.domain.appeal_documents import ReviewInvitation
from service.domain.case import OF_POSITION, Attachment, CaseState
from service.domain.deadlines import local
from service.domain.document_data import document_from
from service.domain.errors import CaseChanged, Forbidden, InvalidAnswers, NotFound, NotLawful
from service.domain.files import MAX_TOTAL_BYTES, FileRefused
from service.domain.forms import Problem
from service.domain.messages import OfficerNote
from service.domain.posting import ANSWER_ON_PAPER
from service.usecases.answer_on_paper import answerable, record_answer, standing_of
from service.usecases.applicant_acts import submit_position
from service.usecases.audit import audit
from service.usecases.case_package import package_of
from service.usecases.correct_error import said_by
from service.usecases.package_complaints import Reader
from service.usecases.verify_package import verify_package
from tests.complaints import INVITED, Complaints
from tests.usecases.by_post import SAID, answered, delivered, heard, invited, rows, scan
from tests.usecases.on_paper import silent, taken
from tests.usecases.test_holder_heard import STRANGER
from tests.web.cabinet import PDF


@pytest.mark.law("L66.1", "L73.1", "L73.3")
def test_the_invitation_by_post_counts_its_days_from_the_delivery(complaints: Complaints) -> None:
    complaint = invited(complaints)
    with complaints.program.reading() as uow:
        letter = document_from(said_by(uow, complaints.document(complaint, "review_invitation")))
    assert isinstance(letter, ReviewInvitation)
    assert (letter.answer_days, letter.decision_days) == (2, 3)


@pytest.mark.law("L73.3", "L73.4", "L64.1", "L69.1")
@pytest.mark.parametrize("login", ["chancellery", "reviewer"])
def test_an_answer_on_paper_is_a_position_like_any_other(complaints: Complaints, login: str) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-15")
    assert heard(complaints, complaint, "written") == "no_position"
    complaints.at("2023-09-20T09:00")
    position = answered(complaints, complaint, login, received_on="18.09.2023")
    assert (local(position.at).isoformat(), position.late) == ("2023-09-18T12:00:00+06:00", False)
    assert (position.text, position.wants_oral, position.of_holder) == ("Шешіммен келіспеймін", False, False)
    view, officer = complaints.program.queries.case(complaint.id), complaints.officer(login)
    (file,) = (each for each in view.attachments if each.id == position.attachment_id)
    assert (file.kind, file.purpose) == (ANSWER_ON_PAPER, OF_POSITION)
    stated, told = (line for line in view.journal if line.action.startswith("position_"))
    assert (stated.action, stated.actor, stated.role) == ("position_submitted", officer.name, login)
    assert stated.details == {"oral": False, "late": False, "holder": False, "received_on": "2023-09-18"}
    assert told.action == "position_received"
    with complaints.program.reading() as uow:
        (note,) = (each for each in uow.list(OfficerNote, case_id=complaint.id) if each.kind == "position")
    assert note.role == "reviewer"
    assert silent(complaints, complaint) == "applicant_has_spoken"
    assert heard(complaints, complaint, "written") == ""
    complaints.reviewed(complaint, "unsatisfied")
    assert complaints.now(complaint).outcome == "unsatisfied"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L73.3", "L66.1")
@pytest.mark.parametrize(
    ("handed_over", "received_on", "late"),
    [
        ("2023-09-15", "19.09.2023", False),
        ("2023-09-15", "20.09.2023", True),
        ("2023-09-12", "15.09.2023", True),
        ("", "20.09.2023", False),
    ],
)
def test_it_is_late_by_its_day_counted_from_when_the_invitation_was_handed_over(
    complaints: Complaints, handed_over: str, received_on: str, late: bool
) -> None:
    complaint = invited(complaints)
    if handed_over:
        delivered(complaints, complaint, handed_over)
    complaints.at("2023-09-20T19:00")
    position = answered(complaints, complaint, received_on=received_on, oral="yes")
    assert position.late is late
    assert heard(complaints, complaint, "written") == ("" if late else "oral_asked_for")


@pytest.mark.law("L73.3")
def test_who_complained_on_paper_and_answers_in_a_cabinet_has_the_same_days(complaints: Complaints) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-15")
    complaints.at("2023-09-19T18:00")
    company = complaints.applicant("company_head")
    assert submit_position(complaints.program, complaint.id, company, "Келіспеймін", wants_oral=False).late is False


@pytest.mark.law("L73.3", "L69.1")
def test_what_came_on_the_day_of_the_invitation_answers_that_invitation(complaints: Complaints) -> None:
    complaint = invited(complaints)
    complaints.at("2023-09-13T10:00")
    position = answered(complaints, complaint, received_on="12.09.2023")
    with complaints.program.reading() as uow:
        hearing = answerable(uow, complaint)
    assert hearing is not None
    assert hearing.notified_at is not None
    assert position.at >= hearing.notified_at
    assert heard(complaints, complaint, "written") == ""


@pytest.mark.law("L64.1", "L69.1")
def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_recorded(complaints: Complaints) -> None:
    complaint, clerk = invited(complaints), complaints.officer("chancellery")
    program, before = complaints.program, rows(complaints)

    def wrong(answers: dict[str, str], file: Attachment | None, **more: Problem) -> dict[str, str]:
        with pytest.raises(InvalidAnswers) as told:
            record_answer(program, complaint.id, clerk, answers, file, more)
        return {name: found.code for name, found in told.value.data["errors"].items()}

    empty = {"text": " ", "received_on": "32.09.2023", "oral": ""}
    missing = dict.fromkeys(("text", "oral", "scan"), "required")
    assert wrong(empty, None) == {**missing, "received_on": "no_such_day"}
    long = {"text": "к" * 10_001, "received_on": "13.09.2023", "oral": "perhaps"}
    assert wrong(long, None, scan=Problem("file")) == {
        "text": "too_long", "received_on": "in_the_future", "oral": "not_an_option", "scan": "file",
    }  # fmt: skip
    assert wrong({**SAID, "received_on": "11.09.2023"}, scan(complaints)) == {"received_on": "not_before"}
    huge = scan(complaints)
    huge.size = MAX_TOTAL_BYTES + 1
    with pytest.raises(FileRefused, match="too_large_with_answers"):
        record_answer(program, complaint.id, clerk, SAID, huge)
    for login in ("unit", "head", "supervisor", "administrator", "centre"):
        with pytest.raises(Forbidden):
            answered(complaints, complaint, login)
    assert rows(complaints) == before
    assert list(audit(program)) == []


@pytest.mark.law("L73.3", "L64.1")
def test_only_who_is_told_by_post_answers_on_paper(complaints: Complaints) -> None:
    permit = complaints.granted()
    in_cabinet = complaints.forwarded(permit, "permit")
    complaints.considered(in_cabinet, "unsatisfied")
    complaints.work("reviewer", in_cabinet, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    not_invited = taken(complaints, complaints.granted(), channel="by_hand")
    for case in (permit, in_cabinet, not_invited):
        with pytest.raises(NotFound):
            answered(complaints, case)


@pytest.mark.law("L73.1", "L73.3")
def test_where_the_holder_is_heard_nobody_answers_on_paper(complaints: Complaints) -> None:
    complaint = invited(complaints, "cancel", **STRANGER)
    with pytest.raises(NotFound):
        answered(complaints, complaint)


@pytest.mark.law("L73.3", "L64.1", "L69.1")
def test_where_the_result_was_recorded_meanwhile_nothing_happens_before_that_was_read(complaints: Complaints) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-12")
    with complaints.program.reading() as uow:
        hearing = answerable(uow, complaint)
    assert hearing is not None
    complaints.at("2023-09-15T10:00")
    assert silent(complaints, complaint) == ""
    before = rows(complaints)
    with pytest.raises(CaseChanged):
        answered(complaints, complaint, received_on="14.09.2023", standing=standing_of(hearing))
    assert rows(complaints) == before
    with complaints.program.reading() as uow:
        now = answerable(uow, complaint)
    assert now is not None
    position = answered(complaints, complaint, received_on="14.09.2023", standing=standing_of(now))
    assert position.late is False
    assert "position_received" not in complaints.said(complaint)
    complaints.at("2023-09-18T10:00")
    complaints.reviewed(complaint, "unsatisfied")
    before = rows(complaints)
    with pytest.raises(NotLawful, match="case_closed"):
        answered(complaints, complaint)
    assert complaints.now(complaint).state is CaseState.CLOSED
    assert rows(complaints) == before
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L69.1")
def test_the_same_paper_sent_twice_is_one_answer(complaints: Complaints) -> None:
    complaint = invited(complaints)
    first, again = answered(complaints, complaint), answered(complaints, complaint)
    assert first.id == again.id
    other = answered(complaints, complaint, text="Толықтыру")
    assert other.id != first.id
    assert [line for line in complaints.said(complaint) if line == "position_submitted"] == ["position_submitted"] * 2


@pytest.mark.law("L69.1", "L73.3")
@pytest.mark.parametrize("reader", list(Reader))
def test_the_package_holds_the_answer_its_scan_and_the_line(complaints: Complaints, reader: Reader) -> None:
    complaint = invited(complaints)
    position = answered(complaints, complaint)
    made = package_of(complaints.program, complaint.id, reader)
    ours = offline(complaints.program.settings)
    assert verify_package(made.content, ours.keys.verify, ours.engine_for).faults == []
    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        facts, journal = (json.loads(packed.read(name)) for name in ("case.json", "journal.json"))
        assert PDF in [packed.read(name) for name in packed.namelist()]
    (told,) = facts["positions"]
    assert (told["text"], told["attachment_id"]) == (position.text, position.attachment_id)
    assert ANSWER_ON_PAPER in [file["kind"] for file in facts["attachments"]]
    (line,) = [line for line in journal if line.get("action") == "position_submitted"]
    assert (line["role"], line["details"]["received_on"]) == ("chancellery", "2023-09-12")
