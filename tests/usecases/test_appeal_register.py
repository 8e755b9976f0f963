"""Complaints against a suspension or a cancellation: what the register shows meanwhile and afterwards (R11.2)."""

from __future__ import annotations

import zlib
from datetime import date

import pytest

from service.demo.people import pdf
from service.domain.case import Case
from service.domain.decisions import PermitStatus
from service.domain.people import Officer
from service.domain.permit_life import PermitAct
from service.usecases.audit import audit
from service.usecases.case_facts import case_facts
from service.usecases.change_permit import change_permit
from service.usecases.draft_files import attach
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.usecases.of_holder import OfHolder
from service.usecases.recheck_signatures import recheck_signatures
from tests.complaints import INVITED, Complaints
from tests.usecases.test_signatures_wait import without_ocsp

TODAY = date(2023, 9, 12)


def changed(story: Complaints, act: PermitAct, from_on: date = TODAY) -> Case:
    """A permit that the head has suspended or cancelled."""
    granted = story.granted()
    with story.program.reading() as uow:
        entry = uow.register.of_case(granted.id)
    assert entry is not None
    change_permit(story.program, entry.id, story.officer("head"), act, from_on, "№ 12, 12.09.2023", "Заңның 6-бабы")
    return granted


@pytest.mark.law("R13.2", "R11.2", "L97.1")
@pytest.mark.parametrize(
    ("act", "contests", "status"),
    [
        (PermitAct.CANCEL, "cancellation", PermitStatus.CANCELLED),
        (PermitAct.SUSPEND, "suspension", PermitStatus.SUSPENDED),
    ],
)
def test_a_contested_change_of_the_register_rests_until_the_complaint_is_decided(
    complaints: Complaints, act: PermitAct, contests: str, status: PermitStatus
) -> None:
    granted = changed(complaints, act)
    assert complaints.status(granted) is status
    complaint = complaints.forwarded(granted, contests=contests, official="Төраға")
    assert complaints.complaint(complaint).official_id == complaints.officer("head").officer_id
    assert (complaints.status(granted), complaints.basis(granted)) == (PermitStatus.IN_FORCE, complaint.number)
    complaints.considered(complaint, "unsatisfied")
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    complaints.says(complaint)
    spoken = {"hearing_result": "written", "outcome_reasons": "Дәлелдер қаралды"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **spoken)
    complaints.at("2023-09-15T09:00")
    complaints.reviewed(complaint, "unsatisfied")
    assert complaints.status(granted) is status
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "R11.2")
def test_a_cancellation_that_is_cancelled_leaves_the_permit_in_force_and_its_paper_whole(
    complaints: Complaints,
) -> None:
    granted = changed(complaints, PermitAct.CANCEL)
    complaint = complaints.forwarded(granted, "permit", contests="cancellation", official="Төраға")
    complaints.reviewed(complaint, "cancel")
    assert complaints.status(granted) is PermitStatus.IN_FORCE
    assert complaints.basis(granted) == complaints.document(complaint, "review_decision").number
    assert complaints.document(granted, "permit").annulled_at is None


@pytest.mark.law("R13.2", "R11.2")
def test_a_cancellation_that_is_still_to_come_rests_from_its_own_day(complaints: Complaints) -> None:
    granted = changed(complaints, PermitAct.CANCEL, date(2023, 9, 20))
    complaints.complained(granted, contests="cancellation", official="Төраға")
    complaints.at("2023-09-20T10:00")
    assert complaints.status(granted) is PermitStatus.IN_FORCE


@pytest.mark.law("R13.2", "L93.1")
def test_the_papers_of_a_complaint_become_part_of_its_case(complaints: Complaints) -> None:
    draft, applicant = (
        complaints.drafted(None, contests="action", official="Кеңсе"),
        complaints.applicant("company_head"),
    )
    attach(
        complaints.program, draft, applicant, kind="evidence", name="дәлел.pdf", content=pdf("Дәлел", "1"),
        media_type="application/pdf",
    )  # fmt: skip
    complaint = complaints.sent(draft)
    assert [file.name for file in complaints.program.queries.case(complaint.id).attachments] == ["дәлел.pdf"]
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L64.1", "R2.4")
def test_a_complaint_whose_signature_cannot_be_checked_is_accepted_and_looked_at_again(complaints: Complaints) -> None:
    online, applicant = complaints.program, complaints.applicant("company_head")
    draft = complaints.drafted(None, contests="action", official="Кеңсе")
    content = prepare_complaint(online, draft, applicant, "kk")
    cms = complaints.pki.sign_cms("company_head", content)
    complaint = file_complaint(without_ocsp(online, complaints), draft, applicant, cms)
    assert complaints.open_elements(complaint) == {"task_register_complaint"}
    assert b"unchecked" in zlib.decompress(complaint.engine_state.partition(b"\n")[2])
    complaints.at("2023-09-12T10:05:00")
    recheck_signatures(online)
    assert [record.verdict for record in online.queries.case(complaint.id).signatures] == ["valid"]


@pytest.mark.law("L97.1", "R11.2")
def test_of_two_officers_of_one_name_the_one_who_entered_the_change_is_challenged(complaints: Complaints) -> None:
    head = complaints.officer("head").officer_id
    with complaints.program.unit_of_work() as uow:
        name = uow.get(Officer, head)
        for other in uow.list(Officer):
            other.surname, other.given = name.surname, name.given
        uow.commit()
    granted = changed(complaints, PermitAct.SUSPEND)
    complaint = complaints.complained(granted, contests="suspension", official="Төраға")
    assert complaints.complaint(complaint).official_id == head
    with complaints.program.reading() as uow:
        suspended, rests = case_facts(uow, complaints.now(granted), OfHolder())["register"]["changes"]
    assert (suspended["entered_by"], rests["entered_by"]) == (head, None)
