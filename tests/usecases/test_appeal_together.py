"""Two people decide at once, and a step that fails or is cut off in the middle: never half of an effect."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest

from service.domain.case import Case
from service.domain.decisions import PermitStatus, RegisterChange
from service.domain.errors import CaseChanged, NotLawful, RuqsatError, TaskClosed
from service.domain.permit_life import PermitAct
from service.operations.appeals import contested, execution
from service.usecases.applicant_acts import withdraw_case
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from tests.complaints import Complaints
from tests.soak.together import at_once
from tests.usecases.test_appeal_register import TODAY

COMPANY = "company_head"


def ready_to_decide(story: Complaints, complaint: Case, **answers: str) -> Callable[[], Case]:
    """A decision that the reviewer has considered, with the pen in the hand."""
    story.considered(complaint, **answers)
    reviewer = story.officer("reviewer")
    prepared = prepare_document(story.program, story.open_task(complaint).id, reviewer, {"decision": ["sign"]})
    cms = story.pki.sign_cms("review_officer", bytes_to_sign(story.program, prepared))
    return lambda: sign_document(story.program, prepared.id, reviewer, cms)


@pytest.mark.law("L100.1", "L69.1")
def test_one_decision_signed_twice_at_once_is_taken_once(complaints: Complaints) -> None:
    granted = complaints.granted()
    sign = ready_to_decide(complaints, complaints.forwarded(granted, "permit"), outcome="cancel")
    done = at_once(sign, sign)
    assert sum(isinstance(each, Case) for each in done) == 1
    assert all(isinstance(each, Case | TaskClosed | CaseChanged) for each in done)
    assert complaints.status(granted) is PermitStatus.CANCELLED
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L100.1", "L95.1")
def test_of_two_decisions_on_one_act_at_once_only_one_cancels_it(complaints: Complaints) -> None:
    refused = complaints.refused()
    first, second = (complaints.forwarded(refused, "refusal") for _ in range(2))
    acts = [ready_to_decide(complaints, each, outcome="cancel") for each in (first, second)]
    done = at_once(*acts)
    assert sum(isinstance(each, Case) for each in done) == 1
    (lost,) = [each for each in done if isinstance(each, RuqsatError)]
    assert isinstance(lost, NotLawful | CaseChanged)
    assert complaints.now(refused).rounds == 1
    assert complaints.open_elements(refused) == {"task_examine"}
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L95.1", "L100.1")
def test_a_decision_and_a_withdrawal_at_once_give_one_ending(complaints: Complaints) -> None:
    granted = complaints.granted()
    complaint = complaints.forwarded(granted, "permit")
    sign = ready_to_decide(complaints, complaint, outcome="cancel")
    at_once(sign, lambda: withdraw_case(complaints.program, complaint.id, complaints.applicant(COMPANY), "Келістік"))
    outcome = complaints.now(complaint).outcome
    wanted = PermitStatus.CANCELLED if outcome == "cancelled" else PermitStatus.IN_FORCE
    assert outcome in ("cancelled", "withdrawn")
    assert complaints.status(granted) is wanted
    assert list(audit(complaints.program)) == []


@pytest.mark.law("R13.2")
def test_one_complaint_sent_twice_at_once_is_one_case(complaints: Complaints) -> None:
    draft, applicant = complaints.drafted(complaints.granted(), "permit"), complaints.applicant(COMPANY)
    content = prepare_complaint(complaints.program, draft, applicant, "kk")
    cms = complaints.pki.sign_cms(COMPANY, content)
    done = at_once(*[lambda: file_complaint(complaints.program, draft, applicant, cms)] * 2)
    assert len({each.id for each in done if isinstance(each, Case)}) == 1
    assert all(isinstance(each, Case | CaseChanged) for each in done)


MOMENT = 0.5
"""Seconds that the head is given to come in between: enough where nothing holds them up."""


@pytest.mark.law("R13.2", "R11.2", "L95.1")
@pytest.mark.parametrize("act", ["filed", "withdrawn"])
def test_a_permit_that_the_head_cancels_while_its_execution_changes_never_revives(
    complaints: Complaints, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted, applicant = complaints.granted(), complaints.applicant(COMPANY)
    send, entry = ready_to_send(complaints, granted), complaints.program.queries.case(granted.id).entry
    assert entry is not None
    complaint = send() if act == "withdrawn" else None

    def cancels() -> RegisterChange:
        head = complaints.officer("head")
        return change_permit(complaints.program, entry.id, head, PermitAct.CANCEL, TODAY, "№ 5", "Заңның 6-бабы")

    with ThreadPoolExecutor(1) as head, monkeypatch.context() as patched:
        cancelled = between(patched, head, cancels)
        if complaint:
            withdraw_case(complaints.program, complaint.id, applicant, "")
        else:
            complaint = send()
        assert cancelled[0].result().status is PermitStatus.CANCELLED
    assert complaints.status(granted) is PermitStatus.CANCELLED
    if act == "filed":
        withdraw_case(complaints.program, complaint.id, applicant, "")
        assert complaints.status(granted) is PermitStatus.CANCELLED
    assert list(audit(complaints.program)) == []


def ready_to_send(story: Complaints, granted: Case) -> Callable[[], Case]:
    """A complaint against a permit that is signed and only has to be sent."""
    draft = story.drafted(granted, "permit")
    return lambda: story.sent(draft)


def between(
    patched: pytest.MonkeyPatch, other: ThreadPoolExecutor, act: Callable[[], RegisterChange]
) -> list[Future[RegisterChange]]:
    """Let another person act after a step has looked at the register and before it writes there."""
    begun, change = list[Future[RegisterChange]](), execution.change

    def interrupted(*said: Any) -> RegisterChange:
        if not begun:
            begun.append(other.submit(act))
            wait(begun, MOMENT)
        return change(*said)

    patched.setattr(contested, "change", interrupted)
    return begun


@pytest.mark.law("L100.1", "R11.1", "A3.3")
@pytest.mark.parametrize("broken", ["insert_permit", "enter", "tell"])
def test_a_decision_that_fails_in_the_middle_saves_nothing_of_it(
    complaints: Complaints, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    complaints.considered(complaint, "adopt", new_permit="true", action="Рұқсат беру")
    complaints.work("reviewer", complaint, "task_sign_new_act", decision="sign")

    def cut_off(*_: object, **__: object) -> None:
        raise OSError("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(contested, broken, cut_off)
        with pytest.raises(RuqsatError):
            complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    view = complaints.program.queries.case(refused.id)
    assert (view.case.outcome, view.entry) == ("refused", None)
    assert [each.annulled_at for each in view.documents if each.kind == "refusal"] == [None]
    assert complaints.now(complaint).outcome == ""
    assert list(audit(complaints.program)) == []
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    assert complaints.now(refused).outcome == "granted"
    assert complaints.document(refused, "permit").number == "KZ-2023-000001"
