"""A case that a decision on a complaint takes up again: new terms, new hearing, old rows (L100.1, L76.1)."""

from __future__ import annotations

import pytest

from service.usecases.audit import audit
from tests.complaints import Complaints


@pytest.mark.law("R13.4", "L100.1")
def test_a_notice_that_is_cancelled_by_the_provider_takes_the_application_up_again(complaints: Complaints) -> None:
    refused = complaints.not_considered()
    complaint = complaints.registered(refused, "notice_not_considered")
    complaints.work(
        "unit", complaint, "task_review_complaint", proposal="satisfy", remedy="reconsider", opinion="Құжат болған"
    )
    complaints.work("head", complaint, "task_sign_satisfaction", decision="sign")
    again = complaints.now(refused)
    assert (again.state, again.outcome, again.rounds) == ("open", "", 1)
    assert complaints.open_elements(refused) == {"task_examine"}
    assert "case_reopened" in complaints.said(refused)
    assert list(audit(complaints.program)) == []
