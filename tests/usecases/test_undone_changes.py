"""A contested change of the register is undone by itself: what another act has put in its place stays (R11.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from service.domain.case import Case, CaseState
from service.domain.claims import DEFENCE, POSITION
from service.domain.decisions import PermitStatus, RegisterChange, RegisterEntry, status_on
from service.domain.errors import InvalidAnswers
from service.domain.permit_life import PermitAct
from service.usecases.applicant_acts import withdraw_case
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from service.usecases.claims import close_claim
from service.usecases.withdraw_change import withdraw_change
from tests.complaints import Complaints
from tests.usecases.claimed import ACT, recorded, with_papers

TODAY, AHEAD, DECIDED = date(2023, 9, 12), date(2024, 9, 2), date(2023, 9, 19)
IN_FORCE, SUSPENDED, CANCELLED = PermitStatus.IN_FORCE, PermitStatus.SUSPENDED, PermitStatus.CANCELLED


def register(story: Complaints, case: Case) -> tuple[RegisterEntry, Sequence[RegisterChange]]:
    with story.program.reading() as uow:
        entry = uow.register.of_case(case.id)
        assert entry is not None
        return entry, uow.register.changes(entry.id)


def ordered(story: Complaints, case: Case, act: PermitAct, from_on: date = TODAY) -> RegisterChange:
    """What the head enters by an order."""
    entry, _changes = register(story, case)
    return change_permit(story.program, entry.id, story.officer("head"), act, from_on, "№ 12", "Заңның 6-бабы")


def sued(story: Complaints, case: Case, contests: str) -> int:
    """A claim with both its papers."""
    claim = recorded(story, case.number, "", contests=contests, filed_on=story.program.clock.now().date())
    with_papers(story, claim, DEFENCE, POSITION)
    return claim.id


def annulled(story: Complaints, claim_id: int) -> None:
    """The court cancels what is contested; the act is in force on 18 September."""
    story.at("2023-09-19T10:00")
    close_claim(story.program, claim_id, story.officer("head"), ACT)


def on(story: Complaints, case: Case, *days: date) -> list[PermitStatus]:
    """What the register shows on these days, in its list as on the entry's own page."""
    entry, changes = register(story, case)
    found = [status_on(entry, changes, day) for day in days]
    for day, status in zip(days, found, strict=True):
        shown = [row.entry.id for row in story.program.queries.register(day, status=status).rows]
        assert entry.id in shown
    assert list(audit(story.program)) == []
    return found


@pytest.mark.law("R15.1", "R11.2", "L100.1")
@pytest.mark.parametrize("act", [PermitAct.SUSPEND, PermitAct.CANCEL])
def test_a_permit_that_a_court_cancels_is_cancelled_at_once_whatever_was_entered_ahead(
    complaints: Complaints, act: PermitAct
) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, act, AHEAD)
    annulled(complaints, sued(complaints, granted, "permit"))
    assert on(complaints, granted, DECIDED, AHEAD) == [CANCELLED, CANCELLED]
    assert complaints.document(granted, "permit").annulled_at is not None
    told = [kind for kind in complaints.told(granted) if kind.startswith("permit_cancelled")]
    assert told == ["permit_cancelled_ahead", "permit_cancelled"][act is PermitAct.SUSPEND :]


@pytest.mark.law("R15.1", "R11.2", "L95.1")
@pytest.mark.parametrize("by", ["court", "complaint"])
def test_a_cancelled_permit_does_not_revive_because_its_suspension_is_undone(complaints: Complaints, by: str) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, PermitAct.SUSPEND)
    if by == "court":
        claim = sued(complaints, granted, "suspension")
        ordered(complaints, granted, PermitAct.CANCEL)
        annulled(complaints, claim)
    else:
        complaint = complaints.forwarded(granted, contests="suspension", official="Төраға")
        ordered(complaints, granted, PermitAct.CANCEL)
        complaints.reviewed(complaint, "cancel")
    assert on(complaints, granted, DECIDED) == [CANCELLED]


@pytest.mark.law("R15.1", "R11.2")
def test_a_cancellation_entered_ahead_stays_where_a_suspension_is_undone(complaints: Complaints) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, PermitAct.SUSPEND)
    ordered(complaints, granted, PermitAct.CANCEL, AHEAD)
    annulled(complaints, sued(complaints, granted, "suspension"))
    assert on(complaints, granted, TODAY, DECIDED, AHEAD) == [SUSPENDED, IN_FORCE, CANCELLED]


@pytest.mark.law("R15.1", "R13.2", "R11.2")
@pytest.mark.parametrize("by", ["court", "complaint"])
def test_a_suspension_stands_again_where_the_cancellation_after_it_is_undone(complaints: Complaints, by: str) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, PermitAct.SUSPEND)
    ordered(complaints, granted, PermitAct.CANCEL)
    if by == "court":
        annulled(complaints, sued(complaints, granted, "cancellation"))
    else:
        complaint = complaints.forwarded(granted, contests="cancellation", official="Төраға")
        assert on(complaints, granted, TODAY) == [SUSPENDED]
        complaints.reviewed(complaint, "cancel")
    assert on(complaints, granted, DECIDED) == [SUSPENDED]


@pytest.mark.law("R15.1", "R11.2")
def test_a_change_that_was_withdrawn_is_not_undone_again_and_another_one_stays(complaints: Complaints) -> None:
    granted = complaints.granted()
    made = ordered(complaints, granted, PermitAct.CANCEL, AHEAD)
    claim = sued(complaints, granted, "cancellation")
    withdraw_change(complaints.program, made.entry_id, made.id, complaints.officer("head"), "Қате")
    ordered(complaints, granted, PermitAct.SUSPEND)
    annulled(complaints, claim)
    assert on(complaints, granted, DECIDED, AHEAD) == [SUSPENDED, SUSPENDED]
    assert "permit_resumed" not in complaints.told(granted)


@pytest.mark.law("R15.1", "R13.2", "R11.2")
def test_a_suspension_that_went_on_after_a_complaint_is_undone_by_the_court(complaints: Complaints) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, PermitAct.SUSPEND)
    complaint = complaints.complained(granted, contests="suspension", official="Төраға")
    assert on(complaints, granted, TODAY) == [IN_FORCE]
    withdraw_case(complaints.program, complaint.id, complaints.applicant("company_head"), "")
    assert on(complaints, granted, TODAY) == [SUSPENDED]
    annulled(complaints, sued(complaints, granted, "suspension"))
    assert on(complaints, granted, DECIDED) == [IN_FORCE]


@pytest.mark.law("R15.1", "R13.2", "R11.2")
def test_a_suspension_that_a_court_undoes_while_a_complaint_makes_it_rest_does_not_come_back(
    complaints: Complaints,
) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, PermitAct.SUSPEND)
    claim = sued(complaints, granted, "suspension")
    complaint = complaints.complained(granted, contests="suspension", official="Төраға")
    annulled(complaints, claim)
    withdraw_case(complaints.program, complaint.id, complaints.applicant("company_head"), "")
    assert on(complaints, granted, DECIDED) == [IN_FORCE]


@pytest.mark.law("R13.2", "R11.2")
def test_a_suspension_in_force_rests_also_where_a_cancellation_lies_ahead(complaints: Complaints) -> None:
    granted = complaints.granted()
    ordered(complaints, granted, PermitAct.SUSPEND)
    ordered(complaints, granted, PermitAct.CANCEL, AHEAD)
    complaints.complained(granted, contests="suspension", official="Төраға")
    assert on(complaints, granted, TODAY, AHEAD) == [IN_FORCE, CANCELLED]


@pytest.mark.law("R15.1", "L95.1", "L100.1")
def test_a_court_act_on_a_refusal_that_a_complaint_has_cancelled_is_taken_and_reopens_nothing_again(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    claim = recorded(complaints, refused.number, "", contests="refusal", filed_on=date(2023, 9, 18))
    with_papers(complaints, claim, DEFENCE, POSITION)
    complaints.reviewed(complaints.forwarded(refused, "refusal"), "cancel")
    assert complaints.now(refused).state is CaseState.OPEN
    decision, rounds = complaints.document(refused, "refusal").annulled_by, complaints.now(refused).rounds
    head, act = complaints.officer("head"), replace(ACT, on=date(2023, 9, 18))
    with pytest.raises(InvalidAnswers) as earlier:
        close_claim(complaints.program, claim.id, head, ACT)
    assert earlier.value.data["errors"]["act_on"].code == "not_before"
    assert close_claim(complaints.program, claim.id, head, act).result == "annulled"
    assert complaints.document(refused, "refusal").annulled_by == decision
    assert complaints.now(refused).rounds == rounds
    assert complaints.said(refused)[-1] == "court_act_received"
    assert list(audit(complaints.program)) == []
