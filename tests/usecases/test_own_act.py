"""The official whose act is challenged decides nothing in its complaint, under no account (L97.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from service.domain.appeal import OWN_ACT_MAY, Complaint
from service.domain.case import Case
from service.domain.errors import Forbidden, InvalidAnswers
from service.domain.people import Officer
from service.usecases.tasks import assign_task, claim_task
from tests.complaints import INVITED, Complaints
from tests.processes.walking import procedure


def challenge(story: Complaints, complaint: Case, officer_id: int | None) -> None:
    """Let the complaint challenge what this officer did."""
    with story.program.unit_of_work() as uow:
        uow.get(Complaint, story.complaint(complaint).id).official_id = officer_id
        uow.commit()


def other_account(story: Complaints, login: str) -> int:
    """Another account of the same person, which was used when the act was signed."""
    with story.program.unit_of_work() as uow:
        own = uow.get(Officer, story.officer(login).officer_id)
        other = Officer(f"{login}-2", "", own.surname, own.given, own.patronymic, own.iin, own.position)
        uow.add(other)
        uow.commit()
        return other.id


REVIEW: tuple[tuple[str, dict[str, Any]], ...] = (
    ("task_register_review", {"review_number": "Ш-77"}),
    ("task_consider_complaint", {"outcome": "unsatisfied", "reasons": "Зерттелді"}),
    ("task_invite_review_hearing", {**INVITED, "hearing_on": "2023-09-20"}),
    ("task_hold_review_hearing", {"hearing_result": "written", "outcome_reasons": "Қаралды"}),
    ("task_consider_complaint", {"outcome": "adopt", "new_permit": "true", "action": "Беру", "reasons": "Зерттелді"}),
    ("task_sign_new_act", {"decision": "sign"}),
    ("task_sign_review", {"decision": "sign"}),
)
"""Every task of the reviewing body, in the order of one complaint."""


@pytest.mark.law("L97.1")
def test_at_the_reviewing_body_who_is_challenged_does_no_task_under_whichever_account(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    reviewer, second = complaints.officer("reviewer"), other_account(complaints, "reviewer")
    for element, answers in REVIEW:
        if element == "task_hold_review_hearing":
            complaints.says(complaint)
        if answers.get("outcome") == "adopt":
            complaints.at("2023-09-21T10:00")
        (task,) = complaints.program.queries.case(complaint.id).open_tasks()
        for account, actor in ((reviewer.officer_id, replace(reviewer, iin="")), (second, reviewer)):
            challenge(complaints, complaint, account)
            with pytest.raises(Forbidden) as taken:
                claim_task(complaints.program, task.id, actor)
            with pytest.raises(Forbidden) as done:
                complaints.work("reviewer", complaint, element, **answers)
            assert {taken.value.data["what"], done.value.data["what"]} == {"own_act"}
        challenge(complaints, complaint, complaints.officer("head").officer_id)
        complaints.work("reviewer", complaint, element, **answers)
    assert complaints.now(complaint).outcome == "adopted"


@pytest.mark.law("L97.1", "R13.4")
def test_who_is_challenged_may_register_and_satisfy_and_nothing_else() -> None:
    tasks = procedure("appeal").catalogue.user_tasks()
    lanes = {task.id: task.lane for task in tasks}
    assert {element for element, lane in lanes.items() if lane == "reviewer"} == {element for element, _ in REVIEW}
    assert {lanes[element] for element in OWN_ACT_MAY} == {"chancellery", "unit", "head"}
    assert lanes.keys() - OWN_ACT_MAY - {element for element, _ in REVIEW} == {
        "task_answer_complaint",
        "task_sign_answer",
    }


@pytest.mark.law("L97.1")
@pytest.mark.parametrize("account", ["own", "another"])
def test_who_is_challenged_neither_takes_nor_is_given_the_decision(complaints: Complaints, account: str) -> None:
    case = complaints.assigned()
    complaints.at("2023-09-15T10:00")
    complaint = complaints.complained(case, contests="service", official="Бас сарапшы")
    unit = str(complaints.officer("unit").officer_id)
    if account == "another":
        challenge(complaints, complaint, other_account(complaints, "unit"))
    assert complaints.complaint(complaint).official_id is not None
    with pytest.raises(InvalidAnswers) as chosen:
        complaints.work("chancellery", complaint, "task_register_complaint", track="service", executor=unit)
    assert chosen.value.data["errors"]["executor"].code == "own_act"
    acting = str(complaints.officer("acting").officer_id)
    complaints.work("chancellery", complaint, "task_register_complaint", track="service", executor=acting)
    task = complaints.open_task(complaint)
    with pytest.raises(Forbidden):
        claim_task(complaints.program, task.id, complaints.officer("unit"))
    with pytest.raises(Forbidden):
        assign_task(complaints.program, task.id, complaints.officer("head"), int(unit))
