"""Before the permit of somebody else is cancelled on a complaint its holder is heard (L73.1-L73.4, L100.1)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from service.domain.appeal_documents import ReviewInvitation
from service.domain.case import Case
from service.domain.decisions import PermitStatus
from service.domain.document_data import document_from
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.applicant_acts import submit_holder_position, submit_position
from service.usecases.audit import audit
from service.usecases.correct_error import said_by
from tests.complaints import INVITED, Complaints
from tests.program import Story
from tests.usecases.on_paper import taken

STRANGER = {"name": "Бәсекелес", "bin": "", "iin": "850615300129"}
SPOKEN = {"hearing_result": "written", "outcome_reasons": "Рұқсат иесінің дәлелдері қаралды"}


def contested(story: Complaints, by: Mapping[str, str] = STRANGER) -> tuple[Case, Case]:
    """A permit of the company, and the complaint of a stranger against it at the reviewing body."""
    granted = story.granted()
    return granted, story.reached(("contested", repr(by)), lambda: _contested(story, granted, by))


def _contested(story: Complaints, granted: Case, by: Mapping[str, str]) -> Case:
    complaint = taken(story, granted, **by)
    executor = str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    return story.work("reviewer", complaint, "task_register_review", review_number="Ш-78")


def invited(story: Complaints, by: Mapping[str, str] = STRANGER) -> tuple[Case, Case]:
    """The reviewing body intends to decide against the holder and has invited the holder."""
    granted, complaint = contested(story, by)
    return granted, story.reached(("holder invited",), lambda: _invited(story, complaint))


def _invited(story: Complaints, complaint: Case) -> Case:
    story.considered(complaint, "cancel")
    return story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")


def objects(story: Story, complaint: Case, persona: str = "company_head") -> None:
    text = "Рұқсат заңды берілген"
    submit_holder_position(story.program, complaint.id, story.applicant(persona), text, wants_oral=False)


@pytest.mark.law("L73.1", "L73.3", "L100.1")
def test_a_permit_is_cancelled_on_a_strangers_complaint_only_after_its_holder_was_heard(complaints: Complaints) -> None:
    granted, complaint = invited(complaints)
    assert complaints.told(granted)[-1] == "holder_invitation"
    assert "review_invitation" not in complaints.told(complaint)
    with complaints.program.reading() as uow:
        letter = document_from(said_by(uow, complaints.document(granted, "review_invitation")))
    assert isinstance(letter, ReviewInvitation)
    assert letter.against_holder is not None
    assert (letter.applicant.bin, letter.application_number) == (granted.bin, complaint.number)
    assert (letter.answer_days, letter.decision_days) == (0, 0), "in the cabinet the days are known"
    objects(complaints, complaint)
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **SPOKEN)
    assert complaints.open_elements(complaint) == set()
    complaints.at("2023-09-15T09:00")
    complaints.reviewed(complaint, "cancel")
    assert complaints.status(granted) is PermitStatus.CANCELLED
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L73.1")
def test_the_program_itself_refuses_to_cancel_without_that_hearing(complaints: Complaints) -> None:
    _granted, complaint = contested(complaints)
    with complaints.program.unit_of_work() as uow:
        case = uow.cases.lock(complaint.id)
        edition = complaints.program.editions.of_case(uow, case)
        case.engine_state = edition.runner.with_data(case.engine_state, holder_concerned=False)
        uow.commit()
    complaints.considered(complaint, "cancel")
    with pytest.raises(NotLawful, match="holder_without_hearing"):
        complaints.work("reviewer", complaint, "task_sign_review", decision="sign")


@pytest.mark.law("L73.1")
@pytest.mark.parametrize(
    ("outcome", "more"),
    [("adopt", {"action": "Басқа акт қабылдау"}), ("send_back", {"violations": "Кепілдік хат қаралмаған"})],
)
def test_whoever_takes_the_permit_in_another_way_hears_the_holder_too(
    complaints: Complaints, outcome: str, more: dict[str, str]
) -> None:
    _granted, complaint = contested(complaints)
    complaints.considered(complaint, outcome, **more)
    assert complaints.open_elements(complaint) == {"task_invite_review_hearing"}


@pytest.mark.law("L73.1")
def test_the_holders_own_complaint_and_an_order_need_no_such_hearing(complaints: Complaints) -> None:
    own = complaints.forwarded(complaints.granted(), "permit")
    complaints.considered(own, "cancel")
    assert complaints.open_elements(own) == {"task_sign_review"}


@pytest.mark.law("L73.1", "L73.4")
def test_only_the_holder_who_is_invited_speaks_as_the_holder(complaints: Complaints) -> None:
    _granted, complaint = invited(complaints)
    for persona in ("entrepreneur", "company2_head"):
        with pytest.raises(Forbidden):
            objects(complaints, complaint, persona)
    with pytest.raises(InvalidAnswers) as wrong:
        complaints.work("reviewer", complaint, "task_hold_review_hearing", **SPOKEN)
    assert wrong.value.data["errors"]["hearing_result"].code == "no_position"
    with pytest.raises(Forbidden):
        submit_position(complaints.program, complaint.id, complaints.applicant("company_head"), "Жоқ", wants_oral=False)
    objects(complaints, complaint)
    (said,) = complaints.program.queries.case(complaint.id).positions
    assert said.of_holder
    notes = complaints.program.queries.notes_with_cases(0, {"reviewer"})
    assert "position" in {row.note.kind for row in notes}


@pytest.mark.law("L73.1")
def test_who_was_convinced_by_the_holder_hears_the_stranger_before_leaving_the_complaint_unsatisfied(
    complaints: Complaints,
) -> None:
    granted, complaint = invited(complaints)
    objects(complaints, complaint)
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **SPOKEN)
    complaints.at("2023-09-15T09:00")
    complaints.considered(complaint, "unsatisfied")
    assert complaints.open_elements(complaint) == {"task_invite_review_hearing"}
    complaints.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-18")
    assert complaints.told(complaint)[-1] == "review_invitation"
    assert complaints.told(granted)[-1] == "holder_invitation"


@pytest.mark.law("R13.4", "L73.1")
def test_the_provider_cannot_take_another_persons_permit_within_its_three_days(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = taken(complaints, granted, **STRANGER)
    executor = str(complaints.officer("unit").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    for remedy in ("cancel", "reconsider"):
        with pytest.raises(InvalidAnswers) as wrong:
            complaints.work(
                "unit", complaint, "task_review_complaint", proposal="satisfy", remedy=remedy, opinion="Негізді"
            )
        assert wrong.value.data["errors"]["remedy"].code == "holder_must_be_heard"
