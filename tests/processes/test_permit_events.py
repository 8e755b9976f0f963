"""What may happen beside the path: a term ends, the applicant withdraws, the head extends, a position comes."""

from __future__ import annotations

import pytest

from service.domain.errors import NobodyWaits
from tests.processes.permit_paths import ASSIGNS, BEFORE, COMPLETE, GROUNDS, HEARD_REFUSE, INVITES, REGISTERS, TO_UNIT
from tests.processes.walking import PROCEDURE, Comes, Day, Receives, Walk

TERMS = {
    edge.id: element.id
    for element in PROCEDURE.catalogue.user_tasks()
    for edge in PROCEDURE.catalogue.edges_of(element.id)
    if edge.kind == "timer"
}


@pytest.mark.law("R3.3")
@pytest.mark.parametrize("place", BEFORE)
def test_applicant_withdraws_wherever_the_case_rests(place: str) -> None:
    walk = Walk().act(*BEFORE[place])
    walk.act(Receives("message_withdrawn", {"withdrawal_reason": "..."}))
    assert walk.endings[-1] == "end_withdrawn"
    assert walk.operations[-1] == "intake.record_withdrawal"
    assert walk.step.ended
    assert not (walk.tasks or walk.timers or walk.messages)


def test_applicant_withdraws_while_the_signature_waits_to_be_checked() -> None:
    walk = Walk(signature="unchecked").act(Receives("message_withdrawn"))
    assert walk.endings == ["end_withdrawn"]


@pytest.mark.law("R5.3", "R6.1", "R7.1", "R8.1", "R8.2", "R8.3", "A1.4", "D26")
@pytest.mark.parametrize("term", TERMS)
def test_end_of_a_term_is_told_to_the_head_and_the_task_stays_open(term: str) -> None:
    task = TERMS[term]
    lane = PROCEDURE.catalogue.element(task).lane
    walk = Walk().act(*BEFORE[task], Comes(term))
    assert walk.told() == [(f"operation_tell_head_{lane}", term)]
    assert walk.endings == [f"end_escalated_{lane}"]
    assert walk.tasks == [task]
    assert term not in walk.timers
    assert not walk.step.ended


def test_every_task_of_a_person_has_exactly_one_term() -> None:
    assert sorted(TERMS.values()) == sorted(task.id for task in PROCEDURE.catalogue.user_tasks())


@pytest.mark.law("A1.4", "D26")
@pytest.mark.parametrize("place", BEFORE)
def test_end_of_the_service_term_is_told_to_the_head_wherever_the_case_rests(place: str) -> None:
    walk = Walk().act(*BEFORE[place])
    before = walk.tasks
    walk.act(Comes("deadline_service"))
    assert walk.told() == [("operation_tell_head_service", "deadline_service")]
    assert walk.endings[-1] == "end_service_overdue"
    assert walk.tasks == before
    assert "deadline_service" not in walk.timers


@pytest.mark.law("L76.3")
@pytest.mark.parametrize("place", BEFORE)
def test_head_extends_the_term_more_than_once_and_the_case_goes_on(place: str) -> None:
    walk = Walk().act(*BEFORE[place])
    before = walk.tasks
    for until in ("2023-09-26", "2023-10-03"):
        walk.act(Receives("message_extended", {"extended_until": until, "extension_reason": "күрделі іс"}))
        assert walk.calls[-1].operation == "notices.send_extension"
        assert walk.calls[-1].parameters["extended_until"] == until
    assert walk.tasks == before
    assert not walk.step.ended


@pytest.mark.law("L73.3")
def test_position_is_taken_only_while_the_hearing_is_open() -> None:
    walk = Walk().act(*TO_UNIT, COMPLETE)
    with pytest.raises(NobodyWaits):
        walk.act(Receives("message_position"))
    walk.act(GROUNDS, INVITES, Receives("message_position"), Receives("message_position"))
    assert walk.operations.count("hearings.record_position") == 2
    assert walk.tasks == ["task_hold_hearing"]
    walk.act(HEARD_REFUSE)
    with pytest.raises(NobodyWaits):
        walk.act(Receives("message_position"))


@pytest.mark.law("L73.1")
def test_nobody_can_sign_a_refusal_before_its_earliest_day() -> None:
    walk = Walk().act(*TO_UNIT, COMPLETE, Day("2023-09-14"), GROUNDS, INVITES, HEARD_REFUSE)
    assert walk.tasks == []
    assert walk.terms["timer_refusal_earliest"] == "09-19 00:00"
    assert walk.act(Comes("timer_refusal_earliest")).tasks == ["task_sign_refusal"]


@pytest.mark.law("R4.2", "R5.2", "D5", "D24")
def test_status_goes_out_at_once_and_registration_waits_for_its_day() -> None:
    walk = Walk()
    assert walk.operations == ["gateway.request_state_data", "notices.send_status"]
    assert walk.timers == ["timer_registration_day", "deadline_service"]
    assert walk.act(REGISTERS).operations[-1] == "intake.register_application"


@pytest.mark.law("R5.3", "R6.1", "R6.3", "A1.9.1")
def test_documents_are_checked_by_the_system_before_an_officer_sees_them() -> None:
    walk = Walk().act(REGISTERS, ASSIGNS)
    assert walk.operations[-1] == "documents.check_application"
    assert walk.step.data["documents_complete"] is True
    assert walk.tasks == ["task_check_completeness"]


@pytest.mark.law("L64.1")
def test_nothing_but_an_invalid_signature_keeps_an_application_from_registration() -> None:
    catalogue = PROCEDURE.catalogue
    before, waiting = set(), ["start_filed"]
    while waiting:
        one = waiting.pop()
        if one not in before and one not in ("operation_register_application", "operation_note_reopening"):
            before.add(one)
            waiting += catalogue.element(one).flows_to
    assert not [one for one in before if catalogue.element(one).kind == "user_task"]
    assert [one for one in before if catalogue.element(one).kind == "end_event"] == ["end_not_accepted"]
