"""What may happen beside the path of a complaint: a term ends and forwards it, silence, withdrawal, a position."""

from __future__ import annotations

import pytest

from service.domain.errors import NobodyWaits
from tests.processes.appeal_paths import AT_REVIEW, BEFORE, INVITES, ON_SERVICE, REGISTERS, TO_UNIT, finds
from tests.processes.walking import Comes, Day, Receives, Walk, procedure

CATALOGUE = procedure("appeal").catalogue
TERMS = {
    edge.id: edge for task in CATALOGUE.user_tasks() for edge in CATALOGUE.edges_of(task.id) if edge.kind == "timer"
}
FORWARDING = [name for name, edge in TERMS.items() if edge.interrupting]
SILENT = [name for name in TERMS if CATALOGUE.element(name).flows_to[0].startswith("operation_mark_silence")]
TOLD = [name for name in TERMS if name not in (*FORWARDING, *SILENT)]


def at_end_of(term: str) -> Walk:
    """A complaint in which this term has just come to its end."""
    return Walk("appeal").act(*BEFORE[TERMS[term].attached_to], Comes(term))


@pytest.mark.law("R13.3", "D27")
@pytest.mark.parametrize("term", FORWARDING)
def test_at_the_end_of_the_third_working_day_the_complaint_goes_on_by_itself(term: str) -> None:
    walk = at_end_of(term)
    assert walk.operations[-1] == "appeals.forward"
    assert walk.tasks == ["task_register_review"]
    assert walk.terms[term] == "09-15 18:30"


@pytest.mark.law("R13.3")
def test_no_place_of_the_provider_against_an_act_is_without_the_forwarding() -> None:
    provider = {"task_register_complaint", "task_review_complaint", "task_sign_new_permit", "task_sign_satisfaction"}
    assert {TERMS[term].attached_to for term in FORWARDING} == provider


@pytest.mark.law("R13.3", "D24", "D27")
def test_forwarding_counts_from_the_day_of_receipt_and_the_rest_from_registration() -> None:
    walk = Walk("appeal", received_on="2023-09-29", registered_on="2023-10-02").act(REGISTERS)
    assert walk.terms["deadline_forward_unregistered"] == "10-04 18:30"
    walk.act(ON_SERVICE)
    assert walk.terms["deadline_answer"] == "10-09 18:30"


@pytest.mark.law("R14.2", "D27")
def test_15_working_days_count_from_the_registration_at_the_reviewing_body() -> None:
    walk = Walk("appeal").act(*TO_UNIT, Comes("deadline_forward"), Day("2023-10-02"))
    assert walk.act(AT_REVIEW[-1]).terms["deadline_review"] == "10-23 18:30"


@pytest.mark.law("L100.5")
@pytest.mark.parametrize("term", SILENT)
def test_no_decision_in_15_working_days_is_marked_and_the_review_goes_on(term: str) -> None:
    walk = at_end_of(term)
    assert walk.operations[-1] == "appeals.mark_silence"
    assert walk.tasks == [TERMS[term].attached_to]
    assert not walk.step.ended


@pytest.mark.law("L100.5", "R14.2")
def test_every_task_of_the_reviewing_body_after_its_registration_runs_into_silence() -> None:
    reviewer = {task.id for task in CATALOGUE.user_tasks() if task.lane == "reviewer"} - {"task_register_review"}
    assert {TERMS[term].attached_to for term in SILENT} == reviewer


@pytest.mark.law("R14.1", "L64.1")
@pytest.mark.parametrize("term", TOLD)
def test_end_of_another_term_is_told_and_the_task_stays_open(term: str) -> None:
    walk = at_end_of(term)
    assert walk.calls[-1].operation.startswith("escalation.tell_")
    assert walk.calls[-1].origin == term
    assert walk.tasks == [TERMS[term].attached_to]
    assert not walk.step.ended


@pytest.mark.law("L64", "L95.1")
@pytest.mark.parametrize("place", BEFORE)
def test_complaint_can_be_withdrawn_wherever_it_rests(place: str) -> None:
    walk = Walk("appeal").act(*BEFORE[place], Receives("message_withdrawn", {"withdrawal_reason": "..."}))
    assert walk.endings[-1] == "end_withdrawn"
    assert walk.operations[-1] == "appeals.record_complaint_withdrawal"
    assert walk.step.ended


@pytest.mark.law("L73.1")
def test_complaint_cannot_be_left_unsatisfied_before_the_hearing_nor_before_its_earliest_day() -> None:
    walk = Walk("appeal").act(*AT_REVIEW, finds("unsatisfied"))
    assert walk.tasks == ["task_invite_review_hearing"]
    walk = Walk("appeal").act(*BEFORE["timer_review_earliest"])
    assert (walk.tasks, walk.timers) == ([], ["timer_review_earliest"])


@pytest.mark.law("L73.3")
def test_position_is_taken_only_while_the_hearing_is_open() -> None:
    walk = Walk("appeal").act(*AT_REVIEW)
    with pytest.raises(NobodyWaits):
        walk.act(Receives("message_position"))
    walk.act(finds("unsatisfied"), INVITES, Receives("message_position"), Receives("message_position"))
    assert walk.operations.count("hearings.record_position") == 2


@pytest.mark.law("L64.1", "R4.2")
def test_nothing_keeps_a_complaint_from_registration() -> None:
    walk = Walk("appeal")
    assert walk.operations == ["appeals.suspend_act", "appeals.send_complaint_status"]
    assert walk.timers == ["timer_registration_day"]
    assert walk.act(REGISTERS).operations[-1] == "appeals.register_complaint"
