"""The provider's part: three days to satisfy fully or forward, an answer in five (R13.3, R13.4, R14.1)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from service.bootstrap import offline
from service.domain.appeal import Contests, Track, track_of
from service.domain.case import DeadlineKind
from service.domain.decisions import PermitStatus
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful, TaskClosed
from service.usecases.applicant_acts import withdraw_case
from service.usecases.audit import audit
from service.usecases.review_package import fetch_sent_package
from service.usecases.tasks import claim_task
from service.usecases.verify_package import verify_package
from tests.complaints import SAYS, Complaints
from tests.usecases.test_own_act import challenge


def satisfied_with_permit(story: Complaints) -> tuple[int, int]:
    """A refusal that the provider itself replaces by a permit: the contested case and the complaint's."""
    refused = story.refused()
    complaint = story.registered(refused, "refusal")
    story.work("unit", complaint, "task_review_complaint", proposal="satisfy", remedy="permit", opinion="Қате болды")
    story.work("head", complaint, "task_sign_new_permit", decision="sign")
    story.work("head", complaint, "task_sign_satisfaction", decision="sign")
    return refused.id, complaint.id


@pytest.mark.law("R13.4", "R11.1", "L100.1")
def test_a_refusal_that_is_replaced_by_a_permit_ends_as_granted_with_its_entry(complaints: Complaints) -> None:
    contested, complaint = (complaints.program.queries.case(i) for i in satisfied_with_permit(complaints))
    assert (contested.case.outcome, complaint.case.outcome) == ("granted", "satisfied")
    refusal, permit = contested.documents[-2:]
    assert (refusal.kind, permit.kind) == ("refusal", "permit")
    assert refusal.annulled_by == complaint.documents[-1].number
    assert permit.delivered_at is not None
    assert complaints.status(contested.case) is PermitStatus.IN_FORCE
    assert complaints.told(contested.case)[-1] == "granted"
    assert complaints.told(complaint.case)[-1] == "complaint_satisfied"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R13.4", "A3.3")
def test_a_signed_permit_whose_number_is_taken_is_signed_again(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.registered(refused, "refusal")
    answers = {"proposal": "satisfy", "remedy": "permit", "opinion": "Қате болды"}
    complaints.work("unit", complaint, "task_review_complaint", **answers)
    complaints.work("head", complaint, "task_sign_new_permit", decision="sign")
    complaints.granted()
    with pytest.raises(NotLawful) as taken:
        complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    assert taken.value.code == "new_act_number_taken"
    complaints.work("head", complaint, "task_sign_satisfaction", decision="return", return_reason="Нөмір")
    complaints.work("unit", complaint, "task_review_complaint", **answers)
    complaints.work("head", complaint, "task_sign_new_permit", decision="sign")
    complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    assert complaints.document(refused, "permit").number == "KZ-2023-000002"
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R13.4", "A3.2")
def test_a_permit_kept_over_night_is_signed_again_since_it_bears_the_day_of_its_issue(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    answers = {"proposal": "satisfy", "remedy": "permit", "opinion": "Қате болды"}
    complaints.work("unit", complaint, "task_review_complaint", **answers)
    complaints.work("head", complaint, "task_sign_new_permit", decision="sign")
    complaints.at("2023-09-19T10:00")
    with pytest.raises(NotLawful) as stale:
        complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    assert stale.value.code == "new_act_of_another_day"


@pytest.mark.law("R13.4")
def test_an_action_satisfies_a_complaint_about_inaction(complaints: Complaints) -> None:
    case = complaints.assigned()
    complaint = complaints.registered(case, contests="inaction", official="Бас сарапшы")
    answers = {"proposal": "satisfy", "remedy": "action", "opinion": "Негізді"}
    done = {"action_done": "Құжаттар тексерілді", "action_on": "2023-09-12"}
    for wrong, code in (({"action_done": " "}, "required"), ({"action_on": "2023-09-13"}, "in_the_future")):
        with pytest.raises(InvalidAnswers) as refused:
            complaints.work("unit", complaint, "task_review_complaint", **{**answers, **done, **wrong})
        assert {name: found.code for name, found in refused.value.data["errors"].items()} == {next(iter(wrong)): code}
    complaints.work("unit", complaint, "task_review_complaint", **answers, **done)
    complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    assert complaints.now(complaint).outcome == "satisfied"
    assert complaints.open_elements(case) == {"task_check_completeness"}
    line = next(line for line in complaints.program.queries.case(complaint.id).journal if line.action == "action_done")
    assert (line.details["result"], line.details["done_on"]) == ("Құжаттар тексерілді", "2023-09-12")


@pytest.mark.law("R13.3", "D27", "D6")
@pytest.mark.parametrize("stage", ["unregistered", "review", "permit", "satisfaction"])
def test_when_nobody_acts_the_complaint_goes_to_the_reviewing_body_at_the_end_of_the_third_working_day(
    complaints: Complaints, stage: str
) -> None:
    refused = complaints.refused()
    complaint = complaints.complained(refused, "refusal")
    if stage != "unregistered":
        executor = str(complaints.officer("unit").officer_id)
        complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    if stage in ("permit", "satisfaction"):
        remedy = "permit" if stage == "permit" else "cancel"
        complaints.work(
            "unit", complaint, "task_review_complaint", proposal="satisfy", remedy=remedy, opinion="Қате болды"
        )
    complaints.at("2023-09-21T18:29:59")
    assert complaints.complaint(complaint).forwarded_at is None
    complaints.at("2023-09-21T18:31")
    row = complaints.complaint(complaint)
    assert row.forwarded_at is not None
    assert complaints.open_elements(complaint) == {"task_register_review"}
    assert complaints.told(complaint)[-1] == "complaint_forwarded"
    view = complaints.program.queries.case(complaint.id)
    missed = {breach.element for breach in view.breaches}
    assert not {element for element in missed if "forward" in element}
    assert list(audit(complaints.program)) == []


@pytest.mark.law("D27", "R13.3")
def test_forwarding_counts_from_the_day_of_receipt_and_the_answer_from_registration(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaints.at("2023-09-29T18:30:01")
    complaint = complaints.complained(refused, "refusal")
    complaints.at("2023-10-02T10:00")
    executor = str(complaints.officer("acting").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    rows = {row.element: row for row in complaints.program.queries.case(complaint.id).deadlines if row.waits}
    due = rows["deadline_forward"]
    assert (due.kind, due.due_at.isoformat()) == (DeadlineKind.TERM, "2023-10-04T12:30:00+00:00")


@pytest.mark.law("R13.3", "L69.1")
def test_the_package_that_reaches_the_reviewing_body_holds_complaint_and_case_and_can_be_checked(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    complaint = complaints.registered(refused, "refusal")
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    complaints.program.sweep()
    package = fetch_sent_package(complaints.program, complaints.officer("reviewer"), complaint.id)
    ours = offline(complaints.program.settings, None)
    found = verify_package(package, ours.keys.verify, ours.engine_for)
    assert (found.case, found.faults) == (complaint.number, [])
    assert [each.verdict for each in found.signatures] == ["valid"] * 4
    assert "package_sent" in complaints.said(complaint)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    told, contested = json.loads(files["case.json"]), json.loads(files[f"{refused.number}/case.json"])
    assert told["complaint"]["circumstances"] == SAYS["circumstances"]
    assert SAYS["demands"] in files["application/manifest.json"].decode()
    assert contested["complaints"][0]["number"] == complaint.number
    kinds = {paper["kind"] for paper in contested["documents"]}
    assert kinds == {"application", "preliminary_decision", "refusal"}
    forged = dict(files) | {f"{refused.number}/journal.json": b"[]"}
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_STORED) as archive:
        for name, content in forged.items():
            archive.writestr(name, content)
    assert f"{refused.number}/journal.json" in {
        fault.path for fault in verify_package(packed.getvalue(), ours.keys.verify, ours.engine_for).faults
    }


@pytest.mark.law("R14.1", "D6", "L97.1")
def test_a_complaint_addressed_to_the_provider_is_answered_by_others_than_it_challenges(complaints: Complaints) -> None:
    complaint = complaints.complained(None, contests="service", official="Басшы")
    challenge(complaints, complaint, complaints.officer("head").officer_id)
    executor = str(complaints.officer("unit").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="service", executor=executor)
    assert complaints.complaint(complaint).track == "service"
    due = [row for row in complaints.program.queries.case(complaint.id).deadlines if row.element == "deadline_answer"]
    assert due[-1].due_at.isoformat() == "2023-09-19T12:30:00+00:00"
    answer = {"answer_result": "unjustified", "answer": "Шағым негізсіз"}
    complaints.work("unit", complaint, "task_answer_complaint", **answer)
    with pytest.raises(Forbidden) as own:
        complaints.work("head", complaint, "task_sign_answer", decision="sign")
    assert own.value.data["what"] == "own_act"
    complaints.work("acting", complaint, "task_sign_answer", decision="sign")
    assert complaints.now(complaint).outcome == "answered"
    assert complaints.told(complaint)[-1] == "complaint_answered"


@pytest.mark.law("D6", "R13.3", "R14.1")
@pytest.mark.parametrize("contests", Contests)
@pytest.mark.parametrize("body", ["provider", "reviewing_body"])
def test_only_a_matter_of_the_service_addressed_to_the_provider_is_answered_by_it(
    contests: Contests, body: str
) -> None:
    answered = (contests, body) == (Contests.SERVICE, "provider")
    assert track_of(contests, body) is (Track.SERVICE if answered else Track.ACT)


@pytest.mark.law("D6", "R13.3", "R14.1")
def test_the_other_track_is_refused_at_its_field_and_no_timer_can_be_lost(complaints: Complaints) -> None:
    executor = str(complaints.officer("unit").officer_id)
    said = {"official": "Кеңсе маманы"}
    for fields, wrong, lawful in (
        ({"contests": "action", "body": "provider"}, "service", "act"),
        ({"contests": "service", "body": "reviewing_body"}, "service", "act"),
        ({"contests": "service", "body": "provider"}, "act", "service"),
    ):
        complaint = complaints.complained(None, **said, **fields)
        with pytest.raises(InvalidAnswers) as other:
            complaints.work("chancellery", complaint, "task_register_complaint", track=wrong, executor=executor)
        assert other.value.data["errors"]["track"].code == f"track_is_{lawful}"
        complaints.work("chancellery", complaint, "task_register_complaint", track=lawful, executor=executor)
        waits = {row.element for row in complaints.program.queries.case(complaint.id).deadlines if row.waits}
        assert ("deadline_forward" in waits) is (lawful == "act")


@pytest.mark.law("D6")
def test_who_names_an_act_contests_it_and_makes_it_no_matter_of_the_service(complaints: Complaints) -> None:
    with pytest.raises(InvalidAnswers) as act:
        complaints.complained(complaints.granted(), "permit", contests="service")
    assert set(act.value.data["errors"]) == {"contests"}


@pytest.mark.law("L95.1", "R11.2", "L66.1")
def test_a_withdrawn_complaint_ends_the_suspension(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.complained(granted, "permit")
    withdraw_case(complaints.program, complaint.id, complaints.applicant("company_head"), "Келістік")
    assert complaints.now(complaint).outcome == "withdrawn"
    assert complaints.told(granted)[-2:] == ["permit_suspended", "permit_resumed"]
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    with pytest.raises(StopIteration):
        complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor="1")


@pytest.mark.law("R13.3")
def test_who_comes_after_the_third_day_is_told_that_the_complaint_has_gone(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    task = complaints.open_task(complaint)
    complaints.at("2023-09-22T10:00")
    with pytest.raises(TaskClosed):
        claim_task(complaints.program, task.id, complaints.officer("unit"))
