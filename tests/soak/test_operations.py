"""An operation that raises at any point of a step undoes it, and the officer reads which one failed and why."""

from __future__ import annotations

import pytest

from tests.complaints import Complaints
from tests.soak.operations import Operations


@pytest.mark.law("L69.1", "R11.1", "A3.3")
def test_each_operation_up_to_a_permit_may_fail_once(complaints: Complaints) -> None:
    run = Operations(complaints)
    run.permit()
    assert {"operation_register_application", "operation_issue_permit", "operation_insert_permit"} <= set(run.points)


@pytest.mark.law("L69.1", "R8.2", "R8.4", "L73.1")
def test_each_operation_up_to_a_refusal_after_a_hearing_may_fail_once(complaints: Complaints) -> None:
    run = Operations(complaints)
    run.refusal()
    assert {"operation_send_invitation", "operation_record_position", "operation_issue_refusal"} <= set(run.points)


@pytest.mark.law("L69.1", "L100.1", "R13.3")
def test_each_operation_of_a_complaint_may_fail_once(complaints: Complaints) -> None:
    run = Operations(complaints)
    run.complaint(complaints.refused())
    assert {"operation_suspend_act", "operation_forward", "operation_cancel_act", "operation_note_reopening"} <= set(
        run.points
    )
