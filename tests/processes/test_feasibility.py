"""Every path of the real drawings can keep its terms; and until which day each step may wait."""

from __future__ import annotations

import pytest

from service.engine.check import check
from service.engine.feasibility import windows
from service.operations import catalogue
from service.usecases.check_edition import START_DATA
from service.usecases.editions import collect
from tests.lawful_days import last_lawful_days
from tests.processes.walking import FORMS, FUNCTIONS, PROCESSES, procedure

REGISTERED_THERE = 3
"""Received after hours: forwarded 2 working days after its registration, registered by the body on the next."""


@pytest.mark.law("A1.4", "R13.3", "R14.1", "R14.2", "L73.1", "D2", "D26", "D27")
@pytest.mark.parametrize("process", ["permit", "appeal"])
def test_no_path_has_terms_that_contradict_each_other(process: str) -> None:
    told = list(windows(procedure(process).catalogue, catalogue()))
    assert {window.ending for window in told} >= {"end_granted"} or process == "appeal"
    assert [window for window in told if window.contradiction] == []


@pytest.mark.law("D2", "D26", "R8.1", "L73.1")
def test_a_refusal_needs_its_notice_by_the_second_day_and_a_permit_may_wait_for_the_fifth() -> None:
    days = last_lawful_days(procedure("permit").catalogue, catalogue())
    assert days["end_refused"]["task_invite_hearing"] == 2
    assert days["end_granted"]["task_sign_permit"] == 5


@pytest.mark.law("R13.3", "R13.4", "D27")
def test_a_complaint_received_after_hours_leaves_two_working_days_from_its_registration() -> None:
    days = last_lawful_days(procedure("appeal").catalogue, catalogue())
    assert days["end_satisfied"]["task_sign_satisfaction"] == 2
    assert days["end_cancelled"]["operation_forward"] == 2
    assert days["end_answered"]["task_sign_answer"] == 5


@pytest.mark.law("R14.2", "L73.1", "L73.3")
def test_an_unfavourable_decision_needs_its_invitation_by_the_twelfth_of_15_working_days() -> None:
    days = last_lawful_days(procedure("appeal").catalogue, catalogue())["end_unsatisfied"]
    assert days["task_invite_review_hearing"] - REGISTERED_THERE == 12
    assert days["task_consider_complaint"] - REGISTERED_THERE == 15
    assert days["task_sign_review"] - REGISTERED_THERE == 15


@pytest.mark.law("R14.2", "L73.1")
@pytest.mark.parametrize(
    ("was", "shall", "where"),
    [
        ("working_days_after(notified_on, 3)", "working_days_after(notified_on, 16)", "task_consider_complaint"),
        ("working_days_after(review_registered_on, 15)", "working_days_after(review_registered_on, 2)",
         "task_consider_complaint"),
    ],
)  # fmt: skip
def test_check_finds_a_term_that_makes_every_lawful_decision_impossible(was: str, shall: str, where: str) -> None:
    files = collect(PROCESSES, FORMS)
    drawing = files["appeal.bpmn"].decode().replace(was, shall)
    for word in ("3 (үш) жұмыс күні", "3 (три) рабочих дня", "3 (three) working days"):
        drawing = drawing.replace(word, "мерзім")
    for word in ("15 (он бес) жұмыс күні", "15 (пятнадцать) рабочих дней", "15 (fifteen) working days"):
        drawing = drawing.replace(word, "мерзім")
    files["appeal.bpmn"] = drawing.encode()
    found = check(files, "appeal", operations=catalogue(), roles=("chancellery", "unit", "head", "reviewer"),
                  functions=FUNCTIONS, start_data=START_DATA)  # fmt: skip
    assert {(one.element, one.code) for one in found} >= {(where, "window_impossible")}
    assert {one.code for one in found} == {"window_impossible"}
