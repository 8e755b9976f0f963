"""The answer of who complained on paper: it comes by post, and the office records it (L73.3, L64.1)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from service.adapters.database import tables
from service.bootstrap import offline
from service.domain.appeal_documents import ReviewInvitation
from service.domain.case import OF_POSITION, Attachment, Case, CaseState
from service.domain.deadlines import local
from service.domain.decisions import Position, PreparedDocument
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
from service.usecases.post_papers import post_paper, record_delivery
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.verify_package import verify_package
from tests.complaints import INVITED, Complaints
from tests.soak.together import at_once
from tests.usecases.beside import duties
from tests.usecases.test_holder_heard import STRANGER
from tests.usecases.test_paper_complaints import silent, taken
from tests.web.cabinet import PDF

SAID = {"text": "Шешіммен келіспеймін", "received_on": "", "oral": "no"}


def invited(story: Complaints, outcome: str = "unsatisfied", **who: str) -> Case:
    """A complaint on paper before the reviewing body, which on Tuesday 12 September 2023 has invited to be heard."""
    key = ("invited by post", outcome, repr(who))
    return story.reached(key, lambda: invited_by_post(story, story.granted(), outcome, **who))


def invited_by_post(
    story: Complaints,
    contested: Case | None = None,
    /,
    outcome: str = "unsatisfied",
    hearing_on: str = "2023-09-14",
    **who: str,
) -> Case:
    """The same at any other time, also of a complaint against the inaction of somebody."""
    about = {} if contested else {"contests": "inaction", "official": "Кеңсе"}
    complaint, executor = taken(story, contested, **about, **who), str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Негізсіз")
    story.work("reviewer", complaint, "task_register_review", review_number="Ш-1")
    story.considered(complaint, outcome)
    return story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on=hearing_on)


def delivered(story: Complaints, complaint: Case, day: str) -> None:
    """The invitation was posted at once and handed over on a day."""
    letter, clerk = duties(story, complaint, "post_paper")[-1], story.officer("chancellery")
    post_paper(story.program, letter.id, clerk, "RR-1", "2023-09-12")
    story.at(f"{day}T16:00")
    record_delivery(story.program, letter.id, clerk, "handed_over", day)


def scan(story: Complaints, content: bytes = PDF) -> Attachment:
    sha256 = str(story.program.files.put(content))
    now = story.program.clock.now()
    return Attachment(ANSWER_ON_PAPER, "хат.pdf", sha256, len(content), "application/pdf", now)


def answered(story: Complaints, complaint: Case, login: str = "chancellery", **said: str) -> Position:
    return record_answer(story.program, complaint.id, story.officer(login), {**SAID, **said}, scan(story))


def heard(story: Complaints, complaint: Case, result: str) -> str:
    """Why the reviewing body cannot record this result; empty where it has recorded it."""
    given = {"hearing_result": result, "outcome_reasons": "Позиция бағаланды"}
    try:
        story.work("reviewer", complaint, "task_hold_review_hearing", **given)
    except InvalidAnswers as wrong:
        return str(wrong.data["errors"]["hearing_result"].code)
    return ""


def rows(story: Complaints) -> dict[str, list[Any]]:
    """Everything that a refused request may not change."""
    with story.program.database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in tables.metadata.sorted_tables
        }


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


def decided(story: Complaints) -> Case:
    """Silence was recorded and the complaint is considered: the decision waits for its signature."""
    complaint = invited(story)
    delivered(story, complaint, "2023-09-12")
    story.at("2023-09-15T10:00")
    assert silent(story, complaint) == ""
    story.at("2023-09-18T10:00")
    return story.considered(complaint, "unsatisfied")


def prepared(story: Complaints, complaint: Case) -> PreparedDocument:
    to_sign, answers = story.open_task(complaint).id, {"decision": ["sign"]}
    return prepare_document(story.program, to_sign, story.officer("reviewer"), answers)


def pen(story: Complaints, paper: PreparedDocument) -> Callable[[], Case]:
    cms = story.pki.sign_cms("review_officer", bytes_to_sign(story.program, paper))
    return lambda: sign_document(story.program, paper.id, story.officer("reviewer"), cms)


@pytest.mark.law("L73.3", "L73.4", "L69.1")
def test_an_answer_recorded_while_the_decision_is_signed_is_read_before_it_takes_effect(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    answered(complaints, complaint, received_on="14.09.2023")
    before = rows(complaints)
    with pytest.raises(CaseChanged, match="position"):
        sign()
    assert rows(complaints) == before
    assert complaints.now(complaint).state is CaseState.OPEN
    again = pen(complaints, prepared(complaints, complaint))
    assert again().outcome == "unsatisfied"
    with pytest.raises(NotLawful, match="case_closed"):
        answered(complaints, complaint, text="Кешігіп")
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L73.3", "L73.4")
def test_of_an_answer_and_a_signature_at_once_the_second_learns_of_the_first(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    signed, said = at_once(sign, lambda: answered(complaints, complaint, received_on="14.09.2023"))
    if isinstance(signed, Case):
        assert isinstance(said, NotLawful)
    else:
        assert (type(signed), type(said)) == (CaseChanged, Position)
        assert complaints.now(complaint).state is CaseState.OPEN


@pytest.mark.law("L73.3")
def test_what_came_too_late_holds_up_no_signature(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    assert answered(complaints, complaint, received_on="18.09.2023").late
    assert sign().outcome == "unsatisfied"


@pytest.mark.law("L73.3", "L73.1")
def test_an_oral_hearing_asked_for_on_a_paper_that_came_before_the_result_is_owed(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    assert not answered(complaints, complaint, received_on="14.09.2023", oral="yes").late
    with pytest.raises(CaseChanged):
        sign()
    with pytest.raises(NotLawful, match="oral_hearing_owed"):
        pen(complaints, prepared(complaints, complaint))()
    complaints.work("reviewer", complaint, "task_sign_review", decision="return", return_reason="Тыңдау керек")
    complaints.considered(complaint, "unsatisfied")
    assert complaints.open_elements(complaint) == {"task_invite_review_hearing"}


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
