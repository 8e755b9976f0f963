"""The order in which the pages list the steps of a drawing."""

from __future__ import annotations

import pytest

from service.web.ways import Ways
from tests.processes.walking import procedure

ORDERS = {
    "permit": (
        "task_assign", "task_check_completeness", "task_sign_not_considered", "task_examine", "task_invite_hearing",
        "task_hold_hearing", "task_sign_permit", "task_sign_refusal",
    ),
    "appeal": (
        "task_register_complaint", "task_answer_complaint", "task_sign_answer", "task_review_complaint",
        "task_sign_new_permit", "task_sign_satisfaction", "task_register_review", "task_consider_complaint",
        "task_invite_review_hearing", "task_hold_review_hearing", "task_sign_new_act", "task_sign_review",
    ),
}  # fmt: skip


@pytest.mark.law("A1.11.3", "R13.3")
@pytest.mark.parametrize("name", ORDERS)
def test_a_way_that_soon_ends_is_listed_before_the_way_that_goes_on(name: str) -> None:
    """The provider satisfies a complaint within its three days, long before the reviewing body hears anybody."""
    assert tuple(task.id for task in Ways(procedure(name).catalogue.elements).user_tasks) == ORDERS[name]


INSTEAD = {
    ("permit", "task_assign"): {
        "task_sign_not_considered": ["task_examine"],
        "task_examine": ["task_sign_not_considered"],
        "task_sign_permit": ["task_sign_refusal"],
        "task_sign_refusal": ["task_sign_permit"],
    },
    ("permit", "task_sign_permit"): {},
    ("appeal", "task_register_complaint"): {
        "task_answer_complaint": ["task_review_complaint"],
        "task_review_complaint": ["task_answer_complaint"],
        "task_sign_new_permit": ["task_register_review"],
        "task_sign_satisfaction": ["task_register_review"],
        "task_register_review": ["task_sign_new_permit", "task_sign_satisfaction"],
    },
    ("appeal", "task_register_review"): {},
}


@pytest.mark.law("A1.11.3", "R7.2", "R13.3")
@pytest.mark.parametrize(("name", "place"), INSTEAD)
def test_where_the_ways_part_each_task_names_those_that_come_instead_of_it(name: str, place: str) -> None:
    ways = Ways(procedure(name).catalogue.elements)
    ahead = ways.after([place])
    found = ways.alternatives([task.id for task in ways.user_tasks if task.id in ahead], [place])
    assert {task: others for task, others in found.items() if others} == INSTEAD[name, place]
